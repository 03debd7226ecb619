"""Numbers of different units are never compared, added or taken from each other; a number written out fits any."""

import pytest
from language_worlds import PLACE, SCOPE

from rules.language import parse_expression
from rules.reading import InputError


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("age >= waited", "years are compared with days"),
        ("debt == waited", "NOK are compared with days"),
        ("age + weeks > 3", "years are added to weeks"),
        ("age - weeks > 3", "weeks are taken from years"),
        ("3 < left <= waited", "months are compared with days"),
        ("age + 1 <= weeks - 2", "years are compared with weeks"),
    ],
)
def test_a_clash_is_told_with_both_units_and_a_way_out(text, says):
    with pytest.raises(InputError) as error:
        parse_expression(text, PLACE, SCOPE)
    [finding] = error.value.findings
    assert (finding.code, finding.message) == ("unit-mismatch", says)
    assert finding.hint is not None and "in one unit" in finding.hint


@pytest.mark.parametrize("text", ["age >= eldest", "age >= 18", "age + 1 > eldest - 2", "3 * age > waited", "conflict < age"])
def test_one_unit_no_unit_and_products_pass(text):
    assert parse_expression(text, PLACE, SCOPE).domain.kind == "yes/no"
