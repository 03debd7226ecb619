"""Pydantic models checked against a tree with places."""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rules.reading.error_words import Words, unknown_key, words
from rules.reading.findings import Finding, InputError
from rules.reading.model_keys import keys_at
from rules.reading.nodes import Entry, Mapping, Node, Path, Scalar, Sequence, child, kind, path_text, plain

_Model = TypeVar("_Model", bound=BaseModel)


def validate(model: type[_Model], node: Node) -> _Model:
    """Read a tree as a model.

    Parameters
    ----------
    model : type of BaseModel
        What the tree should hold.
    node : Node
        The tree.

    Returns
    -------
    BaseModel
        An instance of `model`.

    Raises
    ------
    InputError
        With a finding for every error pydantic made, in the order of places: at the key for an unknown key
        (with the nearest key of the model), at the map for a missing key, at the value for all else.
    """
    try:
        return model.model_validate(plain(node))
    except ValidationError as error:
        faults = [_fault(model, node, detail) for detail in error.errors(include_url=False)]
        findings = dict.fromkeys(fault.finding for fault in _join_members(faults))
        raise InputError(*sorted(findings, key=_order)) from None


@dataclass(frozen=True, slots=True)
class _Fault:
    path: Path
    node: Node
    finding: Finding
    expected: str = ""  # not empty when the finding only says that another kind of value is expected


def _fault(model: type[BaseModel], root: Node, detail: Any) -> _Fault:
    loc: Path = tuple(detail["loc"])
    if detail["type"] == "missing":
        path, node, _ = _locate(root, loc[:-1])
        where = f" in {path_text(path)}" if path else ""
        message = f"the key {str(loc[-1])!r} is missing{where}"
        if isinstance(node, Sequence):
            message = f"item {int(loc[-1]) + 1} is missing{where}"
        return _Fault(path, node, Finding("missing-key", message, node.place))
    path, node, entry = _locate(root, loc)
    if entry is not None and detail["type"] == "extra_forbidden":
        return _Fault(path, node, unknown_key(entry, keys_at(model, loc[:-1])))
    if entry is not None and loc[-1] == "[key]":
        key = Scalar(entry.key, entry.key, False, entry.key_place)
        return _Fault(path, key, _finding("the key", key, words(detail, key)))
    said = words(detail, node)
    if detail["type"] == "union_tag_invalid":  # show the discriminator, rather than the whole map
        node = child(node, detail["ctx"]["discriminator"].strip("'")) or node
    return _Fault(path, node, _finding(path_text(path) or "this", node, said), said.expected)


def _finding(subject: str, node: Node, said: Words) -> Finding:
    clause = f"should be {said.expected}, but is {kind(node)}" if said.expected else said.clause
    return Finding(said.code, clause if said.whole else f"{subject} {clause}", node.place, said.hint)


def _join_members(faults: list[_Fault]) -> list[_Fault]:
    """Make one finding of what the members of a union say of one value.

    Each member says what it expected. Where one of them has more to say than that another kind of value is
    expected, the author meant that one. Otherwise all that could have been written is said in one sentence.
    """
    telling = [fault.path for fault in faults if not fault.expected]
    kept = []
    expected: dict[Path, list[str]] = {}
    for fault in faults:
        if not fault.expected:
            kept.append(fault)
        elif any(path[: len(fault.path)] == fault.path for path in telling):
            continue
        elif fault.path in expected:
            expected[fault.path].append(fault.expected)
        else:
            expected[fault.path] = [fault.expected]
            kept.append(fault)
    return [_with_all(fault, expected[fault.path]) if fault.expected else fault for fault in kept]


def _with_all(fault: _Fault, expected: list[str]) -> _Fault:
    said = Words("wrong-type", "", fault.finding.hint, " or ".join(dict.fromkeys(expected)))
    return replace(fault, finding=_finding(path_text(fault.path) or "this", fault.node, said))


def _locate(root: Node, loc: Path) -> tuple[Path, Node, Entry | None]:
    """Find the node that an error's location means, the path to it, and its entry when it has a key.

    Pydantic puts names of union members between the keys; they are stepped over. A member may be called like
    a key, so of all readings the one that uses most steps is taken, and of these the one that uses the last.
    """
    best: tuple[tuple[int, bool], Path, Node, Entry | None] = ((-1, False), (), root, None)

    def walk(node: Node, entry: Entry | None, rest: Path, path: Path, used: bool) -> None:
        nonlocal best
        if not rest:
            if (score := (len(path), used)) > best[0]:
                best = (score, path, node, entry)
            return
        step, below, own = rest[0], None, None
        if isinstance(node, Mapping) or (isinstance(node, Sequence) and isinstance(step, int)):
            below = child(node, step)
        if below is not None:
            own = node.entries[str(step)] if isinstance(node, Mapping) else None
            walk(below, own, rest[1:], (*path, step), True)
        if below is None or isinstance(step, str):
            walk(node, entry, rest[1:], path, False)

    walk(root, None, loc, (), False)
    return best[1:]


def _order(finding: Finding) -> tuple[str, int, int]:
    place = finding.place
    return ("", 0, 0) if place is None else (place.file, place.line, place.column)
