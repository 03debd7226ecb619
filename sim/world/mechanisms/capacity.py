"""How many hours a week a team has, from when: a step function of time."""

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
    dated = timelines.get(f"services.teams.{team}.hours_per_week", ())
    if dated:
        hours = 0.0
    for day, value in dated:
        if day <= 0.0:
            hours = value
    return ((0.0, hours), *((day, value) for day, value in dated if day > 0.0))
