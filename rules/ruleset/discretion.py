"""Discretion: what a named authority may decide in the single case, as a fact that rules read and nobody computes.

A rule or an exception with `discretion` applies only where the authority has taken the step; an exclusion may leave its
length to it. What was decided is a field of the applicant: a worked case states it (`taken`), and in a simulation the
world draws it from the shares given, keyed (person, rule, application).
"""

import dataclasses
import re
from dataclasses import dataclass

from rules.language.fields import YES_NO, Domain, Field, Supplied
from rules.reading import Label, Place

#: Who supplies the fields of discretion.
SUPPLIER = "discretion"


@dataclass(frozen=True, slots=True)
class Discretion:
    """What an authority decides in the single case.

    Parameters
    ----------
    field : str
        The field that holds the decision.
    rule : str
        Id of the rule.
    exception : str or None
        Id of the exception; None when the rule itself is at discretion.
    grants : bool
        Whether the rule grants something to residents (moves), so that it is decided before they apply.
    authority : Label
    shares : tuple of (value, float)
        In simulation: how often each value is decided; they sum to 1. Empty when the author says nothing.
    is_length : bool
        Whether a length is set, in the unit of the field, and not a step taken or not.
    """

    field: str
    rule: str
    exception: str | None
    grants: bool
    authority: Label = dataclasses.field(compare=False)
    shares: tuple[tuple[bool | int, float], ...]
    place: Place = dataclasses.field(compare=False)
    is_length: bool = False

    @property
    def id(self) -> str:
        """How a worked case names it: ``RULE`` or ``RULE.EXCEPTION``."""
        return self.rule if self.exception is None else f"{self.rule}.{self.exception}"


def generated_name(*parts: str) -> str:
    """Give the name of a field that the reader adds: small letters, no two underscores in a row."""
    return re.sub("_+", "_", "_".join(parts).lower()).rstrip("_")


def taken_field(rule: str, exception: str | None, authority: Label, label: Label, place: Place, *, grants: bool = False) -> Field:
    """Give the field that says whether the authority has taken the step."""
    if exception is not None:
        said = _say(authority, label, "gjør etter skjønn unntak", "makes an exception at its discretion")
        denied = _say(authority, label, "gjør ikke unntak", "makes no exception")
    elif grants:
        said = _say(authority, label, "innvilger etter skjønn", "grants this at its discretion")
        denied = _say(authority, label, "innvilger ikke", "does not grant this")
    else:
        said = _say(authority, label, "stiller etter skjønn kravet", "sets the requirement at its discretion")
        denied = _say(authority, label, "stiller ikke kravet", "does not set the requirement")
    name = generated_name("taken", rule, exception or "")
    return Field(name, "applicant", YES_NO, Supplied(SUPPLIER), said, place, negated=denied)


def length_field(rule: str, longest: int, unit: str, authority: Label, label: Label, place: Place) -> Field:
    """Give the field that says for how long the authority has excluded somebody."""
    said = Label(
        nb=f"tiden {authority.nb} har fastsatt etter skjønn ({label.nb})",
        en=f"the time {authority.en} has set at its discretion ({label.en})",
    )
    name = generated_name("set", rule)
    return Field(name, "applicant", Domain("int", 0, longest), Supplied(SUPPLIER), said, place, unit=unit)


def _say(authority: Label, label: Label, nb: str, en: str) -> Label:
    return Label(nb=f"{authority.nb} {nb} ({label.nb})", en=f"{authority.en} {en} ({label.en})")
