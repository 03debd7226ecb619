"""Two tracks, each with a rule set of its own, over one stock in a whole simulation."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sim.replication import explain_decision, simulate
from sim.scenario import load_scenario

OSLO = Path(__file__).parent / "tracks" / "oslo.yaml"
EXAMPLES = Path(__file__).parents[2] / "rules" / "examples"


@pytest.fixture(scope="module")
def found() -> tuple[Any, Any]:
    scenario = load_scenario(OSLO)
    return scenario, simulate(scenario, 1, 1, check_invariants=True)


def groups_of(records: Any) -> dict[str, str]:
    return {row[0]: row[1] for row in records.households}


def test_each_is_decided_on_by_the_rules_of_its_track(found: tuple[Any, Any]) -> None:
    _, records = found
    groups = groups_of(records)
    kinds = Counter((groups[row[5]], row[2], row[6], row[7]) for row in records.decisions)
    refused = "eligibility", "refused", "ADAPTED_NEED"
    assert kinds["care", *refused] and not kinds["plain", *refused]
    # Only chapter 3 has a term, and only chapter 2 lets a tenant move.
    assert kinds["plain", "renewal", "renewed", ""] and not any(g == "care" and kind == "renewal" for g, kind, *_ in kinds)
    assert kinds["care", "allocation", "transfer", ""] and not kinds["plain", "allocation", "transfer", ""]


def test_homes_of_one_track_go_to_it_and_shared_ones_to_both_in_the_order_of_the_tracks(found: tuple[Any, Any]) -> None:
    scenario, records = found
    groups = groups_of(records)
    allocations = [row for row in records.decisions if row[2] == "allocation"]
    where = Counter((groups[row[5]], row[4].split("/")[0].split("-")[0]) for row in allocations)
    assert where["care", "care"] and where["plain", "plain"] and not where["plain", "care"] and not where["care", "plain"]
    for row in [row for row in allocations if row[4].startswith("shared")][:12]:
        [one] = explain_decision(scenario, 1, 1, number=row[0])
        for person in one.record["considered"]:
            failed = [condition for condition in person["conditions"] if condition["verdict"] == "failed"]
            if groups[row[5]] == "plain" and groups[person["household"]] == "care":
                assert person["outcome"] == "passed" and failed
            if groups[row[5]] == "care" and groups[person["household"]] == "plain":
                assert person["outcome"] == "later" and person["decided_by"]["en"]["criterion"] == "Track"


def test_the_order_between_the_tracks_is_the_order_in_which_they_are_written(found: tuple[Any, Any], tmp_path: Path) -> None:
    _, records = found
    rules = (EXAMPLES / "oslo_2024" / "ruleset.yaml").read_text("utf-8").replace("../oslo", f"{EXAMPLES}/oslo")
    head, second = rules.split("  CHAPTER_2:\n", 1)
    second, rest = second.split("  CHAPTER_3:\n", 1)
    third, tail = rest.split("\nmatching:", 1)
    turned = f"{head}  CHAPTER_3:\n{third}  CHAPTER_2:\n{second}\nmatching:{tail}"
    (tmp_path / "rules.yaml").write_text(turned, "utf-8")
    text = OSLO.read_text("utf-8").replace("../../../rules/examples/oslo_2024", "rules.yaml")
    (tmp_path / "oslo.yaml").write_text(text, "utf-8")
    other = simulate(load_scenario(tmp_path / "oslo.yaml"), 1, 1)

    def shared(records: Any) -> Counter[str]:
        groups = groups_of(records)
        return Counter(groups[row[5]] for row in records.decisions if row[2] == "allocation" and row[4].startswith("shared"))

    assert shared(other)["plain"] > shared(records)["plain"]
    assert shared(other)["care"] < shared(records)["care"]
