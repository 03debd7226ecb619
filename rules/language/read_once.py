"""A function that reads the same fields again and again reads each of them once."""

from __future__ import annotations

import ast
from collections import Counter


def read_once(body: list[str], facts: str) -> list[str]:
    """Return the lines of a function's body with the fields of one variable that are read more than once read at its beginning.

    Only stored and supplied fields, which have a value from the start: the slots of clocks may have none yet.

    Parameters
    ----------
    body : list of str
        Lines of source.
    facts : str
        The variable: it is never None.
    """
    tree = ast.parse("\n".join(body))
    reads = Counter(node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is(node.value, facts))
    often = {name for name, times in reads.items() if times > 1 and "__" not in name}
    if not often:
        return body
    lines = ast.unparse(ast.fix_missing_locations(_Named(facts, often).visit(tree))).splitlines()
    return [*(f"{facts}_{name} = {facts}.{name}" for name in reads if name in often), *lines]


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


class _Named(ast.NodeTransformer):
    """Puts the local variable in the place of each of these fields."""

    def __init__(self, facts: str, names: set[str]) -> None:
        self.facts = facts
        self.names = names

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Replace one."""
        if node.attr in self.names and _is(node.value, self.facts):
            return ast.Name(f"{self.facts}_{node.attr}", node.ctx)
        return self.generic_visit(node)
