"""From files to one tree: the scenario, the policies laid over it, values set from outside, parameters put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rules.reading import (
    Entry,
    Finding,
    InputError,
    Mapping,
    Node,
    closest,
    fail,
    overlay,
    substitute,
)
from rules.reading.nodes import Scalar
from rules.reading.nodes import Sequence as SequenceNode
from sim.scenario.from_register import with_register
from sim.scenario.model import PolicyRecord
from sim.scenario.parameters import ParameterRecord, check_parameters, read_parameters, values
from sim.scenario.settings import Setting, apply
from sim.scenario.stacked import stacked, together


@dataclass(frozen=True, slots=True)
class RuleSource:
    """Where a rule set comes from: files or folders, the place that names them, and the changes of a policy.

    ``whole``: the changes are to these files, whatever was in force before.
    """

    paths: tuple[Path, ...]
    node: Node
    changes: Mapping | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """A policy file, and the scenario as it stands when it has been laid over what it extends.

    Parameters
    ----------
    policy : PolicyRecord
    policy_from : date
        From when it is in effect: its own date, or that of the policy it extends.
    head : Mapping
        The policy file as written, for places.
    tree : Mapping
        The scenario with it, parameters put in.
    changed_parameters : tuple of (str, Node)
        Parameters it changes, each with the node of the change.
    rules : RuleSource or None
        The rules from then on; None = as before.
    """

    path: Path
    policy: PolicyRecord
    policy_from: date
    head: Mapping
    tree: Mapping
    changed_parameters: tuple[tuple[str, Node], ...]
    rules: RuleSource | None


@dataclass(frozen=True, slots=True)
class Source:
    """A scenario as read: trees with places, nothing interpreted.

    Parameters
    ----------
    base : Mapping
        The scenario without any policy; ``tree`` is the one with all of them.
    used : frozenset of str
        Names of the parameters that are referred to.
    missed : tuple of Setting
        Settings that hit nothing.
    files : tuple of Path
        Every file read, the rules' excepted.
    stack : tuple of str
        Names of the policies that were laid on one another, in order; empty for one policy by itself.
    """

    path: Path
    base: Mapping
    tree: Mapping
    parameters: Mapping | None
    records: dict[str, ParameterRecord]
    used: frozenset[str]
    rules: RuleSource | None
    layers: tuple[Layer, ...]
    missed: tuple[Setting, ...]
    files: tuple[Path, ...]
    stack: tuple[str, ...] = ()

    @property
    def policy(self) -> Layer | None:
        """The last policy, if there is any."""
        return self.layers[-1] if self.layers else None


def read_source(path: str | Path, settings: Sequence[Setting] = (), beneath: Sequence[str | Path] = ()) -> Source:
    """Read a scenario or a policy with everything it refers to but the rules.

    Parameters
    ----------
    path : str or Path
    settings : sequence of Setting
    beneath : sequence of (str or Path)
        Policies that this one is laid over; see `sim.scenario.stacked`.

    Raises
    ------
    InputError
        For all that cannot be read, referred to, or laid over.
    """
    first, registers, heads, asked = stacked([*beneath, path])
    if not heads and not registers and "changes" in first.node.entries and "scenario" not in first.node.entries:
        fail("missing-key", "a policy says what it `extends`", first.node.place, "write `extends: SCENARIO.yaml`")
    folder = first.path.parent
    raw = unregistered = dict(first.node.entries)
    for register in registers:
        raw = with_register(raw, register)
    for_parameters = [setting for setting in settings if setting.on_parameter]
    for_tree = [setting for setting in settings if not setting.on_parameter]
    entry = raw.pop("parameters", None)
    parameters, files = read_parameters(None if entry is None else entry.node, folder)
    missed: tuple[Setting, ...] = ()
    if for_parameters:
        parameters, missed = _set_parameters(parameters, for_parameters, first.node)
    named = raw.pop("rules", None)
    rules = None if named is None else named_rules(named.node, folder)
    bare = Mapping(raw, first.node.place)
    records = check_parameters(parameters)
    base, used = substitute(bare, values(parameters))
    if registers:  # what only the parts refer to that a register replaces is not forgotten
        parts = {key: entry for key, entry in unregistered.items() if key not in ("parameters", "rules")}
        used |= substitute(Mapping(parts, first.node.place), values(parameters))[1]
    base, late = apply(base, for_tree)
    tree = _map(base)
    layers: list[Layer] = []
    for link, policy, since in heads:
        laid = _lay(link.path, link.node, policy, since, tree, bare, parameters, (for_tree, missed), layers)
        layer, parameters, missed = laid
        more = substitute(bare, values(parameters))[1]
        used |= more
        tree = layer.tree
        layers.append(layer)
    if layers:
        records = check_parameters(parameters)
        tree, late = _apply_late(tree, late)
        last = layers[-1].policy
        layers[-1] = replace(layers[-1], tree=tree, policy=together(last, asked) if beneath else last)
    return Source(
        Path(path),
        _map(base),
        tree,
        parameters,
        records,
        used | _used_by_layers(layers, parameters),
        rules,
        tuple(layers),
        (*missed, *late),
        tuple(dict.fromkeys([first.path, *files, *(link.path for link, _ in registers), *(link.path for link, _, _ in heads)])),
        tuple(policy.name for policy in asked) if beneath else (),
    )


def _lay(
    path: Path,
    head: Mapping,
    policy: PolicyRecord,
    since: date,
    tree: Mapping,
    bare: Mapping,
    parameters: Mapping | None,
    settings: tuple[Sequence[Setting], tuple[Setting, ...]],
    before: Sequence[Layer],
) -> tuple[Layer, Mapping | None, tuple[Setting, ...]]:
    """Lay one policy over the tree of the one before.

    ``settings`` are those for the tree, and those for parameters that have hit nothing so far; of the latter the rest is given
    back that hits nothing in the policy's own parameters either.
    """
    for_tree, missed = settings
    entry = head.entries.get("changes")
    changes = None if entry is None else entry.node
    if changes is None or (isinstance(changes, Scalar) and changes.value is None):
        return Layer(path, policy, since, head, tree, (), None), parameters, missed
    if not isinstance(changes, Mapping):
        fail("wrong-type", "`changes` should be a map (keys with values)", changes.place)
    parts = dict(changes.entries)
    changed: tuple[tuple[str, Node], ...] = ()
    on_parameters = parts.pop("parameters", None)
    if on_parameters is not None:
        if parameters is None or not isinstance(on_parameters.node, Mapping):
            fail("overlay-hits-nothing", "there are no parameters to change in this way", on_parameters.key_place)
        parameters = _map(overlay(parameters, on_parameters.node))
        changed = tuple((name, e.node) for name, e in on_parameters.node.entries.items() if name != "add")
        if missed:
            parameters, missed = _set_parameters(parameters, missed, head)
        if before:
            fail("not-supported", "only the first policy of a chain may change parameters", on_parameters.key_place,
                 "write the values in the place where they are used")  # fmt: skip
        tree = _map(apply(substitute(bare, values(parameters))[0], for_tree)[0])
    on_rules = parts.pop("rules", None)
    rules = None
    if on_rules is not None:
        if isinstance(on_rules.node, Mapping):
            rules = RuleSource((), on_rules.node, on_rules.node)
        else:
            rules = named_rules(on_rules.node, path.parent)
    rest, _ = substitute(Mapping(parts, changes.place), values(parameters))
    return Layer(path, policy, since, head, _map(overlay(tree, rest)), changed, rules), parameters, missed


def _apply_late(tree: Mapping, settings: Sequence[Setting]) -> tuple[Mapping, tuple[Setting, ...]]:
    after, missed = apply(tree, settings)
    return _map(after), missed


def _set_parameters(
    parameters: Mapping | None, settings: Sequence[Setting], root: Mapping
) -> tuple[Mapping | None, tuple[Setting, ...]]:
    if parameters is None:
        return None, tuple(settings)
    whole = Mapping({"parameters": Entry("parameters", root.place, parameters)}, root.place)
    after, missed = apply(whole, settings)
    assert isinstance(after, Mapping)
    return _map(after.entries["parameters"].node), missed


def _used_by_layers(layers: Sequence[Layer], parameters: Mapping | None) -> frozenset[str]:
    table = values(parameters)
    used: frozenset[str] = frozenset()
    for layer in layers:
        entry = layer.head.entries.get("changes")
        if entry is not None and isinstance(entry.node, Mapping):
            rest = {key: e for key, e in entry.node.entries.items() if key not in ("parameters", "rules")}
            used |= substitute(Mapping(rest, entry.node.place), table)[1]
    return used


def named_rules(node: Node, folder: Path) -> RuleSource:
    """Give the rules that a node names, by paths from a folder. Raises `InputError` for what is not there."""
    named = node.items if isinstance(node, SequenceNode) else (node,)
    paths = []
    for item in named:
        if not isinstance(item, Scalar) or not isinstance(item.value, str):
            fail("wrong-type", "`rules` names a file, a folder, or a list of them", item.place)
        target = folder / item.value
        if not target.exists():
            near = closest(target.name, [p.name for p in target.parent.iterdir()]) if target.parent.is_dir() else None
            raise InputError(Finding("missing-file", f"there is no file or folder {item.value}", item.place, near))
        paths.append(target)
    if not paths:
        fail("wrong-type", "`rules` names no file or folder", node.place)
    return RuleSource(tuple(paths), node)


def _map(node: Node) -> Mapping:
    if not isinstance(node, Mapping):
        fail("wrong-type", "the scenario should be a map (keys with values)", node.place)
    return node
