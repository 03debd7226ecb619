"""Fields, expressions and cases for the property tests of the language."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from rules.language import (
    Layout,
    ModuleText,
    Scope,
    Situation,
    build_module,
    declare_definition,
    declare_table,
    parse_expression,
    read_fields,
)
from rules.reading import InputError, Place, parse_yaml

FIELDS = """
age:      {of: applicant, type: int, unit: years, range: 0..110,
  source: {elapsed: {since: born}},
  label: {nb: alder, en: age}}
stay:     {of: applicant, type: int, unit: months, range: 0..24, may_be: absent,
  source: {elapsed: {since: moved_in, pauses: [in_crisis]}},
  label: {nb: botid, en: stay}}
waited:   {of: applicant, type: int, unit: days, range: 5..90,
  source: {elapsed: {since: decided, pauses: [absent, in_crisis]}},
  label: {nb: ventetid, en: time waited}}
weeks:    {of: applicant, type: int, unit: weeks, range: 0..30,
  source: {elapsed: {since: listed}},
  label: {nb: uker på liste, en: weeks listed}}
left:     {of: applicant, type: int, unit: months, range: 0..9,
  source: {remaining: {until: lease_ends}},
  label: {nb: leietid igjen, en: time left of the lease}}
declined: {of: applicant, type: int, range: 0..3,
  source: {count: {event: offer_declined, period: 3 months}},
  label: {nb: avslag, en: declined offers}}
recent:   {of: applicant, type: yes/no,
  source: {within: {event: incident, period: 40 days}},
  label: {nb: nylig hendelse, en: recent incident}}
conflict: {of: applicant, type: int, range: 0..3,
  source: stored, label: {nb: konfliktnivå, en: conflict}}
debt:     {of: applicant, type: int, unit: NOK, range: -5..50, may_be: unknown,
  source: stored, label: {nb: gjeld, en: debt}}
refugee:  {of: applicant, type: yes/no,
  source: stored, label: {nb: flyktning, en: refugee}}
urgency:  {of: applicant, type: one of, values: {low: {nb: lav, en: low}, mid: {nb: middels, en: middling},
  top: {nb: høy, en: high}},
  source: stored, label: {nb: hastegrad, en: urgency}}
minors:   {of: applicant, type: int, range: 0..4,
  source: {count: {of: members, where: member_age < 18}},
  label: {nb: mindreårige, en: minors}}
eldest:   {of: applicant, type: int, unit: years, range: 0..100,
  source: {max: {of: members, field: member_age}},
  label: {nb: eldstes alder, en: age of the eldest}}
income:   {of: applicant, type: int, range: 0..40,
  source: {sum: {of: members, field: pay, where: member_age >= 18}},
  label: {nb: inntekt, en: income}}
member_age: {of: member, type: int, unit: years, range: 0..110,
  source: {elapsed: {since: born}},
  label: {nb: alder, en: age}}
pay:      {of: member, type: int, range: 0..30,
  source: stored, label: {nb: lønn, en: pay}}
rank:     {of: dwelling, type: int, range: 1..5,
  source: stored, label: {nb: trinn, en: rank}}
sturdy:   {of: dwelling, type: yes/no,
  source: stored, label: {nb: robust, en: sturdy}}
site_sum: {of: site, type: int, range: 0..60,
  source: {supplied: {by: incidents, refresh: 1 week}},
  label: {nb: sum, en: sum}}
"""
TABLES = """
need:
  hit: unique
  inputs: [conflict, urgency, stay_short]
  rows:
    - ["0..1", low, "*", 1]
    - ["0..1", [mid, top], yes, 2]
    - ["0..1", [mid, top], no, 3]
    - [">= 2", "*", "*", conflict]
bonus:
  hit: collect
  inputs: [waited, declined]
  rows:
    - [">= 30", "*", 4]
    - [">= 60", 0, 2]
    - ["*", "2..3", -3]
"""
INTS = ["age", "waited", "weeks", "left", "declined", "conflict", "minors", "eldest", "income"]
INTS += ["rank", "site_sum", "need", "bonus", "twice"]
PLACE = Place("test.yaml", 1, 1, "")
START = date(2027, 1, 1)


def make_scope() -> Scope:
    scope = Scope(read_fields(parse_yaml(FIELDS, "fields.yaml")))
    declare_definition(scope, "twice", "2 * conflict + rank", PLACE)
    declare_definition(scope, "stay_short", "stay is absent or stay < 7", PLACE)
    tables: Any = parse_yaml(TABLES, "tables.yaml")
    for name, entry in tables.entries.items():
        declare_table(scope, name, entry.node)
    return scope


SCOPE = make_scope()
LAYOUT = Layout(SCOPE.fields.values(), START)

_numbers = st.integers(-3, 70)
_signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])


@st.composite
def int_texts(draw: st.DrawFn, depth: int = 2) -> str:
    if depth == 0 or draw(st.booleans()):
        names = st.sampled_from(INTS)
        return draw(st.one_of(names, names.map(lambda name: f"1 * {name}"), _numbers.map(str)))  # a product has no unit
    left, right = draw(int_texts(depth - 1)), draw(int_texts(depth - 1))
    op = draw(st.sampled_from(["+", "-", "*", "//"]))
    return f"({left} // {draw(st.integers(1, 9))})" if op == "//" else f"({left} {op} {right})"


@st.composite
def atoms(draw: st.DrawFn) -> str:
    match draw(st.integers(0, 8)):
        case 0 | 1 | 2:
            return f"{draw(st.sampled_from(INTS))} {draw(_signs)} {draw(_numbers)}"
        case 3:
            return f"{draw(int_texts())} {draw(_signs)} {draw(int_texts())}"
        case 4:
            return draw(st.sampled_from(["refugee", "recent", "sturdy", "stay_short", "refugee == recent", "recent != no"]))
        case 5:
            value = draw(st.sampled_from(["low", "mid", "top"]))
            return draw(st.sampled_from([f"urgency == '{value}'", f"urgency != '{value}'", f"urgency in ['{value}', 'low']"]))
        case 6:
            limit = draw(st.integers(0, 30))
            return draw(
                st.sampled_from(
                    [
                        f"(stay is absent or stay > {limit})",
                        f"(stay is not absent and stay <= {limit})",
                        f"(debt is not unknown and debt + waited > {limit})",
                        "debt is unknown",
                    ]
                )
            )
        case 7:
            low = draw(st.integers(0, 40))
            return f"{low} <= {draw(st.sampled_from(INTS))} < {low + draw(st.integers(1, 40))}"
    options = draw(st.lists(st.integers(0, 70), min_size=1, max_size=4))
    return f"{draw(st.sampled_from(INTS))} {draw(st.sampled_from(['in', 'not in']))} {options}"


@st.composite
def conditions(draw: st.DrawFn, depth: int = 3) -> str:
    if depth == 0 or draw(st.integers(0, 2)) == 0:
        return draw(atoms())
    if draw(st.integers(0, 3)) == 0:
        return f"not ({draw(conditions(depth - 1))})"
    joint = draw(st.sampled_from([" and ", " or "]))
    items = draw(st.lists(conditions(depth - 1), min_size=2, max_size=3))
    return "(" + joint.join(items) + ")"


def read(text: str, scope: Scope = SCOPE) -> Any:
    """Read a generated expression; None when two constants or units met, or a product grew too large."""
    try:
        return parse_expression(text, PLACE, scope)
    except InputError as error:
        assert error.findings[0].code in ("constant", "large-number", "unit-mismatch"), error
        return None


@dataclass(frozen=True)
class Case:
    """Facts and a day."""

    a: Any
    d: Any
    s: Any
    day: int

    def on(self, day: int) -> Situation:
        return Situation(LAYOUT.calendar, day, self.a, self.d, self.s)

    @property
    def here(self) -> Situation:
        return self.on(self.day)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    members = []
    for _ in range(draw(st.integers(0, 3))):
        member = LAYOUT.new_member({"pay": draw(st.integers(0, 30))})
        LAYOUT.mark(member, "born", -draw(st.integers(0, 15_000)))
        members.append(member)
    a = LAYOUT.new_applicant(
        {
            "conflict": draw(st.integers(0, 3)),
            "debt": draw(st.none() | st.integers(-5, 50)),
            "refugee": draw(st.booleans()),
            "urgency": draw(st.sampled_from(["low", "mid", "top"])),
        },
        members,
    )
    day = draw(st.integers(0, 1200))
    LAYOUT.mark(a, "born", -draw(st.integers(0, 30_000)))
    LAYOUT.mark(a, "decided", day - draw(st.integers(0, 120)))
    LAYOUT.mark(a, "listed", day - draw(st.integers(0, 250)))
    LAYOUT.mark(a, "lease_ends", day + draw(st.integers(-40, 400)))
    if draw(st.booleans()):
        LAYOUT.mark(a, "moved_in", day - draw(st.integers(0, 800)))
    for event in ("offer_declined", "incident"):
        for ago in sorted(draw(st.lists(st.integers(0, 120), max_size=5)), reverse=True):
            LAYOUT.mark(a, event, day - ago)
    for state in ("absent", "in_crisis"):
        match draw(st.integers(0, 3)):
            case 0:
                LAYOUT.pause(a, state, day - draw(st.integers(0, 20)))
            case 1:
                ago = draw(st.integers(0, 20))
                LAYOUT.pause(a, state, day - ago)
                LAYOUT.resume(a, state, day - draw(st.integers(0, ago)))
    d = LAYOUT.new_dwelling({"rank": draw(st.integers(1, 5)), "sturdy": draw(st.booleans())})
    s = LAYOUT.new_site({"site_sum": draw(st.integers(0, 60))})
    return Case(a, d, s, day)


def generated_value(expr: Any) -> Any:
    """Compile an expression to a function of (a, d, s, day)."""
    module = ModuleText()
    module.function("value", "a, d, s, day", [f"return {module.value(expr)}"])
    return build_module(module.text(), LAYOUT.calendar)["value"]
