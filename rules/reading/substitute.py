"""Named parameters in a tree: `$name` stands for a value written elsewhere, `+$name` adds it to the number that is there."""

import re
from collections.abc import Mapping as AbstractMapping

from rules.reading.findings import Finding, InputError, fail
from rules.reading.nodes import Entry, Mapping, Node, Scalar, Sequence, kind
from rules.reading.suggest import closest

_NAME = re.compile(r"\$([A-Za-z_][A-Za-z0-9_.-]*)", re.ASCII)


def substitute(node: Node, table: AbstractMapping[str, Node]) -> tuple[Node, frozenset[str]]:
    """Put values in the place of references.

    Parameters
    ----------
    node : Node
        A tree in which plain scalars may read `$name` or `+$name`. Text in quotes is left alone.
    table : mapping of str to Node
        The values. They may hold references too.

    Returns
    -------
    tuple of Node and frozenset of str
        The tree, in which a value keeps the place where it was written; and the names that were used.

    Raises
    ------
    InputError
        With a finding for each reference that names nothing, is not well formed, or leads back to itself.
    """
    work = _Substitution(table)
    result = work.node(node)
    if work.findings:
        raise InputError(*work.findings)
    return result, frozenset(work.done)


class _Substitution:
    def __init__(self, table: AbstractMapping[str, Node]) -> None:
        self.table = table
        self.done: dict[str, Node] = {}
        self.under_way: list[str] = []
        self.findings: list[Finding] = []

    def node(self, node: Node) -> Node:
        match node:
            case Scalar(plain=True) if node.text.startswith("$"):
                return self._reference(node, node.text)
            case Scalar(plain=True) if node.text.startswith("+$"):
                return self._added(node)
            case Scalar():
                return node
            case Sequence():
                return Sequence(tuple(self.node(item) for item in node.items), node.place)
            case Mapping():
                entries = {key: Entry(key, entry.key_place, self.node(entry.node)) for key, entry in node.entries.items()}
                return Mapping(entries, node.place)

    def _added(self, node: Scalar) -> Node:
        """Give a change by the number that a parameter stands for."""
        value = self._reference(node, node.text[1:])
        if value is node:
            return node
        if not isinstance(value, Scalar) or value.text.startswith("+"):
            found = value.text if isinstance(value, Scalar) else kind(value)
            message = f"{node.text!r} adds a number, but the parameter is {found}"
            self.findings.append(Finding("bad-reference", message, node.place))
            return node
        return Scalar(f"+{value.text}", f"+{value.text}", True, value.place)

    def _reference(self, node: Scalar, text: str) -> Node:
        found = _NAME.fullmatch(text)
        if found is None:
            message = f"{text!r} is not the name of a parameter"
            hint = "write $name alone, or put the text in quotes"
            self.findings.append(Finding("bad-reference", message, node.place, hint))
            return node
        name = found.group(1)
        if name in self.done:
            return self.done[name]
        if name not in self.table:
            near = closest(name, self.table)
            message = f"there is no parameter named {name!r}"
            self.findings.append(Finding("unknown-parameter", message, node.place, near and f"${near}"))
            return node
        if name in self.under_way:
            chain = " → ".join(f"${step}" for step in [*self.under_way[self.under_way.index(name) :], name])
            fail("circular-parameter", f"the parameter refers to itself ({chain})", node.place)
        self.under_way.append(name)
        self.done[name] = self.node(self.table[name])
        self.under_way.pop()
        return self.done[name]
