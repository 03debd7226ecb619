"""Proof that exactly one row of a decision table answers in every case, by enumeration over cut points.

The values of each input are cut where some row's cell begins or ends; inside a cut nothing changes. Cases are told
apart only as long as rows differ, so that the work grows with the rows and not with the product of the inputs.
Inputs are taken as independent: a table whose inputs hang together may have to answer for cases that never come.
"""

from rules.language.cuts import input_cuts
from rules.language.form import Table, Value
from rules.language.interpret import matches
from rules.language.plain_text import expression_text
from rules.reading import Finding

_MOST_CASES = 200_000
_MOST_FINDINGS = 5


def table_findings(table: Table) -> list[Finding]:
    """Find the cases for which a table has no row, or several.

    Returns
    -------
    list of Finding
        At most a handful of each kind, each with a sample case; empty = proved disjoint and complete.
    """
    search = _Search(table)
    search.visit(0, (1 << len(table.rows)) - 1, ())
    return search.findings


class _Search:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.cells = [_cells(table, index) for index in range(len(table.inputs))]
        self.seen: set[tuple[int, int]] = set()
        self.told: set[tuple[int, int]] = set()
        self.findings: list[Finding] = []

    def visit(self, index: int, rows: int, sample: tuple[str, ...]) -> None:
        """Follow the rows that still answer (bits of `rows`) through the inputs from `index` on."""
        if (index, rows) in self.seen or len(self.findings) >= _MOST_FINDINGS:
            return
        self.seen.add((index, rows))
        if len(self.seen) > _MOST_CASES:
            message = f"the table {self.table.name!r} is too large to be proved"
            self.findings = [Finding("table-too-large", message, self.table.place, "split it in two tables")]
        elif rows == 0:
            self.gap(index, sample)
        elif index == len(self.cells):
            self.overlap(rows, sample)
        else:
            for text, answering in self.cells[index]:
                self.visit(index + 1, rows & answering, (*sample, text))

    def gap(self, index: int, sample: tuple[str, ...]) -> None:
        rest = tuple("anything" for _ in range(index, len(self.cells)))
        message = f"no row of {self.table.name!r} answers when {self.case(sample + rest)}"
        self.findings.append(Finding("table-gap", message, self.table.place))

    def overlap(self, rows: int, sample: tuple[str, ...]) -> None:
        found = [index for index in range(len(self.table.rows)) if rows >> index & 1]
        if len(found) < 2 or (found[0], found[1]) in self.told:
            return
        self.told.add((found[0], found[1]))
        first, second = self.table.rows[found[0]], self.table.rows[found[1]]
        message = f"this row and the one in line {first.place.line} both answer when {self.case(sample)}"
        self.findings.append(Finding("table-overlap", message, second.place))

    def case(self, sample: tuple[str, ...]) -> str:
        names = [expression_text(part) for part in self.table.inputs]
        return " and ".join(f"{name} is {value}" for name, value in zip(names, sample, strict=True))


def _cells(table: Table, index: int) -> list[tuple[str, int]]:
    """Give the cuts of one input: a text for it, and the rows that answer there as bits."""
    domain = table.inputs[index].domain
    cells: list[tuple[str, Value]] = []
    if domain.kind == "int":
        edges = sorted({domain.lo, *(cut for cut in input_cuts(table, index) if domain.lo < cut <= domain.hi)})
        for lo, after in zip(edges, [*edges[1:], domain.hi + 1], strict=True):
            cells.append((str(lo) if lo == after - 1 else f"{lo}..{after - 1}", lo))
    elif domain.kind == "one of":
        cells = [(value, value) for value in domain.values]
    else:
        cells = [("no", False), ("yes", True)]
    return [
        (text, sum(1 << number for number, row in enumerate(table.rows) if matches(row.cells[index], value)))
        for text, value in cells
    ]
