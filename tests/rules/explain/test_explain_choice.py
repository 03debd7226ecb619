"""The explanation of an allocation names everybody, in order, with a ground for each who did not get the home."""

from datetime import date
from pathlib import Path

import pytest

from rules import Layout, load_ruleset
from rules.explain import consider, explain_choice
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
    site = make_facts(LAYOUT, "site", {"site_limit": 6, "site_conflict_sum": 3}, place)
    return make_facts(LAYOUT, "dwelling", HOME, place), site


def test_everybody_is_told_in_order_with_a_ground(home):
    people = [
        ("Ada", person(urgency="critical", wheelchair="yes", needs_rooms=2)),
        ("Bo", person(urgency="urgent", days_waited=30)),
        ("Cille", person(days_waited=700)),
        ("Dag", person(days_waited=90, conflict=3, assessed_rank=1)),
    ]
    assert explain_choice(BAERUM, LAYOUT, people, *home, 0, "nb") == [
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
    english = explain_choice(BAERUM, LAYOUT, people, *home, 0, "en")
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
