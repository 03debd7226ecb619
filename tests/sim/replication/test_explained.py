"""What `explain` tells of a decision is what the register of decisions says of it."""

from pathlib import Path
from typing import Any

import pytest

from sim.replication import explain_decision, simulate
from sim.replication.explained import told_allocation
from sim.replication.replicate import world_of
from sim.scenario import load_scenario
from sim.world.allocation import seen

BAERUM = Path(__file__).parents[3] / "scenarios" / "baerum.yaml"
YEARS = 0.5


@pytest.fixture(scope="module")
def scenario() -> Any:
    return load_scenario(BAERUM, years=YEARS)


@pytest.fixture(scope="module")
def decisions(scenario: Any) -> Any:
    return simulate(scenario, 1, 1).decisions


def rows(decisions: Any, kind: str, outcome: str | None = None) -> list[Any]:
    return [row for row in decisions if row[2] == kind and outcome in (None, row[6])]


@pytest.mark.parametrize(("kind", "outcome"), [("eligibility", "refused"), ("eligibility", "eligible"), ("renewal", "renewed")])
def test_conditions_of_one_household_agree_with_what_was_decided(scenario: Any, decisions: Any, kind: str, outcome: str) -> None:
    found = rows(decisions, kind, outcome)
    assert found, "the scenario makes such decisions"
    for row in found[:2]:
        [one] = explain_decision(scenario, 1, 1, number=row[0], lang="en")
        assert (one.record["number"], one.record["kind"], one.record["household"]) == (row[0], kind, row[5])
        failed = [condition["rule"] for condition in one.record["conditions"] if condition["verdict"] == "failed"]
        assert " ".join(failed) == row[7]
        assert bool(failed) == (outcome in ("refused", "not_renewed"))
        assert all(condition["used"]["nb"] and condition["text"]["en"] for condition in one.record["conditions"])
        assert sum(line.startswith(("   met", "   not met")) for line in one.lines) == len(one.record["conditions"])


def test_the_one_who_gets_the_home_meets_everything_and_those_passed_over_do_not(scenario: Any, decisions: Any) -> None:
    for row in rows(decisions, "allocation")[:6]:
        [one] = explain_decision(scenario, 1, 1, number=row[0])
        by: dict[str, list[Any]] = {}
        for person in one.record["considered"]:
            by.setdefault(person["outcome"], []).append(person)
        [chosen] = by["chosen"]
        assert chosen["household"] == row[5] == one.record["household"]
        assert chosen["conditions"] and all(condition["verdict"] != "failed" for condition in chosen["conditions"])
        for person in by.get("passed", ()):
            assert any(condition["verdict"] == "failed" for condition in person["conditions"])
            assert len(person["conditions"]) >= 2


def test_a_household_is_followed_from_its_application_to_its_home(scenario: Any, decisions: Any) -> None:
    applied = {row[5] for row in rows(decisions, "eligibility", "eligible")}
    name = next(row[5] for row in rows(decisions, "allocation") if row[5] in applied)
    kinds = [one.record["kind"] for one in explain_decision(scenario, 1, 1, household=name)]
    assert kinds[0] == "eligibility" and "allocation" in kinds


def test_nothing_of_a_number_that_does_not_exist(scenario: Any, decisions: Any) -> None:
    assert explain_decision(scenario, 1, 1, number=len(decisions)) == []


def test_the_run_is_the_same_with_an_observer(scenario: Any, decisions: Any) -> None:
    class Deaf:
        def allocation(self, *_: Any) -> None: ...
        def verdict(self, *_: Any) -> None: ...

    assert simulate(scenario, 1, 1, observer=Deaf()).decisions == decisions


def test_a_case_in_progress_is_told_by_the_rules_it_met(tmp_path: Path) -> None:
    """With `transition: application_date` the application from before the change is judged, and told, by the rules before it."""
    policy = tmp_path / "stricter.yaml"
    policy.write_text(
        f"extends: {BAERUM}\nname: stricter\nquestion: {{nb: Hva?, en: What?}}\npolicy_from: 2026-03-01\n"
        "changes:\n  rules:\n    add: {transition: application_date}\n"
        "    eligibility:\n      ADULT:\n        requires: age >= 40\n",
        encoding="utf-8",
    )
    scenario = load_scenario(policy, (("case_handling.after", "30 days"),), years=YEARS)
    found = simulate(scenario, 1, 1).decisions
    told: dict[bool, set[bool]] = {}
    decided = rows(found, "eligibility")
    before, after = ([row for row in decided if low <= row[1] < high] for low, high in ((59, 89), (91, 150)))
    strict = next(row for row in after if "ADULT" in row[7])
    for row in (*before[:4], *after[:2], strict):
        [one] = explain_decision(scenario, 1, 1, number=row[0])
        failed = [condition["rule"] for condition in one.record["conditions"] if condition["verdict"] == "failed"]
        assert " ".join(failed) == row[7], row
        told.setdefault(row in before, set()).add("ADULT" in failed)
    assert told[True] == {False}, "applied before the change, decided after it"
    assert True in told[False], "applied after the change"


def test_who_moves_within_a_site_is_told_of_the_site_without_itself(scenario: Any) -> None:
    """The sum of conflict behaviour that is told is that which allocation goes by: the resident's own is in it once."""
    world = world_of(scenario, 1, 1)
    application, other = next(
        (a, home)
        for a in world.queue.applications()
        if a.kind == "transfer" and a.household.facts.conflict > 0
        for home in a.household.home.site.dwellings
        if home is not a.household.home
    )
    told = told_allocation(scenario, world, other, application, "en")
    [mine] = [person for person in told.record["considered"] if person["household"] == application.household.id]
    used = {one["what"]: one["value"] for rule in mine["conditions"] for one in rule["used"]["en"]}
    site = other.site.facts.site_conflict_sum
    assert used["conflict behaviour at the site in all"] == str(site - application.household.facts.conflict)
    assert seen(world, application, other).site_conflict_sum == site - application.household.facts.conflict
