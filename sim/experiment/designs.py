"""Where in a space of several numbers to run: grids, Sobol points, Latin hypercubes, Morris trajectories.

Every design is a table of shares: row = point, column = number, 0 = its low end, 1 = its high end. SciPy and NumPy are loaded
when a design is asked for: worker processes never need them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")
Table = tuple[tuple[float, ...], ...]


def crossed(values: Sequence[Sequence[T]]) -> tuple[tuple[T, ...], ...]:
    """Give every combination of the values of several numbers, the last varying fastest."""
    return tuple(itertools.product(*values))


def sobol(n: int, dimensions: int, seed: int) -> Table:
    """Give `n` points of a scrambled Sobol sequence (Owen, *Journal of Complexity* 14, 1998).

    Even coverage is best when `n` is a power of two; any other number gives the first `n` of the next one.
    """
    from scipy.stats import qmc

    points = qmc.Sobol(dimensions, scramble=True, rng=seed).random_base2((n - 1).bit_length())
    return _table(points[:n])


def latin_hypercube(n: int, dimensions: int, seed: int) -> Table:
    """Give `n` points of which every number has exactly one in each n-th of its span (McKay and others, 1979)."""
    from scipy.stats import qmc

    return _table(qmc.LatinHypercube(dimensions, rng=seed).random(n))


class Trajectory(NamedTuple):
    """A walk through the space that changes one number, or one group of numbers, at each step.

    Attributes
    ----------
    points : tuple of tuple of float
        One more than there are numbers (or groups).
    moved : tuple of int
        Which number or group each step changes.
    """

    points: Table
    moved: tuple[int, ...]


def morris(
    trajectories: int, dimensions: int, seed: int, levels: int = 4, groups: Sequence[Sequence[int]] | None = None
) -> tuple[Trajectory, ...]:
    """Give random trajectories of Morris' screening (*Technometrics* 33, 1991).

    Values lie on `levels` (an even number) even levels from 0 to 1; a step is levels / (2 (levels - 1)), so that all levels are
    equally likely. With groups the numbers of one move together, each in a direction of its own (Campolongo and others, 2007).
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    step = levels / (2 * (levels - 1))
    starts = np.arange(levels // 2) / (levels - 1)
    together = groups or [[number] for number in range(dimensions)]
    found = []
    for _ in range(trajectories):
        at = rng.choice(starts, size=dimensions)
        up = rng.random(dimensions) < 0.5
        at = np.where(up, at, at + step)
        order = rng.permutation(len(together))
        points = [at.copy()]
        for group in order:
            for number in together[group]:
                at[number] += step if up[number] else -step
            points.append(at.copy())
        found.append(Trajectory(_table(np.clip(np.array(points), 0.0, 1.0)), tuple(int(number) for number in order)))
    return tuple(found)


def _table(points: NDArray[np.float64]) -> Table:
    return tuple(tuple(float(share) for share in row) for row in points)
