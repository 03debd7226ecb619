"""Decision tables as Python source: a look-up where the inputs are few and small, comparisons otherwise."""

from itertools import product

from rules.language.fields import Domain
from rules.language.form import Cell, Table, Value
from rules.language.interpret import matches

_LARGEST_LOOKUP = 1_024


def table_lines(table: Table, outputs: list[str], constant: bool) -> tuple[list[str], str]:
    """Give the lines of a function over the locals `i0`, `i1`, … that finds the result of one column.

    Parameters
    ----------
    table : Table
    outputs : list of str
        The source of the result of each row.
    constant : bool
        Whether the results are constants, so that they may be looked up.

    Returns
    -------
    tuple of (list of str, str)
        The lines, and the source of the look-up that they call ``_rows_``; empty when there is none.
    """
    if table.hit == "collect":
        lines = ["t = 0"]
        for row, output in zip(table.rows, outputs, strict=True):
            lines += [f"if {_test(row.cells)}:", f"    t += {output}"]
        return [*lines, "return t"], ""
    names = ", ".join(f"i{index}" for index in range(len(table.inputs)))
    lookup = _lookup(table, outputs) if constant else ""
    lines = []
    if lookup:
        lines = [f"t = _rows_.get(({names},))", "if t is not None:", "    return t"]
    else:
        for row, output in zip(table.rows, outputs, strict=True):
            lines += [f"if {_test(row.cells)}:", f"    return {output}"]
    return [*lines, f"return _no_row({table.name!r}, ({names},))"], lookup


def _lookup(table: Table, outputs: list[str]) -> str:
    size = 1
    for part in table.inputs:
        size *= len(_values(part.domain)) if part.domain.hi - part.domain.lo < _LARGEST_LOOKUP else _LARGEST_LOOKUP + 1
        if size > _LARGEST_LOOKUP:
            return ""
    found = []
    for values in product(*(_values(part.domain) for part in table.inputs)):
        for row, output in zip(table.rows, outputs, strict=True):
            if all(map(matches, row.cells, values)):
                found.append(f"{values!r}: {output}")
                break
    return "{" + ", ".join(found) + "}"


def _values(domain: Domain) -> tuple[Value, ...]:
    if domain.kind == "int":
        return tuple(range(domain.lo, domain.hi + 1))
    return domain.values if domain.kind == "one of" else (False, True)


def _test(cells: tuple[Cell, ...]) -> str:
    tests = [_cell(f"i{index}", cell) for index, cell in enumerate(cells) if cell is not None]
    return " and ".join(tests) or "True"


def _cell(name: str, cell: tuple[object, ...]) -> str:
    found = []
    for option in cell:
        if isinstance(option, tuple):
            lo, hi = option
            found.append(f"{name} == {lo}" if lo == hi else f"{lo} <= {name} <= {hi}")
        elif isinstance(option, bool):
            found.append(name if option else f"not {name}")
        else:
            found.append(f"{name} == {option!r}")
    return found[0] if len(found) == 1 else "(" + " or ".join(found) + ")"
