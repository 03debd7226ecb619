"""How the waiting of new households ended, in a sentence: it never stands far from the waiting times."""

from collections.abc import Iterable, Mapping
from typing import Any

from sim.report.numbers import amount

#: What the endings of a wait are called; a mechanism may add endings of its own, which are shown by their id.
ENDINGS = {
    "housed": {"nb": "fikk bolig", "en": "housed"},
    "found_other": {"nb": "fant annen bolig", "en": "found another home"},
    "moved_away": {"nb": "flyttet fra kommunen", "en": "moved away"},
    "lapsed": {"nb": "søknaden falt bort", "en": "application lapsed"},
    "died": {"nb": "døde", "en": "died"},
}
_TITLE = {"nb": "Slik sluttet ventingen for nye husstander", "en": "How the waiting of new households ended"}
_HORIZON = 0


def endings_text(summary: Iterable[Mapping[str, Any]], policy: str, lang: str) -> str:
    """Say how the waiting ended under a policy, over the whole horizon; empty when nobody waited.

    Parameters
    ----------
    summary : iterable of mapping
        The rows of `summary.csv`.
    policy : str
    lang : {'nb', 'en'}
    """
    shares = [
        f"{_name(str(row['value']), lang)} {amount(float(row['mean']), 'share', 3, lang)}"
        for row in summary
        if row["policy"] == policy and row["year"] == _HORIZON and row["kpi"] == "wait_ending_share" and row["mean"]
    ]
    return f"{_TITLE[lang]}: {', '.join(shares)}" if shares else ""


def _name(cause: str, lang: str) -> str:
    return ENDINGS[cause][lang] if cause in ENDINGS else cause
