"""The rules in force, as functions over facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from rules.language import NEVER, Layout, Period, build_module
from rules.reading import Place, closest, fail
from rules.ruleset.discretion import Discretion
from rules.ruleset.model import Transition
from rules.ruleset.quotas import Quota

OfApplicant: TypeAlias = Callable[[Any, int], Any]
OfHome: TypeAlias = Callable[[Any, Any, Any, int], Any]

_NAMED = Place("rules", 1, 1, "")


@dataclass(frozen=True, slots=True)
class Program:
    """Every decision of a rule set on one day, as a function.

    The functions take the facts of the applicant `a`, of one dwelling `d` and its site `s`, and the whole day.
    A stage that the rule set leaves out has its neutral value.

    Parameters
    ----------
    hash : str
        Of what the functions do.
    refusals : (a, day) -> tuple of str
        Ids of failed conditions of eligibility and exclusion; empty = eligible. For who is outside the scope of
        the rules, the ids of failed conditions of scope alone.
    cell : (a, day) -> tuple
        What hard matching reads of the applicant.
    dwelling_class : d -> tuple
        What hard matching reads of the dwelling.
    compatible : (a, d, day) -> bool
        Hard matching; it depends on `cell` and `dwelling_class` alone.
    suits : (a, d, s, day) -> bool
        The rest of matching, and living environment.
    key : (a, day) -> tuple of int
        The part of priority that reads no dwelling; smaller goes first.
    key_until : (a, day) -> int
        The first day on which `key` may differ; `NEVER` if none.
    full_key : (a, d, s, day) -> tuple of int
        The whole of priority.
    full_scan : bool
        Whether priority reads a dwelling or a site, so that `full_key` decides.
    suits_timed : bool
        Whether `suits` may change with nothing but time.
    has_moves : bool
    move_wanted : (a, d, s, day) -> str or None
        Id of the first rule of moves that gives a resident a transfer application.
    move_until : (a, d, s, day) -> int
        The first day on which that may differ.
    reply_days : (a, d, s, day) -> int
        Days to answer an offer.
    decline_outcome : (a, d, s, day) -> str
        ``keep`` or ``lapse``.
    term_months : (a, d, s, day) -> int
        Term of the lease; 0 = no end.
    renewal_refusals : (a, d, s, day) -> tuple of str
    warned, notice : (a, d, s, day) -> bool
    hold_days : (a, d, s, day) -> int
        The longest hold of the home in this absence; `NEVER` = without end.
    temporary_entitled : (a, day) -> bool
    numbers : mapping of str to (a, d, s, day) -> int
        Definitions and tables that give numbers.
    timed_numbers : frozenset of str
        Those of them that may change with nothing but time.
    reads : frozenset of str
        The fields that any decision reads.
    watched : frozenset of str
        Those of them that the wish to move, the pool and the place in it read: who lives in a home or waits for one is
        to be looked at again when one of these changes.
    transition : {'decision_date', 'application_date'}
        Whether these rules also meet the cases in progress when they come into force.
    discretions : tuple of Discretion
        The fields that hold what an authority decides in the single case.
    quotas : tuple of Quota
        What is to be counted of the homes, for the fields that quotas read.
    forecasts : mapping of str to Period
        For each field of a forecast how far ahead it looks.
    kept : mapping of str to value
        The fields of discretion, quotas and forecasts, of any version, with the value each begins with.
    quota_stock : (d, s, day) -> tuple of bool
        For each of `quotas`, whether a home belongs to its stock.
    quota_counts : (a, d, s, day) -> tuple of bool
        For each of `quotas`, whether a lease of this applicant counts.
    """

    hash: str
    refusals: OfApplicant
    cell: OfApplicant
    dwelling_class: Callable[[Any], tuple[Any, ...]]
    compatible: Callable[[Any, Any, int], bool]
    suits: OfHome
    key: OfApplicant
    key_until: OfApplicant
    full_key: OfHome
    full_scan: bool
    suits_timed: bool
    has_moves: bool
    move_wanted: OfHome
    move_until: OfHome
    reply_days: OfHome
    decline_outcome: OfHome
    term_months: OfHome
    renewal_refusals: OfHome
    warned: OfHome
    notice: OfHome
    hold_days: OfHome
    temporary_entitled: OfApplicant
    quota_stock: Callable[[Any, Any, int], tuple[bool, ...]]
    quota_counts: OfHome
    numbers: Mapping[str, OfHome]
    timed_numbers: frozenset[str]
    reads: frozenset[str]
    watched: frozenset[str]
    transition: Transition = "decision_date"
    discretions: tuple[Discretion, ...] = ()
    quotas: tuple[Quota, ...] = ()
    forecasts: Mapping[str, Period] = field(default_factory=dict)
    kept: Mapping[str, bool | int] = field(default_factory=dict)

    def number(self, name: str, a: Any, d: Any, s: Any, day: int) -> int:
        """Give the value of a named definition or table that gives a number.

        Raises
        ------
        InputError
            When the rule set has none of this name.
        """
        found = self.numbers.get(name)
        if found is None:
            fail("unknown-name", f"the rules define no number {name!r}", _NAMED, closest(name, self.numbers))
        value: int = found(a, d, s, day)
        return value


@dataclass(frozen=True, slots=True)
class ProgramSource:
    """A program as text: it can be pickled, and built in another process.

    Parameters
    ----------
    text : str
        Python source.
    hash : str
        SHA-256 of the text and the calendar.
    layout : Layout
    full_scan, suits_timed, has_moves : bool
    numbers : tuple of str
        Names that `Program.number` knows.
    timed_numbers, reads, watched : frozenset of str
    transition, discretions, quotas, forecasts, kept
        As in `Program`.
    """

    text: str
    hash: str
    layout: Layout
    full_scan: bool
    suits_timed: bool
    has_moves: bool
    numbers: tuple[str, ...]
    timed_numbers: frozenset[str]
    reads: frozenset[str]
    watched: frozenset[str]
    transition: Transition = "decision_date"
    discretions: tuple[Discretion, ...] = ()
    quotas: tuple[Quota, ...] = ()
    forecasts: Mapping[str, Period] = field(default_factory=dict)
    kept: Mapping[str, bool | int] = field(default_factory=dict)

    def build(self) -> Program:
        """Make the functions."""
        made = build_module(self.text, self.layout.calendar)
        return Program(
            hash=self.hash,
            full_scan=self.full_scan,
            suits_timed=self.suits_timed,
            has_moves=self.has_moves,
            numbers={name: made[f"number_{name}"] for name in self.numbers},
            timed_numbers=self.timed_numbers,
            reads=self.reads,
            watched=self.watched,
            transition=self.transition,
            discretions=self.discretions,
            quotas=self.quotas,
            forecasts=self.forecasts,
            kept=self.kept,
            **{name: made[name] for name in FUNCTIONS},
        )


#: Names and parameters of the generated functions.
FUNCTIONS: Mapping[str, str] = {
    "refusals": "a, day",
    "cell": "a, day",
    "dwelling_class": "d",
    "compatible": "a, d, day",
    "suits": "a, d, s, day",
    "key": "a, day",
    "key_until": "a, day",
    "full_key": "a, d, s, day",
    "move_wanted": "a, d, s, day",
    "move_until": "a, d, s, day",
    "reply_days": "a, d, s, day",
    "decline_outcome": "a, d, s, day",
    "term_months": "a, d, s, day",
    "renewal_refusals": "a, d, s, day",
    "warned": "a, d, s, day",
    "notice": "a, d, s, day",
    "hold_days": "a, d, s, day",
    "temporary_entitled": "a, day",
    "quota_stock": "d, s, day",
    "quota_counts": "a, d, s, day",
}

__all__ = ["FUNCTIONS", "NEVER", "OfApplicant", "OfHome", "Program", "ProgramSource"]
