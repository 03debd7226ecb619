"""The order of priority among several applicants, and what put each before the next."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.library.grounds import Eligibility, Grounds
from rules.reading import Label
from rules.ruleset import Criterion


@dataclass(frozen=True, slots=True)
class Ranked:
    """One applicant in an order.

    Parameters
    ----------
    name : str
    place : int or None
        From 1; None for who is not in the order (not eligible, or the home does not suit).
    row : int
        Place in the table given, from 0.
    after : Label or None
        The criterion that put the one before ahead; None for the first, and where nothing tells the two apart.
    tied : bool
        Whether nothing tells this one from the one before: the order given decides.
    eligibility : Eligibility
    unsuitable : Grounds or None
        What the home fails in; None when no home was given.
    """

    name: str
    place: int | None
    row: int
    after: Label | None
    tied: bool
    eligibility: Eligibility
    unsuitable: Grounds | None


def ordered(
    keys: Sequence[tuple[int, ...] | None],
    judged: Sequence[Eligibility],
    suited: Sequence[Grounds | None],
    priority: Sequence[Criterion],
) -> tuple[Ranked, ...]:
    """Put applicants in the order of their keys; those without a key come last, in the order given."""
    inside = sorted((row for row, key in enumerate(keys) if key is not None), key=lambda row: (keys[row], row))
    found = []
    before: tuple[int, ...] | None = None
    for place, row in enumerate(inside, 1):
        key = keys[row]
        assert key is not None
        apart = (
            None
            if before is None
            else next((i for i, pair in enumerate(zip(before, key, strict=True)) if pair[0] != pair[1]), None)
        )
        after = None if apart is None else priority[apart].label
        found.append(Ranked(judged[row].name, place, row, after, before == key, judged[row], suited[row]))
        before = key
    outside = [
        Ranked(judged[row].name, None, row, None, False, judged[row], suited[row]) for row, key in enumerate(keys) if key is None
    ]
    return (*found, *outside)
