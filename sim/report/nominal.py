"""From prices of one year to those of each year, by how much the prices of an account rise."""

from collections.abc import Mapping
from datetime import date
from typing import Any

DEFAULT = "default"


def nominal_factor(index: Mapping[str, Any], start: str, account: str, year: int) -> float:
    """Give by what an amount of a year of the run (from 1) is multiplied to be in prices of that year.

    Parameters
    ----------
    index : mapping
        `price_year`, and `growth` by account or ``default``, as in `run.json`.
    start : str
        The first day of the run.
    """
    growth = index["growth"].get(account, index["growth"].get(DEFAULT, 0.0))
    first = date.fromisoformat(start)
    since = first.year + (first.timetuple().tm_yday - 1) / 365.25 - index["price_year"]
    return float((1.0 + growth) ** (since + year - 1))
