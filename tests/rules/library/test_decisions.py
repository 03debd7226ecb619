"""The library answers as the worked cases say, as dates say, and never with a silent no."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import Decisions, FactError, load_ruleset
from rules.decide import grounds
from rules.reading import Place, parse_yaml, plain, read_yaml
from rules.ruleset import ruleset_of
from rules.verify.case_facts import taken_values

RULES = Path(__file__).parents[3] / "rules"
FOLDERS = [RULES / "baerum", *(folder for folder in sorted((RULES / "examples").iterdir()) if folder.is_dir())]
DAY = date(2026, 6, 15)
PLACE = Place("test", 1, 1, "")
SMALL = """\
ruleset: small
label: {nb: Små, en: Small}
fields:
  age:      {of: applicant, type: int, unit: years, range: 0..110, source: {elapsed: {since: born}}, label: {nb: alder, en: age}}
  evicted:  {of: applicant, type: int, unit: months, range: 0..600, may_be: absent, source: {elapsed: {since: evicted}},
    label: {nb: tid siden utkastelse, en: time since eviction}}
  declined: {of: applicant, type: int, range: 0..9, source: {count: {event: offer_declined, period: 12 months}},
    label: {nb: avslag, en: declined}}
  recent:   {of: applicant, type: yes/no, source: {within: {event: incident, period: 3 months}},
    label: {nb: nylig, en: recent}}
  children: {of: applicant, type: int, range: 0..9, source: {count: {of: members, where: member_age < 18}},
    label: {nb: barn, en: children}}
  debt:     {of: applicant, type: int, range: 0..99, may_be: unknown, source: stored, label: {nb: gjeld, en: debt}}
  id:       {of: applicant, type: int, range: 0..99, source: stored, label: {nb: nummer, en: number}}
  member_age: {of: member, type: int, unit: years, range: 0..110, source: {elapsed: {since: born}}, label: {nb: alder, en: age}}
eligibility:
  ADULT:   {label: {nb: Myndig, en: Of age}, requires: age >= 18, status: illustrative}
  EVICTED: {label: {nb: Utkastelse, en: Eviction}, requires: evicted is absent or evicted >= 24, status: illustrative,
    unless: {FAMILY: {when: children >= 1, status: illustrative}}}
  OFFERS:  {label: {nb: Tilbud, en: Offers}, requires: declined < 2 and not recent, status: illustrative}
  DEBT:    {label: {nb: Gjeld, en: Debt}, when: debt is not unknown, requires: debt <= 50 and id > 3, status: illustrative}
priority:
  - highest: children
  - lottery: per application
"""


def small() -> Decisions:
    tree: Any = parse_yaml(SMALL, "small.yaml")
    return Decisions(ruleset_of(tree), DAY)


BASE = {"age": 30, "evicted": None, "declined": 0, "recent": False, "debt": None, "id": 5}


def cases(folder: Path) -> list[tuple[str, dict[str, Any], date]]:
    found = []
    for file in sorted(folder.glob("*.test.yaml")):
        tree: Any = plain(read_yaml(file))
        defaults = tree.get("defaults", {}).get("applicant", {})
        for name, case in tree["cases"].items():
            if not case.keys() & {"amounts", "rules", "members", "dwelling", "site", "overrides", "applied"}:
                day = case.get("day", tree.get("day"))
                taken = case.get("taken", tree.get("defaults", {}).get("taken"))
                found.append((name, {**case, "defaults": defaults, "taken": taken}, day))
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_answers_are_those_of_the_worked_cases(folder: Path) -> None:
    ruleset = load_ruleset(folder)
    tried = 0
    for name, case, day in cases(folder):
        decisions = Decisions(ruleset, day)
        taken = taken_values(decisions.version.discretions, case["taken"], PLACE)
        applicant = case["defaults"] | taken | case.get("applicant", {})
        if "eligible" in case or "refused" in case:
            tried += 1
            found = decisions.eligibility(applicant)
            expected = case.get("refused", [] if case.get("eligible") in ("yes", True) else None)
            assert expected is None or list(found.refused) == expected, name
            assert bool(found) == (not found.refused)
        for column, value in case.get("values", {}).items():
            if column in decisions.levels(applicant):
                tried += 1
                assert decisions.level(applicant, column) == value, name
        if "order" in case and "site" not in case:
            tried += 1
            people = [case["defaults"] | values | {"name": who} for who, values in case["applicants"].items()]
            told = [(decisions.program.full_key(a, *decisions._home(None, None), 0), who) for who, a in decisions._facts(people)]
            assert [who for _, who in sorted(told)] == case["order"], name
    asked = {"eligible", "refused"}
    assert tried or not any(asked & case.keys() for _, case, _ in cases(folder))


def test_grounds_are_those_of_the_interpreter() -> None:
    decisions = small()
    for row in (BASE, BASE | {"age": 12}, BASE | {"evicted": 3}, BASE | {"evicted": 3, "members": [{"member_age": 4}]},
                BASE | {"debt": 70}, BASE | {"debt": 10, "id": 1}, BASE | {"declined": 4}):  # fmt: skip
        found = decisions.grounds(row, "eligibility")
        [(_, a)] = decisions._facts([row])
        expected = grounds(decisions.ruleset, decisions.layout, "eligibility", a)
        assert tuple(found) == expected and len(found) == len(expected)
        assert found.failed == tuple(ground.rule for ground in expected if not ground.met)
        assert found.met == (not found.failed)
        assert found.texts("en") == [ground.text["en"] for ground in expected if not ground.met]
        assert [found[i] for i in range(len(found))] == list(expected)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1930, 1, 1), DAY), st.lists(st.dates(date(2024, 1, 1), DAY), max_size=4), st.dates(date(2020, 1, 1), DAY))
def test_dates_say_the_same_as_values(born: date, declined: list[date], evicted: date) -> None:
    decisions = small()
    calendar = decisions.layout.calendar
    age = calendar.completed_years((born - DAY).days, 0)
    window = sum(calendar.add_months((day - DAY).days, 12) > 0 for day in declined)
    months = calendar.completed_months((evicted - DAY).days, 0)
    by_date = decisions.eligibility(BASE | {"age": born, "declined": declined, "evicted": evicted})
    by_value = decisions.eligibility(BASE | {"age": age, "declined": window, "evicted": months})
    assert by_date.refused == by_value.refused


def test_tables_give_a_tuple_in_their_order_and_numpy_values_are_values() -> None:
    decisions = small()
    table = [BASE | {"age": np.int64(17)}, BASE | {"debt": float("nan")}, BASE | {"debt": np.float64(60.0)}, BASE]
    assert [found.refused for found in decisions.eligibility(table)] == [("ADULT",), (), ("DEBT",), ()]
    assert decisions.eligibility(iter(())) == ()


def test_a_field_may_be_called_what_rows_are_called_by() -> None:
    """`id` is a field of these rules, so it is read; `name` is none, so it is a name."""
    [found] = small().eligibility([BASE | {"id": 2, "debt": 1, "name": "Kari"}])
    assert (found.name, found.refused) == ("Kari", ("DEBT",))


def test_ranking_says_what_put_the_one_before_ahead() -> None:
    decisions = small()
    children = [{"member_age": 4}, {"member_age": 9}]
    table = [
        BASE | {"name": "en", "members": children[:1]},
        BASE | {"name": "mindreårig", "age": 12},
        BASE | {"name": "to", "members": children},
        BASE | {"name": "en til", "members": children[:1]},
        BASE | {"name": "lodd", "members": children[:1], "lottery": 5},
    ]
    found = decisions.ranking(table)
    assert [(one.name, one.place, one.row) for one in found] == [
        ("to", 1, 2), ("en", 2, 0), ("en til", 3, 3), ("lodd", 4, 4), ("mindreårig", None, 1),
    ]  # fmt: skip
    assert decisions.order(table) == tuple(one.row for one in found if one.place is not None)
    assert [one.tied for one in found] == [False, False, True, False, False]
    assert [one.after is not None for one in found] == [False, True, False, True, False]


@pytest.mark.parametrize(
    ("row", "words", "field"),
    [
        ({key: value for key, value in BASE.items() if key != "age"}, ["'age'", "ADULT", "(age)"], "age"),
        (BASE | {"age": None}, ["'age'", "ADULT"], "age"),
        (BASE | {"aeg": 3}, ["'aeg'", "did you mean age?"], "aeg"),
        (BASE | {"age": "old"}, ["'old'", "'age'"], "age"),
        (BASE | {"age": 30.5}, ["30.5", "'age'"], "age"),
        (BASE | {"debt": date(2020, 1, 1)}, ["'debt'", "date"], "debt"),
        (BASE | {"evicted": 3, "members": [{}]}, ["'member_age'", "EVICTED"], "member_age"),
        (BASE | {"members": [{"member_agee": 3}]}, ["member 1", "did you mean member_age?"], "member_agee"),
    ],
)
def test_what_is_missing_or_misspelt_is_named(row: dict[str, Any], words: list[str], field: str) -> None:
    with pytest.raises(FactError) as caught:
        small().eligibility([BASE, row | {"name": "Kari"}])
    for word in [*words, "Kari"]:
        assert word in str(caught.value)
    assert caught.value.field == field and caught.value.who.startswith("Kari")


def test_an_order_alone_names_what_is_missing_too() -> None:
    with pytest.raises(FactError, match="'age'") as caught:
        small().order([BASE, {**BASE, "age": None, "name": "Kari"}])
    assert caught.value.who == "Kari"


def test_a_value_that_no_rule_reads_may_be_left_out() -> None:
    row = {key: value for key, value in BASE.items() if key != "id"}
    assert small().eligibility(row).eligible


def test_a_level_that_is_none_is_told() -> None:
    with pytest.raises(FactError, match="there is none"):
        small().level(BASE, "need_rank")


def test_the_version_in_force_on_the_day_decides() -> None:
    limit = "{label: {nb: g, en: l}, unit: years, values: {2020-01-01: 18, 2027-01-01: 21}, status: illustrative}"
    text = SMALL.replace("requires: age >= 18", "requires: age >= limit")
    tree: Any = parse_yaml(f"{text}amounts: {{limit: {limit}}}\n", "small.yaml")
    ruleset = ruleset_of(tree)
    row = BASE | {"age": 19}
    assert Decisions(ruleset, date(2026, 12, 31)).eligibility(row).eligible
    assert Decisions(ruleset, date(2027, 1, 1)).eligibility(row).refused == ("ADULT",)


def test_an_order_that_depends_on_the_home_asks_for_it() -> None:
    text = SMALL.replace("  member_age:", "  rooms: {of: dwelling, type: int, range: 1..5, source: stored,"
                         " label: {nb: rom, en: rooms}}\n  member_age:", 1)  # fmt: skip
    tree: Any = parse_yaml(text.replace("- highest: children", "- highest: children - rooms"), "small.yaml")
    with pytest.raises(FactError, match="give `home`"):
        Decisions(ruleset_of(tree), DAY).ranking([BASE])
    assert Decisions(ruleset_of(tree), DAY).ranking([BASE], home={"rooms": 2})[0].place == 1
