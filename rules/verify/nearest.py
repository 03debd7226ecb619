"""The case that came nearest to what no case did, and the conditions that kept it away."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rules.language import Expr, MissingFact, Situation, conjuncts, describe, evaluate, read_values
from rules.language.fields import Domain
from rules.language.form import And, Compare, Const, In, Not, Or, Row, Table
from rules.reading import InputError
from rules.verify.observed_case import ObservedCase

_WORDS = {
    "nb": {
        "near": "nærmest er {case}, som stanser på: {what}",
        "there": "{case} kommer hit, men spør ikke etter det",
        "none": "mangler",
    },
    "en": {
        "near": "nearest is {case}, kept away by: {what}",
        "there": "{case} gets there, and does not ask about it",
        "none": "missing",
    },
}


@dataclass(frozen=True)
class Nearest:
    """How near a case came.

    Parameters
    ----------
    case : str
        Its name.
    failed : tuple of (Expr, dict of str to value)
        The conditions it did not meet, with the values it has (None = missing); empty when it met all of them, and merely
        expects nothing that depends on them.
    """

    case: str
    failed: tuple[tuple[Expr, dict[str, Any]], ...]

    def told(self, lang: str) -> str:
        """Tell it in Norwegian (``nb``) or English (``en``)."""
        words = _WORDS[lang]
        if not self.failed:
            return words["there"].format(case=self.case)
        pieces = []
        for expr, values in self.failed:
            had = ", ".join(f"{name} = {_said(value, words['none'])}" for name, value in values.items())
            pieces.append(f"{describe(expr, lang)} ({had})" if had else describe(expr, lang))  # type: ignore[arg-type]
        return words["near"].format(case=self.case, what="; ".join(pieces))


def nearest(wanted: Sequence[Expr], cases: Iterable[tuple[str, ObservedCase]]) -> Nearest | None:
    """Find the case that fails fewest of some conditions, and of those alike the one whose numbers are closest.

    Parameters
    ----------
    wanted : sequence of Expr
        What must hold for a part of the rules to be exercised.
    cases : iterable of (str, ObservedCase)

    Returns
    -------
    Nearest or None
        None when there is no case of which the facts can be made.
    """
    parts = [part for expr in wanted for part in conjuncts(expr)]
    best: tuple[tuple[int, int], Nearest] | None = None
    for name, case in cases:
        for at in _people(case):
            failed = [part for part in parts if not _holds(part, at)]
            rank = len(failed), sum(_gap(part, at) for part in failed)
            if best is None or rank < best[0]:
                best = rank, Nearest(name, tuple((part, read_values(part, at)) for part in failed))
    return None if best is None else best[1]


def row_conditions(table: Table, row: Row) -> tuple[Expr, ...]:
    """Give the cells of a row as conditions."""
    found: list[Expr] = []
    for part, cell in zip(table.inputs, row.cells, strict=True):
        if cell is None:
            continue
        spans = [option for option in cell if isinstance(option, tuple)]
        if not spans:
            found.append(In(part, tuple(option for option in cell if not isinstance(option, tuple)), row.place))
            continue
        choices = [_within(part, lo, hi, row) for lo, hi in spans]
        found.append(choices[0] if len(choices) == 1 else Or(tuple(choices), row.place))
    return tuple(found)


def _within(part: Expr, lo: int, hi: int, row: Row) -> Expr:
    low, high = (Const(end, Domain("int", end, end), row.place) for end in (lo, hi))
    if lo == hi:
        return Compare("==", part, low, row.place)
    return And((Compare(">=", part, low, row.place), Compare("<=", part, high, row.place)), row.place)


def _people(case: ObservedCase) -> Iterator[Situation]:
    try:
        people = list(case.applicants.values()) if case.case.applicants else [case.applicant]
        yield from (Situation(case.layout.calendar, 0, person, *case.home) for person in people)
    except InputError:
        return


def _holds(expr: Expr, at: Situation) -> bool:
    try:
        return bool(evaluate(expr, at))
    except MissingFact:
        return False


def _gap(expr: Expr, at: Situation) -> int:
    """Give how far the numbers of a comparison are from deciding otherwise; a missing value is farther than any."""
    while isinstance(expr, Not):
        expr = expr.item
    try:
        if isinstance(expr, Compare) and expr.left.domain.kind == "int":
            return abs(int(evaluate(expr.left, at)) - int(evaluate(expr.right, at)))
        evaluate(expr, at)
    except MissingFact:
        return 10**9
    return 1


def _said(value: Any, none: str) -> str:
    if value is None:
        return none
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
