"""Rule sets are read whole, merged from files, and refused with the place of every mistake."""

import pickle
import time
from pathlib import Path

import pytest

from rules import load_ruleset
from rules.reading import InputError, parse_yaml
from rules.ruleset import ruleset_of

BAERUM = Path(__file__).parents[3] / "rules" / "baerum"
HEAD = """\
ruleset: tiny
label: {nb: liten, en: tiny}
legal_sources: {lov: {label: {nb: Lov, en: Act}}}
fields:
  age: {of: applicant, type: int, range: 0..110, source: stored, label: {nb: alder, en: age}}
  maybe: {of: applicant, type: int, range: 0..9, may_be: absent, source: stored, label: {nb: kanskje, en: maybe}}
  rank: {of: dwelling, type: int, range: 1..5, source: stored, label: {nb: trinn, en: rank}}
"""


def read(rules):
    return ruleset_of(parse_yaml(HEAD + rules, "tiny.yaml"))


def test_baerum_loads_fast_and_travels_between_processes():
    load_ruleset(BAERUM)
    begin = time.process_time()
    ruleset = load_ruleset(BAERUM)
    assert time.process_time() - begin < 0.5
    again = pickle.loads(pickle.dumps(ruleset))
    assert again == ruleset
    assert again.hash == ruleset.hash
    assert len(ruleset.versions) == 1


def test_the_hash_is_of_the_content_alone():
    one = read("eligibility: {ADULT: {requires: age >= 18}}")
    assert read("eligibility:   # vilkår\n  ADULT:\n    requires: age >= 18\n").hash == one.hash
    assert read("eligibility: {ADULT: {requires: age >= 19}}").hash != one.hash


def test_a_folder_is_merged_without_its_worked_cases(tmp_path):
    (tmp_path / "a.yaml").write_text(HEAD + "eligibility: {ADULT: {requires: grown}}\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(
        "definitions: {grown: age >= 18}\neligibility: {OLD: {requires: age >= 60}}\n", encoding="utf-8"
    )
    (tmp_path / "b.test.yaml").write_text("day: 2026-01-01\ncases: {}\n", encoding="utf-8")
    ruleset = load_ruleset(tmp_path)
    assert [rule.id for rule in ruleset.versions[0].eligibility] == ["ADULT", "OLD"]
    assert load_ruleset([tmp_path / "a.yaml", tmp_path / "b.yaml"]).hash == ruleset.hash


def test_an_id_in_two_files_names_both_places(tmp_path):
    (tmp_path / "a.yaml").write_text(HEAD + "eligibility: {ADULT: {requires: age >= 18}}\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("eligibility:\n  ADULT: {requires: age >= 20}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_ruleset(tmp_path)
    assert "b.yaml:2:3: 'ADULT' of eligibility stands here a second time" in str(caught.value)
    assert "a.yaml:8:15" in str(caught.value)


def test_an_overlay_changes_rules_and_one_that_hits_nothing_is_refused():
    changes = parse_yaml("eligibility: {RESIDENCE: {requires: residence >= 12}}", "policy.yaml")
    changed, plain = load_ruleset(BAERUM, changes), load_ruleset(BAERUM)
    assert changed.hash != plain.hash
    assert changed.fields == plain.fields
    with pytest.raises(InputError, match="RESIDENCY"):
        load_ruleset(BAERUM, parse_yaml("eligibility: {RESIDENCY: {requires: age >= 1}}", "policy.yaml"))
    with pytest.raises(InputError, match=r"policy\.yaml:1:38.*residense.*did you mean residence"):
        load_ruleset(BAERUM, parse_yaml("eligibility: {RESIDENCE: {requires: (residense >= 12)}}", "policy.yaml"))


def test_the_scope_of_a_rule_guards_what_it_requires():
    ruleset = read("eligibility: {KNOWN: {when: maybe is not absent, requires: maybe >= 2}}")
    assert ruleset.versions[0].eligibility[0].id == "KNOWN"
    with pytest.raises(InputError, match="may be absent and is used without a test"):
        read("eligibility: {KNOWN: {requires: maybe >= 2}}")


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("eligibility: {ADULT: {requires: agee >= 18}}", ["tiny.yaml:8:33", "'agee'", "did you mean age?"]),
        ("eligibility: {ADULT: {require: age >= 18}}", ["'require'", "did you mean requires?"]),
        ("eligibility: {ADULT: {when: age >= 18}}", ["'requires' is missing"]),
        ("eligibility: {adult: {requires: age >= 18}}", ["adult"]),
        ("eligibility: {ADULT: {requires: age + 1}}", ["a condition (yes or no) is needed"]),
        ("eligibility: {RANK: {requires: rank >= 2}}", ["'rank' belongs to the dwelling"]),
        ("temporary: {RANK: {requires: rank >= 2}}", ["'rank' belongs to the dwelling"]),
        ("eligibility: {ADULT: {requires: [age]}}", ["eligibility.ADULT.requires"]),
        ("eligibility: {ADULT: {requires: age >= 18, legal: lov}}", ["'lov' is not a legal base"]),
        ("eligibility: {ADULT: {requires: age >= 18, legal: lob/§ 6}}", ["no legal source 'lob'", "did you mean lov?"]),
        ("eligibility: {ADULT: {requires: age >= 18, status: illustrativ}}", ["status", "illustrative"]),
        ("eligibility: {ADULT: {requires: age >= 18, ground: {nb: 'x', en: '{age'}}}", ["a { has no partner"]),
        ("eligibility: {ADULT: {requires: age >= 18, ground: {nb: 'å}', en: x}}}", ["tiny.yaml:8:59", "a } has no partner"]),
        ("eligibility: {ADULT: {requires: age >= 18, ground: {nb: '{agee}', en: x}}}", ["'agee'"]),
        ("eligibility: {A: {requires: age >= 1}}\nmatching: {A: {requires: age >= 2}}",
         ["'A' is borne by another rule", "tiny.yaml:8"]),
        ("definitions: {a: b + 1, b: a + 1}", ["needs itself"]),
        ("priority: [{longest: age}]", ["`longest` needs a field whose source is `elapsed`"]),
        ("priority: [{highest: age, lowest: age}]", ["one of class, points, longest"]),
        ("priority: [{lottery: yes}]", ["priority.0.lottery"]),
        ("amounts: {floor: {unit: years}}", ["value or values"]),
        ("offers: {declined: [{id: X, when: age >= 1, outcome: gone}]}", ["outcome"]),
        ("eligibilty: {}", ["'eligibilty'", "did you mean eligibility?"]),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_place(rules, words):
    with pytest.raises(InputError) as caught:
        read(rules)
    for word in words:
        assert word in str(caught.value)


def test_all_mistakes_are_told_together():
    with pytest.raises(InputError) as caught:
        read("eligibility: {A: {requires: agee >= 18}, B: {requires: age >= 18 and}}\nmatching: {C: {requires: runk >= 1}}")
    assert len(caught.value.findings) == 3


def test_a_folder_without_rules_is_refused(tmp_path):
    with pytest.raises(InputError, match="the folder holds no rules"):
        load_ruleset(tmp_path)
