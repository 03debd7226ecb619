"""`regressions.yaml`: what is guarded when rules change, and what a branch means to change."""

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, model_validator

from rules.reading import Finding, InputError, Node, Place, Record, at, closest, plain, validate
from sim.cli.wanted import figure
from sim.experiment.regression import FEWEST, Expected, Guarded

T = TypeVar("T")
NAME = "regressions.yaml"
_Number = int | float | str
_Years = Annotated[float, Field(gt=0, le=1000)]
_Text = Annotated[str, Field(min_length=1)]


class ExpectedRecord(Record):
    """A change that is meant: which way, or between which two values, and why; of all guards, or of some."""

    why: _Text
    sign: Literal["up", "down"] | None = None
    range: Annotated[list[_Number], Field(min_length=2, max_length=2)] | None = None
    guards: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _says_what(self) -> "ExpectedRecord":
        if self.sign is None and self.range is None:
            raise ValueError("an expected change needs a 'sign' or a 'range'")
        return self


class GuardRecord(Record):
    """A guarded scenario: its file, and the margin of each measure in its own unit."""

    scenario: _Text
    years: _Years | None = None
    kpis: Annotated[dict[str, _Number], Field(min_length=1)]


class RegressionsRecord(Record):
    """What is guarded: scenarios and measures, how many replications, and what this branch means to change.

    ``replications`` are always run; up to ``max_replications`` where the spread of the differences asks for them.
    ``against`` is the state of the rules to compare with, ``baseline`` a stored one, where the command names neither.
    """

    guards: Annotated[dict[str, GuardRecord], Field(min_length=1)]
    replications: Annotated[int, Field(ge=FEWEST, le=100_000)] = 12
    max_replications: Annotated[int, Field(ge=FEWEST, le=100_000)] = 60
    years: _Years | None = None
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 1
    against: _Text | None = None
    baseline: _Text | None = None
    expected: dict[str, ExpectedRecord] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _room(self) -> "RegressionsRecord":
        if self.max_replications < self.replications:
            raise ValueError("'max_replications' is less than 'replications'")
        if self.against is not None and self.baseline is not None:
            raise ValueError("'against' and 'baseline' exclude each other")
        return self


@dataclass(frozen=True, slots=True)
class Guard:
    """A guarded scenario, read.

    Parameters
    ----------
    name : str
    scenario : Path
    place : Place
        Of the name of its file.
    years : float or None
    figures : tuple of Guarded
        Without what is expected.
    """

    name: str
    scenario: Path
    place: Place
    years: float | None
    figures: tuple[Guarded, ...]


@dataclass(frozen=True, slots=True)
class Regressions:
    """`regressions.yaml`, read.

    Parameters
    ----------
    path : Path
    record : RegressionsRecord
    guards : tuple of Guard
    expected : mapping of (guard, measure) to Expected
    declared : mapping of str to str
        Measure -> hash of what is declared about it, to tell what an earlier branch declared.
    """

    path: Path
    record: RegressionsRecord
    guards: tuple[Guard, ...]
    expected: Mapping[tuple[str, str], Expected]
    declared: Mapping[str, str]

    @property
    def judged(self) -> int:
        """How many figures are judged in a run."""
        return sum(len(guard.figures) for guard in self.guards)

    def figures(self, guard: Guard, spent: frozenset[str]) -> tuple[Guarded, ...]:
        """Give the guarded figures with what is expected of them, but for what an earlier branch has declared."""
        return tuple(
            of if of.kpi in spent else of._replace(expected=self.expected.get((guard.name, of.kpi))) for of in guard.figures
        )


def read_regressions(path: Path, tree: Node) -> Regressions:
    """Make what is guarded of the tree of a file.

    Raises
    ------
    InputError
        With every mistake: a measure that there is not, a margin of another unit, a scenario that is not there.
    """
    record = validate(RegressionsRecord, tree)
    findings: list[Finding] = []

    def take(make: Callable[[], T]) -> T | None:
        try:
            return make()
        except InputError as error:
            findings.extend(error.findings)
            return None

    guards = []
    for name, one in record.guards.items():
        where = at(tree, ("guards", name, "scenario")).place
        if not (path.parent / one.scenario).is_file():
            findings.append(Finding("missing-file", f"there is no file {one.scenario}", where))
        margins = {
            kpi: take(partial(_margin, written, kpi, at(tree, ("guards", name, "kpis", kpi)).place))
            for kpi, written in one.kpis.items()
        }
        figures = tuple(Guarded(kpi, margin) for kpi, margin in margins.items() if margin is not None)
        guards.append(Guard(name, path.parent / one.scenario, where, one.years or record.years, figures))
    expected: dict[tuple[str, str], Expected] = {}
    for kpi, meant in record.expected.items():
        range_ = take(partial(_expected, meant, kpi, at(tree, ("expected", kpi))))
        findings += _unguarded(kpi, meant, record, at(tree, ("expected", kpi)).place)
        for name in meant.guards or record.guards:
            if range_ is not None:
                expected[name, kpi] = range_
    if findings:
        raise InputError(*findings)
    return Regressions(path, record, tuple(guards), expected, declared(plain(tree)))


def declared(content: Any) -> dict[str, str]:
    """Give a hash of what is declared about each measure, of the plain content of a file; of no such content nothing."""
    meant = content.get("expected") if isinstance(content, dict) else None
    if not isinstance(meant, dict):
        return {}
    return {str(kpi): hashlib.sha256(repr(sorted(of.items()) if isinstance(of, dict) else of).encode()).hexdigest()[:16]
            for kpi, of in meant.items()}  # fmt: skip


def _margin(written: _Number, kpi: str, place: Place) -> float:
    margin = figure(written, kpi, place)
    if not 0 < margin < math.inf:
        raise InputError(Finding("out-of-bounds", f"the margin of {kpi} should be above zero", place))
    return margin


def _expected(meant: ExpectedRecord, kpi: str, node: Node) -> Expected:
    low, high = {"up": (0.0, math.inf), "down": (-math.inf, 0.0), None: (-math.inf, math.inf)}[meant.sign]
    if meant.range is None:
        figure(0, kpi, node.place)
        return Expected(low, high)
    ends = [_signed(end, kpi, at(node, ("range", index)).place) for index, end in enumerate(meant.range)]
    place = at(node, ("range",)).place
    if not ends[0] < ends[1]:
        raise InputError(Finding("out-of-bounds", f"the range of {kpi} is no range", place, "write [LOW, HIGH]"))
    if ends[0] < low or ends[1] > high:
        raise InputError(Finding("out-of-bounds", f"the range of {kpi} and its sign exclude each other", place))
    return Expected(ends[0], ends[1])


def _signed(written: _Number, kpi: str, place: Place) -> float:
    text = str(written).strip()
    sign = -1.0 if text[:1] in ("-", "\N{MINUS SIGN}") else 1.0
    return sign * figure(text.lstrip("+-\N{MINUS SIGN} "), kpi, place)


def _unguarded(kpi: str, meant: ExpectedRecord, record: RegressionsRecord, place: Place) -> list[Finding]:
    found = [
        Finding("unknown-name", f"there is no guard {name!r}", place, closest(name, list(record.guards)))
        for name in meant.guards
        if name not in record.guards
    ]
    guarded = {of for name in meant.guards or record.guards if name in record.guards for of in record.guards[name].kpis}
    if kpi not in guarded:
        near = closest(kpi, list(guarded))
        found.append(Finding("unknown-name", f"no guard holds {kpi}, so nothing is expected of it", place, near))
    return found
