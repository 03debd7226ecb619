"""Where people go, and where they are without a municipal home: the closed lists of words for it."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from rules.reading import closest
from sim.world.parameters import Shares

Destination = Literal["private", "own_home", "out_of_municipality", "institution", "other"]
Situation = Literal["no_roof", "temporary", "leaving_institution", "notice_to_quit", "with_others", "unsuitable", "ordinary"]


def _only(words: tuple[str, ...], what: str) -> AfterValidator:
    def check(shares: dict[str, float]) -> dict[str, float]:
        for name in shares:
            if name not in words:
                hint = closest(name, words) or f"known are {', '.join(words)}"
                raise PydanticCustomError("unknown-word", f"knows no {what} {{name}}", {"name": repr(name), "hint": hint})
        return shares

    return AfterValidator(check)


DestinationShares = Annotated[Shares, _only(get_args(Destination), "destination")]
"""Shares by destination."""
SituationShares = Annotated[Shares, _only(get_args(Situation), "situation")]
"""Shares by situation."""
