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


def follow_up_not_offered_share(tables: Tables, by: Breakdown) -> FloatArray:
    """Share of the required hours that nobody offered: no team covers the resident, or it waits for a place with one."""
    required = _total(tables, by, "required")
    return ratio(required - _total(tables, by, "offered"), required)


def team_load(tables: Tables, by: Breakdown) -> FloatArray:
    """Hours that the accepted follow-up takes, travel included, over the hours that the teams have."""
    return _share(tables, by, "booked", "capacity")


def hours_required_per_week(tables: Tables, by: Breakdown) -> FloatArray:
    """Hours a week that present residents require by the rules."""
    return _a_week(tables, by, "required")


def hours_offered_per_week(tables: Tables, by: Breakdown) -> FloatArray:
    """Hours a week that a team offers."""
    return _a_week(tables, by, "offered")


def hours_accepted_per_week(tables: Tables, by: Breakdown) -> FloatArray:
    """Hours a week that residents accept."""
    return _a_week(tables, by, "accepted")


def hours_received_per_week(tables: Tables, by: Breakdown) -> FloatArray:
    """Hours a week that residents receive."""
    return _a_week(tables, by, "received")


def _a_week(tables: Tables, by: Breakdown, what: str) -> FloatArray:
    # Without services there is no figure: 0 hours would be an answer.
    return ratio(_total(tables, by, what), tables.days / 7.0 * bool(tables.hours.cells))


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


def _received(cell: HoursCell) -> bool:
    return cell.what == "received"


def _booked(cell: HoursCell) -> bool:
    return cell.what == "booked"


def _capacity(cell: HoursCell) -> bool:
    return cell.what == "capacity"


_OF = {
    "required": _required,
    "offered": _offered,
    "accepted": _accepted,
    "received": _received,
    "booked": _booked,
    "capacity": _capacity,
    "met": _met,
    "days": _days,
    "required_short": _short,
}
