"""Quotas, overriding claims, tracks and forecasts: against counts and orders written out by hand."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.decide import compile_program, grounds, scan_key, scan_suits
from rules.language import Layout
from rules.reading import InputError, parse_yaml
from rules.ruleset import ruleset_of

HEAD = """
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  young: {of: applicant, type: yes/no, source: stored, label: {nb: ung, en: young}}
  burnt: {of: applicant, type: yes/no, source: stored, label: {nb: brent ute, en: burnt out}}
  track: {of: applicant, type: one of, values: [care, plain], source: stored, label: {nb: spor, en: track}}
  need: {of: applicant, type: int, range: 0..9, source: stored, label: {nb: behov, en: need}}
  waited: {of: applicant, type: int, unit: days, range: 0..9000, source: {elapsed: {since: decided}}, label: {nb: tid, en: time}}
  chance: {of: applicant, type: int, unit: homes, range: 0..99, source: {forecast: {within: 6 months}}, label: {nb: v, en: c}}
  small: {of: dwelling, type: yes/no, source: stored, label: {nb: liten, en: small}}
"""


def made(rules, start=date(2026, 1, 1)):
    ruleset = ruleset_of(parse_yaml(HEAD + rules, "tiny.yaml"))
    layout = Layout(ruleset.fields.values(), start)
    return ruleset, layout, compile_program(ruleset, layout).build()


def person(layout, decided=0, **values):
    facts = layout.new_applicant({"young": False, "burnt": False, "track": "plain", "need": 0, "chance": 0} | values)
    layout.mark(facts, "decided", decided)
    return facts


CLAIM = "claims: {BURNT: {when: burnt}}\n"
sizes = st.one_of(
    st.integers(0, 30).map(lambda n: (f"{n} homes", None, n)),
    st.integers(0, 10_000).map(lambda n: (f"{n / 100:.2f} %", Fraction(n, 10_000), 0)),
)


@given(
    size=sizes, cap=st.booleans(), let=st.integers(0, 30), homes=st.integers(0, 60), young=st.booleans(), burnt=st.booleans(),
    small=st.booleans(),
)  # fmt: skip
def test_a_quota_is_the_fraction_it_says(size, cap, let, homes, young, burnt, small):
    text, share, number = size
    rules = CLAIM + f"quotas: {{YOUNG: {{who: young, homes: small, {'at_most' if cap else 'at_least'}: {text}}}}}"
    ruleset, layout, program = made(rules)
    a, d = person(layout, young=young, burnt=burnt), layout.new_dwelling({"small": small})
    s = layout.new_site({"let_young": let, "homes_young": homes})
    limit = share * homes if share is not None else number
    free = let + 1 <= limit if cap else let >= limit
    concerned = small and young is cap
    suits = bool(free or burnt or not concerned)
    assert program.suits(a, d, s, 0) is scan_suits(ruleset, layout, a, d, s, 0) is suits
    assert program.quota_counts(a, d, s, 0) == (small and young,)
    assert program.quota_stock(d, s, 0) == (small,)
    if not suits:
        [ground] = grounds(ruleset, layout, "quotas", a, d, s)
        assert not ground.met and str(let) in ground.text["nb"] and str(homes) in ground.text["en"]


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_a_reservation_expires(shift):
    rules = "quotas: {YOUNG: {who: young, at_least: 3 homes, valid: {to: 2026-06-30}}}"
    ruleset, layout, _ = made(rules)
    day = (date(2026, 7, 1) - layout.start).days + shift
    program = compile_program(ruleset, layout, day).build()
    a, d, s = person(layout), layout.new_dwelling({"small": True}), layout.new_site({"let_young": 0, "homes_young": 9})
    assert program.suits(a, d, s, day) is (shift >= 0)
    assert len(program.quotas) == (shift < 0)


people = st.lists(
    st.tuples(st.sampled_from(["care", "plain"]), st.integers(0, 3), st.integers(-300, 0), st.booleans()), min_size=2, max_size=6
)


@given(people=people, day=st.integers(0, 50))
def test_claims_then_the_common_order_then_tracks_each_by_its_own(people, day):
    rules = (
        CLAIM
        + """
priority: [{class: {GREAT: need >= 3, REST: otherwise}}]
tracks:
  CARE: {who: track == 'care', priority: [{highest: need}, {longest: waited}]}
  PLAIN: {who: track == 'plain', priority: [{longest: waited, at_most: 100}]}
"""
    )
    ruleset, layout, program = made(rules)
    facts = [person(layout, decided, track=track, need=need, burnt=burnt) for track, need, decided, burnt in people]

    def by_hand(one):
        track, need, decided, burnt = one
        own = (-need, decided) if track == "care" else (0, max(decided, day - 100))
        return (not burnt, need < 3, track == "plain", *own)

    for i, one in enumerate(people):
        assert program.key(facts[i], day) == scan_key(ruleset, layout, facts[i], None, None, day)
        until = program.key_until(facts[i], day)
        for later in range(day + 1, min(until, day + 60)):
            assert program.key(facts[i], later) == program.key(facts[i], day)
        for k, other in enumerate(people):
            found = program.key(facts[i], day) < program.key(facts[k], day)
            assert found is (by_hand(one) < by_hand(other))


def test_each_track_is_judged_by_its_own_rules_over_one_stock():
    rules = """
eligibility: {SOME_NEED: {requires: need >= 1}}
tracks:
  CARE: {who: track == 'care', eligibility: {MUCH_NEED: {when: not young, requires: need >= 5}}}
  PLAIN: {who: track == 'plain', matching: {SMALL: {requires: small}}}
"""
    ruleset, layout, program = made(rules)
    care, plain = person(layout, track="care", need=2), person(layout, need=2)
    assert program.refusals(care, 0) == ("MUCH_NEED",) and program.refusals(plain, 0) == ()
    assert program.refusals(person(layout, track="care", young=True), 0) == ("SOME_NEED",)
    large, _s = layout.new_dwelling({"small": False}), layout.new_site({})
    assert program.compatible(care, large, 0) and not program.compatible(plain, large, 0)
    assert [ground.rule for ground in grounds(ruleset, layout, "eligibility", plain)] == ["SOME_NEED"]


def test_a_forecast_stands_in_conditions():
    _, layout, program = made("eligibility: {LIKELY: {requires: chance >= 1}}")
    assert program.refusals(person(layout), 0) == ("LIKELY",)
    assert program.refusals(person(layout, chance=1), 0) == ()


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("quotas: {Q: {who: young, at_most: 20}}", ["20 % or 10 homes"]),
        ("quotas: {Q: {who: young, at_most: 120 %}}", ["over 100 %"]),
        ("quotas: {Q: {who: young}}", ["either 'at_most' or 'at_least'"]),
        ("quotas: {Q: {who: young, at_most: 1 homes, per: town}}", ["district"]),
        ("quotas: {Q: {who: small, at_most: 1 homes}}", ["belongs to the dwelling"]),
        ("quotas: {Q: {who: young, homes: need > 1, at_most: 1 homes}}", ["belongs to the applicant"]),
        ("claims: {C: {when: chance > 3}}", ["'chance' is a forecast"]),
        ("priority: [{highest: chance + 1}]", ["'chance' is a forecast", "in a condition"]),
        ("tracks: {T: {who: trakc == 'care'}}", ["'trakc'", "did you mean track?"]),
        ("tracks: {T: {who: young, eligibility: {A: {requires: young}, a: {requires: young}}}}", ["capital letters"]),
        ("eligibility: {A: {requires: young}}\ntracks: {T: {who: young, eligibility: {A: {requires: young}}}}", ["another rule"]),
    ],
)
def test_mistakes_are_told_where_they_stand(rules, words):
    with pytest.raises(InputError) as error:
        made(rules)
    found = "; ".join(finding.render() for finding in error.value.findings)
    assert "tiny.yaml:1" in found
    assert all(word in found for word in words), found
