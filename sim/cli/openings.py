"""When what a scenario builds can stand open, as a study tells of it."""

from datetime import date, timedelta

from sim.cli.engine import Scenario
from sim.experiment.studies.openings import Opening


def openings_of(scenario: Scenario) -> tuple[Opening, ...]:
    """Give when everything that a scenario builds can open: its projects, and the sites that a policy adds on a fixed day.

    Of projects the whole process counts: plots, places in planning, appeals. The day of a site is what the policy says.
    """
    plan = scenario.blueprint
    sites = [
        Opening(site.id, added=True, earliest=day, median=day, end=_day(plan.start, plan.days))
        for site in plan.sites
        if getattr(site, "added", False)
        for day in [_day(plan.start, site.opens)]
    ]
    if "projects" not in plan.mechanisms:
        return tuple(sites)
    from sim.scenario.feasible import feasible_openings

    projects = [
        Opening(of.project, added=of.added, earliest=of.earliest, median=of.median, end=_day(plan.start, plan.days))
        for of in feasible_openings(scenario)  # type: ignore[arg-type]
    ]
    return (*sites, *projects)


def _day(start: date, day: float) -> date:
    return start + timedelta(days=int(day))
