"""Exclusion for a time after an event (*karantene*): how its key words become an ordinary condition.

`after: evicted` and `period: 12 months` ask that twelve months have passed. `period: up to 12 months` is a ceiling, and
`discretion` sets the length in the single case. What stands under `cured_by` ends the exclusion before its time.
"""

import re

from rules.language import EVENTS, Period
from rules.language.fields import Domain, Elapsed, Field
from rules.language.form import And, Compare, Const, Expr, FieldRef, IsMissing, Not
from rules.reading import Label, Node, Place, Scalar, closest, fail
from rules.ruleset.discretion import generated_name

#: The longest exclusion in each unit. The fields of an exclusion reach as far whatever its period is, so that a policy may
#: change the period and everybody's facts stay what they are.
LONGEST = {"days": 1100, "weeks": 260, "months": 120, "years": 10}

_PERIOD = re.compile(r"(up to )?(\d{1,5}) (day|week|month|year)s?", re.ASCII)

#: event -> what is said after "time since"
EVENT_LABELS: dict[str, Label] = {
    event: Label(nb=nb, en=en)
    for event, nb, en in (
        ("born", "fødselen", "birth"),
        ("moved_to_municipality", "innflyttingen til kommunen", "moving to the municipality"),
        ("applied", "søknaden", "the application"),
        ("decided", "vedtaket", "the decision"),
        ("listed", "oppføringen på ventelisten", "being listed"),
        ("moved_in", "innflyttingen", "moving in"),
        ("need_changed", "siste endring i behovet", "the last change of need"),
        ("offer_declined", "siste avslåtte tilbud", "the last declined offer"),
        ("incident", "siste alvorlige hendelse", "the last serious incident"),
        ("warned", "siste advarsel", "the last warning"),
        ("evicted", "siste utkastelse", "the last eviction"),
        ("exited", "siste utflytting", "the last exit"),
        ("absence_ended", "siste fravær", "the last absence"),
    )
}


def read_exclusion_period(node: Node) -> tuple[Period, bool]:
    """Read "12 months" or "up to 12 months"; the second value says whether it is a ceiling."""
    text = node.text if isinstance(node, Scalar) else ""
    found = _PERIOD.fullmatch(text)
    if found is None or int(found[2]) == 0:
        fail("bad-period", f"{text!r} is no period of exclusion", node.place, "write for example 12 months, or up to 12 months")
    period = Period(int(found[2]), found[3] + "s")  # type: ignore[arg-type]
    if period.count > LONGEST[period.unit]:
        fail("bad-period", f"an exclusion of {period} is too long; at most {LONGEST[period.unit]} {period.unit} can be written",
             node.place)  # fmt: skip
    return period, found[1] is not None


def read_event(node: Node) -> str:
    """Read the event an exclusion follows."""
    text = node.text if isinstance(node, Scalar) else ""
    if text not in EVENTS:
        fail("unknown-event", f"there is no event {text!r}", node.place, closest(text, EVENTS) or "one of: " + ", ".join(EVENTS))
    return text


def since_field(rule: str, event: str, period: Period, place: Place) -> Field:
    """Give the field for the time since the event; nobody is asked about it to whom it has not happened."""
    label = EVENT_LABELS[event]
    said = Label(nb=f"tid siden {label.nb}", en=f"time since {label.en}")
    domain = Domain("int", 0, LONGEST[period.unit])
    source = Elapsed(event, (), period.unit)
    return Field(generated_name("since", rule), "applicant", domain, source, said, place, unit=period.unit, may_be="absent")


def conditions(since: Field, length: Field | None, when: Expr | None, period: Period, place: Place) -> tuple[Expr, Expr]:
    """Give the scope of an exclusion, and what it requires.

    Parameters
    ----------
    since : Field
        The time since the event.
    length : Field or None
        The length set in the single case; None = the whole period.
    when : Expr or None
        What the author says of the scope.
    period : Period
        Its end for everybody.
    """
    passed = FieldRef(since, place)
    whole = Const(period.count, Domain("int", period.count, period.count), place)
    happened: Expr = Not(IsMissing(since, "absent", place), place)
    scope = (happened, when) if when is not None else (happened,)
    if length is None:
        return (And(scope, place) if len(scope) > 1 else happened), Compare(">=", passed, whole, place)
    return And((*scope, Compare("<", passed, whole, place)), place), Compare(">=", passed, FieldRef(length, place), place)


def read_length(text: str, longest: Period, place: Place) -> int:
    """Read a length that may be set: a whole number of the unit of the ceiling, and not beyond it."""
    found = re.fullmatch(r"(\d{1,5}) (day|week|month|year)s?", text, re.ASCII)
    if found is None or found[2] + "s" != longest.unit:
        fail("bad-period", f"{text!r} is no length in {longest.unit}, the unit of the ceiling", place,
             f"write for example 3 {longest.unit}")  # fmt: skip
    if int(found[1]) > longest.count:
        fail("out-of-range", f"{text} is longer than the ceiling of {longest}", place)
    return int(found[1])
