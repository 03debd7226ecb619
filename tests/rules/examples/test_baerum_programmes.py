"""Bærum's ladders and the programmes beside them: based in law, exercised, proved, and right by an oracle of our own."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.decide import compile_program
from rules.language import Definition, Layout, walk
from rules.language.form import FieldRef, Not
from rules.ruleset import load_ruleset
from rules.verify import check_path, run_coverage, run_mutants
from rules.verify.prove import prove_path

ROOT = Path(__file__).parents[3] / "rules"
PROGRAMMES = ("baerum_acute", "baerum_housing_first", "baerum_hybelhus")
ALL = ("baerum", *PROGRAMMES)
HOMELESS = ("no_roof", "temporary", "leaving_institution", "with_others")
SITUATIONS = (*HOMELESS, "notice_to_quit", "unsuitable", "ordinary", "housed")


@cache
def ruleset(name):
    return load_ruleset(ROOT / name)


def program_of(name, start=date(2026, 6, 15)):
    layout = Layout(ruleset(name).fields.values(), start)
    return layout, compile_program(ruleset(name), layout).build()


@pytest.mark.parametrize("name", PROGRAMMES)
def test_cases_exercise_every_branch_and_kill_the_mutants(name):
    assert run_coverage(ROOT / name).share == 1
    report = run_mutants(ROOT / name)
    assert not report.having("survived")
    assert len(report.having("killed")) >= 0.95 * len(report.results) > 50


@pytest.mark.parametrize("name", PROGRAMMES)
def test_check_finds_nothing_but_what_is_legally_disputed(name):
    assert {finding.code for finding in check_path(ROOT / name)} <= {"legally-disputed"}


@pytest.mark.parametrize("name", ALL)
def test_every_rule_is_based_and_told_in_two_languages(name):
    rules = ruleset(name)
    assert rules.since is not None
    for version in rules.versions:
        told = [*version.all_rules(), *version.priority, *version.triggers(), *version.holds]
        assert len(told) > 5
        for part in told:
            assert part.label.nb != part.label.en, part
            assert not part.basis.missing, part
        for rule in version.all_rules():
            assert rule.stage == "moves" or rule.ground is not None, rule.id
            assert all(not waiver.basis.missing for waiver in rule.waivers)
        bodies = [made.body for made in version.named.values() if isinstance(made, Definition)]
        for part in (part for expr in (*version.exprs(), *bodies) for part in walk(expr)):
            if isinstance(part, Not) and isinstance(part.item, FieldRef):
                assert part.item.field.negated, f"{part.item.field.name} needs `negated: {{nb: …, en: …}}`"


@pytest.mark.parametrize("name", ALL)
def test_declared_properties_are_proved(name):
    pytest.importorskip("z3")
    proofs = prove_path(ROOT / name)
    assert len(proofs) >= 5
    assert {proof.name: proof.result for proof in proofs} == {proof.name: "proved" for proof in proofs}


# --- oracles of our own -------------------------------------------------------------------------------------------


@given(
    situation=st.sampled_from(SITUATIONS),
    substance=st.integers(0, 3),
    mental=st.integers(0, 3),
    wants=st.booleans(),
    readiness=st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans(), st.booleans()),
)
def test_housing_first_asks_for_no_readiness(situation, substance, mental, wants, readiness):
    layout, program = program_of("baerum_housing_first")
    values = dict(zip(("motivation", "ability", "abstinent", "in_treatment"), readiness, strict=True))
    applicant = layout.new_applicant({
        **values, "situation": situation, "substance": substance, "mental": mental, "wants_it": wants, "needs_rooms": 1,
        "wheelchair": False, "in_programme": False, "guardian_co_signs": False, "applying_as": "newcomer", "in_crisis": False,
        "absence": "none",
    })  # fmt: skip
    layout.mark(applicant, "born", -15_000)
    eligible = situation in HOMELESS and max(substance, mental) >= 2 and wants
    assert (program.refusals(applicant, 0) == ()) is eligible


@given(months=st.lists(st.integers(0, 120), min_size=2, max_size=2), in_crisis=st.booleans())
def test_follow_up_of_housing_first_fades_and_comes_back(months, in_crisis):
    layout, program = program_of("baerum_housing_first")
    home = layout.new_dwelling({"ordinary_building": True, "rooms": 1, "accessible": False})
    site = layout.new_site({"let_scattered": 0, "homes_scattered": 1})
    asked = []
    for lived in sorted(months):
        tenant = layout.new_applicant({
            "situation": "housed", "substance": 2, "mental": 2, "wants_it": True, "needs_rooms": 1, "wheelchair": False,
            "in_programme": True, "guardian_co_signs": False, "applying_as": "none", "in_crisis": in_crisis, "absence": "none",
            "motivation": 0, "ability": 0, "abstinent": False, "in_treatment": False,
        })  # fmt: skip
        layout.mark(tenant, "moved_in", -int(lived * 30.4375) - 3)
        asked.append(program.number("follow_up_minutes", tenant, home, site, 0))
        assert program.renewal_refusals(tenant, home, site, 0) == ()
        assert not program.notice(tenant, home, site, 0)
    assert asked == [600, 600] if in_crisis else asked[0] >= asked[1] >= 60


@given(
    lived=st.integers(0, 60),
    ready=st.booleans(),
    activity=st.sampled_from(["none", "agreed", "under_way"]),
    crisis=st.booleans(),
)
def test_nobody_is_put_out_of_the_hybelhus_before_the_next_home_is_ready(lived, ready, activity, crisis):
    layout, program = program_of("baerum_hybelhus")
    tenant = layout.new_applicant({
        "referred": True, "activity": activity, "weighty_reasons": True, "can_rent": False, "can_buy": False, "needs_care": False,
        "next_home_ready": ready, "in_programme": True, "applying_as": "none", "situation": "housed", "in_crisis": crisis,
        "absence": "none", "renewals": 3,
    })  # fmt: skip
    layout.mark(tenant, "moved_in", -int(lived * 30.4375) - 3)
    hybel, site = layout.new_dwelling({"home_scheme": "programmes"}), layout.new_site({})
    expected = {"LONGEST_STAY"} if lived >= 48 and ready else set()
    expected |= {"ACTIVITY_KEPT"} if activity != "under_way" and not crisis else set()
    assert set(program.renewal_refusals(tenant, hybel, site, 0)) == expected
    assert program.term_months(tenant, hybel, site, 0) == 6
    assert program.move_wanted(tenant, hybel, site, 0) == ("MOVE_ON" if lived >= 42 else None)


OFFERS = {"doctor": "kad", "service": "reception", "self": "coping_bed"}


@given(
    way=st.sampled_from(sorted(OFFERS)),
    lasting=st.booleans(),
    agreement=st.booleans(),
    bed=st.sampled_from(["kad", "reception", "long_stay", "coping_bed"]),
    days=st.integers(0, 400),
    homeless=st.booleans(),
)
def test_each_way_in_has_one_acute_offer_and_a_bed_a_longest_stay(way, lasting, agreement, bed, days, homeless):
    layout, program = program_of("baerum_acute")
    person = layout.new_applicant({
        "substance": 2, "mental": 0, "needs_hospital": False, "way_in": way, "long_term_need": lasting,
        "coping_agreement": agreement, "still_ill": False, "situation": "no_roof" if homeless else "housed",
        "absence": "acute_bed",
    })  # fmt: skip
    layout.mark(person, "born", -15_000)
    layout.mark(person, "moved_in", -days)
    home, site = layout.new_dwelling({"bed_kind": bed}), layout.new_site({})
    offer = "long_stay" if way == "service" and lasting else "coping_line" if way == "self" and not agreement else OFFERS[way]
    assert program.refusals(person, 0) == (("COPING_AGREEMENT",) if offer == "coping_line" else ())
    assert (program.compatible(person, home, 0) and program.suits(person, home, site, 0)) is (offer == bed)
    longest = {"kad": 3, "coping_bed": 5, "reception": 90, "long_stay": 365}[bed]
    must_go = days >= longest and not (bed == "reception" and homeless)
    assert program.renewal_refusals(person, home, site, 0) == (("LONGEST_STAY",) if must_go else ())
    assert program.hold_days(person, home, site, 0) == 365
    assert program.temporary_entitled(person, 0) is homeless
