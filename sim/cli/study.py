"""The work of `run` and `compare`: replicate every policy, keep the figures, write the results folder."""

import functools
import importlib
import json
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sim.cli.engine import Engine, ReplicationResult, Scenario
from sim.cli.enough import Enough
from sim.cli.exits import Code
from sim.cli.long_run import long_run, told_of
from sim.cli.options import Order
from sim.cli.provenance import run_document, texts_document
from sim.cli.real_data import RealData, told_samples
from sim.cli.signals import stop_on_signals
from sim.cli.speech import speaker
from sim.cli.summary import Row, summary
from sim.experiment import Batch, Ending, Progress, Sample, batch
from sim.results import TABLES, Pages, ResultsError, ResultsWriter, read_results

_LOADED_LATE = ("duckdb", "scipy.special", "sim.report.files", "sim.report.workbook", "xlsxwriter", "altair", "vl_convert")
_NOTHING = "nothing"
_MESSAGES: dict[str, dict[Ending | str, str]] = {
    "nb": {
        _NOTHING: "Avbrutt: ingen av {asked} replikasjoner ble ferdige, så det er ingenting å beholde.",
        Ending.INTERRUPTED: "Avbrutt: {finished} av {asked} replikasjoner er ferdige og beholdt.",
        Ending.WORKER_DIED: (
            "En arbeidsprosess ble avsluttet av systemet, oftest fordi minnet tok slutt: {finished} av {asked} replikasjoner "
            "er ferdige og beholdt. Prøv færre arbeidsprosesser (--workers 1)."
        ),
    },
    "en": {
        _NOTHING: "Interrupted: none of {asked} replications was finished, so there is nothing to keep.",
        Ending.INTERRUPTED: "Interrupted: {finished} of {asked} replications are finished and kept.",
        Ending.WORKER_DIED: (
            "A worker process was ended by the system, most often because memory ran out: {finished} of {asked} replications "
            "are finished and kept. Try fewer workers (--workers 1)."
        ),
    },
}
_CODES = {
    Ending.COMPLETE: Code.FINE,
    Ending.INTERRUPTED: Code.INTERRUPTED,
    Ending.WORKER_DIED: Code.FAILED,
}


@dataclass(frozen=True, slots=True)
class Study:
    """A finished (or cut short) piece of work.

    Parameters
    ----------
    scenarios : mapping of str to scenario
        The baseline, or the one scenario, first.
    samples : mapping of str to Sample
        The figures of every policy.
    outcome : Batch
    summary : list of mapping
        The rows of `summary.csv`.
    run, texts : mapping
        The contents of `run.json` and `texts.json`.
    folder : Path
        Where the results stand; nothing is written when no replication was finished.
    unwritten : ResultsError or None
        Why the folder could not be written after all, most often a full disk; the figures of what was finished are here.
    enough : Enough or None
        Why it ended, where it was to end of itself.
    """

    scenarios: Mapping[str, Scenario]
    samples: Mapping[str, Sample]
    outcome: Batch
    summary: list[Row]
    run: Mapping[str, Any]
    texts: Mapping[str, Any]
    folder: Path
    unwritten: ResultsError | None = None
    enough: Enough | None = None

    @property
    def code(self) -> Code:
        """The exit code that tells how the work ended."""
        if self.unwritten is not None:
            return Code.INVALID_INPUT
        code = _CODES[self.outcome.ending]
        return code if self.enough is None else self.enough.code(code)


def perform(engine: Engine, scenarios: Mapping[str, Scenario], order: Order, command: str, *, pages: bool = True) -> Study:
    """Replicate, and write the results folder, with what people read (``pages``).

    Of real data nothing leaves this function, whether written or printed, that tells of a group of fewer than five; files about
    single households are written on demand alone.

    Raises
    ------
    InputError, ResultsError
        Exit code 2: before anything is run. What goes wrong with the folder later stands in the study, so that the
        figures that were computed can still be printed.
    """
    folder = order.out or Path("results") / _folder_name(list(scenarios))
    samples: Mapping[str, Sample] = {policy: Sample() for policy in scenarios}
    started, clock = datetime.now(UTC), time.perf_counter()
    unwritten: ResultsError | None = None
    enough = Enough(order, scenarios)
    real = RealData(scenarios, order) if _is_real(scenarios) else None
    tables = tuple(TABLES) if real is None else real.tables
    with stop_on_signals() as asked:
        scenarios, settled = long_run(engine, scenarios, order, asked)
    told_of(settled, order)
    with stop_on_signals() as asked_to_stop, ResultsWriter(folder, list(scenarios), tables) as writer:

        def receive(k: int, results: Mapping[str, ReplicationResult]) -> None:
            nonlocal unwritten
            if enough.done:
                return  # begun by a worker before the decision to stop
            for policy, result in results.items():
                samples[policy].add(result.figures)
            enough.added(samples)
            try:
                for policy, result in results.items():
                    if real is not None:
                        real.add(policy, k, result)
                    else:
                        writer.add(policy, k, {"kpis": result.figures, **result.tables})
            except ResultsError as error:
                unwritten = error

        stop = functools.partial(enough.stop, lambda: asked_to_stop() or unwritten is not None)
        outcome = enough.outcome(_replicate(engine, scenarios, order, receive, stop, pages), asked_to_stop())
        texts = texts_document(scenarios)
        rows = summary(samples)
        if real is not None:
            hidden = real.withheld(rows)
            rows, samples = hidden.summary(rows), told_samples(samples, hidden)
        run = run_document(command, scenarios, order, outcome, started, time.perf_counter() - clock) | enough.told()
        run |= {} if settled is None else {"long_run": settled.document()}
        if outcome.finished and unwritten is None:
            try:
                if real is not None:
                    for policy, k, told in real.rows(hidden):
                        writer.add(policy, k, told)
                render = functools.partial(_render, order.lang, order.events) if pages else None
                writer.finish(run, texts, rows, _more_pages(samples), render)
            except ResultsError as error:
                unwritten = error
    return Study(scenarios, samples, outcome, rows, run, texts, folder, unwritten, enough)


def _is_real(scenarios: Mapping[str, Scenario]) -> bool:
    return any(scenario.data == "real" for scenario in scenarios.values())


def _load_pages() -> None:
    """Load what makes the pages while workers simulate: it takes as long as two replications of a small municipality."""
    for module in _LOADED_LATE:
        with suppress(ImportError):  # told where it is needed, when the work is done
            importlib.import_module(module)


def _render(lang: str, events: bool, folder: Path) -> Pages:
    """Make what people read from the finished folder."""
    # Jinja and the charts are loaded here, after the work: nobody waits for them before.
    from sim.report.files import files

    return files(read_results(folder), lang, events=events)


def _more_pages(samples: Mapping[str, Sample]) -> dict[str, str]:
    """Give the pages that only a comparison has."""
    if len(samples) < 2:
        return {}
    from sim.cli.skewed_figures import skewed_table
    from sim.cli.together import pairing_table, together_document

    together = json.dumps(together_document(samples), ensure_ascii=False, indent=2, allow_nan=False)
    return {
        "pairing.csv": pairing_table(samples),
        "skewed.csv": skewed_table(samples),
        "together.json": together + "\n",
    }


def tell_ending(study: Study, order: Order) -> None:
    """Say on stderr where the results are, and how the work ended if it was cut short."""
    outcome = study.outcome
    if study.unwritten is not None:
        say = speaker(order.lang)
        sys.stderr.write(say(str(study.unwritten)) + "\n")
        lost = f"The figures above are of {len(outcome.finished)} of {outcome.asked} replications; no results folder was written."
        sys.stderr.write(say(lost) + "\n")
        return
    enough = study.enough
    for line in [] if enough is None else enough.sentences(len(outcome.finished), order.lang):
        sys.stderr.write(line + "\n")
    if outcome.ending is not Ending.COMPLETE and not (enough is not None and enough.out_of_time):
        early = outcome.ending is Ending.INTERRUPTED and not outcome.finished
        message = _MESSAGES[order.lang][_NOTHING if early else outcome.ending]
        sys.stderr.write(message.format(finished=len(outcome.finished), asked=outcome.asked) + "\n")
    if outcome.finished and not order.quiet:
        sys.stderr.write(f"{study.folder / 'report.html'}\n")


def _replicate(
    engine: Engine,
    scenarios: Mapping[str, Scenario],
    order: Order,
    receive: Callable[[int, Mapping[str, ReplicationResult]], None],
    stop: Callable[[], bool],
    pages: bool,
) -> Batch:
    replicate = engine.replicate
    if order.check_invariants:
        replicate = functools.partial(replicate, check_invariants=True)
    progress = Progress(sys.stderr, quiet=order.quiet, lang=order.lang)
    outcome = batch(
        replicate,
        scenarios,
        order.seed,
        range(1, order.replications + 1),
        receive=receive,
        workers=order.workers,
        cluster=order.cluster,
        progress=progress,
        stop=stop,
        meanwhile=_load_pages if pages else None,
    )
    progress.close()
    return outcome


def _folder_name(policies: list[str]) -> str:
    """Name the folder after what was compared, no longer than file systems like."""
    name = policies[0] if len(policies) == 1 else f"{policies[0]}-vs-{'-and-'.join(policies[1:])}"
    return name.replace("/", "-").replace("\\", "-")[:100]
