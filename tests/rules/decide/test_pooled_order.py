"""Pools kept in order must choose whom the full scan by the interpreter chooses, on every day."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules import NEVER, Layout, compile_program, scan_key, scan_suits
from rules.reading import parse_yaml
from rules.ruleset import ruleset_of

FIELDS = """
ruleset: random
label: {nb: tilfeldig, en: random}
fields:
  level: {of: applicant, type: int, range: 0..3, source: stored, label: {nb: nivå, en: level}}
  wheels: {of: applicant, type: yes/no, source: stored, label: {nb: rullestol, en: wheelchair}}
  kind: {of: applicant, type: one of, values: [a, b, c], source: stored, label: {nb: type, en: kind}}
  known: {of: applicant, type: int, range: 0..3, may_be: unknown, source: stored, label: {nb: kjent, en: known}}
  waited: {of: applicant, type: int, unit: days, range: 0..7300, source: {elapsed: {since: decided, pauses: [absent]}}, label: {nb: ventetid, en: waited}}
  resident: {of: applicant, type: int, unit: months, range: 0..1200, source: {elapsed: {since: moved_to_municipality}}, label: {nb: botid, en: residence}}
  housed_for: {of: applicant, type: int, unit: months, range: 0..1200, may_be: absent, source: {elapsed: {since: moved_in, pauses: [in_crisis]}}, label: {nb: botid her, en: time here}}
  declined: {of: applicant, type: int, range: 0..9, source: {count: {event: offer_declined, period: 3 months}}, label: {nb: avslag, en: declined}}
  disturbed: {of: applicant, type: yes/no, source: {within: {event: incident, period: 2 months}}, label: {nb: hendelse, en: incident}}
  rank: {of: dwelling, type: int, range: 0..3, source: stored, label: {nb: trinn, en: rank}}
  ramp: {of: dwelling, type: yes/no, source: stored, label: {nb: rampe, en: ramp}}
  load: {of: site, type: int, range: 0..9, source: stored, label: {nb: belastning, en: load}}
amounts:
  need_months: {value: 6}
definitions:
  long_here: housed_for is not absent and housed_for >= need_months
tables:
  weight:
    hit: unique
    inputs: [level, wheels]
    rows: [["0..1", "*", 1], ["2..3", yes, 4], ["2..3", no, 2]]
"""  # noqa: E501

OWN = st.sampled_from([
    "level >= 2", "level == 1", "wheels", "not wheels", "kind == 'a'", "kind in ['b', 'c']", "kind != 'c' and level <= 2",
    "waited >= 40", "waited < 15", "resident >= need_months", "resident < 3", "long_here", "not long_here",
    "housed_for is absent", "declined >= 2", "declined == 0", "disturbed", "not disturbed or level > 1",
    "known is unknown or known >= 2", "weight >= 2", "waited >= 10 and declined < 2 or level == 3", "otherwise",
])  # fmt: skip
HOME = st.sampled_from([
    "rank >= level", "rank == level", "level <= rank <= level + 1", "ramp or not wheels", "ramp or level < 2",
    "rank + weight >= 2", "level + load <= 6", "load < 5 or waited >= 40", "rank >= 1 or long_here",
    "known is not unknown and known <= rank", "rank != 2 or kind == 'b'", "declined < 2 or ramp",
])  # fmt: skip
NUMBER = st.sampled_from(["level", "weight", "declined * 2 - level", "resident", "waited // 30"])
EITHER = st.one_of(OWN, HOME)


@st.composite
def criteria(draw, home):
    kind = draw(st.sampled_from(["class", "points", "highest", "lowest", "longest", "lottery"]))
    if kind == "class":
        conditions = draw(st.lists(EITHER if home else OWN, min_size=1, max_size=3))
        named = ", ".join(f'C{i}: "{text}"' for i, text in enumerate(conditions))
        return f"  - class: {{{named}}}"
    if kind == "longest":
        return f"  - longest: {draw(st.sampled_from(['waited', 'resident', 'housed_for']))}"
    if kind == "lottery":
        return "  - lottery: per application"
    return f"  - {kind}: {draw(NUMBER)}" + (" + rank" if home and draw(st.booleans()) else "")


@st.composite
def rulesets(draw, home=False):
    rules = []
    for stage in ("matching", "living_environment"):
        found = []
        for index in range(draw(st.integers(0, 3))):
            when = f', when: "{draw(OWN)}"' if draw(st.booleans()) else ""
            unless = f', unless: {{W: {{when: "{draw(EITHER)}"}}}}' if draw(st.booleans()) else ""
            several = " and ".join(f"({text})" for text in draw(st.lists(HOME | OWN, min_size=1, max_size=2)))
            several = several.replace("(otherwise)", "(level >= 0)")
            found.append(f'  {stage[0].upper()}{index}: {{requires: "{several}"{when}{unless}}}')
        if found:
            rules.append(f"{stage}:\n" + "\n".join(found))
    order = draw(st.lists(criteria(home), max_size=4))
    if order:
        rules.append("priority:\n" + "\n".join(order))
    return ruleset_of(parse_yaml(FIELDS + "\n".join(rules) + "\n", "random.yaml"))


@st.composite
def people(draw, layout):
    facts = layout.new_applicant({
        "level": draw(st.integers(0, 3)), "wheels": draw(st.booleans()), "kind": draw(st.sampled_from("abc")),
        "known": draw(st.none() | st.integers(0, 3)),
    })  # fmt: skip
    layout.mark(facts, "decided", -draw(st.integers(0, 90)))
    layout.mark(facts, "moved_to_municipality", -draw(st.integers(0, 400)))
    if draw(st.booleans()):
        layout.mark(facts, "moved_in", -draw(st.integers(0, 300)))
    for _ in range(draw(st.integers(0, 3))):
        layout.mark(facts, "offer_declined", -draw(st.integers(0, 120)))
    if draw(st.booleans()):
        layout.mark(facts, "incident", -draw(st.integers(0, 80)))
    for state in ("absent", "in_crisis"):
        if draw(st.integers(0, 3)) == 0:
            layout.pause(facts, state, -draw(st.integers(0, 40)))
    facts.lottery = draw(st.integers(0, 5))
    return facts


@st.composite
def situations(draw, home=False):
    ruleset = draw(rulesets(home))
    layout = Layout(ruleset.fields.values(), date(2026, 1, 31))
    applicants = draw(st.lists(people(layout), min_size=1, max_size=6))
    dwelling = layout.new_dwelling({"rank": draw(st.integers(0, 3)), "ramp": draw(st.booleans())})
    site = layout.new_site({"load": draw(st.integers(0, 9))})
    return ruleset, layout, applicants, dwelling, site, draw(st.integers(0, 120))


RANDOM = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@RANDOM
@given(situations())
def test_the_first_in_the_pools_is_the_first_of_the_full_scan(situation):
    ruleset, layout, applicants, d, s, day = situation
    program = compile_program(ruleset, layout).build()
    assert not program.full_scan
    pooled = [
        index
        for _, index in sorted((program.key(a, day), index) for index, a in enumerate(applicants))
        if program.compatible(applicants[index], d, day) and program.suits(applicants[index], d, s, day)
    ]
    scanned = [
        index
        for _, index in sorted((scan_key(ruleset, layout, a, d, s, day), i) for i, a in enumerate(applicants))
        if scan_suits(ruleset, layout, applicants[index], d, s, day)
    ]
    assert pooled == scanned


@RANDOM
@given(situations(home=True))
def test_the_full_key_is_the_key_of_the_full_scan(situation):
    ruleset, layout, applicants, d, s, day = situation
    program = compile_program(ruleset, layout).build()
    for a in applicants:
        assert program.full_key(a, d, s, day) == scan_key(ruleset, layout, a, d, s, day)
        suits = program.compatible(a, d, day) and program.suits(a, d, s, day)
        assert suits == scan_suits(ruleset, layout, a, d, s, day)


@RANDOM
@given(situations())
def test_a_key_never_changes_before_it_expires(situation):
    ruleset, layout, applicants, _, _, day = situation
    program = compile_program(ruleset, layout).build()
    for a in applicants:
        until = program.key_until(a, day)
        assert until > day
        key = program.key(a, day)
        for later in (*range(day + 1, min(until, day + 150)), min(until, day + 2000) - 1):
            assert program.key(a, later) == key


@RANDOM
@given(situations(), st.data())
def test_compatible_depends_on_the_cell_and_the_class_alone(situation, data):
    ruleset, layout, applicants, d, _, day = situation
    program = compile_program(ruleset, layout).build()
    other = layout.new_dwelling({"rank": data.draw(st.integers(0, 3)), "ramp": data.draw(st.booleans())})
    for a in applicants:
        assert program.cell(a, day) == program.cell(a, day + 300), "time alone moves nobody to another pool"
        for b in applicants:
            if program.cell(a, day) == program.cell(b, day + 50):
                assert program.compatible(a, d, day) == program.compatible(b, d, day + 50)
        if program.dwelling_class(d) == program.dwelling_class(other):
            assert program.compatible(a, d, day) == program.compatible(a, other, day)


def test_an_elapsed_time_that_runs_never_expires_a_key():
    ruleset = ruleset_of(parse_yaml(FIELDS + "priority: [{longest: waited}]\n", "one.yaml"))
    layout = Layout(ruleset.fields.values(), date(2026, 1, 1))
    program = compile_program(ruleset, layout).build()
    facts = layout.new_applicant({"level": 0, "wheels": False, "kind": "a", "known": None})
    layout.mark(facts, "decided", -10)
    assert (program.key(facts, 0), program.key_until(facts, 0)) == ((-10,), NEVER)
    layout.pause(facts, "absent", 5)
    assert (program.key(facts, 5), program.key_until(facts, 5)) == ((-10,), 6)
    assert program.key(facts, 25) == (10,)
    layout.resume(facts, "absent", 25)
    assert (program.key(facts, 30), program.key_until(facts, 30)) == ((10,), NEVER)


def test_pools_are_few_because_only_the_answer_of_the_applicants_part_counts():
    rules = FIELDS + "matching: {STURDY: {requires: level < 3 or ramp}}\n"
    ruleset = ruleset_of(parse_yaml(rules, "one.yaml"))
    layout = Layout(ruleset.fields.values(), date(2026, 1, 1))
    program = compile_program(ruleset, layout).build()
    cells = {program.cell(layout.new_applicant({"level": n, "wheels": False, "kind": "a", "known": None}), 0) for n in range(4)}
    assert cells == {(True,), (False,)}
