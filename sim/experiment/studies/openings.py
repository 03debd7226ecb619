"""When what is built at the points of a study can stand open, and what cannot within the period."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple


class InTime(StrEnum):
    """Whether something can stand open before the period ends."""

    YES = "yes"
    #: At the earliest it can, but in at least half of all futures it does not.
    SELDOM = "seldom"
    NEVER = "never"


class Opening(NamedTuple):
    """When one thing that is built can open.

    Attributes
    ----------
    what : str
        The id of a project, or of a site that opens on a fixed day.
    added : bool
        Whether a policy adds it.
    earliest, median : date or None
        When every phase is as short as it can be, and in the middle one of many futures; None: it finds no plot.
    end : date
        When the period ends.
    """

    what: str
    added: bool
    earliest: date | None
    median: date | None
    end: date

    @property
    def in_time(self) -> InTime:
        """Whether it can stand open within the period."""
        if self.earliest is None or self.earliest >= self.end:
            return InTime.NEVER
        return InTime.SELDOM if self.median is None or self.median >= self.end else InTime.YES


def worth_telling(openings: Mapping[int, Sequence[Opening]]) -> dict[int, tuple[Opening, ...]]:
    """Give for each point what a policy adds, and what the numbers that are moved add, take away, hasten or delay."""
    found = {number: {of.what: of for of in all_} for number, all_ in openings.items()}
    names = {name for all_ in found.values() for name in all_}
    moved = {name for name in names if len({all_.get(name) for all_ in found.values()}) > 1}
    return {number: tuple(of for of in all_ if of.added or of.what in moved) for number, all_ in sorted(openings.items())}


def opening_rows(openings: Mapping[int, Sequence[Opening]]) -> list[dict[str, Any]]:
    """Give the openings of every point as rows of a document; a day outside the period is none."""
    return [
        {
            "point": number,
            "what": of.what,
            "opens": _within(of.earliest, of.end),
            "median": _within(of.median, of.end),
            "in_time": of.in_time.value,
        }
        for number, all_ in worth_telling(openings).items()
        for of in all_
    ]


def _within(day: date | None, end: date) -> str | None:
    return None if day is None or day >= end else day.isoformat()
