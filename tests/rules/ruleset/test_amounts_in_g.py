"""Amounts in multiples of the basic amount, and amounts looked up by a field."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.decide import compile_program
from rules.language import Layout, describe
from rules.language.form import AmountRef
from rules.reading import InputError, Place, parse_yaml
from rules.ruleset import ruleset_of
from rules.ruleset.indexed import resolved

HEAD = """
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  size: {of: applicant, type: int, unit: persons, range: 1..6, source: stored, label: {nb: personer, en: persons}}
  kind: {of: applicant, type: one of, values: [alone, couple], source: stored, label: {nb: slag, en: kind}}
  income: {of: applicant, type: int, unit: NOK, range: 0..9000000, source: stored, label: {nb: inntekt, en: income}}
"""
NOWHERE = Place("test", 1, 1, "")


def made(rules, start=date(2025, 6, 1)):
    ruleset = ruleset_of(parse_yaml(HEAD + rules, "tiny.yaml"))
    layout = Layout(ruleset.fields.values(), start)
    return ruleset, layout, compile_program(ruleset, layout).build()


def says(rules):
    with pytest.raises(InputError) as error:
        made(rules)
    return "; ".join(finding.render() for finding in error.value.findings)


def test_the_national_amounts_are_the_published_ones():
    ruleset, _, _ = made("amounts: {limit: {unit: NOK, value: 1 G}}")
    assert ruleset.on(date(2023, 4, 30)).amounts["limit"].value == 111_477
    assert ruleset.on(date(2023, 5, 1)).amounts["limit"].value == 118_620
    assert ruleset.on(date(2024, 5, 1)).amounts["limit"].value == 124_028
    assert ruleset.sources["folketrygdloven"].en == "National Insurance Act"
    assert ruleset.on(date(2023, 5, 1)).named_basis["basic_amount"].legal == ("folketrygdloven/§ 1-4",)


def test_only_rules_that_use_it_get_it_and_old_values_make_no_versions():
    plain, _, _ = made("amounts: {limit: {unit: NOK, value: 300000}}")
    assert "basic_amount" not in plain.versions[0].amounts and len(plain.versions) == 1
    late, _, _ = made("valid: {from: 2025-09-01}\namounts: {limit: {unit: NOK, value: 2 G}}")
    assert {version.amounts["limit"].value for version in late.versions} == {260_320}


@given(hundredths=st.integers(0, 99_999), basic=st.integers(1, 500_000))
def test_a_multiple_is_rounded_to_the_nearest_krone(hundredths, basic):
    exact = Decimal(hundredths) * basic / 100
    found = resolved(f"{Decimal(hundredths) / 100} G", basic, NOWHERE)
    assert abs(found - exact) <= Decimal("0.5")
    assert exact - found < Decimal("0.5") or found > exact, "a half goes up"


def test_an_own_basic_amount_is_used_instead():
    rules = """
amounts:
  basic_amount: {unit: NOK, values: {2020-01-01: 100001, 2026-01-01: 110000}}
  limit: {unit: NOK, value: 2.5 G}
"""
    ruleset, _, _ = made(rules)
    assert ruleset.on(date(2025, 1, 1)).amounts["limit"].value == 250_003
    assert ruleset.on(date(2026, 1, 1)).amounts["limit"].value == 275_000


def test_it_is_told_as_a_multiple_and_in_kroner():
    ruleset, _, _ = made("amounts: {limit: {label: {nb: grensen, en: the limit}, unit: NOK, value: 2.5 G}}")
    amount = ruleset.on(date(2025, 6, 1)).amounts["limit"]
    assert describe(AmountRef(amount, NOWHERE), "nb").startswith("grensen (2,5 G, 325")
    assert describe(AmountRef(amount, NOWHERE), "en") == "the limit (2.5 G, 325,400 NOK)"


LOOKUP = """
amounts:
  limit:
    unit: NOK
    by: size
    values: {2024-01-01: {1: 3 G, "2..6": 500000}, 2026-01-01: {"1..2": 4 G, "3..6": 600000}}
eligibility: {INCOME: {requires: income <= limit}}
"""


@given(size=st.integers(1, 6), income=st.integers(0, 1_000_000), year=st.sampled_from([2025, 2026]))
def test_a_limit_is_looked_up_by_the_size_of_the_household(size, income, year):
    _, layout, program = made(LOOKUP, date(year, 6, 1))
    person = layout.new_applicant({"size": size, "kind": "alone", "income": income})
    g = 130_160
    limit = (3 * g if size == 1 else 500_000) if year == 2025 else (4 * g if size <= 2 else 600_000)
    assert program.number("limit", person, None, None, 0) == limit
    assert program.refusals(person, 0) == (() if income <= limit else ("INCOME",))


def test_a_lookup_by_an_enum_and_its_gaps():
    ruleset, _, _ = made("amounts: {limit: {unit: NOK, by: kind, value: {alone: 2 G, couple: 3 G}}}")
    assert "limit" in ruleset.versions[-1].named
    found = says("amounts: {limit: {unit: NOK, by: kind, value: {alone: 2 G}}}")
    assert "tiny.yaml:8:" in found and "couple" in found
    assert "cople" in says("amounts: {limit: {unit: NOK, by: kind, value: {alone: 2 G, cople: 3 G}}}")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("{unit: NOK, value: '2,5 G'}", ["decimal comma", "2.5 G"]),
        ("{unit: NOK, value: 2.5}", ["whole number", "2.5 G"]),
        ("{unit: NOK, value: {1: 2 G}}", ["'by'"]),
        ("{unit: NOK, by: size, value: 2 G}", ["'by'"]),
        ("{unit: NOK, by: sise, value: {1: 2 G, 2..6: 3 G}}", ["'sise'", "did you mean size?"]),
    ],
)
def test_mistakes_are_told_where_they_stand(amount, words):
    found = says(f"amounts: {{limit: {amount}}}")
    assert "tiny.yaml:8:" in found
    assert all(word in found for word in words), found


def test_the_national_file_is_no_rule_set_of_its_own():
    path = Path(__file__).parents[3] / "rules" / "national" / "basic_amount.yaml"
    assert "ruleset:" not in path.read_text("utf-8").replace("ruleset.json", "")
