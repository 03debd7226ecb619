"""From which day what a scenario builds can stand open."""

from datetime import date, timedelta

from sim.cli.engine import Scenario


def openings_of(scenario: Scenario) -> dict[str, date | None]:
    """Give for everything that a policy builds the first day on which it can open; None where it is not within the horizon.

    Sites by their id; where homes come from projects alone, the policy's own name and its first opening.
    """
    plan = scenario.blueprint
    sites = [site for site in plan.sites if getattr(site, "added", False)]
    if sites:
        return {site.id: _day(plan.start, site.opens, plan.days) for site in sites}
    opening = getattr(getattr(scenario, "settings", None), "opening", None)
    return {} if opening is None or scenario.policy is None else {scenario.name: _day(plan.start, opening, plan.days)}


def _day(start: date, day: float, days: float) -> date | None:
    return start + timedelta(days=int(day)) if day < days else None
