"""The explanation of an allocation names everybody, in order, with a ground for each who did not get the home."""

from datetime import date
from pathlib import Path

import pytest

from rules import Layout, compile_program, grounds, load_ruleset
from rules.explain import condition_line, condition_record, consider, explain_choice
from rules.verify.case_facts import make_facts

BAERUM = load_ruleset(Path(__file__).parents[3] / "rules" / "baerum")
LAYOUT = Layout(BAERUM.fields.values(), date(2026, 6, 15))
PERSON = {
    "applying_as": "newcomer", "assessed_scheme": "velferd", "assessed_rank": 3, "own_rank": 0, "needs_rooms": 1,
    "wheelchair": "no", "conflict": 1, "urgency": "ordinary", "situation": "with_others", "days_waited": 100,
}  # fmt: skip
HOME = {"home_scheme": "velferd", "home_rank": 3, "rooms": 1, "robust": "yes", "accessible": "no", "shielded": "no"}


def person(**values):
    return make_facts(LAYOUT, "applicant", PERSON | values, BAERUM.fields["age"].place)


@pytest.fixture
def home():
    place = BAERUM.fields["rooms"].place
    site = make_facts(LAYOUT, "site", {"site_limit": 6, "site_conflict_sum": 3, "site_strain": 0}, place)
    return make_facts(LAYOUT, "dwelling", HOME, place), site


def test_everybody_is_told_in_order_with_a_ground(home):
    people = [
        ("Ada", person(urgency="critical", wheelchair="yes", needs_rooms=2)),
        ("Bo", person(urgency="urgent", days_waited=30)),
        ("Cille", person(days_waited=700)),
        ("Dag", person(days_waited=90, conflict=3, assessed_rank=1)),
    ]
    assert explain_choice(BAERUM, LAYOUT, people, *home, 0, "nb", failed_alone=True) == [
        "1. Ada: ikke aktuell for boligen",
        "   Husstanden trenger 2 rom; boligen har 1. [ROOMS; eget eksempel]",
        "   Søkeren bruker rullestol, og boligen er ikke tilgjengelig for rullestol. [WHEELCHAIR; boligsosialloven/§ 6]",
        "2. Bo: får tilbudet",
        "3. Cille: står lenger ned på listen",
        "   Hastegrad avgjør: øvrige søkere mot behov som haster hos den som får tilbudet",
        "4. Dag: står lenger ned på listen",
        "   Behovet svarer til trinn 1; boligen er på trinn 3. [RANK; eget eksempel]",
        "   Hastegrad avgjør: øvrige søkere mot behov som haster hos den som får tilbudet",
    ]
    english = explain_choice(BAERUM, LAYOUT, people, *home, 0, "en", failed_alone=True)
    assert english[0] == "1. Ada: the home does not suit"
    assert english[3] == "2. Bo: gets the offer"
    assert english[5] == "   Urgency decides: other applicants against urgent need for the one who gets the offer"


def test_the_first_criterion_that_tells_two_people_apart_is_named(home):
    people = [("Ada", person(days_waited=300)), ("Bo", person(days_waited=299)), ("Cille", person(days_waited=300))]
    people[2][1].lottery = 4
    _, bo, cille = consider(BAERUM, LAYOUT, people, *home, 0, "en")
    assert bo.decided_by == ("Longest wait", "299 days", "300 days")
    assert cille.decided_by == ("Lottery", "4", "0")
    people[2][1].lottery = 0
    assert "   equal by every rule; the one listed first goes first" in explain_choice(BAERUM, LAYOUT, people, *home, 0, "en")


def test_a_home_that_suits_nobody_and_a_list_without_people(home):
    lines = explain_choice(BAERUM, LAYOUT, [("Ada", person(wheelchair="yes"))], *home, 0, "nb")
    assert lines[-1] == "Boligen passer ingen av søkerne."
    assert explain_choice(BAERUM, LAYOUT, [], *home, 0, "en") == ["There were no applicants."]


def test_every_condition_is_told_with_its_verdict_and_the_values_used(home):
    lines = explain_choice(BAERUM, LAYOUT, [("Ada", person()), ("Bo", person(wheelchair="yes"))], *home, 0, "nb")
    assert lines[0] == "1. Ada: får tilbudet"
    assert (
        "   oppfylt: Riktig boligtrapp (boligtrappen søkeren er vurdert for: velferdsbolig; "
        "boligtrappen boligen hører til: velferdsbolig) [LADDER; boligsosialloven/§ 6]"
    ) in lines
    assert any(line.startswith("   oppfylt: Boligen svarer til behovet (trinnet behovet svarer til: 3; ") for line in lines)
    assert (
        "   ikke oppfylt: Søkeren bruker rullestol, og boligen er ikke tilgjengelig for rullestol. "
        "(boligen er tilgjengelig for rullestol: nei) [WHEELCHAIR; boligsosialloven/§ 6]"
    ) in lines
    english = explain_choice(BAERUM, LAYOUT, [("Ada", person())], *home, 0, "en")
    assert all(line.startswith("   met: ") for line in english[1:])


def test_an_exception_that_applied_is_named_with_its_rule_and_its_own_base():
    refugee = person(settled_refugee="yes", residence=2, income_sufficient="no", substance=1, age=30)
    [found] = [g for g in grounds(BAERUM, LAYOUT, "eligibility", refugee) if g.rule == "RESIDENCE"]
    line = condition_line(found, BAERUM.fields, "nb")
    waiver = next(w for r in BAERUM.on(LAYOUT.start).eligibility if r.id == "RESIDENCE" for w in r.waivers)
    assert line.startswith("oppfylt ved unntak: ") and f"(unntak: {waiver.label.nb})" in line
    assert f"[RESIDENCE.{waiver.id}; {'; '.join(waiver.basis.legal)}" in line
    record = condition_record(found, BAERUM.fields)
    assert record["verdict"] == "waived" and record["exception"] == waiver.id
    assert record["facts"]["residence"] == 2 and {"what": "botid i kommunen", "value": "2 måneder"} in record["used"]["nb"]
    assert record["legal"] == list(waiver.basis.legal)


def test_verdicts_agree_with_the_program(home):
    """Whoever is told to meet everything is one whom the generated program would house, and the reverse."""
    program = compile_program(BAERUM, LAYOUT).build()
    people = [
        (str((rank, rooms, conflict, chair)), person(assessed_rank=rank, needs_rooms=rooms, conflict=conflict, wheelchair=chair))
        for rank in (1, 2, 3) for rooms in (1, 2) for conflict in (0, 3) for chair in ("no", "yes")
    ]  # fmt: skip
    d, s = home
    for one, (_, facts) in zip(consider(BAERUM, LAYOUT, people, d, s, 0, "en"), people, strict=True):
        assert (not one.failed) == (program.compatible(facts, d, 0) and program.suits(facts, d, s, 0)), one.name
        assert {ground.met for ground in one.grounds} <= {True, False} and one.grounds
