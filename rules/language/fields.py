"""What the rules may know: fields with a type, a range, a unit, a name and exactly one source."""

import keyword
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from rules.reading import Label, Place

if TYPE_CHECKING:
    from rules.language.form import Expr

Entity: TypeAlias = Literal["applicant", "dwelling", "site", "member"]
Kind: TypeAlias = Literal["int", "yes/no", "one of"]
Missing: TypeAlias = Literal["unknown", "absent"]
TimeUnit: TypeAlias = Literal["days", "weeks", "months", "years"]

ENTITIES: tuple[Entity, ...] = ("applicant", "dwelling", "site", "member")
KINDS: tuple[Kind, ...] = ("int", "yes/no", "one of")
TIME_UNITS: tuple[TimeUnit, ...] = ("days", "weeks", "months", "years")

#: The events of life that the world marks on facts; the list is closed.
EVENTS = (
    "born", "moved_to_municipality", "applied", "decided", "listed", "moved_in", "need_changed",
    "offer_declined", "incident", "warned", "evicted", "exited", "absence_ended",
)  # fmt: skip

#: The dates ahead that the world marks on facts; the list is closed.
DATES = ("lease_ends",)

#: The states during which a clock may stand still; the list is closed.
STATES = ("absent", "in_crisis")

#: Words of the language and slots of the facts, which no field may be called.
WORDS = frozenset({"unknown", "absent", "otherwise", "yes", "no", "true", "false", "none", "day", "members", "lottery"})

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)


def name_fault(name: str) -> str | None:
    """Say why a name cannot stand in an expression, or None when it can."""
    if not _NAME.fullmatch(name):
        return f"{name[:60]!r} is no name: use small letters a to z, digits and _, beginning with a letter"
    if "__" in name:
        return f"{name!r} holds two underscores in a row"
    if keyword.iskeyword(name) or name in WORDS:
        return f"{name!r} is a word of the language and cannot be a name"
    return None


@dataclass(frozen=True, slots=True)
class Domain:
    """The values an expression may take.

    Parameters
    ----------
    kind : {'int', 'yes/no', 'one of'}
    lo, hi : int
        The range of an integer, both ends included.
    values : tuple of str
        The values of an enum, in the order declared.
    """

    kind: Kind
    lo: int = 0
    hi: int = 0
    values: tuple[str, ...] = ()

    def holds(self, value: object) -> bool:
        """Say whether a value belongs to the domain."""
        if self.kind == "yes/no":
            return isinstance(value, bool)
        if self.kind == "one of":
            return value in self.values
        return isinstance(value, int) and not isinstance(value, bool) and self.lo <= value <= self.hi

    def __str__(self) -> str:
        if self.kind == "int":
            return f"{self.lo}..{self.hi}"
        return self.kind if self.kind == "yes/no" else "one of " + ", ".join(self.values)


YES_NO = Domain("yes/no")


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in whole calendar units, such as 3 months."""

    count: int
    unit: TimeUnit

    @property
    def months(self) -> int:
        """The months it holds; 0 for a period of days or weeks."""
        return self.count * {"years": 12, "months": 1}.get(self.unit, 0)

    @property
    def days(self) -> int:
        """The days it holds; 0 for a period of months or years."""
        return self.count * {"days": 1, "weeks": 7}.get(self.unit, 0)

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count != 1 else self.unit[:-1]}"


@dataclass(frozen=True, slots=True)
class Stored:
    """A value that the world stores."""


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Completed units of time since an event; the clock stands still during the states in `pauses`."""

    since: str
    pauses: tuple[str, ...]
    unit: TimeUnit


@dataclass(frozen=True, slots=True)
class Remaining:
    """Whole units of time left until a date; below zero once it has passed."""

    until: str
    unit: TimeUnit


@dataclass(frozen=True, slots=True)
class Count:
    """How many times an event has happened in the period that ends on the day of decision."""

    event: str
    period: Period


@dataclass(frozen=True, slots=True)
class Within:
    """Whether an event has happened in the period that ends on the day of decision."""

    event: str
    period: Period


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A sum, a number or a maximum over the members of the household that satisfy `where`.

    Parameters
    ----------
    op : {'sum', 'count', 'max'}
    field : Field or None
        The member's field; None for a count.
    where : Expr or None
        A condition on a member; None = all members. The maximum over nobody is 0.
    """

    op: Literal["sum", "count", "max"]
    field: "Field | None"
    where: "Expr | None"


@dataclass(frozen=True, slots=True)
class TableSource:
    """The result of a decision table."""

    name: str


@dataclass(frozen=True, slots=True)
class DefinitionSource:
    """The value of a named definition."""

    name: str


@dataclass(frozen=True, slots=True)
class Supplied:
    """A value that a mechanism of the world keeps up to date."""

    by: str
    refresh: Period | None = None


Source: TypeAlias = (
    Stored | Elapsed | Remaining | Count | Within | Aggregate | TableSource | DefinitionSource | Supplied
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One thing the rules may know about an applicant, a dwelling, a site or a member of the household.

    Parameters
    ----------
    name : str
        Unique in the rule set; small ASCII letters, digits and underscores.
    of : {'applicant', 'dwelling', 'site', 'member'}
    domain : Domain
        Type with range or values. Elapsed and remaining times and counts never leave the range: beyond an end they
        stay at the end.
    unit : str or None
        A key of `units.UNITS`.
    label : Label
    value_labels : tuple of (str, Label)
        What the values of an enum are called, where the author says so.
    negated : Label or None
        How it is said that a yes/no is no, where the author says so: languages differ in where the `not` stands.
    may_be : {'unknown', 'absent'} or None
        How the value may be missing; a condition must test it before it uses the value.
    source : Source
    place : Place
    """

    name: str
    of: Entity
    domain: Domain
    source: Source
    label: Label = field(compare=False)
    place: Place = field(compare=False)
    unit: str | None = None
    may_be: Missing | None = None
    value_labels: tuple[tuple[str, Label], ...] = field(default=(), compare=False)
    negated: Label | None = field(default=None, compare=False)

    @property
    def type(self) -> Kind:
        """The type: ``int``, ``yes/no`` or ``one of``."""
        return self.domain.kind

    @property
    def values(self) -> tuple[str, ...]:
        """The values of an enum; empty for other types."""
        return self.domain.values

    @property
    def range(self) -> tuple[int, int] | None:
        """The range of an integer, both ends included; None for other types."""
        return (self.domain.lo, self.domain.hi) if self.domain.kind == "int" else None

    @property
    def moves_with_time(self) -> bool:
        """Whether the value may change with nothing but time."""
        match self.source:
            case Elapsed() | Remaining() | Count() | Within():
                return True
            case Aggregate(field=inner, where=where):
                from rules.language.form import reads_time

                return (inner is not None and inner.moves_with_time) or (where is not None and reads_time(where))
        return False
