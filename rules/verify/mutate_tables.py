"""Small mistakes in a decision table: another result in a row, an edge between rows moved, a row forgotten."""

import dataclasses
from collections.abc import Iterator

from rules.language import Expr, Table
from rules.language.cuts import input_cuts
from rules.language.form import Cell, Const, Output, Row
from rules.ruleset import Version
from rules.verify.mutate_expressions import Change, both, shifted, updated
from rules.verify.parts import tables_of


def table_changes(version: Version) -> Iterator[Change]:
    """Give the changes of the tables of a version.

    A table stays complete and unambiguous (an edge moves for both rows beside it): what loading would refuse is no
    mutant.
    """
    for table in tables_of(version):
        for row in table.rows:
            yield from _results(table, row)
        for index in range(len(table.inputs)):
            yield from _edges(table, index)
        if table.hit == "collect":
            for row in table.rows:
                rest = tuple(r for r in table.rows if r is not row)
                yield Change(table.name, "drop-row", table, updated(rows=rest),
                             _cells(row), {"nb": "raden utelatt", "en": "the row left out"}, row.place)  # fmt: skip


def _results(table: Table, row: Row) -> Iterator[Change]:
    for column, (output, expr) in enumerate(zip(table.outputs, row.outputs, strict=True)):
        for other in _others(output, expr):
            outputs = (*row.outputs[:column], other, *row.outputs[column + 1 :])
            before, after = ({lang: f"{_cells(row)[lang]}: {text}" for lang, text in both(e).items()} for e in (expr, other))
            yield Change(output.name, "result", row, updated(outputs=outputs), before, after,
                         row.place)  # fmt: skip


def _others(output: Output, expr: Expr) -> Iterator[Expr]:
    if expr.domain.kind == "int":
        yield shifted(expr, 1)
        if not isinstance(expr, Const) or expr.value:
            yield shifted(expr, -1)
    elif isinstance(expr, Const):
        values = (True, False) if expr.domain.kind == "yes/no" else output.domain.values
        other = next((value for value in values if value != expr.value), None)
        if other is not None:
            yield dataclasses.replace(expr, value=other)


def _edges(table: Table, index: int) -> Iterator[Change]:
    domain = table.inputs[index].domain
    if domain.kind != "int":
        return
    for edge in input_cuts(table, index):
        beside = [row for row in table.rows if any(isinstance(o, tuple) and o[0] == edge for o in row.cells[index] or ())]
        if not domain.lo < edge <= domain.hi or not beside:
            continue
        for to in (edge - 1, edge + 1):
            rows = tuple(moved for row in table.rows if (moved := _moved(row, index, edge, to)) is not None)
            said = both(table.inputs[index])
            words = {"nb": "skille i {} ved {}", "en": "edge in {} at {}"}
            before, after = ({lang: words[lang].format(said[lang], at) for lang in words} for at in (edge, to))
            yield Change(table.name, "edge", table, updated(rows=rows), before, after,
                         beside[0].place)  # fmt: skip


def _moved(row: Row, index: int, edge: int, to: int) -> Row | None:
    """Move an edge wherever it stands in a cell; None when nothing of the cell is left."""
    cell = row.cells[index]
    if cell is None:
        return row
    there = {edge: to}
    options = tuple(
        (there.get(option[0], option[0]), there.get(option[1] + 1, option[1] + 1) - 1)
        for option in cell if isinstance(option, tuple)
    )  # fmt: skip
    left: Cell = tuple((lo, hi) for lo, hi in options if lo <= hi)
    return dataclasses.replace(row, cells=(*row.cells[:index], left, *row.cells[index + 1 :])) if left else None


def _cells(row: Row) -> dict[str, str]:
    anything = {"nb": "alle", "en": "any"}
    return {lang: ", ".join(_cell(cell) or word for cell in row.cells) for lang, word in anything.items()}


def _cell(cell: Cell) -> str:
    return " | ".join((str(o[0]) if o[0] == o[1] else f"{o[0]}..{o[1]}") if isinstance(o, tuple) else str(o) for o in cell or ())
