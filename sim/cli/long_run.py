"""The long run of a scenario (`long_run: yes`): a pilot finds the warm-up and the load, then what is measured begins after it."""

import functools
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rules.reading import Finding, InputError, Place
from sim.cli.engine import Engine, ReplicationResult, Scenario
from sim.cli.options import Order
from sim.experiment import Ending, batch

#: Replications of the pilot, and the first of their numbers: none of those that are measured.
PILOT, FIRST = 10, 900_001
#: What is looked at for the warm-up: how many wait, and how many have a home.
WATCHED = ("waiting_list_mean", "residents_mean")
_WORDS = {
    "nb": "På lang sikt: de første {years} årene er innkjøring og holdt utenfor (MSER-5); belastningen er {load}.",
    "en": "In the long run: the first {years} years are warm-up and left out (MSER-5); the load is {load}.",
}


@dataclass(frozen=True, slots=True)
class LongRun:
    """What the pilot found.

    Parameters
    ----------
    months : int
        Of the warm-up, the longest of all policies.
    loads : mapping of str to float
        Policy -> load.
    """

    months: int
    loads: Mapping[str, float]

    def document(self) -> dict[str, Any]:
        """Give what `run.json` says of it."""
        return {"warm_up_months": self.months, "load": dict(self.loads), "pilot_replications": PILOT}

    def sentence(self, lang: str) -> str:
        """Say it in words."""
        from sim.report import number

        loads = ", ".join(number(of, 2, lang) for of in self.loads.values())
        return _WORDS[lang].format(years=number(self.months / 12, 1, lang), load=loads)


def long_run(
    engine: Engine, scenarios: Mapping[str, Scenario], order: Order, stop: Callable[[], bool]
) -> tuple[Mapping[str, Scenario], LongRun | None]:
    """Give the scenarios as they are measured: from the first day on, or after the warm-up of those that ask for the long run.

    Raises
    ------
    InputError
        When some ask for it and some do not, when a system cannot keep up, or has not settled within the horizon.
    """
    asking = [name for name, of in scenarios.items() if getattr(of, "long_run", False)]
    if not asking:
        return scenarios, None
    other = next((name for name in scenarios if name not in asking), None)
    if other is not None:
        raise _refused(scenarios[other], "its `long_run` is not that of what it is compared with", "write it in all, or in none")
    from sim.experiment.long_run import FEWEST, FIVE, load, mser_5
    from sim.scenario.long_run import after_warm_up

    months = int(next(iter(scenarios.values())).blueprint.days / 30.4375)
    if months < FIVE * FEWEST:
        message = "the horizon is too short for a long run"
        raise _refused(next(iter(scenarios.values())), message, f"at least {FIVE * FEWEST} months are needed")
    halves: dict[str, Any] = {name: after_warm_up(of, months // 2) for name, of in scenarios.items()}  # type: ignore[arg-type]
    found = _pilot(engine, halves, order, stop)
    cuts, loads = [0], {}
    for name, of in scenarios.items():
        series = {kpi: [_series(result, kpi) for result in found[name]] for kpi in WATCHED}
        waiting = [row[months // 2 :] for row in series["waiting_list_mean"]]
        in_use, housed = ([_figure(r, kpi) for r in found[name]] for kpi in ("occupancy_mean", "allocations_per_year"))
        loads[name] = load(in_use, housed, waiting)
        if loads[name] >= 1.0:
            message = f"there is no long run: the load is {loads[name]:.2f}, more than the homes can carry"
            raise _refused(of, message, "fewer applications, more homes, or leave out `long_run`")
        for rows in series.values():
            warm_up = mser_5([sum(column) / len(column) for column in zip(*rows, strict=True)])
            if not warm_up.settled:
                message = f"the long run is not reached within the horizon of {months / 12:g} years"
                raise _refused(of, message, "give a longer horizon")
            cuts.append(warm_up.cut)
    measured: dict[str, Any] = {name: after_warm_up(of, max(cuts)) for name, of in scenarios.items()}  # type: ignore[arg-type]
    return measured, LongRun(max(cuts), loads)


def told_of(found: LongRun | None, order: Order) -> None:
    """Say on stderr what was left out."""
    if found is not None and not order.quiet:
        sys.stderr.write(found.sentence(order.lang) + "\n")


def _pilot(
    engine: Engine, scenarios: Mapping[str, Any], order: Order, stop: Callable[[], bool]
) -> dict[str, list[ReplicationResult]]:
    found: dict[str, list[ReplicationResult]] = {name: [] for name in scenarios}

    def receive(k: int, results: Mapping[str, ReplicationResult]) -> None:
        for name, result in results.items():
            found[name].append(result)

    run = functools.partial(batch, receive=receive, workers=order.workers, cluster=order.cluster, stop=stop)
    outcome = run(engine.replicate, scenarios, order.seed, range(FIRST, FIRST + PILOT))
    if outcome.ending is not Ending.COMPLETE:
        raise KeyboardInterrupt
    return found


def _series(result: ReplicationResult, kpi: str) -> list[float]:
    rows: Any = result.tables["series"]
    return [float(number or 0.0) for _, of, dimension, _, number in rows if of == kpi and dimension == "all"] or [
        float(number) for number in _summed(rows, kpi)
    ]


def _summed(rows: Any, kpi: str) -> list[float]:
    """Give a series that stands only in parts, month by month."""
    months: dict[int, float] = {}
    for month, of, _, _, number in rows:
        if of == kpi:
            months[month] = months.get(month, 0.0) + float(number or 0.0)
    return [months[month] for month in sorted(months)]


def _figure(result: ReplicationResult, kpi: str) -> float:
    wanted = (0, "all", "all", kpi)
    return float(next((number for *key, number in result.figures if tuple(key) == wanted), 0.0) or 0.0)


def _refused(of: Scenario, message: str, hint: str) -> InputError:
    return InputError(Finding("no-long-run", message, Place(str(getattr(of, "path", of.name)), 1, 1, ""), hint))
