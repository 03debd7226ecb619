"""A change such as `+80`, `+10 %` or `+4 years`, added to the number that is there."""

from rules.reading.nodes import Node, Scalar, kind
from rules.reading.quantities import Quantity, QuantityError, add, parse_quantity


def incremented(base: Node, change: Scalar) -> Scalar:
    """Add a change to a number, or to a text that is a number with a unit.

    Parameters
    ----------
    base : Node
        What there is: ``120`` or ``120 hours per week``.
    change : Scalar
        Its text begins with ``+``; ``+-80`` takes away.

    Returns
    -------
    Scalar
        In the unit of `base`, at the place of `change`.

    Raises
    ------
    QuantityError
        When there is no number to add to, or the units do not agree.
    """
    written = parse_quantity(change.text.removeprefix("+"))
    old = _number(base)
    if old is None:
        raise QuantityError(f"{change.text} can only be added to a number, but here is {kind(base)}")
    new = add(old, written)
    text = new.text()
    if new.tail:
        return Scalar(text, text, True, change.place)
    value = int(new.number) if new.number.denominator == 1 else float(new.number)
    return Scalar(value, text, True, change.place)


def _number(base: Node) -> Quantity | None:
    if not isinstance(base, Scalar) or isinstance(base.value, bool) or base.value is None:
        return None
    try:
        return parse_quantity(str(base.value))
    except QuantityError:
        return None
