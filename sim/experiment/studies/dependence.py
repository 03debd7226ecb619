"""What an answer depends on: the designs behind `sensitivity`, and their document."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sim.experiment.breakeven import break_even
from sim.experiment.designs import Table, Trajectory, latin_hypercube, morris, sobol
from sim.experiment.points import PointFigures
from sim.experiment.screening import elementary_effects, sobol_indices, sobol_points
from sim.experiment.statistics import difference, estimate
from sim.experiment.studies.refused import RefusedStudyError
from sim.experiment.studies.unknown_numbers import Unknown, Unknowns
from sim.experiment.uncertainty import bands, value_of_information

DAYS_A_YEAR = 365.25
_DEFAULTS = {"tornado": 0, "morris": 4, "sobol": 16, "spread": 32}


class Group(NamedTuple):
    """Numbers that move together.

    Attributes
    ----------
    name : str
    members : tuple of int
        Their places among the numbers that are varied.
    """

    name: str
    members: tuple[int, ...]


class Analysis(NamedTuple):
    """A design over the unknown numbers.

    Attributes
    ----------
    method : str
    chosen : Unknowns
    points : tuple of tuple of (index, share)
        For each point, which numbers are moved and where to.
    walks : tuple of Trajectory
        Of Morris' screening.
    rows : int
        Of the base design of Sobol indices.
    groups : tuple of Group or None
        What is judged together; None = every number by itself.
    """

    method: str
    chosen: Unknowns
    points: tuple[tuple[tuple[int, float], ...], ...]
    walks: tuple[Trajectory, ...] = ()
    rows: int = 0
    groups: tuple[Group, ...] | None = None

    def settings(self, number: int) -> list[tuple[str, str]]:
        """Give a point as values to set."""
        return [self.chosen.varied[index].setting(share) for index, share in self.points[number]]

    def document(self, names: Sequence[str], kpi: str, found: Sequence[PointFigures], price: float | None) -> dict[str, Any]:
        """Give what `sensitivity.json` says; without figures (interrupted) only what was asked.

        `of` holds the analysis of each policy against the baseline, or of the baseline itself when it is alone.

        Raises
        ------
        ValueError
            When the measure has no number where one is needed.
        """
        document: dict[str, Any] = {
            "method": self.method,
            "policies": list(names),
            "kpi": kpi,
            "points": len(self.points),
            "fixed": dict(self.chosen.fixed),
        }
        if not found:
            return document
        baseline, *policies = names
        document["of"] = {
            name: self._analysed([judged(of, baseline, name, kpi) for of in found], bool(policies))
            for name in policies or [baseline]
        }
        if price is not None:
            document["information"] = self._information(found, names, price)
        return document

    @property
    def _together(self) -> list[tuple[int, ...]] | None:
        return None if self.groups is None else [group.members for group in self.groups]

    def _analysed(self, numbers: list[list[float | None]], ranked: bool) -> dict[str, Any]:
        """Analyse one figure over the points."""
        match self.method:
            case "tornado":
                return self._tornado(numbers, ranked)
            case "morris":
                size = len(self.walks[0].points)
                per_walk = [numbers[i * size : (i + 1) * size] for i in range(len(self.walks))]
                effects = [of._asdict() for of in elementary_effects(self.walks, per_walk, self._together)]
                return {"parameters": self._ranked(effects, "size")}
            case "sobol":
                of = sobol_indices(self.rows, numbers)
                both = [
                    {"first": a, "first_within": list(c), "total": b, "total_within": list(d)}
                    for a, b, c, d in zip(of.first, of.total, of.first_within, of.total_within, strict=True)
                ]
                return {"parameters": self._ranked(both, "total"), "noise_share": of.noise_share}
        return {"bands": bands(numbers)._asdict()}

    def _tornado(self, numbers: list[list[float | None]], ranked: bool) -> dict[str, Any]:
        base = numbers[0]
        rows = []
        for index, unknown in enumerate(self.chosen.varied):
            low, high = numbers[1 + 2 * index], numbers[2 + 2 * index]
            row: dict[str, Any] = {"low": _effect(base, low), "high": _effect(base, high), "swing": _effect(low, high)}
            if ranked:
                ends = float(unknown.span.low), float(unknown.span.high)
                inner = ends[0] < float(unknown.value) < ends[1]
                places = [ends[0], *([float(unknown.value)] if inner else []), ends[1]]
                row["break_even"] = break_even(places, [low, *([base] if inner else []), high])._asdict()
            rows.append(row)
        return {"base": estimate(base)._asdict(), "parameters": self._ranked(rows, "swing")}

    def _ranked(self, rows: Sequence[Mapping[str, Any]], by: str) -> list[dict[str, Any]]:
        described = (
            [_described(of) for of in self.chosen.varied]
            if self.groups is None
            else [_described_group(of, self.chosen) for of in self.groups]
        )
        listed = [{**words, **row} for words, row in zip(described, rows, strict=True)]

        def size(row: Mapping[str, Any]) -> float:
            of = row[by]["difference"] if isinstance(row[by], Mapping) else row[by]
            return abs(float(of or 0.0))

        return sorted(listed, key=size, reverse=True)

    def _information(self, found: Sequence[PointFigures], names: Sequence[str], price: float) -> dict[str, Any]:
        benefits = [[_benefit(of, name, price) for of in found] for name in names]
        shares = [[share for _, share in point] for point in self.points]
        of = value_of_information(benefits, shares)
        rows = [
            {"parameter": unknown.id, "label": dict(unknown.label), "nok_per_year": worth}
            for unknown, worth in zip(self.chosen.varied, of.each, strict=True)
        ]
        return {
            "nok_per_waiting_day": price,
            "evpi_nok_per_year": of.everything,
            "evpi_within": [of.low, of.high],
            "uncorrected": of.uncorrected,
            "best": names[of.best],
            "regret_nok_per_year": dict(zip(names, of.regret, strict=True)),
            "best_share": dict(zip(names, of.best_share, strict=True)),
            "parameters": sorted(rows, key=lambda row: -row["nok_per_year"]),
        }


def analysis(method: str, chosen: Unknowns, size: int | None, seed: int, *, grouped: bool = False) -> Analysis:
    """Give the design of a method over the chosen numbers.

    Parameters
    ----------
    grouped : bool
        Judge the numbers of one topic together (`morris` and `sobol`): fewer points, a first look at many numbers.

    Raises
    ------
    RefusedStudyError
        When all numbers are of one topic.
    """
    n, d = size or _DEFAULTS[method], len(chosen.varied)
    groups = _by_topic(chosen) if grouped else None
    together = None if groups is None else [group.members for group in groups]
    if method == "tornado":
        ends = [((index, share),) for index in range(d) for share in (0.0, 1.0)]
        return Analysis(method, chosen, ((), *ends))
    if method == "morris":
        walks = morris(n, d, seed, groups=together)
        return Analysis(method, chosen, _indexed(tuple(p for walk in walks for p in walk.points)), walks, 0, groups)
    if method == "sobol":
        return Analysis(method, chosen, _indexed(sobol_points(sobol(n, 2 * d, seed), together)), (), n, groups)
    return Analysis(method, chosen, _indexed(latin_hypercube(n, d, seed)))


def _by_topic(chosen: Unknowns) -> tuple[Group, ...]:
    names = sorted({of.topic for of in chosen.varied})
    if len(names) < 2:
        raise RefusedStudyError("groups", "all numbers stand in one file, so that there is one group")
    return tuple(Group(name, tuple(i for i, of in enumerate(chosen.varied) if of.topic == name)) for name in names)


def judged(of: PointFigures, baseline: str, name: str, kpi: str) -> list[float | None]:
    """Give the figure itself of a baseline, of a policy the paired difference from it."""
    before = of.numbers(baseline, kpi)
    if name == baseline:
        return before
    pairs = zip(before, of.numbers(name, kpi), strict=True)
    return [None if b is None or p is None else p - b for b, p in pairs]


def _described(of: Unknown) -> dict[str, Any]:
    return {
        "parameter": of.id,
        "label": dict(of.label),
        "from": of.span.text(of.span.low),
        "to": of.span.text(of.span.high),
        "value": of.span.text(of.value),
        "ends": [float(of.span.low), float(of.span.high)],
        "at": float(of.value),
        "unit": of.span.unit,
        "assumed": of.assumed,
        "topic": of.topic,
    }


def _described_group(of: Group, chosen: Unknowns) -> dict[str, Any]:
    members = [chosen.varied[index] for index in of.members]
    return {
        "parameter": of.name,
        "label": {"nb": of.name, "en": of.name},
        "members": [member.id for member in members],
        "assumed": any(member.assumed for member in members),
        "topic": of.name,
    }


def _effect(before: Sequence[float | None], after: Sequence[float | None]) -> dict[str, Any]:
    of = difference(before, after)
    return {"difference": of.difference, "low": of.low, "high": of.high}


def _benefit(of: PointFigures, name: str, price: float) -> list[float | None]:
    """Give minus the cost a year: what is paid, and what waiting is worth."""
    pairs = zip(of.numbers(name, "net_cost_nok_per_year"), of.numbers(name, "waiting_list_mean"), strict=True)
    return [None if c is None or w is None else -(c + price * DAYS_A_YEAR * w) for c, w in pairs]


def _indexed(table: Table) -> tuple[tuple[tuple[int, float], ...], ...]:
    return tuple(tuple(enumerate(row)) for row in table)
