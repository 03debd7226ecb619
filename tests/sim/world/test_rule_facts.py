"""What rules leave to the world: discretion drawn by key, counts for quotas, expected supply, and rules that change meanwhile."""

from __future__ import annotations

from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from rules.reading import InputError
from sim.replication.building import built_for
from sim.scenario import load_scenario
from sim.world.assembly import assemble
from sim.world.discretion import decision_of

FIELDS = """
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  young: {of: applicant, type: yes/no, source: stored, label: {nb: ung, en: young}}
  residence: {of: applicant, type: int, unit: months, range: 0..600, source: {elapsed: {since: moved_to_municipality}}, label: {nb: b, en: r}}
  likely: {of: applicant, type: int, unit: homes, range: 0..99, source: {forecast: {within: 6 months}}, label: {nb: v, en: l}}
"""  # noqa: E501
SCENARIO = """
scenario: tiny
start: 2026-01-01
horizon: HORIZON
rules: rules.yaml
schemes: {only: {ranks: [1]}}
types: {home: {scheme: only}}
districts: {north: {label: {nb: nord, en: north}}, south: {label: {nb: sør, en: south}}}
sites:
  - {id: a, type: home, district: north, dwellings: 6}
  - {id: b, type: home, district: north, dwellings: 4}
  - {id: c, type: home, district: south, dwellings: 10}
groups:
  people:
    need: {only: {1: 100 %}}
    arrivals: {rate: RATE per year}
    fields: {young: {"yes": 50 %, "no": 50 %}}
    since: {moved_to_municipality: 13 months}
MORE
"""
OFFICE = "authority: {nb: kontoret, en: the office}"


def scenario(folder: Path, rules: str, horizon: str = "2 years", rate: str = "150", more: str = "") -> Any:
    (folder / "rules.yaml").write_text(FIELDS + rules, encoding="utf-8")
    text = SCENARIO.replace("HORIZON", horizon).replace("RATE", rate).replace("MORE", more)
    (folder / "tiny.yaml").write_text(text, encoding="utf-8")
    return load_scenario(folder / "tiny.yaml")


def world_of(found: Any, seed: int = 1) -> Any:
    built = built_for(found)
    return assemble(found.blueprint, built.layout, built.programs, built.conditions, seed, 0)


def run(found: Any, seed: int = 1) -> Any:
    world = world_of(found, seed)
    world.clock.run(found.blueprint.days)
    assert not [fault for keeper in world.mechanisms.values() for fault in keeper.invariants()]
    return world


def decided(world: Any) -> dict[str, str]:
    return {row[5]: row[6] for row in world.decisions if row[2] == "eligibility"}


MAY = f"eligibility: {{OPEN: {{requires: young, unless: {{MERCY: {{discretion: {{{OFFICE}, taken: SHARE}}}}}}}}}}"


def test_discretion_is_taken_in_its_share_and_by_the_same_people_when_it_grows(tmp_path: Path) -> None:
    outcomes = {}
    for share in (0, 30, 60, 100):
        world = run(scenario(tmp_path, MAY.replace("SHARE", f"{share} %"), rate="1500"))
        outcomes[share] = decided(world)
    everybody = set(outcomes[0])
    assert all(set(found) == everybody for found in outcomes.values()), "who applies depends on no rule"
    eligible = {share: {key for key, outcome in found.items() if outcome == "eligible"} for share, found in outcomes.items()}
    assert eligible[0] < eligible[30] < eligible[60] < eligible[100] == everybody
    old_people = len(everybody - eligible[0])
    for share in (30, 60):
        taken = len(eligible[share] - eligible[0])
        p = share / 100
        assert abs(taken - old_people * p) < 4 * sqrt(old_people * p * (1 - p))


def test_another_seed_decides_otherwise(tmp_path: Path) -> None:
    found = scenario(tmp_path, MAY.replace("SHARE", "50 %"), rate="300")
    assert decided(run(found, 1)) == decided(run(found, 1)) != decided(run(found, 2))


def test_the_draw_can_be_asked_for_beside_the_world(tmp_path: Path) -> None:
    world = run(scenario(tmp_path, MAY.replace("SHARE", "40 %"), rate="200"))
    [one] = world.program.discretions
    found = [(h.facts.taken_open_mercy, decision_of(one, h.key, 0)) for h in world.households.values() if h.status != "applied"]
    assert len(found) > 50 and all(drawn is again for drawn, again in found)


def test_a_simulation_must_know_the_share(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"must know how often this is decided \(OPEN.MERCY\)"):
        scenario(tmp_path, f"eligibility: {{OPEN: {{requires: young, unless: {{MERCY: {{discretion: {{{OFFICE}}}}}}}}}}}")


CHANGES = """
transition: WORD
amounts: {required: {unit: months, values: {2020-01-01: 12, 2027-01-01: 600}}}
eligibility: {RESIDENCE: {requires: residence >= required}}
"""


@pytest.mark.parametrize("word", ["decision_date", "application_date"])
def test_a_case_in_progress_meets_the_version_its_transition_says(tmp_path: Path, word: str) -> None:
    found = scenario(tmp_path, CHANGES.replace("WORD", word), rate="700", more="case_handling: {after: 30 days}")
    world = world_of(found)
    applied: dict[str, int] = {}
    arrived = world.moments.arrived
    world.moments.arrived = (*arrived, lambda w, household: applied.setdefault(household.id, w.day))
    world.clock.run(found.blueprint.days)
    change = 365
    rows = [row for row in world.decisions if row[2] == "eligibility"]
    met = [(applied[row[5]], row[1], row[6]) for row in rows]
    assert {day for _, day, _ in met} >= {change - 1, change, change + 1}
    for day_applied, day, outcome in met:
        counts = day if word == "decision_date" else day_applied
        assert (outcome == "eligible") is (counts < change), (day_applied, day)
    crossing = [row for row in rows if applied[row[5]] < change <= row[1]]
    assert crossing and len({row[3] for row in crossing}) == 1
    assert (crossing[0][3] == world.program.hash) is (word == "decision_date"), "a decision is recorded with the rules it met"


@pytest.mark.parametrize(
    ("per", "size", "limits"), [("site", "50 %", {"a": 3, "b": 2, "c": 5}), ("district", "3 homes", {"a": 3, "c": 3})]
)
def test_a_quota_is_never_exceeded_and_is_filled(tmp_path: Path, per: str, size: str, limits: dict[str, int]) -> None:
    found = scenario(tmp_path, f"quotas: {{YOUNG: {{who: young, per: {per}, at_most: {size}}}}}")
    world = world_of(found)

    def counted(site: Any) -> int:
        area = [s for s in world.sites.values() if s is site or (per == "district" and s.district == site.district)]
        return sum(h.facts.young for s in area for h in s.residents)

    world.clock.run(found.blueprint.days)
    for name, limit in limits.items():
        site = world.sites[name]
        assert counted(site) == site.facts.let_young == limit, "many young people wait, so the quota is full"
    assert world.sites["a"].facts.homes_young == (6 if per == "site" else 10)
    waiting = [a.household.facts.young for a in world.queue.applications()]
    assert (waiting and all(waiting)) or len([d for d in world.dwellings if d.state == "vacant"]) == 0


def test_a_reservation_keeps_homes_until_it_is_filled_and_expires(tmp_path: Path) -> None:
    rules = "quotas: {YOUNG: {who: young, at_least: 12 homes, valid: {to: 2026-02-28}}}"
    found = scenario(tmp_path, rules, horizon="1 year", rate="400")
    world = world_of(found)
    world.clock.run(59.0)
    housed = [h.facts.young for s in world.sites.values() for h in s.residents]
    assert sum(not young for young in housed) == 0 or sum(housed) >= 12
    world.clock.run(found.blueprint.days)
    assert sum(d.state == "let" for d in world.dwellings) == 20


def test_a_forecast_counts_what_stands_empty_and_what_is_likely_to(tmp_path: Path) -> None:
    found = scenario(tmp_path, "eligibility: {LIKELY: {requires: likely >= 1}}", rate="60")
    world = run(found)
    outcomes = [row[6] for row in world.decisions if row[2] == "eligibility"]
    assert outcomes[:20] == ["eligible"] * 20, "twenty homes stand empty, and each who comes takes one"
    assert set(outcomes[20:]) == {"refused"}, "nobody moves out, so nothing is likely to fall vacant"


def test_rules_without_such_facts_cost_nothing(tmp_path: Path) -> None:
    world = world_of(scenario(tmp_path, "eligibility: {OPEN: {requires: young}}"))
    assert set(world.mechanisms) <= {"forecast"} and not world.before_decision[1:]


def policy(folder: Path, changes: str) -> Any:
    head = "extends: tiny.yaml\nname: other\nquestion: {nb: Hva?, en: What?}\npolicy_from: 2027-01-01\nchanges:\n  rules:\n"
    (folder / "other.yaml").write_text(head + changes, encoding="utf-8")
    return load_scenario(folder / "other.yaml")


def test_a_policy_that_changes_nothing_but_a_share_is_another_regime(tmp_path: Path) -> None:
    scenario(tmp_path, MAY.replace("SHARE", "0 %"), rate="200")
    found = policy(tmp_path, "    eligibility: {OPEN: {unless: {MERCY: {discretion: {taken: 100 %}}}}}\n")
    world = run(found)
    rows = [row for row in world.decisions if row[2] == "eligibility"]
    assert {row[6] for row in rows if row[1] >= 365} == {"eligible"}
    assert {row[6] for row in rows if row[1] < 365} == {"eligible", "refused"}


def test_a_quota_that_comes_later_counts_those_who_live_there_already(tmp_path: Path) -> None:
    scenario(tmp_path, "", rate="60")
    found = policy(tmp_path, "    add: {quotas: {YOUNG: {who: young, at_most: 4 homes}}}\n")
    world = world_of(found)
    world.clock.run(364.0)
    before = [dwelling for site in world.sites.values() for dwelling in site.residents if dwelling.facts.young]
    assert len(before) > 4
    world.clock.run(366.0)
    site = world.sites["a"]
    assert site.facts.homes_young == 20
    assert site.facts.let_young == sum(h.facts.young for s in world.sites.values() for h in s.residents) == len(before)
    assert not list(world.mechanisms["quotas"].invariants())
