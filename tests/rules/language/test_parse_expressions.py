import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from language_worlds import PLACE, SCOPE, make_scope

from rules.language import Domain, Scope, conjuncts, cut_points, declare_definition, expression_text, parse_expression, reads
from rules.reading import InputError, Place


def line(text: str) -> Place:
    return Place("rules.yaml", 7, 13, "  requires: " + text)


def refusal(text: str, scope: Scope = SCOPE) -> tuple[str, int]:
    with pytest.raises(InputError) as caught:
        parse_expression(text, line(text), scope)
    [finding] = caught.value.findings
    assert finding.place is not None
    return finding.render().splitlines()[0], finding.place.column - 13


@pytest.mark.parametrize(
    ("text", "words", "column"),
    [
        ("urgency == 'topp'", "'topp' is none of its values: low, mid, top; did you mean top?", 11),
        ("conflct >= 2", "there is no 'conflct'; did you mean conflict?", 0),
        ("refugee >= 2", "yes or no is compared with a number", 11),
        ("refugee < sturdy", "needs numbers", 0),
        ("conflict and refugee", "a condition (yes or no) is needed here, and this is a number", 0),
        ("refugee + 1 > 2", "+ needs numbers", 0),
        ("9**9**9 > conflict", "** is not part of the language", 0),
        ("conflict / 2 > 1", "write // to divide and round down", 0),
        ("conflict % 2 > 1", "% is not part of the language", 0),
        ("conflict // rank > 1", "something that may be zero", 12),
        ("conflict // 0 > 1", "divides by zero", 12),
        ("conflict // (3 - 3) > 1", "divides by zero", 13),
        ("conflict.real > 1", "a dot is not part", 0),
        ("__import__('os')", "a function call is not part", 0),
        ("__class__ == 1", "there is no '__class__'", 0),
        ("(lambda: 1) == 1", "a function is not part", 1),
        ("f'{conflict}' == 1", "a formatted text is not part", 0),
        ("(conflict := 1) > 0", ":= is not part", 1),
        ("conflict = 1", "one = compares nothing; write == to compare", 9),
        ("conflict >= 1.5", "a decimal number is not part", 12),
        ("conflict >= 1 && refugee", "write and instead", 14),
        ("refugee == True", "write yes", 11),
        ("debt is None", "after `is` only `absent` or `unknown`", 8),
        ("debt > 3", "may be unknown and is used without a test", 0),
        ("debt is unknown or refugee and debt > 3 or stay > 2", "'stay' may be absent", 43),
        ("debt is not unknown or debt > 3", "'debt' may be unknown", 23),
        ("(debt is unknown) == no and debt > 3", "'debt' may be unknown", 28),
        ("conflict is absent", "is never absent", 0),
        ("debt is absent", "may be unknown, not absent; write `is unknown`", 8),
        ("'low' == 'mid'", "can only be compared with a field", 9),
        ("urgency == low", "write 'low' in quotes", 11),
        ("refugee == 'å' or conflct > 1", "the text 'å' can only be compared", 11),
        ("conflict > 0 and 'å' == urgency", "'å' is none of its values", 17),
        ("urgency in ['low', 'å'] and conflct > 1", "'å' is none of its values", 19),
        ("conflict ≥ 2", "write >= instead", 9),
        ("сonflict > 2", "cyrillic small letter es", 0),
        ("conflict in 3", "after `in` a list of values must stand", 12),
        ("conflict in [rank]", "only values written out", 13),
        ("conflict < rank in [1]", "cannot stand in a chain", 0),
        ("conflict > 1 or otherwise", "can only stand alone", 16),
        ("conflict if refugee else 1", "if … else is not part", 0),
        ("(conflict > 1", "a bracket has no partner", 0),
        ("conflict > 1)", "a bracket has no partner", 12),
        ("conflict > 'x", "a quote has no partner", 11),
        ("", "the expression is empty", 0),
        ("1" + "+1" * 60 + " > conflict", "nested more than 50 deep", 0),
        ("(" * 51 + "conflict > 1" + ")" * 51, "more than 50 deep", 50),
        ("conflict > 1 or " * 200 + "refugee", "an expression of 3207 characters; 2000 are allowed", 0),
        ("conflict * " * 20 + "1000000000 > 1", "may grow beyond", 0),
        ("1 < 2", "the answer is always the same", 0),
        ("pay > 1", "belongs to the member", 0),
    ],
)
def test_what_is_refused_and_where(text: str, words: str, column: int) -> None:
    message, at = refusal(text)
    assert words in message
    assert at == column


def test_the_caret_stands_under_the_character_in_a_quoted_scalar() -> None:
    text = "conflct > 1"
    with pytest.raises(InputError) as caught:
        parse_expression("refugee or " + text, Place("r.yaml", 1, 5, f'  - "refugee or {text}"  # æøå'), SCOPE)
    assert str(caught.value).splitlines()[2].index("^") - 2 == len('  - "refugee or ')


@pytest.mark.parametrize(
    ("text", "code"),
    [("conflict > 3", "always-false"), ("rank >= 1", "always-true"), ("conflict in [1, 9]", "never"),
     ("rank == 9", "always-false"),
     ("conflict < rank + 3", "always-true"), ("conflict + 1 != 0", "always-true")],
)  # fmt: skip
def test_what_the_ranges_decide_is_a_warning(text: str, code: str) -> None:
    scope = make_scope()
    parse_expression(text, PLACE, scope)
    assert [(finding.code, finding.severity) for finding in scope.findings] == [(code, "warning")]


def test_ranges_follow_by_interval_arithmetic() -> None:
    cases = [("conflict - rank", (-5, 2)), ("-conflict * rank", (-15, 0)), ("(site_sum - 30) // 7", (-5, 4)), ("2 + 3", (5, 5))]
    for text, domain in cases:
        assert parse_expression(text, PLACE, SCOPE).domain == Domain("int", *domain)


def test_a_definition_that_needs_itself_is_refused() -> None:
    scope = make_scope()
    declare_definition(scope, "one", "other + 1", PLACE)
    declare_definition(scope, "other", "one - 1", PLACE)
    with pytest.raises(InputError, match="one → other → one"):
        parse_expression("one > 1", PLACE, scope)


def test_only_visible_things_can_be_read_through_definitions_too() -> None:
    scope = make_scope()
    declare_definition(scope, "large", "site_sum > 3", PLACE)
    with pytest.raises(InputError, match="reads the site; here only the applicant can be read"):
        parse_expression("large", PLACE, scope.seeing("applicant"))
    with pytest.raises(InputError, match="belongs to the dwelling"):
        parse_expression("rank > 2", PLACE, scope.seeing("applicant"))


def test_reads_and_conjuncts_go_through_definitions() -> None:
    scope = make_scope()
    declare_definition(scope, "both", "refugee and rank > conflict", PLACE)
    expr = parse_expression("both and not (sturdy or recent)", PLACE, scope)
    assert reads(expr) == {"refugee", "rank", "conflict", "sturdy", "recent"}
    assert [expression_text(part) for part in conjuncts(expr)] == ["refugee", "rank > conflict", "not sturdy", "not recent"]


_pieces = st.sampled_from(
    ["conflict", "urgency", "refugee", "debt", " and ", " or ", " not ", " is ", "absent", " in ", "[", "]", "(", ")", "'low'",
     "==", "<", ">=", "+", "-", "//", "*", "**", "1", "0", "999", ".", ",", ":", "=", "å", "а", "\n", "\t", "\x00", "#", "lambda",
     "__x__", "'", '"',
     "{", "}", "\\", "1.5", "1e9", "0x1", "if", "else", "yield", "await ", "@", ";", "\u2028", "\ud800", "🏠"]
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.lists(_pieces, max_size=40).map("".join) | st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    began = time.perf_counter()
    try:
        parse_expression(text, line(text), SCOPE)
    except InputError as error:
        assert str(error).startswith("rules.yaml:7:")
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "piece", ["(", "[", "not ", "-", "~", "a(", "a[", "1+(", "x.", "lambda:", "1 if ", "'", "f'{", "9**", "[1,", "*"]
)
def test_deep_and_long_texts_are_refused_at_once(piece: str) -> None:
    for count in (40, 200, 1_000, 100_000):
        began = time.perf_counter()
        with pytest.raises(InputError):
            parse_expression(piece * count, PLACE, SCOPE)
        assert time.perf_counter() - began < 1


def test_cut_points_of_what_can_be_written() -> None:
    for text, cuts in [
        ("conflict >= 2", {"conflict": (2,)}),
        ("2 > conflict or conflict == 2", {"conflict": (2, 3)}),
        ("conflict in [1, 3]", {"conflict": (1, 2, 3)}),
        ("2 * conflict + 1 > 4", {"conflict": (2,)}),
        ("(conflict - 1) * (conflict - 2) == 0", {"conflict": (1, 3)}),
        ("conflict < rank", {"conflict": None, "rank": None}),
        ("(debt is unknown) == yes", {"debt": ()}),
        ("(conflict > 1) == refugee", {"conflict": (2,), "refugee": None}),
        ("bonus > 2", {"declined": (1, 2), "waited": (30, 60)}),
    ]:
        assert cut_points(parse_expression(text, PLACE, SCOPE)) == cuts
