"""Secondary suppression: which further cells must be withheld so that a withheld one cannot be computed from the others.

A figure is broken down into parts, some of them parts of parts (types of homes within steps within schemes). What is published
are linear equations in the finest parts: a part is exposed when its own equation follows from those that are published.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

#: A part of people: (dimension, value).
Part = tuple[str, str]
Equation = npt.NDArray[np.float64]

WHOLE: Part = ("all", "all")


class Tree(NamedTuple):
    """The parts of one figure.

    Attributes
    ----------
    sizes : mapping
        Part -> households behind it; the whole is among them where it is published.
    parents : mapping
        Part -> the next larger part that it lies in; what is not here lies in the whole.
    """

    sizes: Mapping[Part, float]
    parents: Mapping[Part, Part]

    def parts(self) -> list[Part]:
        """All parts but the whole."""
        return [of for of in self.sizes if of != WHOLE]

    def parent(self, part: Part) -> Part:
        """The next larger part that the figure is given for."""
        up = self.parents.get(part, WHOLE)
        while up != WHOLE and up not in self.sizes:
            up = self.parents.get(up, WHOLE)
        return up

    def partition(self, part: Part) -> str:
        """The way of dividing the whole that a part belongs to: dimensions that lie within each other are one."""
        nested = {of[0] for pair in self.parents.items() for of in pair}
        return "" if part[0] in nested else part[0]

    def ancestors(self, part: Part) -> list[Part]:
        """The larger parts that a part lies in, the next one first, the whole last."""
        found = [self.parent(part)]
        while found[-1] != WHOLE:
            found.append(self.parent(found[-1]))
        return found

    def finest(self) -> list[Part]:
        """The parts that are not divided further."""
        divided = {self.parent(of) for of in self.parts()}
        return [of for of in self.parts() if of not in divided]

    def families(self) -> list[tuple[Part, list[Part]]]:
        """Every larger part with the parts that it is the sum of: the next smaller ones, and the finest ones.

        The whole stands there for each way of dividing it.
        """
        found: dict[tuple[Part, str, bool], list[Part]] = {}
        for of in self.parts():
            found.setdefault((self.parent(of), self.partition(of), False), []).append(of)
        for of in self.finest():
            for large in self.ancestors(of)[1:]:
                found.setdefault((large, self.partition(of), True), []).append(of)
        return [(large, parts) for (large, _, _), parts in found.items()]

    def equations(self) -> dict[Part, Equation]:
        """Every part as a sum of the finest ones; the whole by each way of dividing it (``("all", WAY)``)."""
        finest = self.finest()
        found: dict[Part, Equation] = {}
        for column, of in enumerate(finest):
            unit = np.zeros(len(finest))
            unit[column] = 1.0
            for part in (of, *self.ancestors(of)[:-1], (WHOLE[0], self.partition(of))):
                found[part] = found.get(part, 0.0) + unit
        return found


def exposed(tree: Tree, hidden: frozenset[Part]) -> frozenset[Part]:
    """Give the withheld parts that can be computed from the published ones."""
    equations = tree.equations()
    ways = [equation for of, equation in equations.items() if of[0] == WHOLE[0]]
    if not ways:
        return frozenset()
    known = [equations[of] for of in tree.parts() if of not in hidden]
    known += [way - ways[0] for way in ways[1:]]
    if WHOLE not in hidden:
        known.append(ways[0])
    rank = _rank(known)
    return frozenset(of for of in hidden if _rank([*known, ways[0] if of == WHOLE else equations[of]]) == rank)


def withheld(tree: Tree, primary: frozenset[Part], least: float) -> frozenset[Part]:
    """Give the parts to withhold, the primary ones included.

    Parameters
    ----------
    tree : Tree
    primary : frozenset of Part
        What must not be known.
    least : float
        What is withheld together, and follows as a sum, holds so many households or more.

    Returns
    -------
    frozenset of Part
        The next smallest part is added until nothing that is withheld follows from what is published; where no smaller part
        is left, the larger one itself.
    """
    hidden = set(primary) & tree.sizes.keys()
    while (more := _next(tree, frozenset(hidden), least)) is not None:
        hidden.add(more)
    return frozenset(hidden)


def _next(tree: Tree, hidden: frozenset[Part], least: float) -> Part | None:
    """Give the part to withhold next; None when nothing more is needed."""
    families = tree.families()
    for large, parts in families:
        if large in hidden and not hidden.intersection(parts):  # the sum of what is published
            return _smallest(tree, parts)
    found = exposed(tree, hidden)
    for large, parts in families:
        under = [of for of in parts if of in hidden]
        known = any(of in found for of in under)
        if not under or large in hidden or not (known or sum(tree.sizes[of] for of in under) < least):
            continue
        open_ = [of for of in parts if of not in hidden]
        if open_:
            return _smallest(tree, open_)
        if known and large in tree.sizes:
            return large
    rest = [of for of in tree.sizes if of not in hidden]
    return _smallest(tree, rest) if found and rest else None


def _smallest(tree: Tree, parts: Sequence[Part]) -> Part:
    """Give the smallest part, an empty one and the whole only where there is no other."""
    return min(parts, key=lambda of: (of == WHOLE, tree.sizes[of] == 0, tree.sizes[of], of))


def _rank(equations: Sequence[Equation]) -> int:
    return int(np.linalg.matrix_rank(np.array(equations))) if equations else 0
