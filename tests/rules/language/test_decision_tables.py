from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from language_worlds import LAYOUT, PLACE, generated_value, make_scope

from rules.language import Situation, declare_table, describe, evaluate, fill, parse_expression
from rules.reading import InputError, parse_yaml


def add(text: str, name: str = "t") -> Any:
    scope = make_scope()
    tree: Any = parse_yaml(f"{name}: {text}", "tables.yaml")
    declare_table(scope, name, tree.entries[name].node)
    return scope, scope.declared(name, PLACE)


def problem(text: str) -> str:
    with pytest.raises(InputError) as caught:
        add(text)
    return str(caught.value)


def test_a_gap_is_told_with_a_case_and_an_overlap_with_both_rows() -> None:
    rows = "\n  - [\"0..1\", yes, 1]\n  - [\"2..3\", '*', 2]\n  - [1, '*', 3]\n"
    said = problem("\n hit: unique\n inputs: [conflict, refugee]\n rows:" + rows.replace("\n  ", "\n  "))
    assert "no row of 't' answers when conflict is 0 and refugee is no" in said
    assert "this row and the one in line 5 both answer when conflict is 1 and refugee is yes" in said
    assert "tables.yaml:7:" in said


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("[[low, 1], [mid, 2], [topp, 3]]", "did you mean top?"),
        ("[[low, 1], [mid, 2, 3], [top, 3]]", "the row has 3 cells; 2 are needed"),
        ("[[low, 1], [mid, yes], [top, 3]]", "of two types"),
        ("[[low, 1], [mid, agee], [top, 3]]", "of two types"),
        ("[]", "a list of rows is needed"),
    ],
)
def test_what_is_refused_in_rows(rows: str, words: str) -> None:
    assert words in problem(f"{{hit: unique, inputs: [urgency], rows: {rows}}}")


def test_what_is_refused_elsewhere() -> None:
    assert "there is no hit policy 'first'" in problem("{hit: first, inputs: [urgency], rows: [[low, 1]]}")
    assert "did you mean inputs?" in problem("{hit: unique, input: [urgency], rows: [[low, 1]]}")
    assert "4 is outside 0..3" in problem("{hit: unique, inputs: [conflict], rows: [[4, 1]]}")
    assert "'stay' may be absent" in problem("{hit: unique, inputs: [stay], rows: [['*', 1]]}")
    assert "did you mean conflict?" in problem("{hit: unique, inputs: [conflit], rows: [['*', 1]]}")
    assert "may be 0..3, and the column is 0..2" in problem(
        "{hit: unique, inputs: [refugee], outputs: {t: {type: int, range: 0..2}}, rows: [[yes, conflict], [no, 1]]}"
    )


def test_several_columns_are_used_by_their_names() -> None:
    scope, _ = add(
        "{hit: unique, inputs: [refugee], outputs: {level: {type: int, range: 0..9}, kind: {type: one of, values: [x, y, z]}}, "
        "rows: [[yes, 3, x], [no, conflict, y]]}"
    )
    a = LAYOUT.new_applicant({"conflict": 2, "debt": 0, "refugee": False, "urgency": "low"})
    at = Situation(LAYOUT.calendar, 0, a)
    expr = parse_expression("level == 2 and kind == 'y' and kind != 'z'", PLACE, scope)
    assert evaluate(expr, at) is True
    assert generated_value(expr)(a, None, None, 0) is True
    assert describe(expr, "en") == "level is 2 and kind is y and kind is not z"
    assert fill(["<", parse_expression("kind", PLACE, scope), ">"], at, "nb") == "<y>"
    with pytest.raises(InputError, match="none of its values: x, y, z"):
        parse_expression("kind == 'w'", PLACE, scope)


_cells = {
    "conflict": st.sampled_from(["'*'", "0", "3", "'0..1'", "'1..2'", "'>= 2'", "'< 2'", "[0, 3]"]),
    "urgency": st.sampled_from(["'*'", "low", "top", "[low, mid]", "[mid, top]"]),
    "refugee": st.sampled_from(["'*'", "yes", "no"]),
}
_meanings: dict[str, set[object]] = {
    "0": {0}, "3": {3}, "'0..1'": {0, 1}, "'1..2'": {1, 2}, "'>= 2'": {2, 3}, "'< 2'": {0, 1}, "[0, 3]": {0, 3},
    "low": {"low"}, "top": {"top"}, "[low, mid]": {"low", "mid"}, "[mid, top]": {"mid", "top"}, "yes": {True}, "no": {False},
}  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(*_cells.values()), min_size=1, max_size=5), st.sampled_from(["unique", "collect"]))
def test_tables_equal_brute_force(rows: list[tuple[str, ...]], hit: str) -> None:
    text = "[" + ", ".join(f"[{', '.join(row)}, {2**i}]" for i, row in enumerate(rows)) + "]"
    expected: dict[tuple[object, ...], list[int]] = {}
    for values in product(range(4), ("low", "mid", "top"), (False, True)):
        hits = [i for i, row in enumerate(rows)
                if all(cell == "'*'" or value in _meanings[cell] for cell, value in zip(row, values, strict=True))]  # fmt: skip
        expected[values] = [2**i for i in hits]
    wrong = hit == "unique" and any(len(found) != 1 for found in expected.values())
    source = f"{{hit: {hit}, inputs: [conflict, urgency, refugee], rows: {text}}}"
    if wrong:
        said = problem(source)
        assert ("no row of" in said) == any(not found for found in expected.values()) or said.count("answer") >= 5
        return
    scope, _ = add(source)
    expr = parse_expression("t", PLACE, scope)
    run = generated_value(expr)
    for (conflict, urgency, refugee), found in expected.items():
        a = LAYOUT.new_applicant({"conflict": conflict, "debt": 0, "refugee": refugee, "urgency": urgency})  # type: ignore[dict-item]
        assert evaluate(expr, Situation(LAYOUT.calendar, 0, a)) == run(a, None, None, 0) == sum(found)
