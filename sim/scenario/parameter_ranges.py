"""Whether a parameter lies within the range that stands beside it."""

from __future__ import annotations

from collections.abc import Iterator

from rules.reading import Finding, Node
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Scalar
from rules.reading.nodes import Sequence as SequenceNode
from rules.reading.quantities import DAYS_IN, Quantity, QuantityError, parse_quantity


def outside_range(name: str, record: MappingNode) -> Iterator[Finding]:
    """Find a value outside the range of its parameter, and a range that is none.

    Values that are no single number (shares, dates, distributions), and ranges in words, are left alone.
    """
    value, spread = record.entries.get("value"), record.entries.get("range")
    if value is None or spread is None or not isinstance(spread.node, SequenceNode):
        return
    bounds = [_quantity(item) for item in spread.node.items]
    number = _quantity(value.node)
    if any(bound is None for bound in bounds):
        return
    sizes = [_size(bound) for bound in bounds if bound is not None]
    if len(sizes) != 2 or len({measure for measure, _ in sizes}) != 1 or sizes[0][1] > sizes[1][1]:
        yield Finding("bad-range", f"the range of {name} is no range", spread.node.place,
                      "write its lowest and its highest value, in the same unit: [LOW, HIGH]")  # fmt: skip
        return
    if number is None:
        return
    (measure, low), (_, high) = sizes
    own, size = _size(number)
    low_text, high_text = (item.text for item in spread.node.items if isinstance(item, Scalar))
    bare = ("", False)  # a number without a unit is read in that of its place
    if bare in (own, measure) and own != measure:
        return
    if own != measure:
        message = f"{name} is {number.text()}, and its range {low_text} to {high_text} measures something else"
        yield Finding("outside-range", message, value.node.place)
    elif not low <= size <= high:
        yield Finding("outside-range", f"{name} is {number.text()}, outside its own range, {low_text} to {high_text}",
                      value.node.place, f"widen `range` of {name} too if it can be so")  # fmt: skip


def _quantity(node: Node) -> Quantity | None:
    if not isinstance(node, Scalar) or isinstance(node.value, bool):
        return None
    try:
        return parse_quantity(node.text)
    except QuantityError:
        return None


def _size(quantity: Quantity) -> tuple[tuple[str, bool], float]:
    """Give what a quantity measures, and how much of it in one unit: days, per day, or as written."""
    number = quantity.amount
    if quantity.unit in DAYS_IN:
        number *= DAYS_IN[quantity.unit]
    if quantity.per:
        number /= DAYS_IN[quantity.per]
    if quantity.unit == "%":
        number /= 100
    unit = "time" if quantity.unit in DAYS_IN else "" if quantity.unit == "%" else quantity.unit
    return (unit, bool(quantity.per)), float(number)
