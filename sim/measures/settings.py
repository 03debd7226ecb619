"""What the measures must be told besides the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and rates of the figures.

    Attributes
    ----------
    measure_from : float
        First day of the measured horizon; also the day that present values are discounted to.
    opening : float or None
        Day of the policy's opening; None = no such window.
    tau : float
        Limit in days of the restricted mean wait.
    limit_days : float
        The stated limit of ``housed_within_limit_share``.
    discount_rate, annuity_rate : float
        Real rates a year, as shares (0.04 = 4 %).
    ladders : tuple of str
        Schemes that are ladders, from least to most support. The first is the main ladder (the one whose
        step 1 is "the lowest step"). Empty = in the order in which they appear among the types.
    breakdown : bool
        Whether to break figures down at all.
    values : dict of str to tuple of str
        Values that a dimension can have (group, need, team, account, lived, cause, ending, programme, programme_end, bed),
        whether or not a replication meets them.
    kostra : mapping of str to str
        Group of applicants -> group of KOSTRA's form 13.
    state_pays : bool
        Whether anybody but the municipality may pay for something; if not, there is no account to show.
    """

    measure_from: float = 0.0
    opening: float | None = None
    tau: float = 1825.0
    limit_days: float = 180.0
    discount_rate: float = 0.04
    annuity_rate: float = 0.04
    ladders: tuple[str, ...] = ()
    breakdown: bool = True
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kostra: Mapping[str, str] = field(default_factory=dict)
    state_pays: bool = True
