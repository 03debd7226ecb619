"""The report of a study on many points: a sweep, a sensitivity analysis, a choice among plans, a calibration."""

from collections.abc import Callable, Mapping
from typing import Any

from sim.report.blocks import Paragraph, Part
from sim.report.html import html
from sim.report.studies.answer import answer
from sim.report.studies.choice import choice
from sim.report.studies.fitted import fitted
from sim.report.studies.made import limits, made, meanings
from sim.report.studies.study import Study
from sim.report.studies.swept import swept
from sim.report.studies.unknowns import unknowns
from sim.report.wording import purpose_text

_OWN: Mapping[str, Callable[[Study], Part]] = {
    "sweep": swept,
    "sensitivity": unknowns,
    "optimise": choice,
    "calibrate": fitted,
}
_TITLES = {
    "nb": {
        "sweep": "Boligtrapp: hvor mye skal til? {label}",
        "sensitivity": "Boligtrapp: hva avhenger svaret av? {label}",
        "optimise": "Boligtrapp: hvilken plan er best?",
        "calibrate": "Boligtrapp: hva stemmer med det som er observert? {label}",
    },
    "en": {
        "sweep": "Boligtrapp: how much does it take? {label}",
        "sensitivity": "Boligtrapp: what does the answer depend on? {label}",
        "optimise": "Boligtrapp: which plan is best?",
        "calibrate": "Boligtrapp: what agrees with what was observed? {label}",
    },
}


def study_page(document: Mapping[str, Any], lang: str = "nb") -> str:
    """Make the page of a study.

    Parameters
    ----------
    document : mapping
        What `sweep.json`, `sensitivity.json`, `optimise.json` or `calibrate.json` holds (docs/architecture.md).
    lang : {'nb', 'en'}

    Returns
    -------
    str
        A whole HTML document, as of `sim.report.html.html`.
    """
    study = Study(document, lang)
    kind = str(document["kind"])
    parts = [answer(study), _OWN[kind](study), meanings(study), limits(study), made(study)]
    assumed = any(of["data"] == "assumed" for of in study.scenarios)
    title = _TITLES[lang][kind].format(label=study.label(str(study.scenarios[0]["name"])))
    return html(title, [Paragraph(purpose_text(lang, assumed=assumed), note=True)], parts, lang)


__all__ = ["study_page"]
