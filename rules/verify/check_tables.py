"""Findings about decision tables: rows that never answer, because the inputs hang together."""

from collections.abc import Iterator

from rules.language.form import TableRef
from rules.verify.asking import Asking
from rules.verify.cells import Cells, UndecidedError, row_factor
from rules.verify.parts import tables_of
from rules.verify.remark import Remark, remark


def table_findings(asking: Asking) -> Iterator[Remark]:
    """Find rows of tables for which no profile exists; gaps and overlaps are refused when rules are loaded."""
    for table in tables_of(asking.version):
        ref = TableRef(table, 0, table.place)
        try:
            cells = Cells([ref], most=asking.most)
            dead = [row for number, row in enumerate(table.rows) if cells.some((), [row_factor(cells, ref, number)]) is None]
        except UndecidedError:
            asking.undecided.setdefault(table.name, table)
            continue
        for row in dead:
            number = table.rows.index(row) + 1
            yield remark(
                "dead-row",
                f"{table.name}.{number}",
                row.place,
                f"rad {number} i {table.name} svarer aldri: ingen har slike verdier",
                f"row {number} of {table.name} never answers: nobody has such values",
            )
