"""Numbers moved over a grid or a Sobol design: points, curves with bands, and the number that reaches a target."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sim.experiment.designs import crossed, sobol
from sim.experiment.points import PointFigures
from sim.experiment.span import Span
from sim.experiment.statistics import difference, estimate
from sim.experiment.studies.openings import Opening, opening_rows
from sim.experiment.target import Answer, Target, smallest_reaching


class Axis(NamedTuple):
    """One number that is moved.

    Attributes
    ----------
    path : str
        Where it stands in the scenario.
    span : Span
    values : tuple of str
        Of a grid; empty for a design over the whole span.
    """

    path: str
    span: Span
    values: tuple[str, ...] = ()


class SweepPlan(NamedTuple):
    """The points of a sweep.

    Attributes
    ----------
    paths : tuple of str
        What is varied.
    points : tuple of tuple of str
        For each point the value at each path, as text.
    target : Target or None
    """

    paths: tuple[str, ...]
    points: tuple[tuple[str, ...], ...]
    target: Target | None = None

    def settings(self, number: int) -> tuple[tuple[str, str], ...]:
        """Give a point as values to set."""
        return tuple(zip(self.paths, self.points[number], strict=True))


def sweep_plan(axes: Sequence[Axis], n: int | None, target: Target | None, seed: int) -> SweepPlan:
    """Give every combination of the values of a grid, or `n` even points of the spans."""
    paths = tuple(axis.path for axis in axes)
    if n is None:
        return SweepPlan(paths, crossed([axis.values for axis in axes]), target)
    rows = sobol(n, len(axes), seed)
    points = tuple(tuple(axis.span.at(share) for axis, share in zip(axes, row, strict=True)) for row in rows)
    return SweepPlan(paths, points, target)


def answered(plan: SweepPlan, name: str, found: Sequence[PointFigures]) -> Answer | None:
    """Tell which number reaches the target; only a whole sweep can."""
    if plan.target is None or len(found) < len(plan.points):
        return None
    return smallest_reaching(plan.target, [of.numbers(name, plan.target.kpi) for of in found])


def curves(name: str, found: Sequence[PointFigures], kpis: Iterable[str]) -> list[dict[str, Any]]:
    """Give every measure at every point, with its band and the paired difference from the first point."""
    rows = []
    for kpi in kpis:
        for of in found:
            numbers = of.numbers(name, kpi)
            mean, change = estimate(numbers), difference(found[0].numbers(name, kpi), numbers)
            rows.append(
                {
                    "point": of.number,
                    "kpi": kpi,
                    "mean": mean.mean,
                    "low": mean.low,
                    "high": mean.high,
                    "difference": change.difference,
                    "difference_low": change.low,
                    "difference_high": change.high,
                    "n": mean.n,
                }
            )
    return rows


def sweep_document(
    plan: SweepPlan,
    name: str,
    found: Sequence[PointFigures],
    kpis: Iterable[str],
    openings: Mapping[int, Sequence[Opening]],
) -> dict[str, Any]:
    """Give what `sweep.json` says.

    Parameters
    ----------
    kpis : iterable of str
        Measures of the curves.
    openings : mapping of int to sequence of Opening
        When what is built at each point can stand open.
    """
    document: dict[str, Any] = {
        "scenario": name,
        "vary": list(plan.paths),
        "points": [dict(zip(plan.paths, values, strict=True)) for values in plan.points],
        "finished": [of.number for of in found],
        "openings": opening_rows(openings),
        "curves": curves(name, found, kpis),
    }
    answer = answered(plan, name, found)
    if answer is not None and plan.target is not None:
        document["until"] = {"kpi": plan.target.kpi, "value": plan.target.value, "at_most": plan.target.at_most} | {
            name: None if place is None else plan.points[place][0] for name, place in answer._asdict().items()
        }
    return document
