"""How much each team is booked on day 0, beside the hours it has: above 1, those it follows up receive less than they accept."""

from collections.abc import Iterator, Mapping
from typing import Any

from rules.reading import Finding, Place

#: Day 0 is drawn so many times: a small team has few members, and who they are is a matter of chance.
DRAWS = 4
#: A team is called overbooked when it is booked by more than this beyond its hours.
TOLERANCE = 0.05
#: Of real people, a team with fewer members is not told of.
SMALLEST = 5
_WORDS = {
    "nb": {"head": "  Team på dag 0 (timer i uken som er bundet, med reise, av timene teamet har):", "none": "ingen timer"},
    "en": {"head": "  Teams on day 0 (hours a week that are booked, with travel, of those the team has):", "none": "no hours"},
}


def team_loads(scenario: Any) -> tuple[list[Finding], dict[str, Any]]:
    """Draw day 0 and add up what is booked of each team.

    Returns
    -------
    list of Finding
        One, where a team is overbooked.
    dict
        Team -> ``booked`` and ``hours`` (a week), ``load``, and the ``label`` by language.
    """
    from sim.replication.replicate import world_of
    from sim.world.mechanisms.team import BILLIONTHS

    hour = 60.0 * BILLIONTHS
    if "services" not in scenario.blueprint.mechanisms:
        return [], {}
    booked: dict[str, float] = {}
    hours: dict[str, float] = {}
    few: set[str] = set()
    for k in range(1, DRAWS + 1):
        for name, team in world_of(scenario, 1, k).mechanisms["services"].teams.items():
            booked[name] = booked.get(name, 0.0) + team.booked / hour / DRAWS
            hours[name] = team.capacity / hour
            if scenario.data == "real" and team.size < SMALLEST:
                few.add(name)
    told: dict[str, dict[str, Any]] = {
        name: {
            "booked": taken,
            "hours": hours[name],
            "load": taken / hours[name] if hours[name] else None,
            "label": dict(scenario.texts.get(f"services.teams.{name}", {})),
        }
        for name, taken in booked.items()
        if name not in few
    }
    over = [f"{name} {100 * of['load']:.0f} %" for name, of in told.items() if (of["load"] or 0.0) > 1.0 + TOLERANCE]
    if not over:
        return [], told
    message = f"teams are booked beyond their hours on day 0: {', '.join(over)}"
    hint = "give them more hours or fewer residents, if this is not what is meant: all whom they follow up receive less"
    return [Finding("overbooked", message, Place(scenario.path, 1, 1, ""), hint, "warning")], told


def team_lines(told: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield the lines that ``check`` prints of it."""
    if not told:
        return
    words = _WORDS[lang]
    yield words["head"]
    for name, of in told.items():
        share = words["none"] if of["load"] is None else f"{100 * of['load']:.0f} %"
        yield f"    {of['label'].get(lang, name)} ({name}): {of['booked']:.0f} / {of['hours']:.0f} ({share})"
