"""Chains of files in which each extends the one before."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rules.reading.findings import fail
from rules.reading.nodes import Mapping, Node, Scalar, kind
from rules.reading.strict_yaml import read_yaml
from rules.reading.suggest import closest


@dataclass(frozen=True, slots=True)
class Link:
    """One file of a chain, and what stands in it (its `extends` included)."""

    path: Path
    node: Mapping


def resolve_extends(path: str | Path, read: Callable[[str | Path], Node] = read_yaml) -> tuple[Link, ...]:
    """Follow `extends` from file to file.

    Parameters
    ----------
    path : str or Path
        The file to begin with.
    read : callable, optional
        Reads one file.

    Returns
    -------
    tuple of Link
        The file that extends nothing first, the file asked for last.

    Raises
    ------
    InputError
        When a file cannot be read or holds no map, when `extends` names no file (at the place of the name),
        and when the chain comes back to a file already in it.
    """
    chain: list[Link] = []
    current = Path(path)
    while True:
        node = read(current)
        if not isinstance(node, Mapping):
            fail("wrong-type", f"the file should hold a map (keys with values), but is {kind(node)}", node.place)
        chain.append(Link(current, node))
        entry = node.entries.get("extends")
        if entry is None:
            return tuple(reversed(chain))
        current = _target(current, entry.node, chain)


def _target(path: Path, name: Node, chain: list[Link]) -> Path:
    if not isinstance(name, Scalar) or not isinstance(name.value, str) or "\0" in name.value:
        fail("bad-extends", f"`extends` should name one file, but is {kind(name)}", name.place)
    target = path.parent / name.value
    seen = [link.path.resolve() for link in chain]
    if target.resolve() in seen:
        loop = [link.path.name for link in chain[seen.index(target.resolve()) :]]
        fail("circular-extends", f"the file extends itself ({' → '.join([*loop, target.name])})", name.place)
    if not target.is_file():
        folder = target.parent
        near = closest(target.name, [item.name for item in folder.iterdir()] if folder.is_dir() else [])
        fail("missing-file", f"there is no file {name.value}", name.place, near)
    return target
