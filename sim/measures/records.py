"""What one replication leaves behind: plain data, written by the world, read by the measures.

Areas (household-days, dwelling-days, hours) and counts stand per *cell* and per *bin*. A cell is a named
tuple of everything a figure may want to be broken down by; bins are months, cut also at the dates that a
window may begin or end on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sim.measures.rows import ANY, BOOL, FEW, FLOAT, INT, OPTIONAL, Rows


class HouseholdCell(NamedTuple):
    """Where a household is and what it needs; its area is household-days.

    ``status`` is one of applied, waiting, housed, outside, gone; ``situation`` is where it lives without a
    municipal home; ``away`` is empty or the kind of absence; ``place`` is the type of its home or empty;
    ``scheme`` and ``need`` are latent; ``listed`` is empty, newcomer or transfer; ``former`` marks a former
    resident in ordinary housing in the municipality, at most 730 days after the exit and not returned.
    """

    group: str
    status: str
    situation: str
    away: str
    place: str
    scheme: str
    need: int
    listed: str
    former: bool
    crisis: bool


class DwellingCell(NamedTuple):
    """Type and state of a dwelling; its area is dwelling-days.

    ``state`` is one of planned, base, vacant, turnaround, offered, let, held, closed.
    """

    place: str
    state: str


class HoursCell(NamedTuple):
    """Follow-up of one team; its area is hours (hours a week times days / 7), of residents who are present.

    ``scheme`` is that of the need, ``place`` the type of the home. Residents whom no team serves stand under the team
    ``none``: what is required is theirs, and nothing is offered to them. Nor to those who wait for a place with a team, who
    stand under that team.

    ``what`` is one of

    - ``required``, ``offered``, ``accepted``, ``received``: each at most the one before it;
    - ``met``: min(received, required), taken for each resident at each instant;
    - ``booked``: what the accepted hours take of the team, travel included; ``capacity``: the hours that the team has
      (of no scheme and no type of home);
    - ``days``: resident-days with required > 0 (days, not hours);
    - ``required_short``: those of them with received under 80 % of required (days, not hours).
    """

    team: str
    scheme: str
    what: str
    group: str = ""
    place: str = ""


class PlaceCell(NamedTuple):
    """Places that are few; its area is place-days.

    ``of`` is ``bed`` (an acute bed, by kind) or ``programme``; ``name`` which of them; ``what`` is one of

    - ``places``: those there are;
    - ``taken``: those in use. Of a programme: by who takes part, housed or on the way to a home;
    - ``housed``: of a programme, those who live in one of its homes.
    """

    of: str
    name: str
    what: str


class CountKey(NamedTuple):
    """What is counted, per bin.

    ``kind`` is one of the table; ``place`` is the type of home where it happened (for a lease start and a
    move: the new home), ``need`` the latent rank at that instant.

    ============ ==========================================================================
    kind         detail
    ============ ==========================================================================
    incident     empty
    warning      empty
    notice       empty
    eviction     empty
    complaint    neighbours (other residents of the site) or ordinary_neighbours
    damage       empty
    damage_days  empty; days of repair that a home which was left takes longer, rounded
    strain_days  empty; point-days of the strain of sites, rounded
    strain_resident_days  empty; the same, once for each household that lives there
    letting_used private or guaranteed: a private letting that a resident left for (``letting_unused``: one nobody was ready for)
    ready_days   empty; days on which a resident was ready to leave and waited for a private letting (the other kinds
                 that end in ``_days`` and are explained in `people`, likewise)
    death        situation of those without a municipal home, otherwise empty
    exit         destination: private, own_home, out_of_municipality, institution, other
    return       destination of the exit
    lease_start  new or transfer
    move_down    type of the home moved from (so for move_up and move_sideways)
    offer        kind of application (so for decline and refused)
    application  kind of application
    acute_stay   kind of bed (so for acute_overflow: it was full; and acute_line: helped by telephone)
    programme_*  of the programme that stands in ``place``: entry, home_lost, extended (a stay whose next step has no home);
                 end, with the destination; after_1_years and after_2_years, housed or not_housed
    ============ ==========================================================================
    """

    kind: str
    group: str
    place: str
    need: int
    detail: str


class Wait(NamedTuple):
    """One new household's time on the list, from the decision (*vedtak*) to its ending.

    ``decided`` is negative for those already waiting on day 0; ``end`` is None for those still waiting when
    the run ended; ``ending`` is housed or another cause (found_other, moved_away, lapsed, died, ...), empty
    while waiting. ``need`` and ``scheme`` are those on the day of the decision.
    """

    household: str
    group: str
    scheme: str
    need: int
    decided: float
    end: float | None
    ending: str


class Move(NamedTuple):
    """One change of dwelling.

    ``origin`` and ``destination`` are a type of home, a situation or a destination of exit.

    ``kind`` is one of new, transfer, exit, death, eviction, return.
    """

    day: float
    household: str
    origin: str
    destination: str
    kind: str


class Return(NamedTuple):
    """One former resident who applied again: when, and when the exit was."""

    household: str
    group: str
    exited: float
    returned: float
    destination: str


#: Accounts of investment: what was paid for a building, for land, for something else that lasts; and grants for it.
CAPITAL = frozenset({"building", "land", "capital", "grant"})


class Stay(NamedTuple):
    """One stay in temporary accommodation; ``end`` is None when the run ended first."""

    household: str
    start: float
    end: float | None


class Amount(NamedTuple):
    """One sum of money in one bin, in NOK of the price year: positive is spent, negative is received.

    ``account`` is free text but for those of `CAPITAL`, which are cash only (the yearly cost carries capital as an annuity of
    the assets instead). ``payer`` is municipality, state or tenant; what one gives another stands with both, so that transfers
    add up to 0. ``cash`` is no for an imputed cost: it counts in the yearly cost, never in the present value.
    """

    bin: int
    account: str
    payer: str
    nok: float
    cash: bool = True
    place: str = ""


class Asset(NamedTuple):
    """Something built or bought: the ground of annuity and residual value.

    Attributes
    ----------
    day : float
        Taken into use: the annuity and the wear begin.
    account : str
        building, land, rehabilitation ...
    nok, grant : float
        What it cost, and how much of that a grant paid.
    life_years : float
        Years until it is worn out, in a straight line; without meaning for land.
    land : bool
        Land keeps its real value.
    payer, place : str
        Who paid; the type of home.
    paid : float or None
        Day of the payment; None = on the day it was taken into use.
    """

    day: float
    account: str
    nok: float
    life_years: float
    land: bool
    payer: str = "municipality"
    place: str = ""
    grant: float = 0.0
    paid: float | None = None


class Received(NamedTuple):
    """Follow-up that one resident received in one calendar year: what a refund of resource-intensive services goes by.

    ``place`` is the type of its latest home of that year; ``turns`` the age it reaches in the year, None where
    no rule reads ages.
    """

    household: str
    year: int
    hours: float
    place: str
    turns: int | None


class TypeInfo(NamedTuple):
    """What the measures must know of a type of home; ``ladder`` says if its scheme is a ladder."""

    scheme: str
    step: int
    rank: int
    ladder: bool
    label: str = ""


class ProjectPhase(NamedTuple):
    """One phase of one project; ``end`` is None when the run ended first."""

    project: str
    phase: str
    start: float
    end: float | None


@dataclass(slots=True)
class Records:
    """Everything one replication leaves behind. Plain data: picklable, filled during the run, then only read.

    Attributes
    ----------
    bins : tuple of float
        Edges in days since the start, ascending; bin i is [bins[i], bins[i+1]).
    household_days, dwelling_days : dict
        Cell -> area in each bin, in days.
    hours : dict
        Cell -> area in each bin, in hours (or days, see `HoursCell`).
    places : dict
        Cell -> area in each bin, in place-days.
    counts : dict
        Key -> number of events in each bin; of kinds that end in ``_days``, their area.
    waits, moves, returns, stays, amounts, assets, received, projects, decisions, households, applied, applicants : sequence
        One entry each; what grows with the run are `Rows`, kept in little memory. ``received`` is kept only where money has a
        refund. ``decisions``, ``households`` and ``applied`` (day and household of each application of a newcomer) are for the
        results folder, not read by the measures. ``applicants`` has for each of ``applied`` the group, and ladder and rank of
        the true need.
    events : dict
        The engine's own counters.
    types : dict
        Type id -> `TypeInfo`.
    """

    bins: tuple[float, ...]
    household_days: dict[HouseholdCell, list[float]] = field(default_factory=dict)
    dwelling_days: dict[DwellingCell, list[float]] = field(default_factory=dict)
    hours: dict[HoursCell, list[float]] = field(default_factory=dict)
    places: dict[PlaceCell, list[float]] = field(default_factory=dict)
    counts: dict[CountKey, list[float]] = field(default_factory=dict)
    waits: Rows[Wait] = field(default_factory=lambda: new_waits())
    moves: Rows[Move] = field(default_factory=lambda: new_moves())
    returns: list[Return] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    assets: list[Asset] = field(default_factory=list)
    received: Rows[Received] = field(default_factory=lambda: new_received())
    stays: Rows[Stay] = field(default_factory=lambda: new_stays())
    projects: list[ProjectPhase] = field(default_factory=list)
    decisions: Sequence[tuple[Any, ...]] = ()
    households: Sequence[tuple[Any, ...]] = ()
    applied: Sequence[tuple[float, str]] = ()
    applicants: Sequence[tuple[str, str, int]] = ()
    events: dict[str, int] = field(default_factory=dict)
    types: dict[str, TypeInfo] = field(default_factory=dict)


def new_waits() -> Rows[Wait]:
    """Return an empty list of waits."""
    return Rows(Wait, ANY + FEW + FEW + INT + FLOAT + OPTIONAL + FEW)


def new_moves() -> Rows[Move]:
    """Return an empty list of moves."""
    return Rows(Move, FLOAT + ANY + FEW + FEW + FEW)


def new_stays() -> Rows[Stay]:
    """Return an empty list of stays in temporary accommodation."""
    return Rows(Stay, ANY + FLOAT + OPTIONAL)


def new_received() -> Rows[Received]:
    """Return an empty list of hours received."""
    return Rows(Received, ANY + INT + FLOAT + FEW + FEW)


def new_applied() -> Rows[tuple[float, str]]:
    """Return an empty list of applications: (day, household)."""
    return Rows(tuple, FLOAT + ANY)


def new_applicants() -> Rows[tuple[str, str, int]]:
    """Return an empty list of who applied: (group, ladder of the true need, its rank)."""
    return Rows(tuple, FEW + FEW + INT)


def new_decisions() -> Rows[tuple[Any, ...]]:
    """Return an empty register: (number, day, kind, hash of the rules, dwelling, household, outcome, grounds, considered)."""
    return Rows(tuple, INT + INT + FEW + FEW + ANY + ANY + FEW + FEW + INT)


def new_households() -> Rows[tuple[Any, ...]]:
    """Return an empty list of households: (id, group, days waited, censored, need, step, how it left)."""
    return Rows(tuple, ANY + FEW + OPTIONAL + BOOL + INT + FEW + FEW)


def new_departures() -> Rows[tuple[Any, ...]]:
    """Return an empty list of those who have left the model: (household, group, need, day, days waited, cause)."""
    return Rows(tuple, ANY + FEW + INT + FLOAT + OPTIONAL + FEW)
