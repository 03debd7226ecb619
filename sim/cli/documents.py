"""What `--json` prints: stable shapes, with nothing in them that depends on time, place or the number of workers."""

import json
from typing import Any

from sim.cli.figures import kpi_texts, unit_of
from sim.cli.study import Study
from sim.cli.summary import HORIZON, Row
from sim.cli.together import together_document

VERSION = 1


def run_json(study: Study) -> dict[str, Any]:
    """Give what `run --json` prints: means over replications with 95 % intervals, whole and broken down.

    `kpis` holds the headline measures of the horizon; the figures beside them stand in `by` under `all`. A record has
    `nulls` when some replications had nothing to measure.
    """
    kpis: dict[str, Any] = {}
    by: dict[str, dict[str, dict[str, Any]]] = {}
    for row in study.summary:
        if row["year"] != HORIZON:
            continue
        kpi, dimension, value = str(row["kpi"]), str(row["dimension"]), str(row["value"])
        text = kpi_texts().get(kpi)
        headline = dimension == "all" and (text is None or text["headline"])
        where = kpis if headline else by.setdefault(dimension, {}).setdefault(value, {})
        where[kpi] = (
            {name: row[name] for name in ("mean", "sd", "low", "high")}
            | {"unit": unit_of(kpi)}
            | _nulls(row["nulls"])
            | _suppressed(row)
        )
    return {
        "version": VERSION,
        "scenario": next(iter(study.scenarios)),
        "seed": study.run["seed"],
        "replications": study.run["replications"],
        "years": study.run["years"],
        "kpis": kpis,
        "by": by,
        **_partial(study),
    }


def compare_json(study: Study) -> dict[str, Any]:
    """Give what `compare --json` prints: paired differences of the headline measures, policy minus baseline.

    `together` holds the intervals that are right for all of them at once, and who may be best.
    """
    baseline, *policies = study.scenarios
    return {
        "version": VERSION,
        "baseline": baseline,
        "policies": {policy: {"kpis": dict(_differences(study, policy))} for policy in policies},
        "together": together_document(study.samples),
        **_partial(study),
    }


def _differences(study: Study, policy: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (str(row["kpi"]), _difference(row, study.outcome.finished))
        for row in study.summary
        if row["policy"] == policy and row["year"] == HORIZON and row["dimension"] == "all" and _is_headline(str(row["kpi"]))
    ]


def _difference(row: Row, finished: tuple[int, ...]) -> dict[str, Any]:
    return {
        "baseline": row["baseline_mean"],
        "policy": row["policy_mean"],
        "difference": row["difference"],
        "low": row["difference_low"],
        "high": row["difference_high"],
        "correlation": row["correlation"],
        "smallest_detectable": row["smallest_detectable"],
        "unit": unit_of(str(row["kpi"])),
    } | ({"suppressed": True} if row.get("suppressed") else _nulls(len(finished) - int(row["pairs"] or 0)))


def _is_headline(kpi: str) -> bool:
    text = kpi_texts().get(kpi)
    return text is None or text["headline"]


def _nulls(nulls: Any) -> dict[str, Any]:
    return {"nulls": nulls} if nulls else {}


def _suppressed(row: Row) -> dict[str, Any]:
    """Mark what is withheld of real data: it has no numbers."""
    return {"suppressed": True} if row.get("suppressed") else {}


def _partial(study: Study) -> dict[str, Any]:
    outcome, told = study.outcome, {} if study.enough is None else study.enough.told()
    if len(outcome.finished) == outcome.asked:
        return told
    return told | {"partial": {"finished": len(outcome.finished), "asked": outcome.asked}}


def printed(document: dict[str, Any]) -> str:
    """Give a document as the text that is printed."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
