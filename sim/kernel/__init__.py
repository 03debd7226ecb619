"""The kernel: clock, keyed draws, distributions, exact time integrals and a log.

It knows no housing, and imports nothing of ours.
"""

from sim.kernel.clock import ALLOCATION, CALENDAR, MEASURES, PEOPLE, Clock, Standing
from sim.kernel.distributions import (
    Discrete,
    Distribution,
    Empirical,
    Erlang,
    Exponential,
    Fixed,
    Lognormal,
    Triangular,
    Uniform,
    Weibull,
)
from sim.kernel.draws import entity_key, purpose, uniform
from sim.kernel.integrals import Bins, Cells, Integral, Tallies
from sim.kernel.log import Log, NullLog

__all__ = [
    "ALLOCATION",
    "CALENDAR",
    "MEASURES",
    "PEOPLE",
    "Bins",
    "Cells",
    "Clock",
    "Discrete",
    "Distribution",
    "Empirical",
    "Erlang",
    "Exponential",
    "Fixed",
    "Integral",
    "Log",
    "Lognormal",
    "NullLog",
    "Standing",
    "Tallies",
    "Triangular",
    "Uniform",
    "Weibull",
    "entity_key",
    "purpose",
    "uniform",
]
