"""A mean with its 95 % interval, cut at the values that the measure can have."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.report.numbers import NOTHING, PROPORTIONS, amount, from_to
from sim.report.precision import decimals_for
from sim.report.withheld import is_withheld, withheld_text


class MeanTold(NamedTuple):
    """A mean as it is shown.

    Attributes
    ----------
    mean, interval : str
        With the same decimals; a dash where there is none.
    cut : bool
        Whether an end of the t-interval was cut.
    """

    mean: str
    interval: str
    cut: bool


def mean_told(row: Mapping[str, Any], kpi: Mapping[str, Any], lang: str) -> MeanTold:
    """Write a mean and its 95 % t-interval.

    Parameters
    ----------
    row : mapping
        A row of `summary.csv` with `mean`, `low`, `high`.
    kpi : mapping
        What `texts.json` says of the measure: `unit`, `decimals`.
    lang : {'nb', 'en'}

    Returns
    -------
    MeanTold
        No count, time or share is below 0 and no share above 1, though the symmetric t-interval does not know it: its
        ends are shown no farther out (the files keep them). Money may be negative. Of what is withheld there are words alone.
    """
    if is_withheld(row):
        return MeanTold(withheld_text(lang), NOTHING, cut=False)
    unit, mean, low, high = str(kpi["unit"]), row["mean"], row["low"], row["high"]
    decimals = decimals_for([] if mean is None else [mean], kpi)
    written = amount(mean, unit, decimals, lang)
    if low is None or high is None:
        return MeanTold(written, NOTHING, cut=False)
    least, most = possible(low, high, unit)
    shown = from_to(amount(least, unit, decimals, lang), amount(most, unit, decimals, lang), lang)
    return MeanTold(written, shown, (least, most) != (low, high))


def possible(low: float, high: float, unit: str) -> tuple[float, float]:
    """Cut the ends of an interval at the values that a measure of a unit can have."""
    return low if "NOK" in unit else max(low, 0.0), min(high, 1.0) if unit in PROPORTIONS else high
