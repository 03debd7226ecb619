"""What a paired difference says, in plain words, and no more than it says."""

from collections.abc import Mapping
from typing import Any

from sim.report.numbers import change, change_unit

_LONGER = {"nb": ("kortere", "lengre"), "en": ("shorter", "longer")}
_MORE = {"nb": ("færre", "flere"), "en": ("fewer", "more")}
_HIGHER = {"nb": ("lavere", "høyere"), "en": ("lower", "higher")}
_SAY = {
    "nb": {
        "nothing": "ingenting å måle",
        "few": "for få replikasjoner til å si noe",
        "none": "nøyaktig ingen forskjell",
        "within": "ingen forskjell større enn {most} {unit}",
        "clear": "{word}: mellom {least} og {most} {unit}",
    },
    "en": {
        "nothing": "nothing to measure",
        "few": "too few replications to tell",
        "none": "exactly no difference",
        "within": "no difference larger than {most} {unit}",
        "clear": "{word}: between {least} and {most} {unit}",
    },
}


def verdict(row: Mapping[str, Any], kpi: Mapping[str, Any], lang: str) -> str:
    """Say which way a policy differs from the baseline, and how surely.

    Parameters
    ----------
    row : mapping
        A row of `summary.csv` with `n`, `difference`, `difference_low`, `difference_high`.
    kpi : mapping
        What `texts.json` says of the measure: `unit`, `unit_nb`, `unit_en`, `decimals`.
    lang : {'nb', 'en'}

    Returns
    -------
    str
        With zero inside the 95 % interval "no difference larger than X", X the end of the interval farther from zero;
        otherwise the direction with the interval.
    """
    say = _SAY[lang]
    low, high = row["difference_low"], row["difference_high"]
    if row["difference"] is None:
        return say["nothing"]
    if low is None or high is None:
        return say["few"]
    if low == high == 0:
        return say["none"]
    least, most = sorted((abs(low), abs(high)))
    within = low <= 0 <= high
    unit, decimals = kpi["unit"], _decimals(most if within else least, kpi)
    words = change_unit(unit, lang, kpi[f"unit_{lang}"])

    def written(value: float) -> str:
        return change(value, unit, decimals, lang, signed=False)

    if within:
        return say["within"].format(most=written(most), unit=words)
    word = _direction(unit, lang)[low > 0]
    return say["clear"].format(word=word, least=written(least), most=written(most), unit=words)


def _direction(unit: str, lang: str) -> tuple[str, str]:
    if unit == "days":
        return _LONGER[lang]
    if unit == "share" or "NOK" in unit or unit == "yes/no":
        return _HIGHER[lang]
    return _MORE[lang]


def _decimals(shown: float, kpi: Mapping[str, Any]) -> int:
    """Give the decimals of the measure, and more where what is shown would be rounded to nothing."""
    decimals = int(kpi["decimals"])
    while decimals < 6 and shown < 0.5 * 10.0**-decimals:
        decimals += 1
    return decimals
