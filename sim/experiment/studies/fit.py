"""A calibration in the making: waves of points, what they leave, and how the figures compare."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.experiment.matching import Left, Matching, Observation
from sim.experiment.points import PointFigures
from sim.experiment.statistics import estimate
from sim.experiment.studies.refused import RefusedStudyError
from sim.experiment.studies.unknown_numbers import Unknowns


class Observed(NamedTuple):
    """Observed figures: those to fit, and those kept for validation."""

    fitted: tuple[Observation, ...]
    kept: tuple[Observation, ...] = ()


class Fitting:
    """A calibration in the making.

    Parameters
    ----------
    observed : Observed
    chosen : Unknowns
        The numbers to fit.
    policy : str
        Name of the scenario.
    points : int or None
        Of a wave; by default enough for a regression with squares.
    seed : int

    Raises
    ------
    RefusedStudyError
        For too few points.
    """

    def __init__(self, observed: Observed, chosen: Unknowns, policy: str, points: int | None, seed: int) -> None:
        self._observed, self._chosen, self._policy = observed, chosen, policy
        d = len(chosen.varied)
        self._size = points or 2 * (2 * d + 1)
        if self._size < 2 * (d + 1):
            hint = f"give at least {2 * (d + 1)}"
            raise RefusedStudyError("points", f"{self._size} points are too few for {d} numbers", hint)
        self._matching = Matching(observed.fitted, d, seed)
        self._shares: list[tuple[float, ...]] = []
        self._wave: list[int] = []
        self._last: Sequence[PointFigures] = ()
        self._left: list[Left] = []
        self.finished = 0

    @property
    def asked(self) -> int:
        """Points begun so far."""
        return len(self._shares)

    @property
    def something_left(self) -> bool:
        """Whether some value is still plausible."""
        return bool(self._left) and self._left[-1].share > 0

    def settings(self, number: int) -> list[tuple[str, str]]:
        """Give a point as values to set."""
        return [of.setting(share) for of, share in zip(self._chosen.varied, self._shares[number], strict=True)]

    def begin(self) -> list[int]:
        """Give the points of the next wave; none when too little is left for one."""
        design = self._matching.design(self._size)
        if len(design) < 2 * (len(self._chosen.varied) + 1):
            return []
        self._wave = list(range(len(self._shares), len(self._shares) + len(design)))
        self._shares += design
        return self._wave

    def learn(self, found: Sequence[PointFigures]) -> None:
        """Learn from a wave that has been run.

        Raises
        ------
        RefusedStudyError
            When a figure has no number where one is needed.
        """
        shares = [self._shares[of.number] for of in found]
        figures = {seen.kpi: [of.numbers(self._policy, seen.kpi) for of in found] for seen in self._observed.fitted}
        try:
            self._matching.add(shares, figures)
        except ValueError as error:
            raise RefusedStudyError("observed", f"the figures cannot be fitted: {error}") from None
        self._left.append(self._matching.left())
        self._last, self.finished = found, len(self._shares)

    def document(self) -> dict[str, Any]:
        """Give what `calibrate.json` says."""
        left = self._left[-1] if self._left else None
        rows = []
        for index, of in enumerate(self._chosen.varied):
            row: dict[str, Any] = {"parameter": of.id, "label": dict(of.label)}
            row |= {"from": of.span.text(of.span.low), "to": of.span.text(of.span.high), "value": of.span.text(of.value)}
            row |= {"ends": [float(of.span.low), float(of.span.high)], "at": float(of.value), "unit": of.span.unit}
            if left is not None and left.share > 0:
                row |= {"plausible_from": of.span.near(left.low[index]), "plausible_to": of.span.near(left.high[index])}
                row["plausible"] = [float(of.span.number(row[end])) for end in ("plausible_from", "plausible_to")]
                row["middle_half"] = [of.span.near(share) for share in left.middle[index]]
            rows.append(row)
        return {
            "scenario": self._policy,
            "waves": [wave.share for wave in self._left],
            "points": self.finished,
            "plausible_share": None if left is None else left.share,
            "parameters": rows,
            "fitted": [self._compared(seen) for seen in self._observed.fitted],
            "validation": [self._compared(seen) for seen in self._observed.kept],
            "hardest": self._matching.hardest() if left is not None and left.share == 0 else None,
            "fixed": dict(self._chosen.fixed),
        }

    def _compared(self, seen: Observation) -> dict[str, Any]:
        """Give an observation beside what the plausible points of the last wave say of it: means, widened by chance and error."""
        record: dict[str, Any] = {"kpi": seen.kpi, "observed": seen.value, "sd": seen.sd}
        shares = np.array([self._shares[of.number] for of in self._last])
        if not len(shares):
            return record
        inside = [of for of, keep in zip(self._last, self._matching.plausible(shares), strict=True) if keep]
        means = [estimate(of.numbers(self._policy, seen.kpi)) for of in inside]
        known = [(of.mean, of.sd) for of in means if of.mean is not None and of.sd is not None]
        if not known:
            return record
        wide = [(seen.sd**2 + sd**2) ** 0.5 for _, sd in known]
        low = min(mean - 2 * sd for (mean, _), sd in zip(known, wide, strict=True))
        high = max(mean + 2 * sd for (mean, _), sd in zip(known, wide, strict=True))
        return record | {"low": low, "high": high, "agrees": low <= seen.value <= high}
