"""What a paired difference says, in numbers and in plain words, and no more than it says."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.report.numbers import NOTHING, PROPORTIONS, change, change_unit, from_to, number
from sim.report.precision import decimals_for, noise_of, step, vanishes, without_noise
from sim.report.withheld import is_withheld, withheld_text

#: With fewer replications than this an interval hangs on a few runs and on the form of their distribution.
FEW = 10

_LONGER = {"nb": ("kortere", "lengre"), "en": ("shorter", "longer")}
_MORE = {"nb": ("færre", "flere"), "en": ("fewer", "more")}
_HIGHER = {"nb": ("lavere", "høyere"), "en": ("lower", "higher")}
#: The unit of exactly one.
_ONE = {
    "dager": "dag", "days": "day", "husstander": "husstand", "households": "household", "boliger": "bolig", "homes": "home",
    "household-nights per year": "household-night per year",
}  # fmt: skip
_SAY = {
    "nb": {
        "nothing": "ingenting å måle",
        "few": "for få replikasjoner til å si noe",
        "none": "nøyaktig ingen forskjell",
        "noise": "ingen forskjell",
        "within": "ingen forskjell større enn {most}",
        "clear": "{word}: mellom {least} og {most}",
        "up to": "{word}: høyst {most}",
        "below": "{word}: under {most}",
        "about": "{word}: om lag {most}",
        "always": "{word}: {most} i alle replikasjoner",
        "unsure": " (svært usikkert)",
        "million": "millioner",
    },
    "en": {
        "nothing": "nothing to measure",
        "few": "too few replications to tell",
        "none": "exactly no difference",
        "noise": "no difference",
        "within": "no difference larger than {most}",
        "clear": "{word}: between {least} and {most}",
        "up to": "{word}: at most {most}",
        "below": "{word}: less than {most}",
        "about": "{word}: about {most}",
        "always": "{word}: {most} in every replication",
        "unsure": " (very uncertain)",
        "million": "million",
    },
}


class Told(NamedTuple):
    """A paired difference as it is shown; all its numbers have the same decimals.

    Attributes
    ----------
    difference, interval, smallest_detectable : str
        Numbers; a dash where there is none.
    words : str
        As of `verdict`.
    """

    difference: str
    interval: str
    smallest_detectable: str
    words: str


def told(row: Mapping[str, Any], kpi: Mapping[str, Any], lang: str) -> Told:
    """Write a difference, its 95 % interval and what they say.

    Parameters are as of `verdict`; `smallest_detectable` of the row is shown where there is one.
    """
    noise, unit = noise_of(row), str(kpi["unit"])
    middle, low, high = (without_noise(row[name], noise) for name in ("difference", "difference_low", "difference_high"))
    detectable = without_noise(row.get("smallest_detectable"), noise)
    decimals = _decimals(low, high, kpi, noise)
    interval = NOTHING
    if low is not None and high is not None:
        interval = from_to(change(low, unit, decimals, lang), change(high, unit, decimals, lang), lang)
    return Told(
        change(middle, unit, decimals, lang),
        interval,
        change(detectable, unit, decimals, lang, signed=False),
        verdict(row, kpi, lang),
    )


def verdict(row: Mapping[str, Any], kpi: Mapping[str, Any], lang: str) -> str:
    """Say which way a policy differs from the baseline, and how surely.

    Parameters
    ----------
    row : mapping
        A row of `summary.csv` with `difference`, `difference_low`, `difference_high`; `pairs`, `baseline_mean` and
        `policy_mean` are heeded where they stand.
    kpi : mapping
        What `texts.json` says of the measure: `unit`, `unit_nb`, `unit_en`, `decimals`.
    lang : {'nb', 'en'}

    Returns
    -------
    str
        With zero inside the 95 % interval "no difference larger than X", X the end farther from zero; otherwise the direction
        with the interval. Noise of floating-point arithmetic counts as zero. With fewer than `FEW` pairs it
        says that it is very uncertain.
    """
    say, noise = _SAY[lang], noise_of(row)
    if is_withheld(row):
        return withheld_text(lang)
    if row["difference"] is None:
        return say["nothing"]
    low, high = (without_noise(row[name], noise) for name in ("difference_low", "difference_high"))
    if low is None or high is None:
        return say["few"]
    if low == high == 0:
        return say["none"] if row["difference_low"] == row["difference_high"] == 0 else say["noise"]
    pairs = row.get("pairs")
    unsure = say["unsure"] if pairs is not None and pairs < FEW else ""
    if low <= 0 <= high:
        return _within(max(-low, high), kpi, lang) + unsure
    return _clear(low, high, kpi, lang, noise, unsure)


def _within(most: float, kpi: Mapping[str, Any], lang: str) -> str:
    unit, decimals = str(kpi["unit"]), decimals_for([most], kpi)
    # A bound that would vanish even so is rounded up to the last digit shown: it stays a bound.
    return _SAY[lang]["within"].format(most=_quantity(max(most, step(unit, decimals)), kpi, decimals, lang))


def _clear(low: float, high: float, kpi: Mapping[str, Any], lang: str, noise: float, unsure: str) -> str:
    say, unit = _SAY[lang], str(kpi["unit"])
    word = direction(unit, lang)[low > 0]
    least, most = sorted((abs(low), abs(high)))
    decimals = _decimals(low, high, kpi, noise)
    quantity = _quantity(most, kpi, decimals, lang)
    if vanishes(most, unit, decimals):
        smallest = _quantity(step(unit, decimals), kpi, decimals, lang)
        return say["below"].format(word=word, most=smallest) + unsure
    if _constant(low, high, noise):
        return say["always"].format(word=word, most=quantity)
    from_ = _figure(least, most, kpi, decimals, lang)
    if not any(digit in from_ for digit in "123456789"):
        return say["up to"].format(word=word, most=quantity) + unsure
    if from_ == _figure(most, most, kpi, decimals, lang):
        return say["about"].format(word=word, most=quantity) + unsure
    return say["clear"].format(word=word, least=from_, most=quantity) + unsure


def _decimals(low: float | None, high: float | None, kpi: Mapping[str, Any], noise: float) -> int:
    if low is None or high is None:
        return int(kpi["decimals"])
    if low <= 0 <= high:
        return decimals_for([max(-low, high)], kpi)
    return decimals_for([low, high], kpi, None if _constant(low, high, noise) else (abs(low), abs(high)))


def _constant(low: float, high: float, noise: float) -> bool:
    """Tell if every replication had the same difference."""
    return high - low <= noise


def _quantity(value: float, kpi: Mapping[str, Any], decimals: int, lang: str) -> str:
    """Write a size with its unit; a million kroner or more as millions."""
    unit = str(kpi["unit"])
    words = change_unit(unit, lang, kpi[f"unit_{lang}"])
    if _in_millions(value, unit):
        words = f"{_SAY[lang]['million']} {words}"
    figure = _figure(value, value, kpi, decimals, lang)
    return f"{figure} {_ONE.get(words, words) if figure == '1' else words}"


def _figure(value: float, most: float, kpi: Mapping[str, Any], decimals: int, lang: str) -> str:
    """Write a size on the scale of the largest in its sentence, without its unit."""
    unit = str(kpi["unit"])
    if _in_millions(most, unit):
        return number(value / 1e6, 2, lang)
    return change(value, unit, decimals, lang, signed=False)


def _in_millions(most: float, unit: str) -> bool:
    return "NOK" in unit and most >= 1e6


def direction(unit: str, lang: str) -> tuple[str, str]:
    """Give the words for less and for more of a unit: ``kortere`` and ``lengre`` of days."""
    if unit == "days":
        return _LONGER[lang]
    if unit in PROPORTIONS or "NOK" in unit:
        return _HIGHER[lang]
    return _MORE[lang]
