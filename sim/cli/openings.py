"""When what a scenario builds can stand open, as a study tells of it."""

from sim.cli.engine import Scenario
from sim.experiment.studies.openings import Opening
from sim.scenario.dates import date_of
from sim.scenario.feasible import feasible_openings


def openings_of(scenario: Scenario) -> tuple[Opening, ...]:
    """Give when everything that a scenario builds can open: its projects, and the sites that a policy adds on a fixed day.

    Of projects the whole process counts: plots, places in planning, appeals. The day of a site is what the policy says.
    """
    plan = scenario.blueprint
    sites = [
        Opening(site.id, added=True, earliest=day, median=day, end=date_of(plan.start, plan.days))
        for site in plan.sites
        if getattr(site, "added", False)
        for day in [date_of(plan.start, site.opens)]
    ]
    projects = [
        Opening(of.project, added=of.added, earliest=of.earliest, median=of.median, end=date_of(plan.start, plan.days))
        for of in feasible_openings(plan)
    ]
    return (*sites, *projects)
