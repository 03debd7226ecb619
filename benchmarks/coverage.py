"""How often each interval covers, measured on toys whose answer is known.

    python -m benchmarks.coverage                     # the table of docs/experiments.md; some minutes
    python -m benchmarks.coverage --paste docs/experiments.md  # puts the table there
    python -m benchmarks.coverage --from results/DIR  # how skewed the measures of a comparison are, and what that does

`tests/sim/experiment/test_coverage.py` holds every row to what is promised by an exact binomial test at 1e-4.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy.stats

from benchmarks.paste import paste
from sim.experiment import together
from sim.experiment.pairing import pairing
from sim.experiment.screening import sobol_indices, sobol_points
from sim.experiment.skewed import bootstrap_t, if_skewed, skewness
from sim.experiment.statistics import difference, estimate, student_quantile
from sim.experiment.stopping import looks
from sim.experiment.together import simultaneous
from sim.experiment.uncertainty import value_of_information

TRIALS = 4000
Array = np.ndarray


class Row(NamedTuple):
    """What was measured of one interval.

    Attributes
    ----------
    interval, toy : str
    size : str
        Replications, rows or points.
    covered : int
        Trials in which the truth lay within.
    promised : float
        The level that is promised: 95 %, or what is published where it is less.
    exactly : bool
        Whether it may not be more, either.
    """

    interval: str
    toy: str
    size: str
    covered: int
    promised: float = 0.95
    exactly: bool = True

    def holds(self, trials: int) -> bool:
        """Say whether an exact binomial test at 1e-4 keeps what is promised."""
        way = "two-sided" if self.exactly else "less"
        return bool(scipy.stats.binomtest(self.covered, trials, self.promised, alternative=way).pvalue > 1e-4)


Toy = Callable[[int], Iterator[Row]]


def paired_differences(trials: int) -> Iterator[Row]:
    """Pairs of correlated normals; and paired M/M/1 queues of 200 customers at two service rates."""
    rng = np.random.default_rng(1)
    covered = 0
    for _ in range(trials):
        first = rng.normal(size=20)
        of = difference(first.tolist(), (1 + 0.9 * first + 0.4 * rng.normal(size=20)).tolist())
        covered += _within(of.low, 1.0, of.high)
    yield Row("paired difference, Student", "correlated normals", "20 pairs", covered)
    for size, level, better_level in ((20, 0.91, 0.92), (40, 0.93, 0.93)):
        truth, rows = queues(trials, size)
        student = chosen = resampled = 0
        for of in rows:
            values = of.tolist()
            plain, better, (low, high) = estimate(values), if_skewed(values), bootstrap_t(values)
            alone = _within(plain.low, truth, plain.high)
            student += alone
            resampled += low <= truth <= high
            chosen += alone if better is None else better.low <= truth <= better.high
        queue, pairs = "two M/M/1 queues, 200 customers", f"{size} pairs"
        yield Row("paired difference, Student", queue, pairs, student, level, exactly=False)
        yield Row("paired difference, bootstrap-t where skewed", queue, pairs, chosen, better_level, exactly=False)
        yield Row("paired difference, bootstrap-t", queue, pairs, resampled, better_level, exactly=False)


def queues(trials: int, size: int = 20) -> tuple[float, Array]:
    """Give the true difference of the mean wait of two paired queues, and trials of `size` such differences."""

    def differences(rng: np.random.Generator, runs: int) -> Array:
        between, work = rng.exponential(1.0, (runs, 200)), rng.exponential(1.0, (runs, 200))
        found = np.zeros((2, runs))
        for policy, speed in enumerate((0.6, 0.5)):
            wait = np.zeros(runs)
            for customer in range(200):
                wait = np.maximum(0.0, wait + speed * work[:, customer] - between[:, customer])
                found[policy] += wait / 200
        return found[1] - found[0]

    truth = float(differences(np.random.default_rng(2), 200_000).mean())
    return truth, differences(np.random.default_rng(1), trials * size).reshape(trials, size)


def skewed_means(trials: int) -> Iterator[Row]:
    """Lognormal figures of three skewnesses, twenty replications of each."""
    for sigma, student_level, level in ((0.5, 0.93, 0.93), (0.75, 0.90, 0.92), (1.0, 0.86, 0.91)):
        rng, truth = np.random.default_rng(3), math.exp(sigma**2 / 2)
        skew = (math.exp(sigma**2) + 2) * math.sqrt(math.exp(sigma**2) - 1)
        student = resampled = 0
        for _ in range(trials):
            values = np.exp(sigma * rng.normal(size=20)).tolist()
            of, (low, high) = estimate(values), bootstrap_t(values)
            student += _within(of.low, truth, of.high)
            resampled += low <= truth <= high
        toy = f"lognormal, skewness {skew:.1f}"
        yield Row("mean, Student", toy, "20", student, student_level, exactly=False)
        yield Row("mean, bootstrap-t", toy, "20", resampled, level, exactly=False)


def stopped(trials: int) -> Iterator[Row]:
    """Normal figures, stopped by `--replications auto` at the first look at which the interval is short enough."""
    draws = np.random.default_rng(6).normal(size=(trials, 480))
    sums, squares = draws.cumsum(axis=1), (draws**2).cumsum(axis=1)
    for width in (0.34, 0.26, 0.15):
        open_, covered, sizes = np.ones(trials, dtype=bool), 0, 0
        for n in looks(480):
            mean = sums[:, n - 1] / n
            half = student_quantile(0.975, n - 1) * np.sqrt((squares[:, n - 1] - n * mean**2) / (n - 1) / n)
            stops = open_ & ((half <= width) | (n == 480))
            covered += int((np.abs(mean[stops]) <= half[stops]).sum())
            sizes += n * int(stops.sum())
            open_ &= ~stops
        yield Row("mean, stopped when precise", f"normal, half width {width} sd", f"{sizes / trials:.0f} on average", covered)


def at_once(trials: int) -> Iterator[Row]:
    """Five correlated differences held at once."""
    rng, truth = np.random.default_rng(20_260_101), np.arange(5) * 3.0
    kept, together.RESAMPLES = together.RESAMPLES, 999
    together._signs.cache_clear()
    covered = 0
    try:
        for _ in range(trials):
            rows = truth + math.sqrt(0.7) * rng.normal(size=(20, 1)) + math.sqrt(0.3) * rng.normal(size=(20, 5))
            found = simultaneous(rows.T.tolist())
            covered += all(_within(*of) for of in zip(found.low, truth, found.high, strict=True))
    finally:
        together.RESAMPLES = kept
        together._signs.cache_clear()
    yield Row("all differences at once", "five correlated normals", "20 pairs", covered, exactly=False)


def correlations(trials: int) -> Iterator[Row]:
    """The correlation between pairs, of normals that have one of 0.8."""
    rng, covered = np.random.default_rng(9), 0
    for _ in range(trials):
        first = rng.normal(size=20)
        of = pairing(first.tolist(), (0.8 * first + 0.6 * rng.normal(size=20)).tolist())
        covered += _within(of.low, 0.8, of.high)
    yield Row("correlation of the pairs, Fisher's z", "normals, correlation 0.8", "20 pairs", covered)


def indices(trials: int, n: int = 128) -> Iterator[Row]:
    """Sobol indices of the g-function of three numbers, with noise of two replications."""
    a = np.array([0.0, 1.0, 9.0])
    parts = 1 / (3 * (1 + a) ** 2)
    variance = np.prod(1 + parts) - 1
    truths = np.concatenate([parts, parts * np.prod(1 + parts) / (1 + parts)]) / variance
    rng, covered = np.random.default_rng(5), np.zeros(6, dtype=int)
    for _ in range(trials):
        points = np.array(sobol_points(rng.random((n, 6)).tolist()))
        means = np.prod((np.abs(4 * points - 2) + a) / (1 + a), axis=1)
        noisy = means[:, None] + 0.3 * rng.normal(size=2) + 0.1 * rng.normal(size=(len(means), 2))
        found = sobol_indices(n, noisy.tolist())
        ends = (*found.first_within, *found.total_within)
        covered += [low <= truth <= high for truth, (low, high) in zip(truths, ends, strict=True)]
    for place, truth in enumerate(truths):
        kind = "first" if place < 3 else "total"
        yield Row(f"Sobol index ({kind}), bootstrap-t", f"g-function, index {truth:.2f}", f"{n} rows", int(covered[place]))


def few_rows(trials: int) -> Iterator[Row]:
    """The same with a quarter of the rows."""
    for row in indices(trials, 32):
        yield row._replace(promised=0.93, exactly=False)


def knowing(trials: int) -> Iterator[Row]:
    """The value of knowing two numbers: gain = mean + 2 Z1 + Z2, at random points."""
    near = ((60, 8, 1.0, 0.95), (16, 4, 1.0, 0.95), (16, 2, 1.0, 0.95), (16, 4, 3.0, 0.95), (12, 2, 0.2, 0.88))
    for points, replications, mean, level in near:
        truth = math.sqrt(5) * scipy.stats.norm.pdf(mean / math.sqrt(5)) - mean * scipy.stats.norm.cdf(-mean / math.sqrt(5))
        rng, covered = np.random.default_rng(6), 0
        for _ in range(trials):
            shares = rng.random((points, 2))
            z = scipy.stats.norm.ppf(shares)
            luck, noise = 0.5 * rng.normal(size=replications), 2 * rng.normal(size=(points, replications))
            gain = mean + 2 * z[:, :1] + z[:, 1:] + luck + noise
            found = value_of_information([np.zeros_like(gain).tolist(), gain.tolist()], shares.tolist())
            covered += found.low <= truth <= found.high
        size = f"{points} points of {replications}"
        yield Row("value of knowing everything", f"normal gains, mean {mean:g}, sd 2.2", size, covered, level, exactly=False)


TOYS: tuple[Toy, ...] = (paired_differences, skewed_means, stopped, at_once, correlations, indices, few_rows, knowing)


def told(rows: Sequence[Row], trials: int, day: str) -> str:
    """Give the table as Markdown."""
    lines = [f"| interval of 95 % | toy | size | covers ({trials:,} trials, {day}) |", "| --- | --- | --- | --- |"]
    lines += [f"| {of.interval} | {of.toy} | {of.size} | {100 * of.covered / trials:.1f} % |" for of in rows]
    return "\n".join(lines)


def measures(folder: Path, size: int = 20, trials: int = 2000) -> str:
    """Tell how skewed each headline measure of a comparison is, and how often Student's interval of `size` replications covers.

    The replications of the folder stand for the population: samples of them are drawn, and their mean is the truth.
    """
    rng = np.random.default_rng(4)
    lines = ["| figure | skewness | Student's covers | bootstrap-t where skewed |", "| --- | --- | --- | --- |"]
    for name, numbers in figures(folder).items():
        population = np.array(numbers)
        if skewness(numbers) is None:
            continue
        truth, student, chosen = float(population.mean()), 0, 0
        for _ in range(trials):
            values = rng.choice(population, size).tolist()
            of, better = estimate(values), if_skewed(values)
            alone = _within(of.low, truth, of.high)
            student += alone
            chosen += alone if better is None else better.low <= truth <= better.high
        shown = f"{100 * student / trials:.1f} % | {100 * chosen / trials:.1f} %"
        lines.append(f"| {name} | {skewness(numbers):+.2f} | {shown} |")
    return "\n".join(lines)


def figures(folder: Path) -> Mapping[str, Sequence[float]]:
    """Give the numbers of every headline measure of the horizon, and of its differences from the baseline."""
    from sim.cli.figures import kpi_texts
    from sim.results import read_results

    results = read_results(folder)
    texts = kpi_texts()
    found: dict[tuple[str, str], dict[int, float]] = {}
    for policy, replication, _, _, _, kpi, number in results.horizon(("all",)):
        if number is not None and texts.get(kpi, {}).get("headline"):
            found.setdefault((policy, kpi), {})[replication] = number
    baseline = next(iter(found))[0]
    told_of: dict[str, Sequence[float]] = {}
    for (policy, kpi), numbers in found.items():
        if policy == baseline:
            told_of[kpi] = list(numbers.values())
            continue
        before = found[baseline, kpi]
        told_of[f"{kpi}, difference"] = [number - before[k] for k, number in numbers.items() if k in before]
    return told_of


def _within(low: float | None, truth: float, high: float | None) -> bool:
    return low is not None and high is not None and low <= truth <= high


def main() -> int:
    """Print the table, and 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=TRIALS)
    parser.add_argument("--from", dest="folder", type=Path, help="the results folder of a comparison")
    parser.add_argument("--paste", type=Path, help="a page whose table, between two marks, is replaced by this one")
    asked = parser.parse_args()
    if asked.folder is not None:
        print(measures(asked.folder))
        return 0
    rows = [row for toy in TOYS for row in toy(asked.trials)]
    table = told(rows, asked.trials, f"{datetime.now(UTC):%Y-%m-%d}")
    print(table)
    if asked.paste is not None:
        paste(asked.paste, table, "coverage", block=False)
    return int(not all(row.holds(asked.trials) for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
