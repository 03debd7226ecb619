"""The figures over all replications: the rows of `summary.csv`."""

from collections.abc import Iterator, Mapping

from sim.experiment import Key, Sample, difference, estimate

Row = dict[str, str | int | float | None]

HORIZON = 0


def summary(samples: Mapping[str, Sample]) -> list[Row]:
    """Give one row for every figure of every policy: undivided ones in all windows, broken-down ones for the horizon.

    With several policies every row also compares with the first, the baseline (in whose own rows that is empty).
    """
    baseline, *others = samples
    return [
        row
        for policy, sample in samples.items()
        for row in _rows(policy, sample, samples[baseline] if others else None, policy == baseline)
    ]


def shown(key: Key) -> bool:
    """Tell if a figure stands in the summary (all of them stand in `kpis.parquet`)."""
    return key.year == HORIZON or key.dimension == "all"


def _rows(policy: str, sample: Sample, baseline: Sample | None, is_baseline: bool) -> Iterator[Row]:
    for key in sample:
        if not shown(key):
            continue
        numbers = sample.numbers(key)
        row: Row = {"policy": policy, **key._asdict(), **estimate(numbers)._asdict()}
        if baseline is not None:
            row |= _against(baseline.numbers(key), numbers, is_baseline)
        yield row


def _against(before: list[float | None], after: list[float | None], is_baseline: bool) -> Row:
    names = (
        "pairs",
        "baseline_mean",
        "policy_mean",
        "difference",
        "difference_low",
        "difference_high",
        "correlation",
        "smallest_detectable",
    )
    if is_baseline:
        return dict.fromkeys(names)
    of = difference(before, after)
    values = (of.n, of.baseline, of.policy, of.difference, of.low, of.high, of.correlation, of.smallest_detectable)
    return dict(zip(names, values, strict=True))
