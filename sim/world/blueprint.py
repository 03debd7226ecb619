"""What a world is assembled from: plain frozen data, made by ``sim.scenario`` from YAML.

The world knows nothing of files. Every time is in days from the start of the scenario; every rate per day; every share 0-1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sim.kernel import Discrete, Distribution

Value = int | bool | str
NeedState = tuple[str, int]


@dataclass(frozen=True, slots=True)
class TypeSpec:
    """A dwelling type: its place on a ladder, and the stored facts its dwellings start with."""

    id: str
    scheme: str
    step: int
    rank: int
    ladder: bool
    attributes: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SiteSpec:
    """One site with its dwellings (ids ``site/1`` …). ``opens`` and ``closes`` are days; ``added`` means a policy builds it.

    ``relocate``: when it closes, whoever lives there must move, and goes first in line; otherwise homes close as they are left.
    ``each`` holds facts of single dwellings, in their order, before ``dwelling_attributes``.
    """

    id: str
    type: str
    dwellings: int
    district: str = ""
    opens: float = 0.0
    closes: float = float("inf")
    attributes: Mapping[str, Value] = field(default_factory=dict)
    dwelling_attributes: Mapping[str, Value] = field(default_factory=dict)
    added: bool = False
    relocate: bool = False
    each: tuple[Mapping[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Fixed:
    """A field with one value for everybody."""

    value: Value


@dataclass(frozen=True, slots=True)
class OneOf:
    """A field drawn from shares."""

    shares: Discrete[Any]


@dataclass(frozen=True, slots=True)
class ByNeed:
    """A mark: shares conditional on the latent (scheme, rank); it follows the need with one fixed uniform a household."""

    shares: Mapping[NeedState, Discrete[Any]]


@dataclass(frozen=True, slots=True)
class ByField:
    """A field conditional on the value of a field drawn before it."""

    field: str
    of: Mapping[Value, FieldDraw]


FieldDraw = Fixed | OneOf | ByNeed | ByField


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Applications of one group.

    ``rate`` is a step function: (day from which it holds, applications a day), ascending.
    ``batches``: (day, number of households).
    """

    rate: tuple[tuple[float, float], ...] = ()
    batches: tuple[tuple[float, int], ...] = ()


@dataclass(frozen=True, slots=True)
class GroupSpec:
    """A group of applicants. ``need`` has values (scheme, rank); ``fields`` are drawn in their order."""

    id: str
    arrivals: Arrivals
    need: Discrete[Any]
    fields: Mapping[str, FieldDraw] = field(default_factory=dict)
    since: Mapping[str, Distribution] = field(default_factory=dict)
    situation: Discrete[Any] | None = None


@dataclass(frozen=True, slots=True)
class FactorSpec:
    """A named risk factor: ``base`` times the multiplier of each of its conditions that holds.

    ``reads_home`` factors count only for people who have a home (otherwise the factor is 1).
    """

    name: str
    base: float
    conditions: tuple[tuple[str, float], ...]
    reads_home: bool


@dataclass(frozen=True, slots=True)
class ResidentsSpec:
    """Who lives in the homes of one type on day 0: so many (``count``) or a share of them (``occupied``)."""

    type: str
    count: int | None
    occupied: float
    groups: Discrete[Any]
    need: Discrete[Any] | None
    months_in_home: Distribution | None


@dataclass(frozen=True, slots=True)
class QueueSpec:
    """Households of a group on the list on day 0: a number, or a distribution of it, and how long they have waited.

    ``need``, ``situation`` and ``fields`` say who they are, where that is not who applies.
    """

    group: str
    count: Discrete[Any]
    waited: Distribution | None
    need: Discrete[Any] | None = None
    situation: Discrete[Any] | None = None
    fields: Mapping[str, FieldDraw] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonSpec:
    """One household that is known by itself on day 0: a resident of a dwelling, or on the list.

    Attributes
    ----------
    id, group : str
    dwelling : str
        Where it lives; empty = it waits.
    days : float
        Since it moved in, or since the decision.
    need : (scheme, rank) or None
        None: that of its home, or drawn from its group's.
    situation : str or None
        Where it lives without a municipal home; None = drawn.
    fields : mapping
        Stored fields that are known; the others are drawn.
    events : mapping of str to int
        Days (below 0) of what happened before: born, moved_to_municipality.
    programme : str
        The programme with scattered homes that it takes part in, its dwelling being one of the stock or a rented one; else empty.
    """

    id: str
    group: str
    dwelling: str
    days: float
    need: NeedState | None
    situation: str | None
    fields: Mapping[str, Value]
    events: Mapping[str, int]
    programme: str = ""


@dataclass(frozen=True, slots=True)
class FormerSpec:
    """Former residents who moved to ordinary housing in the two years before day 0."""

    count: int
    groups: Discrete[Any]
    destinations: Discrete[Any]
    need: Discrete[Any] | None


@dataclass(frozen=True, slots=True)
class Initial:
    """The state on day 0.

    Attributes
    ----------
    ongoing : bool
        Whether case handling, crises and absences are under way, as if they had begun and ended for ever.
    transfers_waited : Distribution or None
        How long those have waited who are to move on day 0; None: they are listed on that day.
    need_changed : Distribution or None
        How long ago the need, as assessed, of those changed whose home does not answer it; None: it is not known to have changed.
    vacant_ready : float
        Of the homes that stand empty on day 0, the share that is ready to be offered.
    former : FormerSpec or None
        Former residents.
    incidents_before : (field, mapping of its values to incidents a day), or None
        How often residents of each value have caused an incident in the year before.
    people : tuple of PersonSpec
        Those who are known one by one; they come first.
    """

    households: tuple[QueueSpec, ...] = ()
    residents: tuple[ResidentsSpec, ...] = ()
    waiting: tuple[QueueSpec, ...] = ()
    vacant: str = "vacant"
    ongoing: bool = False
    transfers_waited: Distribution | None = None
    need_changed: Distribution | None = None
    vacant_ready: float = 0.0
    former: FormerSpec | None = None
    incidents_before: tuple[str, Mapping[Value, float]] | None = None
    people: tuple[PersonSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class Regime:
    """The rules in force from a day on."""

    day: float
    program: Any


@dataclass(frozen=True, slots=True)
class PlaceConditions:
    """Conditions on places, compiled: when the base of a project becomes a home (by their text), and which plots it may have."""

    base: Any = None
    plot: Any = None


@dataclass(frozen=True, slots=True)
class ProgrammeRules:
    """A programme beside the ladders: the type of its homes, and the rules for those who take part or want to.

    ``site_attributes`` are stored facts of the sites of the homes that it rents.
    """

    type: str
    program: Any
    site_attributes: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Everything a world is made of.

    Attributes
    ----------
    bins : tuple of float
        Ascending boundaries of the periods in which areas and counts are kept, first 0, last ``days``.
    fields : mapping
        The union of the field declarations of all rule sets in play (for the layout of facts).
    conditions : ConditionsSource
        All conditions of risk factors; ``conditions_without_home`` those that read the applicant alone.
    mechanisms : mapping
        Scenario key -> validated parameters; a key that is absent is a mechanism that is off.
    timelines : mapping
        Name of a dated decision (``services.teams.TEAM.hours_per_week``, ``services.sharing``) -> ((day, value), …).
    added_projects : frozenset of str
        Projects that a policy adds.
    programmes : mapping of str to ProgrammeRules
        By their names.
    """

    id: str
    start: date
    days: float
    bins: tuple[float, ...]
    measure_from: float
    policy_from: float | None
    types: Mapping[str, TypeSpec]
    sites: tuple[SiteSpec, ...]
    groups: Mapping[str, GroupSpec]
    fields: Mapping[str, Any]
    regimes: tuple[Regime, ...]
    factors: Mapping[str, FactorSpec]
    conditions: Any
    conditions_without_home: Any
    mechanisms: Mapping[str, Any]
    initial: Initial
    ranks: Mapping[str, tuple[int, ...]]
    timelines: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)
    place_conditions: PlaceConditions | None = None
    added_projects: frozenset[str] = frozenset()
    programmes: Mapping[str, ProgrammeRules] = field(default_factory=dict)
