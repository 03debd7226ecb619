"""The files of a rule set, merged into one tree."""

from collections.abc import Iterable
from collections.abc import Sequence as AbstractSequence
from pathlib import Path

from rules.reading import Entry, Finding, InputError, Mapping, Node, Place, fail, read_yaml
from rules.reading.nodes import kind
from rules.ruleset.tracks import named_rules, with_named_rules

#: How the name of a file with worked cases ends.
CASES_SUFFIX = ".test.yaml"
#: How the name of a file with properties to be proved ends.
PROOFS_SUFFIX = ".prove.yaml"
#: The file beside the rules with what their author has accepted of the findings about the worked cases.
ACCEPTED_NAME = "accepted.yaml"

#: Sections that may stand in several files, each with other names in it.
_NAMED = frozenset({"legal_sources", "fields", "amounts", "definitions", "tables", "scope", "eligibility",
                    "exclusion", "matching", "living_environment", "moves", "holds", "temporary", "quotas", "claims",
                    "tracks"})  # fmt: skip


def read_ruleset_tree(paths: str | Path | AbstractSequence[str | Path]) -> Mapping:
    """Read and merge the files of a rule set.

    Parameters
    ----------
    paths : path, or sequence of paths
        Files or folders; of a folder all ``*.yaml`` in the order of their names, without worked cases.

    Returns
    -------
    Mapping
        One tree, with the rules that tracks name in it; every node keeps its place.

    Raises
    ------
    InputError
        For files that cannot be read, and for every name that stands in two places (both are named).
    """
    return with_named_rules(_read_and_merged(paths), _read_and_merged)


def ruleset_files(paths: AbstractSequence[Path]) -> list[Path]:
    """Give every file that is read for a rule set: those of `rule_files`, and of the rule sets that its tracks name."""
    own = [file for path in paths for file in rule_files(path)]
    return own + [file for path in named_by_tracks(paths) for file in rule_files(path)]


def named_by_tracks(paths: AbstractSequence[Path]) -> list[Path]:
    """Give the rule sets that the tracks of a rule set name."""
    return list(named_rules(_read_and_merged(paths)).values())


def _read_and_merged(paths: str | Path | AbstractSequence[str | Path]) -> Mapping:
    several = [paths] if isinstance(paths, str | Path) else list(paths)
    files = [file for path in several for file in rule_files(Path(path))]
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    for file in files:
        root = read_yaml(file)
        if not isinstance(root, Mapping):
            fail("wrong-type", f"a rule set should be a map (keys with values), but is {kind(root)}", root.place)
        for entry in root.entries.values():
            _add(entries, entry, findings)
    if findings:
        raise InputError(*findings)
    return Mapping(entries, next(iter(entries.values())).key_place)


def rule_files(path: Path) -> list[Path]:
    """Give the files of rules that a path names: itself, or those of a folder by name, without what only stands beside rules.

    Raises
    ------
    InputError
        For a folder that holds no rules.
    """
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if _is_rules(file))
    if not files:
        fail("empty", "the folder holds no rules (*.yaml)", Place(str(path), 1, 1, ""))
    return files


def _is_rules(file: Path) -> bool:
    beside = file.name.endswith((CASES_SUFFIX, PROOFS_SUFFIX)) or file.name == ACCEPTED_NAME
    return file.suffix in (".yaml", ".yml") and not beside and file.is_file()


def _add(entries: dict[str, Entry], entry: Entry, findings: list[Finding]) -> None:
    first = entries.get(entry.key)
    if first is None:
        entries[entry.key] = entry
        return
    if entry.key not in _NAMED:
        findings.append(_twice(f"the section {entry.key!r}", entry, first))
        return
    if not isinstance(entry.node, Mapping) or not isinstance(first.node, Mapping):
        odd: Node = first.node if isinstance(entry.node, Mapping) else entry.node
        fail("wrong-type", f"{entry.key} should be a map (keys with values), but is {kind(odd)}", odd.place)
    for name, inner in entry.node.entries.items():
        before = first.node.entries.get(name)
        if before is not None:
            findings.append(_twice(f"{name!r} of {entry.key}", inner, before))
    merged = {**entry.node.entries, **first.node.entries}
    order: Iterable[str] = [*first.node.entries, *(n for n in entry.node.entries if n not in first.node.entries)]
    node = Mapping({name: merged[name] for name in order}, first.node.place)
    entries[entry.key] = Entry(entry.key, first.key_place, node)


def _twice(what: str, second: Entry, first: Entry) -> Finding:
    return Finding("duplicate-id", f"{what} stands here a second time; the first is at {first.key_place}",
                   second.key_place, "keep one of the two")  # fmt: skip
