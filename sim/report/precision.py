"""How many decimals a figure is worth, and what in it is only the noise of floating-point arithmetic."""

from collections.abc import Iterable, Mapping
from typing import Any

from sim.report.numbers import PROPORTIONS

#: Sums of the same terms in another order differ by less than this part of the figures themselves.
_ROUNDING_NOISE = 1e-9


def noise_of(row: Mapping[str, Any]) -> float:
    """Give the size below which a difference in a row of `summary.csv` is arithmetic, not a finding."""
    means = (row.get("baseline_mean"), row.get("policy_mean"))
    return _ROUNDING_NOISE * max([1.0, *(abs(float(mean)) for mean in means if mean is not None)])


def without_noise(value: float | None, noise: float) -> float | None:
    """Give a difference, with exactly zero for one that is no larger than the noise."""
    return 0.0 if value is not None and abs(value) <= noise else value


def most_decimals(kpi: Mapping[str, Any]) -> int:
    """Give the most decimals a measure is ever shown with: one beyond its own, none of money.

    A tenth of a day, a hundredth of a percentage point or of a household is the finest that means anything here.
    """
    decimals, unit = int(kpi["decimals"]), str(kpi["unit"])
    return decimals if "NOK" in unit or unit == "yes/no" else decimals + 1


def step(unit: str, decimals: int) -> float:
    """Give the last digit shown, in the unit of the figure; of a share never finer than its decimals as per cent."""
    return float(10.0 ** -max(decimals, 2 if unit in PROPORTIONS else 0))


def vanishes(value: float, unit: str, decimals: int) -> bool:
    """Tell if a figure other than zero would be shown as zero."""
    return value != 0 and float(_digits(value, unit, decimals)) == 0


def decimals_for(shown: Iterable[float], kpi: Mapping[str, Any], apart: tuple[float, float] | None = None) -> int:
    """Give the decimals of a measure, and more where needed, up to `most_decimals`.

    Parameters
    ----------
    shown : iterable of float
        None of these is to vanish by rounding.
    kpi : mapping
        `unit` and `decimals` of the measure.
    apart : (float, float), optional
        Two different numbers that are not to look equal.
    """
    decimals, most, unit = int(kpi["decimals"]), most_decimals(kpi), str(kpi["unit"])
    figures = [value for value in shown if value != 0]
    visible = [value for value in figures if not vanishes(value, unit, most)]
    if figures and not visible:
        return most
    while decimals < most and (any(vanishes(value, unit, decimals) for value in visible) or look_equal(apart, unit, decimals)):
        decimals += 1
    return decimals


def look_equal(pair: tuple[float, float] | None, unit: str, decimals: int) -> bool:
    """Tell if two different numbers are shown alike."""
    if pair is None or pair[0] == pair[1]:
        return False
    return _digits(pair[0], unit, decimals) == _digits(pair[1], unit, decimals)


def _digits(value: float, unit: str, decimals: int) -> str:
    """Round as `number` does."""
    return f"{100 * value:.{max(decimals - 2, 0)}f}" if unit in PROPORTIONS else f"{value:.{decimals}f}"
