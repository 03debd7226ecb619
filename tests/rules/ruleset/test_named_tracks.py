"""Tracks with rule sets of their own: each person is decided on as by the rule set of their track alone, over one stock."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import Layout, compile_program, load_ruleset
from rules.reading import InputError
from rules.ruleset.merge import ruleset_files

SHARED = """
fields:
  track: {of: applicant, type: one of, values: [care, plain, none], source: stored, label: {nb: spor, en: track}}
  shared: {of: dwelling, type: yes/no, source: stored, label: {nb: delt, en: shared}}
"""
NEED = "  need: {of: applicant, type: int, range: 0..9, source: stored, label: {nb: behov, en: need}}\n"
WAITED = (
    "  waited: {of: applicant, type: int, unit: days, range: 0..900, source: {elapsed: {since: listed}}, "
    "label: {nb: tid, en: time}}\n"
)
RENEWALS = "  renewals: {of: applicant, type: int, range: 0..9, source: stored, label: {nb: fornyelser, en: renewals}}\n"
ROOMS = "  rooms: {of: dwelling, type: int, range: 1..5, source: stored, label: {nb: rom, en: rooms}}\n"
CARE = f"""
ruleset: care
label: {{nb: Omsorg, en: Care}}
fields:
{NEED}{RENEWALS}{ROOMS}
definitions: {{great: need >= 5}}
tables:
  care_term: {{hit: unique, inputs: [great], rows: [[yes, 24], [no, 12]]}}
scope: {{CARE_SCOPE: {{requires: need >= 1}}}}
eligibility: {{NEEDS: {{requires: need >= 3, unless: {{RENEWED: {{when: renewals >= 4}}}}}}}}
matching: {{CARE_ROOMS: {{requires: rooms >= need - 4}}}}
priority: [{{class: {{GREAT: great, REST: otherwise}}}}, {{lowest: renewals}}]
offers: {{reply_days: need + 1, declined: [{{id: SECOND, when: renewals >= 2, outcome: lapse}}]}}
tenancy:
  term_months: care_term
  renewal: {{STILL: {{requires: need >= 2}}}}
  warning: {{when: need == 1}}
  notice: {{when: need == 0}}
moves: {{CARE_MOVE: {{requires: rooms < need - 5}}}}
holds: {{CARE_HOLD: {{when: need >= 4, longest_days: 90}}}}
"""
PLAIN = f"""
ruleset: plain
label: {{nb: Ordinær, en: Ordinary}}
fields:
{NEED}{RENEWALS}{WAITED}
eligibility: {{LITTLE: {{requires: need <= 6}}}}
living_environment: {{CALM: {{when: need >= 2, requires: renewals <= 3}}}}
priority: [{{longest: waited}}]
offers: {{declined: [{{id: FIRST, when: need <= 1, outcome: lapse}}]}}
tenancy: {{term_months: 36, renewal: {{ONCE: {{requires: renewals <= 1}}}}, notice: {{when: renewals >= 8}}}}
moves: {{PLAIN_MOVE: {{requires: renewals >= 7}}}}
holds: {{PLAIN_HOLD: {{when: need >= 2, longest_days: 30}}}}
"""
BOTH = f"""
ruleset: both
label: {{nb: Begge, en: Both}}
{SHARED}
tracks:
  CARE: {{who: track == 'care', rules: ../care}}
  PLAIN: {{who: track == 'plain', rules: ../plain.yaml}}
matching: {{SHARED: {{when: track == 'plain', requires: shared}}}}
offers: {{reply_days: 7}}
"""
#: The same tracks, told apart by conditions that are no values of one field.
BOTH_WAYS = BOTH.replace("track == 'plain', rules", "\"not (track in ['care', 'none'])\", rules")


def written(folder: Path, both: str = BOTH, care: str = CARE, plain: str = PLAIN) -> Path:
    (folder / "care").mkdir(exist_ok=True)
    (folder / "both").mkdir(exist_ok=True)
    (folder / "care" / "ruleset.yaml").write_text(care, "utf-8")
    (folder / "plain.yaml").write_text(plain, "utf-8")
    (folder / "both" / "ruleset.yaml").write_text(both, "utf-8")
    return folder / "both"


@pytest.fixture(scope="module", params=[BOTH, BOTH_WAYS], ids=["by a field", "by conditions"])
def programs(request: Any, tmp_path_factory: Any) -> Any:
    folder = tmp_path_factory.mktemp("tracks")
    both = load_ruleset(written(folder, request.param))
    alone = {"care": load_ruleset(folder / "care"), "plain": load_ruleset(folder / "plain.yaml")}
    layout = Layout(both.fields.values(), date(2026, 1, 1))
    made = {name: compile_program(ruleset, layout).build() for name, ruleset in alone.items()}
    return layout, compile_program(both, layout).build(), made


PEOPLE = st.tuples(st.sampled_from(["care", "plain"]), st.integers(0, 9), st.integers(0, 9), st.integers(-300, 0))


def person(layout: Layout, one: tuple[str, int, int, int]) -> Any:
    track, need, renewals, listed = one
    facts = layout.new_applicant({"track": track, "need": need, "renewals": renewals})
    layout.mark(facts, "listed", listed)
    return facts


@settings(max_examples=300, deadline=None)
@given(one=PEOPLE, other=PEOPLE, rooms=st.integers(1, 5), shared=st.booleans())
def test_everybody_is_decided_on_by_the_rule_set_of_their_track(
    programs: Any, one: Any, other: Any, rooms: int, shared: bool
) -> None:
    layout, both, alone = programs
    d, s = layout.new_dwelling({"rooms": rooms, "shared": shared}), layout.new_site({})
    a, b = person(layout, one), person(layout, other)
    own = alone[one[0]]
    assert both.refusals(a, 0) == own.refusals(a, 0)
    for name in ("decline_outcome", "term_months", "renewal_refusals", "warned", "notice", "move_wanted", "hold_days"):
        assert getattr(both, name)(a, d, s, 0) == getattr(own, name)(a, d, s, 0), name
    fits = own.compatible(a, d, 0) and own.suits(a, d, s, 0) and (one[0] == "care" or shared)
    assert (both.compatible(a, d, 0) and both.suits(a, d, s, 0)) == fits
    # The track's own number goes before the shared one; where it has none, the shared one holds.
    assert both.reply_days(a, d, s, 0) == (own.reply_days(a, d, s, 0) if one[0] == "care" else 7)
    if one[0] == other[0]:
        assert (both.key(a, 0) < both.key(b, 0)) == (own.key(a, 0) < own.key(b, 0))
    else:
        assert (both.key(a, 0) < both.key(b, 0)) == (one[0] == "care")


def test_who_is_in_no_track_meets_what_is_shared_alone(programs: Any) -> None:
    layout, both, _ = programs
    a = person(layout, ("none", 0, 9, 0))
    d, s = layout.new_dwelling({"rooms": 1, "shared": False}), layout.new_site({})
    assert both.refusals(a, 0) == () and both.compatible(a, d, 0) and both.suits(a, d, s, 0)
    assert both.reply_days(a, d, s, 0) == 7 and both.term_months(a, d, s, 0) == 0


def test_the_files_of_the_tracks_are_files_of_the_whole(tmp_path: Path) -> None:
    names = [file.relative_to(tmp_path).as_posix() for file in ruleset_files([written(tmp_path)])]
    assert names == ["both/ruleset.yaml", "care/ruleset.yaml", "plain.yaml"]


def test_names_that_agree_are_one_and_a_policy_may_change_a_track(tmp_path: Path) -> None:
    from rules.reading import parse_yaml

    change = parse_yaml("tracks: {CARE: {eligibility: {NEEDS: {requires: need >= 9}}}}", "policy.yaml")
    changed = load_ruleset(written(tmp_path), change)
    [needs] = [rule for rule in changed.versions[0].eligibility if rule.id == "NEEDS"]
    layout = Layout(changed.fields.values(), date(2026, 1, 1))
    program = compile_program(changed, layout).build()
    assert needs.place.file == "policy.yaml" or program.refusals(person(layout, ("care", 8, 0, 0)), 0) == ("NEEDS",)
    late = parse_yaml("tracks: {add: {NEW: {who: track == 'none', rules: ../care}}}", "policy.yaml")
    with pytest.raises(InputError, match="a policy cannot name the rules of a track"):
        load_ruleset(written(tmp_path), late)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"both": BOTH.replace("../care", "../caer")}, ["both/ruleset.yaml", "no rule set 'caer'", "did you mean care?"]),
        ({"care": CARE.replace("0..9, source: stored, label: {nb: behov", "0..8, source: stored, label: {nb: behov")},
         ["'need' of fields means something else at", "another name"]),
        ({"care": CARE + "quotas: {Q: {who: great, at_most: 3 homes}}\n"},
         ["care/ruleset.yaml", "quotas cannot stand in the rules of a track", "names the tracks"]),
        ({"care": CARE + "transition: application_date\n"}, ["transition cannot stand in the rules of a track"]),
        ({"plain": PLAIN + "temporary: {T: {requires: need > 1}}\n"}, ["temporary cannot stand in the rules of a track"]),
        ({"plain": PLAIN + "tracks: {X: {who: need > 1}}\n"}, ["tracks cannot stand in the rules of a track"]),
        ({"both": BOTH.replace("rules: ../care", "rules: ../care, moves: {M: {requires: yes}}")},
         ["moves stands here, and in the rules that the track names"]),
        ({"plain": PLAIN.replace("LITTLE", "NEEDS")}, ["'NEEDS' is borne by another rule"]),
        ({"both": BOTH.replace("rules: ../care", "rules: .")}, ["tracks cannot stand in the rules of a track"]),
        ({"both": BOTH.replace("rules: ../care", "rules: ''")}, ["rules"]),
        ({"both": BOTH.replace("rules: ../care", "rules: [../care]")}, ["rules"]),
        ({"care": CARE.replace("need >= 3", "ned >= 3")}, ["care/ruleset.yaml", "'ned'", "did you mean need?"]),
        ({"care": "- a\n"}, ["care/ruleset.yaml", "should be a map"]),
    ],
)  # fmt: skip
def test_mistakes_are_told_where_they_stand(tmp_path: Path, changes: dict[str, str], words: list[str]) -> None:
    with pytest.raises(InputError) as error:
        load_ruleset(written(tmp_path, **changes))
    found = "; ".join(finding.render() for finding in error.value.findings)
    assert all(word in found for word in words), found
