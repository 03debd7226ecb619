"""How a yes/no is said when it is no."""

import pytest

from rules.language import Scope, describe, parse_expression, read_fields
from rules.reading import InputError, Place, parse_yaml

PLACE = Place("rules.yaml", 1, 1, "")
FIELDS = """
renewable: {of: applicant, type: yes/no, source: stored, label: {nb: avtalen kan forlenges, en: the lease can be renewed},
  negated: {nb: avtalen kan ikke forlenges, en: the lease cannot be renewed}}
refugee: {of: applicant, type: yes/no, source: stored, label: {nb: flyktning, en: refugee}}
"""


def said(text, lang):
    scope = Scope(read_fields(parse_yaml(FIELDS, "fields.yaml")))
    return describe(parse_expression(text, PLACE, scope), lang)


@pytest.mark.parametrize(
    ("text", "nb", "en"),
    [
        ("renewable", "avtalen kan forlenges", "the lease can be renewed"),
        ("not renewable", "avtalen kan ikke forlenges", "the lease cannot be renewed"),
        ("not not renewable", "avtalen kan forlenges", "the lease can be renewed"),
        ("not renewable and not refugee", "avtalen kan ikke forlenges og ikke flyktning",
         "the lease cannot be renewed and not refugee"),
    ],
)  # fmt: skip
def test_in_words(text, nb, en):
    assert (said(text, "nb"), said(text, "en")) == (nb, en)


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("type: int, range: 0..9, negated: {nb: ingen, en: none}", "needless-key"),
        ("type: yes/no, negated: {nb: ingen}", "missing-key"),
    ],
)
def test_mistakes(declared, code):
    text = f"x: {{of: applicant, source: stored, label: {{nb: x, en: x}}, {declared}}}"
    with pytest.raises(InputError) as caught:
        read_fields(parse_yaml(text, "fields.yaml"))
    assert caught.value.findings[0].code == code
