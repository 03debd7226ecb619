"""Other rules as a shadow: they change nothing, and what they find is what the register of decisions says it must be."""

import pickle
from dataclasses import fields
from pathlib import Path

import pytest

from rules.reading import InputError
from sim.experiment.shadow import direct_effect
from sim.measures import Records
from sim.replication import simulate
from sim.replication.shadow import KINDS, ShadowResult, replicate_shadowed, simulate_shadowed
from sim.scenario import load_scenario
from sim.scenario.shadowed import Shadowed, shadowed

ROOT = Path(__file__).parents[3]
BAERUM = ROOT / "scenarios" / "baerum.yaml"
NEED_FIRST = ROOT / "scenarios" / "need-first.yaml"
YEARS = 1.0


def policy(folder: Path, changes: str) -> Path:
    """Write a policy that changes the rules of Bærum."""
    target = folder / "other.yaml"
    target.write_text(
        f"extends: {BAERUM}\nname: other\nquestion: {{nb: Hva?, en: What?}}\npolicy_from: 2026-06-01\n"
        f"changes:\n  rules:\n{changes}",
        encoding="utf-8",
    )
    return target


def beside(other: Path, before: Path = BAERUM) -> Shadowed:
    return shadowed(BAERUM, before, other, years=YEARS)


@pytest.fixture(scope="module")
def plain() -> Records:
    return simulate(load_scenario(BAERUM, years=YEARS), 1, 1)


@pytest.fixture(scope="module")
def need_first() -> tuple[ShadowResult, Records]:
    return simulate_shadowed(beside(NEED_FIRST), 1, 1)


def test_the_run_is_the_same_to_the_last_byte(plain: Records, need_first: tuple[ShadowResult, Records]) -> None:
    result, records = need_first
    assert len(result.flips) > 50
    for field in fields(Records):
        own, other = getattr(plain, field.name), getattr(records, field.name)
        assert repr(own) == repr(other), field.name


def test_a_shadow_that_reads_other_facts_changes_nothing_either(plain: Records, tmp_path: Path) -> None:
    """A field of its own gives the facts a slot more, and the households a value that nobody else draws."""
    other = policy(
        tmp_path,
        "    fields:\n      add:\n        site_size: {of: site, type: int, range: 0..200, source: {supplied: {by: world}},"
        " label: {nb: boliger i bomiljøet, en: homes at the site}}\n"
        "    living_environment:\n      add:\n        SMALL: {label: {nb: Lite bomiljø, en: Small site},"
        " requires: site_size <= 8, status: illustrative}\n",
    )
    result, records = simulate_shadowed(beside(other), 1, 1)
    assert result.flips
    for field in fields(Records):
        assert repr(getattr(plain, field.name)) == repr(getattr(records, field.name)), field.name


def test_the_same_rules_flip_nothing() -> None:
    result = replicate_shadowed(beside(BAERUM), 1, 1)
    assert result.flips == [] and result.explained == []
    assert result.decisions["allocation"] > 100 and result.decisions["eligibility"] > 100


def test_rules_that_refuse_nobody_flip_every_refusal(plain: Records, tmp_path: Path) -> None:
    ids = ("PRIVATE_MARKET", "RESIDENCE", "ADULT", "DIFFICULT_SITUATION", "CARE_NEED")
    removed = "".join(f"      {name}: {{remove: true}}\n" for name in ids)
    result = replicate_shadowed(beside(policy(tmp_path, f"    eligibility:\n{removed}")), 1, 1)
    refused = [row for row in plain.decisions if row[2] == "eligibility" and row[6] == "refused"]
    flips = [flip for flip in result.flips if flip.kind == "eligibility"]
    assert refused and len(flips) == len(refused)
    assert [flip.gains and flip.gains[0] for flip in flips] == [row[5] for row in refused]
    assert all(flip.loses is None for flip in flips)
    assert not [flip for flip in result.flips if flip.kind == "allocation"]


def test_rules_that_no_home_suits_flip_every_allocation(plain: Records, tmp_path: Path) -> None:
    other = policy(tmp_path, "    matching:\n      ROOMS: {requires: rooms > needs_rooms + 9}\n")
    result = replicate_shadowed(beside(other), 1, 1)
    flips = [flip for flip in result.flips if flip.kind == "allocation"]
    assert len(flips) == result.decisions["allocation"]
    assert all(flip.gains is None and flip.loses is not None for flip in flips)
    made = [(row[1], row[4], row[5]) for row in plain.decisions if row[2] == "allocation"]
    seen = [(flip.day, flip.dwelling, flip.loses[0]) for flip in flips if flip.loses]
    assert set(seen) <= set(made)
    assert len(made) - len(seen) == len([row for row in made if row not in seen])  # those of day 0 alone are not seen
    assert all(day == 0 for day, *_ in set(made) - set(seen))


def test_before_and_after_exchanged_see_the_same_flip_from_the_other_side(tmp_path: Path) -> None:
    """On the candidates of one run, whom a change refuses is whom the opposite change would not refuse."""
    stricter = policy(tmp_path, "    amounts:\n      residence_required: {value: 60}\n")
    there = replicate_shadowed(beside(stricter), 1, 1)
    assert all(flip.gains is None for flip in there.flips if flip.kind == "eligibility")
    assert any(flip.kind == "eligibility" for flip in there.flips)
    back = replicate_shadowed(shadowed(BAERUM, stricter, BAERUM, years=YEARS), 1, 1)
    assert all(flip.loses is None for flip in back.flips if flip.kind == "eligibility")
    assert any(flip.kind == "eligibility" for flip in back.flips)


def test_the_first_are_explained_with_the_grounds_of_both(tmp_path: Path, need_first: tuple[ShadowResult, Records]) -> None:
    result, _ = need_first
    assert len(result.explained) == 10
    text = "\n".join(result.explained[0])
    assert "Med reglene før:" in text and "Med reglene etter:" in text and text.count(": får tilbudet") == 2
    stricter = policy(tmp_path, "    amounts:\n      residence_required: {value: 60}\n")
    [first, *_] = replicate_shadowed(beside(stricter), 1, 1).explained
    assert "{name}" not in first[0]
    assert any("kravet er 60" in line and "RESIDENCE" in line for line in first)


def test_what_travels_between_processes_can_and_workers_make_no_difference() -> None:
    work = beside(NEED_FIRST)
    assert pickle.loads(pickle.dumps(work)).ruleset == work.ruleset
    alone, _ = direct_effect(work, 1, [1, 2])
    together, _ = direct_effect(work, 1, [1, 2], workers=2)
    assert alone == together
    assert alone.replications == 2
    assert alone.flips["allocation"] == sum(alone.gains["allocation", "need", n] for n in alone.values("allocation", "need"))
    assert set(alone.decisions) == set(KINDS)


TIES = """\
    eligibility:
      RESIDENCE:
        unless:
          add:
            TIES: {label: {nb: t, en: t}, when: residence >= 6, status: illustrative,
              discretion: {authority: {nb: kontoret, en: the office}, taken: 40 %}}
"""


def test_discretion_is_exercised_as_the_world_does_and_leaves_no_trace(plain: Records, tmp_path: Path) -> None:
    """The same rules flip nothing, whoever draws; and rules that decide without it do not notice that it was asked about."""
    with_ties = policy(tmp_path, TIES)
    assert replicate_shadowed(shadowed(BAERUM, with_ties, with_ties, years=YEARS), 1, 1).flips == []
    result, records = simulate_shadowed(beside(with_ties), 1, 1)
    flips = [flip for flip in result.flips if flip.kind == "eligibility"]
    assert flips and all(flip.loses is None for flip in flips)
    assert repr(records.decisions) == repr(plain.decisions) and repr(records.moves) == repr(plain.moves)


@pytest.mark.parametrize("transition", ["application_date", "decision_date"])
def test_a_case_in_progress_meets_the_version_that_the_transition_of_the_shadow_names(tmp_path: Path, transition: str) -> None:
    """Forty years from 1 March (day 59): asked of who applied before it under one transition, and not under the other."""
    other = policy(
        tmp_path,
        f"    add: {{transition: {transition}}}\n    eligibility:\n      add:\n"
        "        FORTY: {requires: age >= 40, valid: {from: 2026-03-01}, status: illustrative, label: {nb: Førti, en: Forty}}\n",
    )
    work = shadowed(BAERUM, BAERUM, other, (("case_handling.after", "30 days"),), years=0.5)
    found, records = simulate_shadowed(work, 1, 1)
    flips = [flip.day for flip in found.flips if flip.kind == "eligibility"]
    decided = [row[1] for row in records.decisions if row[2] == "eligibility" and row[6] == "eligible"]
    assert any(59 <= day < 89 for day in decided), "somebody is decided on who applied before the change"
    assert not [day for day in flips if day < 59] and [day for day in flips if day >= 90]
    assert bool([day for day in flips if 59 <= day < 89]) is (transition == "decision_date")


def test_counts_that_the_world_does_not_keep_are_refused(tmp_path: Path) -> None:
    quota = "{label: {nb: f, en: r}, who: settled_refugee, at_most: 20 %, status: illustrative}"
    other = policy(tmp_path, f"    add:\n      quotas: {{REFUGEES: {quota}}}\n")
    with pytest.raises(InputError, match="compare"):
        beside(other)


def test_rules_that_the_scenario_cannot_feed_are_refused(tmp_path: Path) -> None:
    other = policy(
        tmp_path,
        "    fields:\n      add:\n        income: {of: applicant, type: int, range: 0..9, source: stored,"
        " label: {nb: inntekt, en: income}}\n"
        "    eligibility:\n      add:\n        POOR: {label: {nb: Lav inntekt, en: Low income}, requires: income <= 3,"
        " status: illustrative}\n",
    )
    with pytest.raises(InputError, match="income"):
        beside(other)
