"""What every file and column of a results folder means, as a Frictionless data package that other programs read."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.results.eventlog import COLUMNS, FILE
from sim.results.schema import INTEGER, NUMBER, SCHEMA_VERSION, SUMMARY, TABLES, TEXT, YES_NO

_TYPES = {TEXT: "string", INTEGER: "integer", NUMBER: "number", YES_NO: "boolean"}


def datapackage(run: Mapping[str, Any], summary_columns: Sequence[str], *, events: bool = False) -> dict[str, Any]:
    """Give the contents of `datapackage.json`.

    Parameters
    ----------
    run : mapping
        What `run.json` says.
    summary_columns : sequence of str
        The columns of `summary.csv`, which has more of them in a comparison.
    events : bool
        Whether the event log stands beside the tables.

    Returns
    -------
    dict
        By the Data Package standard (datapackage.org, version 1): one resource a file, with the type and meaning of each column.
    """
    tables = [
        {
            "name": name,
            "path": f"{name}.parquet",
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "schema": {"fields": [{"name": c.name, "type": _TYPES[c.type], "description": c.meaning} for c in columns]},
        }
        for name, columns in TABLES.items()
        if f"{name}.parquet" in run["files"]
    ]
    known = {column.name: (_TYPES[column.type], column.meaning) for column in SUMMARY}
    described = {name: known[name] for name in summary_columns}
    logs = [_csv(FILE, COLUMNS)] if events else []
    return {
        "name": "boligtrapp-results",
        "profile": "data-package",
        "title": "Boligtrapp: " + " / ".join(str(policy["label"].get("nb", policy["name"])) for policy in run["policies"]),
        "description": "Results of a simulation for planning. No decisions (vedtak), and nothing about individuals.",
        "version": str(SCHEMA_VERSION),
        "created": run["started"],
        "resources": [
            *tables,
            _csv("summary.csv", described),
            _csv("summary-nb.csv", described) | {"dialect": {"delimiter": ";", "lineTerminator": "\r\n"}},
            *logs,
        ],
    }


def _csv(path: str, columns: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """Describe a CSV file, given the type and meaning of each column; numbers of the Norwegian form have a decimal comma."""
    comma = {"decimalChar": ","} if path == "summary-nb.csv" else {}
    fields = [
        {"name": name, "type": kind, "description": meaning} | (comma if kind == "number" else {})
        for name, (kind, meaning) in columns.items()
    ]
    return {
        "name": path.removesuffix(".csv"),
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }
