"""`check --burn-in N`: runs the unchanged scenario a few times and tells which figures drift in the first year."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rules.reading import Finding, Place
from sim.cli import engine
from sim.cli.signals import stop_on_signals
from sim.experiment import Ending, Progress, batch
from sim.experiment.burn_in import Drift, drift
from sim.measures import KPIS

#: Sums of money over time, which say nothing of one year against another.
_LEFT_OUT = frozenset({"net_present_cost_nok"})
_WORDS = {
    "nb": {
        "head": "  Første år mot senere år, {n} kjøringer, toleranse {tolerance} % (avviket, med usikkerhet):",
        "line": "    {kpi}: {first} mot {later}, {share} % ({low} til {high}): {verdict}",
        "steady": "innenfor",
        "drifts": "utenfor",
        "undecided": "for usikkert",
        "none": "    {kpi}: ikke noe nivå å måle mot",
    },
    "en": {
        "head": "  First year against later years, {n} replications, tolerance {tolerance} % (difference, with its interval):",
        "line": "    {kpi}: {first} against {later}, {share} % ({low} to {high}): {verdict}",
        "steady": "within",
        "drifts": "beyond",
        "undecided": "too uncertain",
        "none": "    {kpi}: no level to compare with",
    },
}


def burn_in(file: Path, replications: int, workers: int, seed: int, lang: str) -> tuple[list[Finding], dict[str, Any]]:
    """Run a scenario and judge its first year.

    Returns
    -------
    list of Finding
        One for each figure that drifts.
    dict
        What ``check --json`` tells under ``burn_in``.

    Raises
    ------
    KeyboardInterrupt, OSError
        When the replications are stopped, or a worker process is, before all are finished.
    """
    scenario = engine.engine().load(file, (), None)
    years = int(engine.years_of(scenario) + 1e-9)
    if years < 2:
        place = Place(str(file), 1, 1, "")
        message = f"the horizon is {years} years, and a burn-in report compares the first year with later ones"
        return [Finding("burn-in", message, place, "give it a horizon of five years or more", "error")], {}
    yearly: dict[str, list[list[float | None]]] = {name: [] for name in KPIS if name not in _LEFT_OUT}

    def receive(_: int, results: Mapping[str, Any]) -> None:
        (result,) = results.values()
        found = {(kpi, year): number for year, dimension, _, kpi, number in result.figures if dimension == "all"}
        for name, rows in yearly.items():
            rows.append([found.get((name, year)) for year in range(1, years + 1)])

    progress = Progress(sys.stderr, quiet=False, lang=lang)
    with stop_on_signals() as stop:
        outcome = batch(
            engine.engine().replicate,
            {scenario.name: scenario},
            seed,
            range(1, replications + 1),
            receive=receive,
            workers=workers,
            progress=progress,
            stop=stop,
        )
    progress.close()
    if outcome.ending is Ending.INTERRUPTED:
        raise KeyboardInterrupt
    if outcome.ending is Ending.WORKER_DIED:
        raise OSError("a worker process was ended by the system")
    drifts = {name: drift(rows, scenario.burn_in_tolerance) for name, rows in yearly.items()}
    told = {
        "replications": replications,
        "seed": seed,
        "tolerance": scenario.burn_in_tolerance,
        "figures": {name: one._asdict() for name, one in drifts.items()},
    }
    place = Place(scenario.path, 1, 1, "")
    tolerance = scenario.burn_in_tolerance
    return [_finding(name, one, tolerance, place) for name, one in drifts.items() if one.verdict == "drifts"], told


def _finding(name: str, one: Drift, tolerance: float, place: Place) -> Finding:
    assert one.share is not None and one.low is not None and one.high is not None
    off, low, high = (f"{100 * part:+.0f}" for part in (one.share, one.low, one.high))
    message = (
        f"{name} is {off} % off in the first year (95 % interval {low} to {high} %), "
        f"beyond the tolerance of {100 * tolerance:g} %"
    )
    hint = "let day 0 (`initial`) be nearer to what the model keeps up, or measure from a later date (`measure_from`)"
    return Finding("burn-in", message, place, hint, "warning")


def burn_in_lines(told: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield the lines that ``check`` prints of it."""
    if not told:
        return
    words = _WORDS[lang]
    yield words["head"].format(n=told["replications"], tolerance=f"{100 * told['tolerance']:g}")
    for name, one in told["figures"].items():
        label = getattr(KPIS[name], lang)
        if one["share"] is None:
            yield words["none"].format(kpi=label)
            continue
        low, high = (("?" if one[end] is None else f"{100 * one[end]:+.0f}") for end in ("low", "high"))
        yield words["line"].format(
            kpi=label,
            first=_number(one["first"], lang),
            later=_number(one["later"], lang),
            share=f"{100 * one['share']:+.0f}",
            low=low,
            high=high,
            verdict=words[one["verdict"]],
        )


def _number(value: float, lang: str) -> str:
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return text.replace(",", " ").replace(".", ",") if lang == "nb" else text.replace(",", " ")
