"""The stock of a scenario as the rules see it, and who among the applicants no home of it can suit."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rules.reading import Finding


def stock_remarks(scenario: Any) -> Sequence[Finding]:
    """Find in the rules of a scenario people who are eligible and have no possible dwelling.

    Parameters
    ----------
    scenario : Scenario
        Its whole stock counts, also what opens later. Applicants have the values that its groups may draw.
    """
    from rules.verify.accepted import is_accepted
    from rules.verify.stock import Home, stock_findings

    if not scenario.rulesets:
        return ()
    blueprint = scenario.blueprint
    homes = [Home(dwelling, site) for dwelling, site in _homes(blueprint)]
    people = _people(blueprint)
    found = [finding for rules in scenario.rulesets.values() for finding in stock_findings(rules, homes, people)]
    return tuple(finding for finding in dict.fromkeys(found) if not is_accepted(finding))


def _homes(blueprint: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for site in blueprint.sites:
        kind = blueprint.types[site.type]
        built_in = {"home_type": kind.id, "home_scheme": kind.scheme, "home_step": kind.step, "home_rank": kind.rank}
        around = {"site_size": site.dwellings, "district": site.district, "site_type": site.type}
        yield {**kind.attributes, **site.dwelling_attributes, **built_in}, {**site.attributes, **around}


def _people(blueprint: Any) -> dict[str, list[Any]]:
    """Give the values that may be drawn for each field that every group draws."""
    drawn: list[dict[str, list[Any]]] = [
        {name: sorted(set(_drawn(draw)), key=repr) for name, draw in group.fields.items()} for group in blueprint.groups.values()
    ]
    everywhere = set(drawn[0]).intersection(*drawn[1:]) if drawn else set()
    return {name: sorted({value for of in drawn for value in of[name]}, key=repr) for name in sorted(everywhere)}


def _drawn(draw: Any) -> Iterator[Any]:
    if hasattr(draw, "value"):
        yield draw.value
    elif hasattr(draw, "of"):
        for inner in draw.of.values():
            yield from _drawn(inner)
    else:
        shares = draw.shares
        for one in shares.values() if isinstance(shares, Mapping) else (shares,):
            yield from one.values
