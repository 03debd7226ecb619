"""Tracks whose rules stand in a rule set of their own: `tracks: {CARE: {who: …, rules: ../care}}`.

The named rule set can be checked, tested and shown by itself. Read as a track, its rules stand under the track, and its
names (fields, amounts, definitions, tables, legal sources) beside those of the rule set that names it.
"""

from collections.abc import Callable
from os.path import normpath
from pathlib import Path

from rules.reading import Entry, Finding, InputError, Mapping, Place, Scalar, closest, fail, plain
from rules.reading.nodes import kind

#: What becomes part of the track.
_OF_TRACK = frozenset({"scope", "eligibility", "exclusion", "matching", "living_environment", "priority", "offers", "tenancy",
                       "moves", "holds"})  # fmt: skip
#: What becomes part of the whole; what two rule sets both name must be the same.
_OF_ALL = ("legal_sources", "fields", "amounts", "definitions", "tables")
#: What a rule set says of itself alone.
_OF_ITSELF = frozenset({"ruleset", "label", "valid"})


def named_rules(tree: Mapping) -> dict[str, Path]:
    """Give the rule sets that tracks name, by the id of the track: paths relative to the files that name them."""
    found = {}
    for name, track in _tracks(tree).items():
        entry = track.entries.get("rules")
        if entry is not None and isinstance(entry.node, Scalar) and entry.node.text:
            # Joined as text, so that messages name the file as its reader would.
            found[name] = Path(normpath(Path(entry.node.place.file).parent / entry.node.text))
    return found


def with_named_rules(tree: Mapping, read: Callable[[Path], Mapping]) -> Mapping:
    """Put the rules that tracks name in their place.

    Parameters
    ----------
    tree : Mapping
        A merged rule set.
    read : callable
        Reads the merged tree of another.

    Raises
    ------
    InputError
        For rules that are not there, for what a rule set with tracks must say itself, and for names that mean two things.
    """
    paths = named_rules(tree)
    if not paths:
        return tree
    findings: list[Finding] = []
    whole, tracks = dict(tree.entries), dict(tree.entries["tracks"].node.entries)  # type: ignore[union-attr]
    for name, path in paths.items():
        place = _tracks(tree)[name].entries["rules"].node.place
        _must_be_there(path, place)
        own = read(path)
        tracks[name] = Entry(name, tracks[name].key_place, _merged_track(_tracks(tree)[name], own, findings))
        for section in _OF_ALL:
            if section in own.entries:
                whole[section] = _merged_names(section, whole.get(section), own.entries[section], findings)
    if findings:
        raise InputError(*dict.fromkeys(findings))
    entry = tree.entries["tracks"]
    return Mapping({**whole, "tracks": Entry("tracks", entry.key_place, Mapping(tracks, entry.node.place))}, tree.place)


def _tracks(tree: Mapping) -> dict[str, Mapping]:
    entry = tree.entries.get("tracks")
    if entry is None or not isinstance(entry.node, Mapping):
        return {}
    return {name: track.node for name, track in entry.node.entries.items() if isinstance(track.node, Mapping)}


def _must_be_there(path: Path, place: Place) -> None:
    try:
        if path.exists():
            return
        near = closest(path.name, [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else [])
    except OSError as error:
        fail("unreadable", f"cannot read {path}: {error.strerror}", place)
    fail("no-such-file", f"there is no rule set {path.name!r} in {path.parent}", place, near)


def _merged_track(track: Mapping, own: Mapping, findings: list[Finding]) -> Mapping:
    entries = {key: entry for key, entry in track.entries.items() if key != "rules"}
    for key, entry in own.entries.items():
        if key in _OF_TRACK:
            if key in entries:
                message = f"{key} stands here, and in the rules that the track names ({entry.key_place})"
                findings.append(Finding("duplicate-id", message, entries[key].key_place, "keep one of the two"))
            entries[key] = entry
        elif key == "label":
            entries.setdefault(key, entry)
        elif key not in _OF_ALL and key not in _OF_ITSELF:
            message = f"{key} cannot stand in the rules of a track: it concerns all who share the stock"
            findings.append(Finding("not-of-a-track", message, entry.key_place, "write it in the rule set that names the tracks"))
    return Mapping(entries, track.place)


def _merged_names(section: str, first: Entry | None, second: Entry, findings: list[Finding]) -> Entry:
    if first is None:
        return second
    if not isinstance(first.node, Mapping) or not isinstance(second.node, Mapping):
        odd = second.node if isinstance(first.node, Mapping) else first.node
        fail("wrong-type", f"{section} should be a map (keys with values), but is {kind(odd)}", odd.place)
    merged = dict(first.node.entries)
    for name, entry in second.node.entries.items():
        known = merged.setdefault(name, entry)
        if plain(known.node) != plain(entry.node):
            message = f"{name!r} of {section} means something else at {known.key_place}; rules that share a stock share names"
            hint = "give one of the two another name, or let them agree"
            findings.append(Finding("two-meanings", message, entry.key_place, hint))
    return Entry(section, first.key_place, Mapping(merged, first.node.place))
