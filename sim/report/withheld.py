"""What is said in the place of figures that real data may not tell."""

from collections.abc import Mapping
from typing import Any

_WORD = {"nb": "holdt tilbake", "en": "withheld"}
_NOTE = {
    "nb": (
        "Ekte data: Tall om færre enn 5 husstander er holdt tilbake, og likeså tall som de kunne regnes ut fra. "
        "Ingenting er vist per adresse, og flyttinger mellom boligtyper er utelatt."
    ),
    "en": (
        "Real data: figures about fewer than 5 households are withheld, and so are figures that they could be computed from. "
        "Nothing is shown for single sites, and moves between types of homes are left out."
    ),
}


def is_withheld(row: Mapping[str, Any]) -> bool:
    """Tell if the numbers of a row of `summary.csv` are withheld: few households are behind it, or it would give such away."""
    return bool(row.get("suppressed"))


def withheld_text(lang: str) -> str:
    """Give what stands in the place of a figure; that it is small is not said, as it need not be."""
    return _WORD[lang]


def withheld_note(run: Mapping[str, Any], lang: str) -> str:
    """Give the sentence that explains it, which must stand wherever figures of real data stand; empty for other data."""
    return _NOTE[lang] if run.get("data") == "real" else ""
