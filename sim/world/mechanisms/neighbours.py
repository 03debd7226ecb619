"""The residents of one site, and how many of them have conflict behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.world.state import Household


class Neighbours:
    """Conflict behaviour of the residents of a site, and of those who are to move in.

    Attributes
    ----------
    marks : dict
        Resident -> mark.
    sum, many : int
        Sum of the marks; residents whose mark is at least ``threshold``.
    expected : int
        Sum of the marks of those who have been offered a home there.
    """

    __slots__ = ("expected", "many", "marks", "sum", "threshold")

    def __init__(self, threshold: int) -> None:
        self.marks: dict[Household, int] = {}
        self.sum = 0
        self.expected = 0
        self.many = 0
        self.threshold = threshold

    def put(self, resident: Household, mark: int) -> None:
        """Count a resident with its present mark."""
        if resident in self.marks:
            self._count(self.marks[resident], -1)
        self.marks[resident] = mark
        self._count(mark, 1)

    def take(self, resident: Household) -> None:
        """Count a resident no more."""
        self._count(self.marks.pop(resident), -1)

    def percent(self, mark: int) -> int:
        """Return the whole percent of a resident's neighbours who have conflict behaviour; 0 if it lives alone."""
        others = len(self.marks) - 1
        if others <= 0:
            return 0
        return 100 * (self.many - (mark >= self.threshold)) // others

    def _count(self, mark: int, people: int) -> None:
        self.sum += people * mark
        self.many += people * (mark >= self.threshold)
