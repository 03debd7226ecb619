"""What things cost: the section `money`, and every other parameter in NOK."""

from __future__ import annotations

from collections.abc import Iterator

from written.model import Model, leaves
from written.tables import code, page, table

_LEAD = """Prices of `scenarios/baerum.yaml`. What they are multiplied by, and who pays, stands in
[docs/model/money.md](../money.md); ranges and sources in [numbers.md](numbers.md)."""


def page_of(model: Model) -> str:
    """Give the page."""
    rows = ((code(path), model.told(value)) for path, value in leaves(model.raw.get("money", {}), "money"))
    head = "## The section money\nBy type of home where it says so; `default` is every other type."
    other = "## Prices of other sections\nBooked by the mechanisms they stand with, in the same books."
    return page(
        "What it costs", _LEAD, head, table(("price", "value"), rows), other, table(("where", "price"), _elsewhere(model))
    )


def _elsewhere(model: Model) -> Iterator[tuple[str, str]]:
    for path, value in leaves(model.raw):
        named = isinstance(value, str) and value.startswith("$") and not path.startswith("money.")
        if named and "NOK" in model.parameters[value[1:]].value:
            yield code(path), model.told(value)
