"""Which kind of YAML file it is, told by its first keys; and what to do with one that a command cannot use."""

import re
from pathlib import Path

from rules.reading import Finding, InputError, Mapping, Node, Place, closest, is_folder, read_yaml

#: Every kind of file, and what it is called in a message.
KINDS = {
    "scenario": "a scenario",
    "policy": "a policy",
    "ruleset": "a rule set",
    "topic": "one topic of a rule set",
    "cases": "worked cases of a rule set",
    "accepted": "accepted mutants of a rule set",
    "properties": "properties of a rule set",
    "parameters": "a file of parameters",
    "sources": "a register of sources",
    "regressions": "a list of what is guarded",
    "scenarios": "a folder of scenarios",
}
#: The key that gives a kind away, in the order in which they are looked for.
_TELLTALE = (
    ("extends", "policy"),
    ("scenario", "scenario"),
    ("changes", "policy"),
    ("ruleset", "ruleset"),
    ("cases", "cases"),
    ("mutants", "accepted"),
    ("findings", "accepted"),
    ("properties", "properties"),
    ("guards", "regressions"),
)
#: What to do with a file of a kind, where another is asked for.
_INSTEAD = {
    "scenario": "run it with `run`",
    "policy": "run it with `run`, or compare it with `compare`",
    "ruleset": "show it with `show`; a scenario names it under `rules`",
    "topic": "name its folder; a scenario names that under `rules`",
    "cases": "try them with `test`",
    "accepted": "it is read by `check` and `test --mutate`",
    "properties": "prove them with `prove`",
    "parameters": "a scenario names it under `parameters`; check it with `check`",
    "sources": "a scenario names it under `sources`; check it with `check`",
    "regressions": "compare with it with `regress`",
    "scenarios": "name one file in it",
}


def kind_of(file: Path) -> str:
    """Tell what kind of file it is.

    Returns
    -------
    str
        A key of `KINDS`; a folder is a rule set, unless scenarios stand in it.

    Raises
    ------
    InputError
        When the file cannot be read, or is of no known kind.
    """
    if is_folder(file):
        return "scenarios" if any(_is_scenario(one) for one in sorted(file.glob("*.yaml"))) else "ruleset"
    node = read_yaml(file)
    keys = list(node.entries) if isinstance(node, Mapping) else []
    for key, kind in _TELLTALE:
        if key in keys:
            return kind
    if isinstance(node, Mapping):
        for needed, kind in (({"value", "kind"}, "parameters"), ({"address", "solidity"}, "sources")):
            if all(_holds(entry.node, needed) for entry in node.entries.values()):
                return kind
    if keys and _is_topic(keys):
        return "topic"
    known = ("scenario", "extends", "ruleset", "cases", "mutants")
    near = next((word for key in keys if (word := closest(key, known))), None)
    raise InputError(
        Finding(
            "unknown-kind",
            "this is neither a scenario (key `scenario`), a policy (`extends`), a rule set (`ruleset`), worked cases (`cases`), "
            "parameters nor sources",
            node.place,
            near or "the first keys tell what a file is",
        )
    )


def refuse_other_kinds(file: Path, *wanted: str) -> None:
    """Say what a file is, and what to do with it, when it is none of the kinds that a command works on.

    Raises
    ------
    InputError
        For a file of another kind, and for one that cannot be read. A file of no known kind passes: whoever reads it
        says better what is wrong with it.
    """
    try:
        kind = kind_of(file)
    except InputError as error:
        if any(finding.code == "unknown-kind" for finding in error.findings):
            return
        raise
    if kind not in wanted:
        what = "a folder" if kind == "ruleset" and is_folder(file) else KINDS[kind]
        asked = " or ".join(KINDS[one] for one in wanted)
        hint = "name one file in it" if what == "a folder" else _INSTEAD[kind]
        raise InputError(Finding("other-kind", f"this is {what}, and {asked} is asked for", Place(str(file), 1, 1, ""), hint))


def _is_scenario(file: Path) -> bool:
    try:
        return re.search(r"^(scenario|extends):", file.read_text("utf-8"), re.MULTILINE) is not None
    except (OSError, UnicodeDecodeError):
        return False  # whoever reads the folder says what is wrong with it


def _holds(node: Node, needed: set[str]) -> bool:
    return isinstance(node, Mapping) and needed <= node.entries.keys()


def _is_topic(keys: list[str]) -> bool:
    from rules.ruleset.sections import RuleSetRecord

    return set(keys) <= RuleSetRecord.model_fields.keys()
