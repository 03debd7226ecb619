"""A price of a night, written with its unit: ``1 100 NOK per night``."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter, WithJsonSchema

from rules.reading import NokPerDay

_per_day: TypeAdapter[float] = TypeAdapter(NokPerDay)


def _per_night(written: Any) -> float:
    if isinstance(written, str):
        written = written.replace("per night", "per day")
    return _per_day.validate_python(written)


NokPerNight = Annotated[
    float,
    BeforeValidator(_per_night),
    WithJsonSchema({"type": ["string", "number"], "examples": ["1 100 NOK per night"]}),
]
