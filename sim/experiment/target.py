"""The smallest number that reaches a target, with its confidence."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from sim.experiment.statistics import CONFIDENCE, estimate, student_quantile


class Target(NamedTuple):
    """What a figure should be at most, or at least."""

    kpi: str
    value: float
    at_most: bool = True


class Answer(NamedTuple):
    """Which of several numbers, in rising order, reach a target. All are places in that order, None = no number.

    Attributes
    ----------
    smallest : int or None
        The first number from which on the mean reaches the target, as far as was tried: the best guess.
    enough : int or None
        With 95 % confidence this number and every larger one that was tried reach it.
    too_small : int or None
        With 95 % confidence this number and every smaller one that was tried do not.
    """

    smallest: int | None
    enough: int | None
    too_small: int | None


def smallest_reaching(target: Target, numbers: Sequence[Sequence[float | None]], confidence: float = CONFIDENCE) -> Answer:
    """Find the smallest of several numbers that reaches a target.

    Tests go down from the largest number, each at the full level, and end with the first that fails: the chance that any number
    is wrongly called enough is at most 1 - confidence, whatever the number of tests and however paired points depend on each
    other (a fixed sequence of hypotheses: Hsu and Berger, *Journal of the American Statistical Association* 94, 1999; Maurer,
    Hothorn and Lehmacher, 1995). `too_small` is found the same way upwards.

    Parameters
    ----------
    numbers : sequence of sequence
        For each number, in rising order, the figure by replication.
    """
    sign = 1.0 if target.at_most else -1.0
    limits = [_one_sided([None if v is None else sign * v for v in of], confidence) for of in numbers]
    value = sign * target.value
    enough = _run([high is not None and high <= value for _, _, high in limits][::-1])
    too_small = _run([low is not None and low > value for low, _, _ in limits])
    reaching = _run([mean is not None and mean <= value for _, mean, _ in limits][::-1])
    n = len(numbers)
    return Answer(
        None if reaching == 0 else n - reaching,
        None if enough == 0 else n - enough,
        None if too_small == 0 else too_small - 1,
    )


def _run(true: Sequence[bool]) -> int:
    """Count how many are true before the first that is not."""
    return next((place for place, holds in enumerate(true) if not holds), len(true))


def _one_sided(values: Sequence[float | None], confidence: float) -> tuple[float | None, float | None, float | None]:
    """Give the lower limit, the mean and the upper limit, each limit right with the confidence by itself."""
    of = estimate(values)
    if of.mean is None or of.sd is None:
        return None, of.mean, None
    half = student_quantile(confidence, of.n - 1) * of.sd / sqrt(of.n)
    return of.mean - half, of.mean, of.mean + half
