"""Amounts looked up by a field, such as an income limit by the size of the household: read as a table of one input."""

from rules.reading import Entry, Mapping, Node, Path, Place, Scalar, Sequence, at
from rules.ruleset.indexed import resolved


def lookup_table(name: str, record: Mapping, path: Path, written: dict[str, int | str], basic_amount: int | None) -> Mapping:
    """Give the decision table that an amount with `by` stands for.

    Parameters
    ----------
    name : str
        Of the amount, and so of the table.
    record : Mapping
        The amount as written.
    path : Path
        From it to the values in force.
    written : dict of str to (int or str)
        For each cell of the field its amount.
    basic_amount : int or None
        One G on the date, for amounts written in multiples of it.

    Returns
    -------
    Mapping
        As it would be written under `tables`; every part keeps the place of what it stands for.
    """
    values = at(record, path)
    assert isinstance(values, Mapping)
    rows: list[Node] = []
    for cell, value in written.items():
        entry = values.entries[cell]
        number = resolved(value, basic_amount, entry.node.place)
        result = Scalar(number, str(number), True, entry.node.place)
        rows.append(Sequence((Scalar(cell, cell, False, entry.key_place), result), entry.key_place))
    by = at(record, ("by",))
    place = values.place
    kept: dict[str, Entry] = {key: record.entries[key] for key in ("unit", "label") if key in record.entries}
    low, high = min(_numbers(rows)), max(_numbers(rows))
    kept |= {"type": _entry("type", "int", place), "range": _entry("range", f"{low}..{high}", place)}
    outputs = Mapping({name: Entry(name, place, Mapping(kept, place))}, place)
    table = {
        "hit": _entry("hit", "unique", place),
        "inputs": Entry("inputs", by.place, Sequence((by,), by.place)),
        "outputs": Entry("outputs", place, outputs),
        "rows": Entry("rows", place, Sequence(tuple(rows), place)),
    }
    if "label" in record.entries:
        table["label"] = record.entries["label"]
    return Mapping(table, record.place)


def _numbers(rows: list[Node]) -> list[int]:
    return [int(row.items[1].value) for row in rows if isinstance(row, Sequence) and isinstance(row.items[1], Scalar)]  # type: ignore[arg-type]


def _entry(key: str, text: str, place: Place) -> Entry:
    return Entry(key, place, Scalar(text, text, False, place))
