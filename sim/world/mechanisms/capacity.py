"""How much there is of something that is decided on (hours of a team, beds, places), from when: a step function of time."""

from __future__ import annotations

from collections.abc import Mapping

Steps = tuple[tuple[float, float], ...]


def capacity_of(team: str, hours: float, timelines: Mapping[str, Steps]) -> Steps:
    """Return (day, hours a week from that day) for a team, ascending, the first on day 0.

    Parameters
    ----------
    hours : float
        What holds from day 0, where no decision is dated; a team whose first date lies later has none before.
    timelines : mapping
        Dated decisions of the scenario, by their path.
    """
    return step_function(timelines.get(f"services.teams.{team}.hours_per_week", ()), hours)


def step_function(dated: Steps, otherwise: float) -> Steps:
    """Return (day, value from that day), ascending, the first on day 0.

    Parameters
    ----------
    otherwise : float
        What holds from day 0, where no decision is dated; where the first date lies later, it is 0 before.
    """
    now = 0.0 if dated else otherwise
    for day, value in dated:
        if day <= 0.0:
            now = value
    return ((0.0, now), *((day, value) for day, value in dated if day > 0.0))
