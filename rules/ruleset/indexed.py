"""Amounts in multiples of the National Insurance basic amount (G), resolved to whole kroner for each date.

The basic amount changes every spring. Its values stand in ``rules/national/``, with their source; a rule set that declares an
amount `basic_amount` of its own uses that.
"""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from rules.reading import Entry, Mapping, Place, at, fail, read_yaml

#: How a multiple is written.
MULTIPLE = r"^\d{1,4}(\.\d{1,4})? G$"
#: The name of the amount that is one G.
BASIC_AMOUNT = "basic_amount"

_MULTIPLE = re.compile(MULTIPLE, re.ASCII)
_FILE = Path(__file__).parents[1] / "national" / "basic_amount.yaml"


def amount_value(written: Any) -> Any:
    """Read the value of an amount: a whole number as it is, a multiple of G as its text."""
    if isinstance(written, int) and not isinstance(written, bool):
        return written
    if isinstance(written, str) and _MULTIPLE.fullmatch(written):
        return written
    if isinstance(written, str) and re.fullmatch(r"\d+,\d+ ?G", written):
        raise ValueError(f"{written!r} has a decimal comma; write {written.replace(',', '.')!r}")
    raise ValueError(f"{written!r} is no amount: write a whole number, or a multiple of the basic amount such as 2.5 G")


def resolved(value: int | str, basic_amount: int | None, place: Place) -> int:
    """Give an amount in whole numbers; a multiple of G is rounded to the nearest krone, halves up.

    Raises
    ------
    InputError
        When a multiple is written and there is no basic amount.
    """
    if isinstance(value, int):
        return value
    if basic_amount is None:
        fail("no-basic-amount", f"{value} needs the basic amount (G), and its value on this date is not known", place,
             f"declare the amount {BASIC_AMOUNT} with its values")  # fmt: skip
    product = Decimal(value.removesuffix(" G")) * basic_amount
    return int(product.quantize(Decimal(1), ROUND_HALF_UP))


def with_basic_amount(tree: Mapping) -> Mapping:
    """Add the national basic amount, and the law it stands in, to a rule set that writes amounts in G and declares none."""
    amounts = tree.entries.get("amounts")
    if amounts is None or not isinstance(amounts.node, Mapping) or BASIC_AMOUNT in amounts.node.entries:
        return tree
    if not any(in_multiples(entry.node) for entry in amounts.node.entries.values()):
        return tree
    national = _trimmed(_national(), _valid_from(tree))
    added = dict(tree.entries)
    for section in ("legal_sources", "amounts"):
        own = tree.entries.get(section)
        below = at(national, (section,))
        assert isinstance(below, Mapping)
        if own is None:
            added[section] = national.entries[section]
        elif isinstance(own.node, Mapping):
            merged = {**below.entries, **own.node.entries}
            added[section] = Entry(section, own.key_place, Mapping(merged, own.node.place))
    return Mapping(added, tree.place)


def _valid_from(tree: Mapping) -> date | None:
    valid = tree.entries.get("valid")
    since = valid.node.entries.get("from") if valid and isinstance(valid.node, Mapping) else None
    value = getattr(since.node, "value", None) if since else None
    return value if isinstance(value, date) else None


def _trimmed(national: Mapping, since: date | None) -> Mapping:
    """Leave out the values that were out of date before the rules came into force: each date makes a version."""
    amount = at(national, ("amounts", BASIC_AMOUNT))
    assert isinstance(amount, Mapping)
    kept = {key: _from_date(amount, key, since) for key in ("values", "sources")}
    amounts = national.entries["amounts"]
    renewed = Entry(BASIC_AMOUNT, amount.place, Mapping({**amount.entries, **kept}, amount.place))
    whole = Entry("amounts", amounts.key_place, Mapping({BASIC_AMOUNT: renewed}, amounts.node.place))
    return Mapping({**national.entries, "amounts": whole}, national.place)


def _from_date(amount: Mapping, key: str, since: date | None) -> Entry:
    """Give what is in force when the rules begin, dated on that day, and all that follows."""
    dated = at(amount, (key,))
    assert isinstance(dated, Mapping)
    dates = sorted(dated.entries)
    past = [day for day in dates if since is not None and day <= since.isoformat()]
    kept = {day: dated.entries[day] for day in dates if day not in past}
    if since is not None and past:
        begun = dated.entries[past[-1]]
        kept = {since.isoformat(): Entry(since.isoformat(), begun.key_place, begun.node)} | kept
    return Entry(key, amount.entries[key].key_place, Mapping(kept, dated.place))


def in_multiples(node: Any) -> bool:
    """Say whether anything in an amount is written in multiples of G."""
    if isinstance(node, Mapping):
        return any(in_multiples(node.entries[key].node) for key in node.entries if key not in ("label", "note", "sources"))
    return isinstance(getattr(node, "value", None), str) and _MULTIPLE.fullmatch(node.value) is not None


@cache
def _national() -> Mapping:
    tree = read_yaml(_FILE)
    assert isinstance(tree, Mapping)
    return tree
