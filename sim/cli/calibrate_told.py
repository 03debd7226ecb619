"""How a calibration is told: what is left of each range, and how the figures compare."""

import sys
from collections.abc import Mapping
from typing import Any

from sim.cli.study_document import kpi_label, label
from sim.cli.wanted import size_text

_WORDS = {
    "nb": {
        "title": "{label}: hva observasjonene lar stå igjen",
        "heads": ("Forutsetning", "Fra", "Til", "Mulig fra", "Mulig til", "Midterste halvdel"),
        "left": "Etter {waves} runder med til sammen {points} punkter er {share} % av rommet fortsatt mulig.",
        "nothing": "Ingenting er igjen: modellen når ikke {kpi} ({observed}) med noen verdi i spennene.",
        "fitted": "  {kpi}: observert {observed}; i det som er igjen mellom {low} og {high}",
        "fit": "Brukt til tilpasningen:",
        "check": "Ikke brukt til tilpasningen (kontroll):",
        "agrees": " – stemmer",
        "differs": " – stemmer ikke",
        "fixed": "Holdt fast (kan ikke flyttes alene): {names}.",
    },
    "en": {
        "title": "{label}: what the observations leave",
        "heads": ("Parameter", "From", "To", "Plausible from", "Plausible to", "Middle half"),
        "left": "After {waves} waves of {points} points in all, {share}% of the space is still plausible.",
        "nothing": "Nothing is left: the model does not reach {kpi} ({observed}) with any value in the ranges.",
        "fitted": "  {kpi}: observed {observed}; in what is left between {low} and {high}",
        "fit": "Used for the fit:",
        "check": "Not used for the fit (validation):",
        "agrees": " – agrees",
        "differs": " – differs",
        "fixed": "Held fixed (cannot be moved alone): {names}.",
    },
}


def show_calibrate(document: Mapping[str, Any], lang: str) -> None:
    """Print what is left of each range, and what it says in words."""
    from sim.cli.terminal import table

    words: Mapping[str, Any] = _WORDS[lang]
    rows = [
        [
            row["label"][lang],
            row["from"],
            row["to"],
            row.get("plausible_from", "–"),
            row.get("plausible_to", "–"),
            " – ".join(row.get("middle_half", [])),
        ]
        for row in document["parameters"]
    ]
    table(words["title"].format(label=label(document, document["scenario"], lang)), "", words["heads"], rows)
    sys.stdout.write("\n".join(document["said"][lang]) + "\n")


def calibrate_told(document: Mapping[str, Any], lang: str) -> list[str]:
    """Read a calibration out."""
    from sim.report import number

    words: Mapping[str, Any] = _WORDS[lang]
    lines: list[str] = []
    if document["hardest"] is not None:
        seen = next(of for of in document["fitted"] if of["kpi"] == document["hardest"])
        observed = size_text(seen["observed"], seen["kpi"], lang)
        lines.append(words["nothing"].format(kpi=kpi_label(document, seen["kpi"], lang), observed=observed))
    elif document["waves"]:
        share = number(100 * (document["plausible_share"] or 0.0), 1, lang)
        lines.append(words["left"].format(waves=len(document["waves"]), points=document["points"], share=share))
    for head, of in (("fit", document["fitted"]), ("check", document["validation"])):
        told = [_told(record, document, lang) for record in of if "low" in record]
        lines += [words[head], *told] if told else []
    if document["fixed"]:
        lines.append(words["fixed"].format(names=", ".join(document["fixed"])))
    return lines


def _told(record: Mapping[str, Any], document: Mapping[str, Any], lang: str) -> str:
    words: Mapping[str, Any] = _WORDS[lang]
    kpi = record["kpi"]
    observed, low, high = (size_text(record[name], kpi, lang) for name in ("observed", "low", "high"))
    line = words["fitted"].format(kpi=kpi_label(document, kpi, lang), observed=observed, low=low, high=high)
    return str(line + words["agrees" if record["agrees"] else "differs"])
