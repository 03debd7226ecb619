"""One value of every cell that cut points make of a field's domain, up to a number of cells that is quickly tried."""

from collections.abc import Iterator
from typing import Any

from rules.language import Field

#: No more values of one field are tried.
MOST_VALUES = 3_000


class TooManyError(Exception):
    """A number of which every value matters has more values than are tried."""


def field_values(field: Field, cuts: tuple[int, ...] | None) -> Iterator[Any]:
    """Give one value of every cell that the cut points make of a field's domain."""
    if field.may_be is not None:
        yield None
    if field.type == "yes/no":
        yield from (False, True)
    elif field.type == "one of":
        yield from field.values
    else:
        lo, hi = field.domain.lo, field.domain.hi
        if cuts is None and hi - lo > MOST_VALUES:
            raise TooManyError
        yield from range(lo, hi + 1) if cuts is None else (lo, *(cut for cut in cuts if lo < cut <= hi))
