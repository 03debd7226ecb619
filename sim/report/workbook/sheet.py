"""One sheet of the workbook as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float | None

TEXT, COUNT, MONEY = "text", "count", "money"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Parameters
    ----------
    name : str
        On its tab; at most 31 characters.
    intro : str
        A sentence above the table: what stands here and in which unit.
    columns : sequence of str
        The header.
    rows : sequence of sequence of cells
        None is an empty cell: nothing to measure.
    kinds : sequence of sequence of str
        How each cell is shown: `text`, `count`, `money`, or the unit of a figure with its decimals, as `share:3`.
    """

    name: str
    intro: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    kinds: Sequence[Sequence[str]]
