"""The differences of two rule sets: none with itself, and exactly one for each thing that was edited."""

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import load_ruleset
from rules.diff import Change, compare, tell
from rules.diff.order import moved
from rules.reading import parse_yaml
from rules.ruleset import RuleSet, ruleset_of
from rules.show import as_html, as_markdown, as_text

RULES = Path(__file__).parents[3] / "rules"
SETS = ["baerum", *(f"examples/{folder.name}" for folder in sorted((RULES / "examples").iterdir()) if folder.is_dir())]

SMALL = """\
ruleset: small
label: {nb: Små regler, en: Small rules}
legal_sources: {lov: {label: {nb: Lov om leie, en: Rent Act}}}
fields:
  age: {of: applicant, type: int, unit: years, range: 0..110, source: stored, label: {nb: alder, en: age}}
  need: {of: applicant, type: int, range: 1..5, source: stored, label: {nb: behov, en: need}}
  waited: {of: applicant, type: int, unit: days, range: 0..7300, source: {elapsed: {since: listed}},
    label: {nb: ventetid, en: wait}}
  refugee: {of: applicant, type: yes/no, source: stored, label: {nb: flyktning, en: refugee}}
amounts:
  floor: {label: {nb: aldersgrensen, en: the age limit}, unit: years, value: 18, legal: lov/§ 1}
definitions:
  grave: {label: {nb: stort behov, en: great need}, is: need >= 4}
tables:
  points:
    label: {nb: Poeng, en: Points}
    status: illustrative
    hit: unique
    inputs: [need]
    rows:
      - ["1..2", 10]
      - ["3..5", 20]
eligibility:
  ADULT:
    label: {nb: Myndig, en: Of age}
    requires: age >= floor
    legal: lov/§ 1
    ground: {nb: "Søkeren er {age} år.", en: "The applicant is {age}."}
  NEED: {label: {nb: Behov, en: Need}, requires: grave or refugee, status: illustrative}
priority:
  - points: points
    label: {nb: Poeng, en: Points}
    status: illustrative
  - longest: waited
    label: {nb: Ventetid, en: Wait}
    status: illustrative
  - lottery: per application
    label: {nb: Loddtrekning, en: Lottery}
    status: illustrative
offers: {reply_days: 7}
moves:
  UP: {label: {nb: Opp, en: Up}, requires: grave, kind: transfer, status: illustrative}
  DOWN: {label: {nb: Ned, en: Down}, requires: need <= 2, kind: transfer, status: illustrative}
holds:
  AWAY: {label: {nb: Borte, en: Away}, when: refugee, longest_days: 30, status: illustrative}
"""
WAIT = """  - longest: waited
    label: {nb: Ventetid, en: Wait}
    status: illustrative
"""
LOTTERY = """  - lottery: per application
    label: {nb: Loddtrekning, en: Lottery}
    status: illustrative
"""
NEED = "  NEED: {label: {nb: Behov, en: Need}, requires: grave or refugee, status: illustrative}\n"
UP = "  UP: {label: {nb: Opp, en: Up}, requires: grave, kind: transfer, status: illustrative}\n"
DOWN = "  DOWN: {label: {nb: Ned, en: Down}, requires: need <= 2, kind: transfer, status: illustrative}\n"


def read(text: str) -> RuleSet:
    return ruleset_of(parse_yaml(text, "small.yaml"))  # type: ignore[arg-type]


def edit(old: str, new: str) -> str:
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)


@pytest.mark.parametrize("name", SETS)
def test_a_rule_set_does_not_differ_from_itself(name: str) -> None:
    one, other = load_ruleset(RULES / name), load_ruleset(RULES / name)
    assert compare(one, other) == ()
    assert "Regelsettene sier det samme." in as_text(tell((), one, other, "nb"))


@pytest.mark.parametrize(
    ("old", "new", "stage", "kind", "key"),
    [
        ("value: 18", "value: 20", "amounts", "changed", "floor"),
        ("age >= floor", "age >= 20", "eligibility", "changed", "ADULT"),
        ("age >= floor\n", "age >= floor\n    unless: {REFUGEE: {when: refugee, legal: lov/§ 2}}\n", "eligibility",
         "changed", "ADULT"),
        ("age >= floor\n", "age >= floor\n    when: not refugee\n", "eligibility", "changed", "ADULT"),
        ('er {age} år."', 'er for ung, {age} år."', "eligibility", "changed", "ADULT"),
        ("en: Of age", "en: An adult", "eligibility", "changed", "ADULT"),
        (NEED, NEED + NEED.replace("NEED", "REAL_NEED"), "eligibility", "added", "REAL_NEED"),
        (NEED, "", "eligibility", "removed", "NEED"),
        ("need >= 4", "need >= 3", "definitions", "changed", "grave"),
        ('["3..5", 20]', '["3..5", 25]', "priority", "row_changed", "points"),
        ("reply_days: 7", "reply_days: 14", "offers", "changed", "(reply)"),
        ("longest_days: 30", "longest_days: 60", "holds", "changed", "AWAY"),
        (WAIT, "", "priority", "removed", "longest waited 1"),
        (WAIT, WAIT + "  - highest: need\n    label: {nb: Behov, en: Need}\n    status: illustrative\n", "priority",
         "added", "highest need 1"),
        (WAIT, WAIT.replace("longest: waited", "highest: need"), "priority", "changed", "longest waited 1"),
        (WAIT + LOTTERY, LOTTERY + WAIT, "priority", "moved", "lottery 1"),
        (UP + DOWN, DOWN + UP, "moves", "moved", "DOWN"),
        ("nb: Små regler", "nb: Nye regler", "ruleset", "changed", "(ruleset)"),
        ("ruleset: small\n", "ruleset: small\nvalid: {from: 2027-01-01}\n", "ruleset", "changed", "(ruleset)"),
        ("nb: Lov om leie", "nb: Husleieloven", "ruleset", "changed", "lov"),
        ("nb: flyktning", "nb: bosatt flyktning", "fields", "changed", "refugee"),
    ],
)  # fmt: skip
def test_one_edit_is_one_change_and_back_again(old: str, new: str, stage: str, kind: str, key: str) -> None:
    one, other = read(SMALL), read(edit(old, new))
    assert [(change.stage, change.kind, change.key) for change in compare(one, other)] == [(stage, kind, key)]
    assert len(compare(other, one)) == 1


def said(changes: tuple[Change, ...], one: RuleSet, other: RuleSet) -> str:
    return " ".join(as_text(tell(changes, one, other, "nb")).split())


def test_old_and_new_wording_stand_side_by_side() -> None:
    one, other = read(SMALL), read(edit("value: 18", "value: 20"))
    text = said(compare(one, other), one, other)
    assert "1 endring." in text
    assert "Endret: Aldersgrensen (floor) Del Før Etter" in text
    assert "Verdi 18 år 20 år" in text


def test_a_row_is_told_by_its_cells() -> None:
    one, other = read(SMALL), read(edit('["3..5", 20]', '["3..5", 25]'))
    (section,) = tell(compare(one, other), one, other, "en").sections
    (entry,) = section.entries
    assert entry.grid is not None and entry.title == "Row changed: Points"
    assert entry.grid.heads == ("Row", "Need", "Points")
    assert entry.grid.rows == (("Before", "3–5", "20"), ("After", "3–5", "25"))


def test_a_row_that_is_new_or_gone_is_one_change() -> None:
    two = edit("hit: unique", "hit: collect")
    three = two.replace('["3..5", 20]', '["3..5", 20]\n      - [5, 30]')
    assert [(change.kind, change.key) for change in compare(read(two), read(three))] == [("row_added", "points")]
    assert [(change.kind, change.key) for change in compare(read(three), read(two))] == [("row_removed", "points")]


def test_a_row_that_is_split_is_gone_and_its_two_parts_are_new() -> None:
    one, other = read(SMALL), read(edit('["3..5", 20]', '["3..4", 20]\n      - [5, 30]'))
    assert sorted(change.kind for change in compare(one, other)) == ["row_added", "row_added", "row_removed"]


def test_a_change_in_the_other_language_alone_is_told_as_it_is_written() -> None:
    one, other = read(SMALL), read(edit("en: Of age", "en: An adult"))
    assert "skrevet (label en) Of age An adult" in said(compare(one, other), one, other)


def test_a_dated_difference_is_told_with_its_dates() -> None:
    dated = edit("value: 18", "values: {2026-01-01: 18, 2027-01-01: 20, 2028-01-01: 18}")
    one, other = read(SMALL), read(dated)
    (change,) = compare(one, other)
    assert (change.since, change.until) == (date(2027, 1, 1), date(2028, 1, 1))
    assert "(fra 1. januar 2027 til 1. januar 2028)" in said((change,), one, other)


def test_a_difference_that_lasts_is_told_once() -> None:
    dated = edit("value: 18", "values: {2026-01-01: 18, 2027-01-01: 20}")
    one, other = read(dated), read(dated.replace("longest_days: 30", "longest_days: 60"))
    (change,) = compare(one, other)
    assert (change.key, change.since, change.until) == ("AWAY", None, None)


def test_the_policy_need_first_changes_nothing_but_the_priority() -> None:
    from sim.scenario import load_scenario

    folder = RULES.parent / "scenarios"
    sets = []
    for name in ("baerum", "need-first"):
        scenario = load_scenario(folder / f"{name}.yaml")
        sets.append(scenario.rulesets[scenario.blueprint.regimes[-1].program.hash])
    changes = compare(*sets)
    assert {change.stage for change in changes} == {"priority"}
    assert any(change.kind == "added" and "need_rank" in change.key for change in changes)


def test_every_form_escapes_what_the_author_wrote() -> None:
    one, other = read(SMALL), read(edit("{nb: Myndig,", '{nb: "<script>x</script>|",'))
    document = tell(compare(one, other), one, other, "nb")
    assert "<script" not in as_html(document) and "&lt;script&gt;x" in as_html(document)
    assert r"\<script\>x\</script\>\|" in as_markdown(document)


@given(st.permutations(range(6)), st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))
def test_the_fewest_are_moved(order: list[int], gone: set[int], come: set[int]) -> None:
    before = [str(n) for n in range(6) if n not in come]
    after = [str(n) for n in order if n not in gone]
    found = moved(before, after)
    stays = [key for key in after if key in before and key not in found]
    assert stays == sorted(stays)
    shared = [key for key in after if key in before]
    longest = max(n for n in range(len(shared) + 1) if any(list(c) == sorted(c) for c in _subsequences(shared, n)))
    assert len(stays) == longest


def _subsequences(keys: list[str], length: int) -> list[tuple[str, ...]]:
    return [c for c in permutations(keys, length) if list(c) == [key for key in keys if key in c]]


def test_the_order_of_exceptions_decides_nothing() -> None:
    waivers = ["REFUGEE: {when: refugee, legal: lov/§ 2}", "GRAVE: {when: grave, legal: lov/§ 3}"]
    one, other = (
        read(edit("age >= floor\n", "age >= floor\n    unless: {" + ", ".join(order) + "}\n"))
        for order in (waivers, waivers[::-1])
    )
    assert compare(one, other) == ()
