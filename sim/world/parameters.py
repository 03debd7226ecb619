"""Models shared by the parameters of mechanisms: durations, shares, transitions.

Quantities carry their unit in the text; what the model holds is in days and shares 0-1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, WithJsonSchema
from pydantic_core import PydanticCustomError

from rules.reading import Days, Record, Share
from sim.kernel import (
    Discrete,
    Distribution,
    Erlang,
    Exponential,
    Fixed,
    Lognormal,
    Triangular,
    Uniform,
    Weibull,
)

_days: TypeAdapter[float] = TypeAdapter(Days)
_share: TypeAdapter[float] = TypeAdapter(Share)
SHARE_TOLERANCE = 1e-9
STATUSES = ("applied", "waiting", "housed", "outside")

Destination: TypeAlias = Literal["private", "own_home", "out_of_municipality", "institution", "other"]
"""Where those who move on may go; the list is closed."""


class _MeanSpread(Record):
    mean: Days
    sd: Days


class _MeanShape(Record):
    mean: Days
    shape: float = Field(gt=0)


class _MeanStages(Record):
    mean: Days
    stages: int = Field(gt=0)


class _DurationForms(Record):
    """Exactly one of the known forms of a duration."""

    model_config = ConfigDict(title="Duration", json_schema_extra={"minProperties": 1, "maxProperties": 1})

    fixed: Days | None = None
    exponential: Days | None = None
    uniform: tuple[Days, Days] | None = None
    triangular: tuple[Days, Days, Days] | None = None
    lognormal: _MeanSpread | None = None
    weibull: _MeanShape | None = None
    erlang: _MeanStages | None = None


_MAKERS: Mapping[str, Callable[[Any], Distribution]] = {
    "fixed": Fixed,
    "exponential": Exponential,
    "uniform": lambda v: Uniform(*v),
    "triangular": lambda v: Triangular(*v),
    "lognormal": lambda v: Lognormal(v.mean, v.sd),
    "weibull": lambda v: Weibull(v.mean, v.shape),
    "erlang": lambda v: Erlang(v.mean, v.stages),
}


def read_duration(written: Any) -> Distribution:
    """Read a duration: a text such as ``30 days`` (always the same), or one named form such as ``{exponential: 4 years}``."""
    if isinstance(written, Distribution) and not isinstance(written, str | dict):
        return written
    if not isinstance(written, dict):
        return Fixed(_days.validate_python(written))
    forms = _DurationForms.model_validate(written)
    given = {name: value for name in _MAKERS if (value := getattr(forms, name)) is not None}
    if len(given) != 1:
        raise PydanticCustomError(
            "duration", "should be one form of duration ({forms}), but has {n}", {"forms": ", ".join(_MAKERS), "n": len(given)}
        )
    ((name, value),) = given.items()
    try:
        return _MAKERS[name](value)
    except ValueError as error:
        raise PydanticCustomError("duration", "is no possible duration: {why}", {"why": str(error)}) from None


Duration = Annotated[Any, BeforeValidator(read_duration, json_schema_input_type=Days | _DurationForms)]
"""A distribution of durations, in days."""


def check_sum(shares: Mapping[Any, float]) -> None:
    """Refuse shares that are not all of everything."""
    total = sum(shares.values())
    if abs(total - 1.0) > SHARE_TOLERANCE:
        raise PydanticCustomError("shares", "adds up to {total} %, not to 100 %", {"total": _percent(total)})


def _percent(share: float) -> str:
    return f"{round(share * 100, 6):g}"


def read_shares(written: Any) -> dict[str, float]:
    """Read shares of everything: a mapping of keys to shares that add up to 1."""
    if not isinstance(written, dict) or not written:
        raise PydanticCustomError("shares", "should be shares by name, such as {{a: 60 %, b: 40 %}}")
    shares = {str(key): _share.validate_python(value) for key, value in written.items()}
    check_sum(shares)
    return shares


_SHARES_SCHEMA = {"type": "object", "additionalProperties": {"type": ["string", "number"]}, "minProperties": 1}
Shares = Annotated[dict[str, float], BeforeValidator(read_shares), WithJsonSchema(_SHARES_SCHEMA)]
"""Shares by key; they add up to 1."""


def read_need_shares(written: Any) -> dict[tuple[str, int], float]:
    """Read shares of latent need, ``{SCHEME: {RANK: share of all}}``; together they add up to 1."""
    if not isinstance(written, dict) or not all(isinstance(ranks, dict) for ranks in written.values()):
        raise PydanticCustomError("shares", "should be shares by scheme and rank, such as {{velferd: {{1: 60 %, 2: 40 %}}}}")
    shares: dict[tuple[str, int], float] = {}
    for scheme, ranks in written.items():
        for rank, share in ranks.items():
            if str(rank) not in "12345" or len(str(rank)) != 1:
                raise PydanticCustomError("shares", "has the rank {rank}; ranks of need are 1 to 5", {"rank": str(rank)})
            shares[str(scheme), int(rank)] = _share.validate_python(share)
    check_sum(shares)
    return shares


NeedShares = Annotated[
    dict[tuple[str, int], float],
    BeforeValidator(read_need_shares),
    WithJsonSchema({"type": "object", "additionalProperties": _SHARES_SCHEMA, "minProperties": 1}),
]
"""Shares by (scheme, rank); they add up to 1."""


def read_rank_shares(written: Any) -> dict[int, float]:
    """Read shares of ranks, such as ``{1: 10 %, 2: 90 %}``; together they add up to 1."""
    shares = read_shares(written)
    for rank in shares:
        if rank not in ("1", "2", "3", "4", "5"):
            raise PydanticCustomError("shares", "has the rank {rank}; ranks of need are 1 to 5", {"rank": rank})
    return {int(rank): share for rank, share in shares.items()}


RankShares = Annotated[dict[int, float], BeforeValidator(read_rank_shares), WithJsonSchema(_SHARES_SCHEMA)]
"""Shares by rank of need; they add up to 1."""


def discrete(shares: Mapping[Any, float]) -> Discrete[Any]:
    """Return the distribution that gives each key with its share."""
    kept = {key: share for key, share in shares.items() if share > 0}
    return Discrete(tuple(kept), tuple(kept.values()))


def _listed(written: Any) -> Any:
    return written if isinstance(written, list | tuple) else [written]


Names = Annotated[tuple[str, ...], BeforeValidator(_listed, json_schema_input_type=str | list[str])]
Ranks = Annotated[tuple[int, ...], BeforeValidator(_listed, json_schema_input_type=int | list[int])]
YesNo = Annotated[bool, BeforeValidator(lambda v: {"yes": True, "no": False}.get(v, v) if isinstance(v, str) else v)]


class FromState(Record):
    """In which states of a household a transition can happen; a component left out does not matter."""

    status: Names | None = None
    scheme: Names | None = None
    need: Ranks | None = None
    crisis: YesNo | None = None
    away: Names | None = None
    group: Names | None = None
    programme: Names | None = None

    def source(self, **defaults: tuple[object, ...]) -> dict[str, tuple[object, ...]]:
        """Return component -> values, with defaults for the components that are left out."""
        named: dict[str, tuple[object, ...]] = dict(defaults)
        for name in ("status", "scheme", "need", "away", "group", "programme"):
            values = getattr(self, name)
            if values is not None:
                named[name] = tuple("" if value == "none" else value for value in values)
        if self.crisis is not None:
            named["crisis"] = (self.crisis,)
        return named

    def only_residents(self, why: str) -> None:
        """Refuse statuses of people without a home."""
        if self.status is not None and self.status != ("housed",):
            raise PydanticCustomError("state", "{why}: the status can only be housed", {"why": why})


class TransitionSpec(Record):
    """What every transition has: where it starts, its baseline duration, and the risk factors on its speed."""

    from_: FromState = Field(default_factory=FromState, alias="from")
    after: Duration
    factors: tuple[str, ...] = ()
