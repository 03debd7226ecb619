"""The head that the documents of all studies on many points share, and their writing.

`sweep.json`, `sensitivity.json`, `optimise.json` and `calibrate.json` hold everything a page about them needs: the figures, what
measures and scenarios are called in Norwegian and English, and the sentences in which the result is read out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.cli.engine import Scenario, label_of, years_of
from sim.cli.figures import kpi_texts
from sim.cli.options import Order
from sim.experiment.shelf import program_hash
from sim.report.assumptions import number_name, value_text
from sim.report.wording import quoted
from sim.results import sealed

LANGS = ("nb", "en")
#: Reads a result out: (document, language) -> sentences.
Told = Callable[[Mapping[str, Any], str], Sequence[str]]


def study_document(
    kind: str,
    order: Order,
    scenarios: Iterable[Scenario],
    kpis: Iterable[str],
    body: Mapping[str, Any],
    told: Told,
    *,
    partial: bool,
) -> dict[str, Any]:
    """Give a whole document.

    Parameters
    ----------
    kind : str
        The command.
    scenarios : iterable of Scenario
        What was run, as it stands without anything moved; the baseline first.
    kpis : iterable of str
        Measures that the body names.
    told : callable
        Reads the result out.
    partial : bool
        Whether the work was cut short; what can be read out of it nevertheless, is.
    """
    listed = list(scenarios)
    texts = kpi_texts()
    document: dict[str, Any] = {
        "kind": kind,
        "seed": order.seed,
        "replications": order.replications,
        "years": years_of(listed[0]),
        "program": program_hash(),
        "partial": partial,
        "asked": {name: _written(value) for name, value in order.asked.items()},
        "scenarios": [_scenario(of) for of in listed],
        "kpis": {kpi: dict(texts[kpi]) for kpi in dict.fromkeys(kpis) if kpi in texts},
        "numbers": {path: label for path in _moved(body) if (label := _number_label(listed[0], path)) is not None},
        **body,
    }
    document["said"] = {lang: list(told(document, lang)) for lang in LANGS}
    return sealed(document)


def _moved(body: Mapping[str, Any]) -> Iterable[str]:
    """Give the paths of the numbers that were moved from point to point, or from plan to plan."""
    return dict.fromkeys([*body.get("vary", ()), *(path for plan in body.get("plans", ()) for path in plan["set"])])


def _number_label(of: Scenario, path: str) -> dict[str, str] | None:
    """Give what a parameter is called; nothing for another number of a scenario."""
    name = path.removeprefix("parameters.")
    return next((dict(record.label) for record in of.assumptions if name != path and record.id == name), None)


def _written(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_written(of) for of in value]
    return str(value) if isinstance(value, Path) else value


def _scenario(of: Scenario) -> dict[str, Any]:
    return {
        "name": of.name,
        "label": dict(label_of(of)),
        "question": dict(getattr(of, "question", {})),
        "hash": of.hash,
        "file": str(getattr(of, "path", "")),
        "data": getattr(of, "data", "assumed"),
    }


def label(document: Mapping[str, Any], name: str, lang: str) -> str:
    """Give what a scenario of a document is called."""
    return str(next(of["label"][lang] for of in document["scenarios"] if of["name"] == name))


def number_label(document: Mapping[str, Any], path: str, lang: str) -> str:
    """Give what a moved number is called, in quotation marks; its path where it has no name."""
    name = number_name(document["numbers"], path, lang)
    return path if name is None else quoted(name, lang)


def set_to(document: Mapping[str, Any], values: Mapping[str, str], lang: str) -> str:
    """Give moved numbers with their values, in words."""
    return ", ".join(f"{number_label(document, path, lang)} = {value_text(value, {}, lang)}" for path, value in values.items())


def kpi_label(document: Mapping[str, Any], kpi: str, lang: str) -> str:
    """Give what a measure is called."""
    return str(document["kpis"][kpi]["nb" if lang == "nb" else "en"])
