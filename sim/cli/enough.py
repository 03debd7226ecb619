"""When a simulation ends of itself: precise enough, as many replications as allowed, or out of time."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from sim.cli.engine import Scenario
from sim.cli.exits import Code
from sim.cli.figures import kpi_texts
from sim.cli.options import Order
from sim.cli.wanted import gap_text, precision_of
from sim.experiment import Batch, Ending, Sample
from sim.experiment.stopping import Reached, Stopping

_WORDS = {
    "nb": {
        "time": "Tiden er ute: {finished} replikasjoner er ferdige og beholdt. Antallet avhenger av maskinen: resultatet lar seg "
        "ikke gjenskape uten --replications {finished}.",
        "precise": "Presist nok etter {n} replikasjoner:",
        "short": "Ikke presist nok etter {n} replikasjoner:",
        "line": "  {kpi} ({policy}): ±{half}, ønsket ±{wanted}",
        "unjudged": "  {kpi} ({policy}): for få tall til å si det, ønsket ±{wanted}",
    },
    "en": {
        "time": "Out of time: {finished} replications are finished and kept. How many depends on the machine: the result "
        "cannot be reproduced without --replications {finished}.",
        "precise": "Precise enough after {n} replications:",
        "short": "Not precise enough after {n} replications:",
        "line": "  {kpi} ({policy}): ±{half}, wanted ±{wanted}",
        "unjudged": "  {kpi} ({policy}): too few numbers to tell, wanted ±{wanted}",
    },
}


class Enough:
    """Decides when to stop, and says afterwards why.

    Parameters
    ----------
    order : Order
    scenarios : mapping of str to Scenario
        The first says how precise the figures should be.
    clock : callable, optional
        Seconds; for tests.
    """

    def __init__(self, order: Order, scenarios: Mapping[str, Scenario], clock: Callable[[], float] = time.monotonic) -> None:
        self.stopping = Stopping(precision_of(scenarios), order.replications) if order.auto else None
        self.out_of_time = False
        self._clock = clock
        self._limit, self._until = order.time_limit, float("inf")
        self._begun = False

    @property
    def done(self) -> bool:
        """Whether no further replication counts."""
        return self.stopping is not None and self.stopping.done

    def stop(self, asked: Callable[[], bool]) -> bool:
        """Tell whether to stop: asked from outside, precise enough, or out of time."""
        if asked() or self.done:
            return True
        if self._limit is not None and not self._begun:
            self._begun, self._until = True, self._clock() + self._limit  # counted from the first replication
        if self._clock() >= self._until:
            self.out_of_time = True
        return self.out_of_time

    def added(self, samples: Mapping[str, Sample]) -> None:
        """Take notice that one more replication has been added."""
        if self.stopping is not None:
            self.stopping.look(samples)

    def outcome(self, of: Batch, asked_from_outside: bool) -> Batch:
        """Give what became of a batch, counting only the replications that the decision rests on."""
        if self.stopping is not None and self.done:
            return Batch(of.finished[: self.stopping.n], self.stopping.n, Ending.COMPLETE)
        if asked_from_outside:
            self.out_of_time = False
        return of

    def code(self, code: Code) -> Code:
        """Give the exit code, from that of the batch."""
        if self.out_of_time:
            return Code.PRECISION_NOT_REACHED
        if code is Code.FINE and self.stopping is not None and not self.stopping.enough:
            return Code.PRECISION_NOT_REACHED
        return code

    def told(self) -> dict[str, Any]:
        """Give what `run.json` and `--json` say of it; nothing for a plain number of replications."""
        found: dict[str, Any] = {}
        if self.stopping is not None:
            found["precision"] = [of._asdict() | {"enough": of.enough} for of in self.stopping.last]
        if self.out_of_time:
            found |= {"ending": "time limit", "reproducible": False}
        return found

    def sentences(self, finished: int, lang: str) -> list[str]:
        """Say in words how it ended."""
        words = _WORDS[lang]
        lines = [words["time"].format(finished=finished)] if self.out_of_time else []
        if self.stopping is not None and self.stopping.last:
            lines.append(words["precise" if self.stopping.enough else "short"].format(n=finished))
            lines += [_line(of, lang) for of in self.stopping.last]
        return lines


def _line(of: Reached, lang: str) -> str:
    form = _WORDS[lang]["unjudged" if of.half is None else "line"]
    text = kpi_texts()[of.kpi]
    return form.format(
        kpi=text["nb"] if lang == "nb" else text["en"],
        policy=of.policy,
        half="" if of.half is None else gap_text(of.half, of.kpi, lang),
        wanted=gap_text(of.wanted, of.kpi, lang),
    )
