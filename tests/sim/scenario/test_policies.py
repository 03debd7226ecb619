"""What a policy may change, and from when; and that the scenarios of a comparison share their calendar."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.reading import InputError
from sim.scenario import load_comparison, load_scenario

BASE = """
scenario: base
horizon: 5 years
rules: rules.yaml
parameters:
  hours: {label: {nb: Timer, en: Hours}, value: 40 hours per week, kind: decision, source: assumption}
  slope: {label: {nb: Virkning, en: Effect}, value: 2, kind: uncertain, source: assumption, range: [1, 3]}
schemes: {only: {ranks: [1, 2]}}
types: {home: {scheme: only}}
sites: [{id: a, type: home, sites: 3}]
groups: {people: {need: {only: {1: 100 %}}, arrivals: {rate: 3 per year}}}
risk_factors: {crowd: {when: true_rank == 1, factor: $slope}}
services:
  required: minutes
  teams:
    north: {hours_per_week: $hours}
"""
RULES = """
ruleset: tiny
label: {nb: Liten, en: Tiny}
fields:
  days_waited:
    {of: applicant, type: int, unit: days, range: 0..7300, source: {elapsed: {since: decided}}, label: {nb: tid, en: wait}}
definitions:
  minutes: {is: "60", status: illustrative}
priority:
  - {longest: days_waited, status: illustrative}
"""
HEAD = "extends: base.yaml\nname: {name}\nquestion: {{nb: Hva?, en: What?}}\npolicy_from: {since}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path


def policy(folder: Path, name: str, changes: str, since: str = "2027-01-01", more: str = "") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(HEAD.format(name=name, since=since) + more + changes, encoding="utf-8")
    return path


def test_workers_and_the_rule_of_sharing_are_decisions_with_a_date(folder: Path) -> None:
    written = (folder / "base.yaml").read_text(encoding="utf-8")
    staffed = written.replace(
        "north: {hours_per_week: $hours}", "north: {workers: 2, hours_per_worker: 20}\n  sharing: proportional"
    )
    (folder / "base.yaml").write_text(staffed, encoding="utf-8")
    changes = "changes: {services: {sharing: highest_need_first, teams: {north: {workers: 3}}}}"
    found = load_scenario(policy(folder, "both", changes)).blueprint.timelines
    assert found["services.teams.north.hours_per_week"] == ((0.0, 40.0), (365.0, 60.0))
    assert found["services.sharing"] == ((0.0, 0.0), (365.0, 1.0))
    with pytest.raises(InputError, match="no decision that can take effect on a date"):
        load_scenario(policy(folder, "each", "changes: {services: {teams: {north: {hours_per_worker: 30}}}}"))


def test_hours_change_from_the_policy_on(folder: Path) -> None:
    path = policy(folder, "more", "changes: {services: {teams: {north: {hours_per_week: +20}}}}")
    assert load_scenario(path).blueprint.timelines == {"services.teams.north.hours_per_week": ((0.0, 40.0), (365.0, 60.0))}


def test_hours_through_a_parameter_that_is_a_decision(folder: Path) -> None:
    path = policy(folder, "more", "changes: {parameters: {hours: {value: 50 hours per week}}}")
    assert load_scenario(path).blueprint.timelines["services.teams.north.hours_per_week"] == ((0.0, 40.0), (365.0, 50.0))


def test_an_uncertain_parameter_is_refused_unless_the_policy_asks_what_if(folder: Path) -> None:
    changes = "changes: {parameters: {slope: {value: 3}}}"
    with pytest.raises(InputError, match="slope is uncertain") as caught:
        load_scenario(policy(folder, "steep", changes))
    assert caught.value.findings[0].place is not None
    assert caught.value.findings[0].place.line == 5
    asked = load_scenario(policy(folder, "steep", changes, more="kind: what_if\n"))
    assert asked.blueprint.factors["crowd"].conditions == (("crowd", 3.0),)


def test_rules_become_a_second_regime(folder: Path) -> None:
    path = policy(folder, "lottery", "changes: {rules: {priority: [{lottery: per application, status: illustrative}]}}")
    scenario = load_scenario(path)
    (first, second) = scenario.blueprint.regimes
    assert (first.day, second.day) == (0.0, 365.0)
    assert first.program.hash == load_scenario(folder / "base.yaml").blueprint.regimes[0].program.hash
    assert set(scenario.rulesets) == {first.program.hash, second.program.hash}


def test_a_new_site_opens_with_the_policy_unless_it_says_when(folder: Path) -> None:
    sites = "[{id: b, type: home, dwellings: 2}, {id: c, type: home, opens: 2028-01-01}]"
    scenario = load_scenario(policy(folder, "build", f"changes: {{sites: {{add: {sites}}}}}"))
    assert [(s.id, s.opens, s.added) for s in scenario.blueprint.sites[3:]] == [("b", 365.0, True), ("c", 730.0, True)]
    assert not any(s.added for s in scenario.blueprint.sites[:3])


def test_old_sites_keep_their_place_before_new_ones(folder: Path) -> None:
    base = load_scenario(folder / "base.yaml").blueprint.sites
    built = load_scenario(policy(folder, "build", "changes: {sites: {add: [{id: A, type: home}]}}")).blueprint.sites
    assert built[: len(base)] == base


def test_a_policy_of_nothing_differs_in_nothing_that_is_simulated(folder: Path) -> None:
    path = policy(folder, "nothing", "changes: {}")
    base, nothing = load_comparison(folder / "base.yaml", [path]).values()
    for name in ("days", "bins", "types", "sites", "groups", "fields", "factors", "mechanisms", "initial", "timelines"):
        assert getattr(base.blueprint, name) == getattr(nothing.blueprint, name)
    assert [r.program.hash for r in base.blueprint.regimes] == [r.program.hash for r in nothing.blueprint.regimes]


def test_a_policy_over_a_policy_keeps_both_dates(folder: Path) -> None:
    policy(folder, "more", "changes: {services: {teams: {north: {hours_per_week: +20}}}}")
    second = policy(folder, "most", "changes: {services: {teams: {north: {hours_per_week: 100}}}}", since="2028-01-01")
    second.write_text(second.read_text(encoding="utf-8").replace("base.yaml", "more.yaml"), encoding="utf-8")
    steps = load_scenario(second).blueprint.timelines["services.teams.north.hours_per_week"]
    assert steps == ((0.0, 40.0), (365.0, 60.0), (730.0, 100.0))


def test_the_scenarios_of_a_comparison_share_periods_and_opening(folder: Path) -> None:
    early = policy(folder, "early", "changes: {sites: {add: [{id: b, type: home}]}}", since="2026-02-14")
    late = policy(folder, "late", "changes: {sites: {add: [{id: c, type: home}]}}", since="2027-03-17")
    scenarios = load_comparison(folder / "base.yaml", [early, late])
    assert list(scenarios) == ["base", "early", "late"]
    bins = {scenario.blueprint.bins for scenario in scenarios.values()}
    assert len(bins) == 1
    assert {44.0, 440.0} <= set(bins.pop())
    # The baseline and both policies alike: from the first opening, so that no policy's homes lie before the window.
    assert {scenario.settings.opening for scenario in scenarios.values()} == {44.0}
    assert [s.blueprint.policy_from for s in scenarios.values()] == [None, 44.0, 440.0]


def test_a_setting_reaches_every_scenario_or_the_one_that_has_it(folder: Path) -> None:
    path = policy(folder, "build", "changes: {sites: {add: [{id: b, type: home, dwellings: 2}]}}")
    base, built = load_comparison(folder / "base.yaml", [path], [("sites.b.dwellings", "7"), ("parameters.hours", "11")]).values()
    assert built.blueprint.sites[-1].dwellings == 7
    assert len(base.blueprint.sites) == 3
    for scenario in (base, built):
        assert scenario.blueprint.timelines["services.teams.north.hours_per_week"] == ((0.0, 11.0),)


def test_a_setting_under_an_increment_is_what_it_is_added_to(folder: Path) -> None:
    path = policy(folder, "more", "changes: {services: {teams: {north: {hours_per_week: +20}}}}")
    steps = load_scenario(path, [("parameters.hours", "100")]).blueprint.timelines["services.teams.north.hours_per_week"]
    assert steps == ((0.0, 100.0), (365.0, 120.0))


def test_a_setting_reaches_a_parameter_that_a_policy_adds(folder: Path) -> None:
    added = "{label: {nb: Flere, en: More}, value: 10 hours per week, kind: decision, source: assumption}"
    changes = f"changes: {{parameters: {{add: {{more: {added}}}}}, services: {{teams: {{north: {{hours_per_week: +$more}}}}}}}}"
    path, line = policy(folder, "more", changes), "services.teams.north.hours_per_week"
    assert load_scenario(path).blueprint.timelines[line][-1] == (365.0, 50.0)
    assert load_scenario(path, [("parameters.more", "25")]).blueprint.timelines[line][-1] == (365.0, 65.0)
    both = [("parameters.more", "+5"), ("parameters.hours", "100 hours per week")]
    assert load_scenario(path, both).blueprint.timelines[line] == ((0.0, 100.0), (365.0, 115.0))
    base, changed = load_comparison(folder / "base.yaml", [path], [("parameters.more.value", "5 hours per week")]).values()
    assert (base.blueprint.timelines[line], changed.blueprint.timelines[line][-1]) == (((0.0, 40.0),), (365.0, 45.0))
    with pytest.raises(InputError, match=r"parameters\.moore"):
        load_scenario(path, [("parameters.moore", "25")])


def test_two_policies_of_one_name_are_refused(folder: Path) -> None:
    path = policy(folder, "build", "changes: {}")
    with pytest.raises(InputError, match="two scenarios are called 'build'"):
        load_comparison(folder / "base.yaml", [path, path])


def test_a_policy_without_a_date_takes_that_of_the_policy_it_extends(folder: Path) -> None:
    policy(folder, "first", "changes: {}", since="2027-05-01")
    second = policy(folder, "second", "changes: {sites: {add: [{id: b, type: home}]}}")
    text = second.read_text(encoding="utf-8").replace("base.yaml", "first.yaml").replace("policy_from: 2027-01-01\n", "")
    second.write_text(text, encoding="utf-8")
    assert load_scenario(second).blueprint.sites[-1].opens == 485.0


def test_allocation_meetings_are_a_decision_from_the_policy_on(folder: Path) -> None:
    changes = "changes: {add: {meetings: {every: 14 days, first: DATE}}}"
    meets = load_scenario(policy(folder, "meets", changes.replace("DATE", "2027-01-04"))).blueprint.mechanisms["meetings"]
    assert (meets.every, meets.first.isoformat()) == (14.0, "2027-01-04")
    for number, wrong in enumerate((changes.replace("DATE", "2026-12-31"), changes.replace(", first: DATE", ""))):
        with pytest.raises(InputError, match="should be on 2027-01-01 or later"):
            load_scenario(policy(folder, f"early-{number}", wrong))


class TestOneOnTopOfAnother:
    """`cumulative`: each policy by itself, and laid over those named before it."""

    def found(self, folder: Path, *paths: Path) -> dict:
        return load_comparison(folder / "base.yaml", paths, cumulative=True)

    def test_each_alone_and_then_the_piles(self, folder: Path) -> None:
        homes = policy(folder, "homes", "changes: {sites: {add: [{id: b, type: home, sites: 2}]}}")
        hours = policy(folder, "hours", "changes: {services: {teams: {north: {hours_per_week: +20}}}}")
        more = policy(folder, "more", "changes: {services: {teams: {north: {hours_per_week: +5}}}}", "2028-01-01")
        found = self.found(folder, homes, hours, more)
        assert list(found) == ["base", "homes", "hours", "more", "homes+hours", "homes+hours+more"]
        pile = found["homes+hours+more"]
        assert pile.blueprint.timelines == {"services.teams.north.hours_per_week": ((0.0, 40.0), (365.0, 60.0), (730.0, 65.0))}
        assert [site.id for site in pile.blueprint.sites if site.added] == ["b-1", "b-2"]
        assert pile.policy.stack == ("homes", "hours", "more")
        assert pile.title == {"nb": "homes + hours + more", "en": "homes + hours + more"}
        assert found["homes"].policy.stack == ()

    def test_what_begins_first_applies_first(self, folder: Path) -> None:
        later = policy(folder, "later", "changes: {services: {teams: {north: {hours_per_week: 10}}}}", "2028-01-01")
        sooner = policy(folder, "sooner", "changes: {services: {teams: {north: {hours_per_week: 70}}}}")
        pile = self.found(folder, later, sooner)["later+sooner"]
        assert pile.blueprint.timelines == {"services.teams.north.hours_per_week": ((0.0, 40.0), (365.0, 70.0), (730.0, 10.0))}

    def test_of_two_on_one_day_the_one_named_later_stands(self, folder: Path) -> None:
        one = policy(folder, "one", "changes: {services: {teams: {north: {hours_per_week: 10}}}}")
        two = policy(folder, "two", "changes: {services: {teams: {north: {hours_per_week: 70}}}}")
        hours = "services.teams.north.hours_per_week"
        assert self.found(folder, one, two)["one+two"].blueprint.timelines[hours][-1] == (365.0, 70.0)
        assert self.found(folder, two, one)["two+one"].blueprint.timelines[hours][-1] == (365.0, 10.0)

    def test_what_another_extends_is_laid_once(self, folder: Path) -> None:
        one = policy(folder, "one", "changes: {services: {teams: {north: {hours_per_week: +20}}}}")
        two = policy(folder, "two", "changes: {services: {teams: {north: {hours_per_week: +20}}}}")
        two.write_text(two.read_text().replace("extends: base.yaml", "extends: one.yaml"), encoding="utf-8")
        found = self.found(folder, one, two)
        assert found["one+two"].blueprint.timelines == found["two"].blueprint.timelines

    def test_policies_of_another_scenario_cannot_lie_on_top(self, folder: Path) -> None:
        one = policy(folder, "one", "changes: {services: {teams: {north: {hours_per_week: +20}}}}")
        (folder / "else.yaml").write_text(BASE.replace("scenario: base", "scenario: else"), encoding="utf-8")
        two = policy(folder, "two", "changes: {services: {teams: {north: {hours_per_week: +20}}}}")
        two.write_text(two.read_text().replace("extends: base.yaml", "extends: else.yaml"), encoding="utf-8")
        with pytest.raises(InputError) as refused:
            self.found(folder, one, two)
        (finding,) = refused.value.findings
        assert "laid on one another extend one scenario" in finding.message
        assert finding.place is not None and finding.place.file == str(two)
