"""Strict YAML with places, overlays, units in the text, and validation with places.

Whoever reads YAML in this project reads it here: the rules engine and the scenarios alike.
"""

from rules.reading.extends import Link, resolve_extends
from rules.reading.findings import Finding, InputError, Place, Say, fail, in_english
from rules.reading.nodes import (
    Entry,
    Mapping,
    Node,
    Path,
    Scalar,
    Sequence,
    at,
    from_plain,
    path_text,
    plain,
    record_id,
)
from rules.reading.overlay import changed_paths, conflicts, overlay
from rules.reading.records import Label, Record
from rules.reading.source_file import is_folder
from rules.reading.strict_yaml import parse_yaml, read_yaml
from rules.reading.substitute import substitute
from rules.reading.suggest import closest
from rules.reading.units import (
    Count,
    Days,
    GrowthPerYear,
    HoursPerWeek,
    Nok,
    NokPerDay,
    NokPerHour,
    NokPerYear,
    PerDay,
    Share,
)
from rules.reading.validate import validate

__all__ = [
    "Count",
    "Days",
    "Entry",
    "Finding",
    "GrowthPerYear",
    "HoursPerWeek",
    "InputError",
    "Label",
    "Link",
    "Mapping",
    "Node",
    "Nok",
    "NokPerDay",
    "NokPerHour",
    "NokPerYear",
    "Path",
    "PerDay",
    "Place",
    "Record",
    "Say",
    "Scalar",
    "Sequence",
    "Share",
    "at",
    "changed_paths",
    "closest",
    "conflicts",
    "fail",
    "from_plain",
    "in_english",
    "is_folder",
    "overlay",
    "parse_yaml",
    "path_text",
    "plain",
    "read_yaml",
    "record_id",
    "resolve_extends",
    "substitute",
    "validate",
]
