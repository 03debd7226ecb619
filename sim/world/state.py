"""The state of the world: plain slotted data, changed by verbs alone.

Nothing here decides or schedules. A household is the agent; need, behaviour and death belong to its reference person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.kernel import Standing
    from sim.world.states import Life, State

INF = float("inf")
NOBODY: frozenset[Household] = frozenset()


@dataclass(slots=True, frozen=True)
class DwellingType:
    """One entry of the catalogue of dwelling types.

    Attributes
    ----------
    id : str
        Name in the scenario.
    scheme : str
        The ladder (or programme) it belongs to.
    step, rank : int
        Step on the ladder, and the support rank of that step.
    ladder : bool
        Whether the scheme counts among the ladders of the headline figures.
    """

    id: str
    scheme: str
    step: int
    rank: int
    ladder: bool


@dataclass(slots=True, eq=False)
class Site:
    """Dwellings that share a living environment (*bomiljø*)."""

    id: str
    type: DwellingType
    district: str
    facts: Any
    dwellings: list[Dwelling] = field(default_factory=list)
    residents: list[Household] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Dwelling:
    """One home. Exactly one state at a time, and at most one household.

    ``state`` is one of planned, base, vacant, turnaround, offered, let, held, closed.
    ``order`` is its place among all dwellings by id: ties at one instant go by it. ``relocates``: it closes, and whoever lives in
    it must move.
    ``programme`` is the programme that has the home, or empty: the list does not see it, and who moves in takes part.
    """

    id: str
    order: int
    site: Site
    type: DwellingType
    facts: Any
    state: str = "planned"
    household: Household | None = None
    offered_to: Household | None = None
    lettings: int = 0
    closes: float = INF
    relocates: bool = False
    extra_turnaround: float = 0.0
    matching_class: tuple[Any, ...] = ()
    declined_by: frozenset[Household] = NOBODY
    to_try: bool = False
    programme: str = ""


@dataclass(slots=True, eq=False)
class Application:
    """A place on the waiting list: of a new household, or of a resident who is to move (``kind`` transfer).

    ``number`` is the household's k-th application. ``decided`` is the day of the decision (*vedtak*), from which waiting counts;
    ``scheme`` and ``need`` are those of that day. ``listed`` orders the list when rules name no other order.
    ``cell`` and ``key`` are its present place in the queue, None while it is not there. ``claim``: its home closes, so it goes
    before all others, whatever the rules' order of priority.
    """

    household: Household
    kind: str
    number: int
    decided: float
    listed: float
    reason: str = ""
    claim: bool = False
    scheme: str = ""
    need: int = 0
    cell: tuple[Any, ...] | None = None
    key: tuple[Any, ...] | None = None
    key_until: int = 0
    offer: Dwelling | None = None
    offers: int = 0


@dataclass(slots=True, eq=False)
class Household:
    """The applicant and, once housed, the resident.

    Attributes
    ----------
    id, order, key : str, int, int
        ``source/ordinal``; the order of creation (ties go by it); the base key of its draws in this replication.
    group : str
        Group of applicants it came from.
    facts : object
        Slotted facts that rules read.
    scheme, need : str, int
        The latent ladder and support rank (1-5): the truth, which rules never read.
    assessed : (str, int) or None
        Ladder and rank as they were last assessed; None where assessments are exact and immediate.
    status : str
        applied, waiting, housed, outside or gone.
    situation : str
        Where it lives when it has no municipal home; ``housed`` when it has one.
    away : str
        Kind of the present absence, or empty; a place of a kind stands after a colon (``acute_bed:kad``).
    programme : str
        The programme beside the ladders that it takes part in, whose rules apply to it; or empty.
    dirty, speeds_alone : bool, bool
        Whether it is to be looked at again before the present event ends; and whether only because of what risk factors read.
    life, left, speeds : Life, list, tuple
        The transitions that can happen now, the baseline duration each has left, and its present speed.
    due, due_index, review, move_review : float, int, float, float
        When the next transition fires and which; when time alone may change a risk factor, or the wish to move.
    state : State
        The state from which facts were last derived, and in which its days are counted.
    marks : tuple of str
        The fields that follow its need, each at a uniform of its own that never changes.
    waited : float or None
        Days from decision to ending of its first application as a newcomer.
    drawn : list of int
        How many times each transition has been drawn: the k of the next draw.
    rounds : dict
        The same of everything else that is drawn again and again.
    """

    id: str
    order: int
    key: int
    group: str
    facts: Any
    scheme: str
    need: int
    marks: tuple[str, ...]
    status: str = "applied"
    situation: str = "unsuitable"
    away: str = ""
    crisis: bool = False
    home: Dwelling | None = None
    application: Application | None = None
    applications: int = 0
    moved_in: float = 0.0
    exited: float = -INF
    former: bool = False
    destination: str = ""
    tenancies: int = 0
    renewals: int = 0
    dirty: bool = False
    speeds_alone: bool = False
    state: State | None = None
    life: Life | None = None
    left: list[float] = field(default_factory=list)
    speeds: tuple[float, ...] = ()
    rated: float = 0.0
    bits: int = -1
    due: float = INF
    due_index: int = -1
    review: float = INF
    move_review: float = INF
    standing: Standing | None = None
    drawn: list[int] = field(default_factory=list)
    rounds: dict[int, int] = field(default_factory=dict)
    programme: str = ""
    waited: float | None = None
    assessed: tuple[str, int] | None = None


Handler = Callable[..., None]
