"""What a scenario says of absences."""

from __future__ import annotations

from pydantic import Field, field_validator

from rules.reading import Record
from sim.world.parameters import Duration, FromState


class AbsenceKind(Record):
    """One kind of absence: from which states it begins, after how long and at what speed, and how long it lasts."""

    from_: FromState = Field(default_factory=FromState, alias="from")
    begins: Duration
    factors: tuple[str, ...] = ()
    lasts: Duration

    @field_validator("from_")
    @classmethod
    def _of_residents(cls, from_: FromState) -> FromState:
        from_.only_residents("an absence is one from a home")
        return from_


class AbsencesParameters(Record):
    """Kinds of absence, by name."""

    kinds: dict[str, AbsenceKind] = Field(default_factory=dict)
