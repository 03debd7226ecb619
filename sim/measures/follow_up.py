"""Figures of follow-up: whether residents get the hours that they need."""

from __future__ import annotations

from sim.measures.breakdown import Breakdown
from sim.measures.records import HoursCell
from sim.measures.survival import FloatArray
from sim.measures.tables import Tables, ratio

# What the records call the team of those whom no team serves: nobody offers them anything.
NOBODY = "none"


def follow_up_adequacy_mean(tables: Tables, by: Breakdown) -> FloatArray:
    """Sum of min(received, required) over the sum of required hours: hours that residents decline lower it."""
    return _share(tables, by, "met", "required")


def follow_up_adequacy_undeclined_mean(tables: Tables, by: Breakdown) -> FloatArray:
    """Sum of min(received, required) over the required hours that were not declined: what is lacking is shortage alone."""
    declined = _total(tables, by, "offered") - _total(tables, by, "accepted")
    return ratio(_total(tables, by, "met"), _total(tables, by, "required") - declined)


def follow_up_short_share(tables: Tables, by: Breakdown) -> FloatArray:
    """Share of resident-days with required hours in which less than 80 % of them was received."""
    return _share(tables, by, "required_short", "days")


def follow_up_declined_share(tables: Tables, by: Breakdown) -> FloatArray:
    """Share of the offered hours that residents declined: no shortage, and shown apart from it."""
    offered = _total(tables, by, "offered")
    return ratio(offered - _total(tables, by, "accepted"), offered)


def _share(tables: Tables, by: Breakdown, part: str, whole: str) -> FloatArray:
    return ratio(_total(tables, by, part), _total(tables, by, whole))


def _total(tables: Tables, by: Breakdown, what: str) -> FloatArray:
    return tables.hours.total(tables.hours.where(_OF[what]), by.hours, by.size)


def _required(cell: HoursCell) -> bool:
    return cell.what == "required"


def _offered(cell: HoursCell) -> bool:
    return cell.what == "offered" and cell.team != NOBODY


def _accepted(cell: HoursCell) -> bool:
    return cell.what == "accepted" and cell.team != NOBODY


def _met(cell: HoursCell) -> bool:
    return cell.what == "met"


def _days(cell: HoursCell) -> bool:
    return cell.what == "days"


def _short(cell: HoursCell) -> bool:
    return cell.what == "required_short"


_OF = {
    "required": _required,
    "offered": _offered,
    "accepted": _accepted,
    "met": _met,
    "days": _days,
    "required_short": _short,
}
