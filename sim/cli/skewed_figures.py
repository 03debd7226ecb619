"""Bootstrap-t intervals of the headline measures: all of them in a file, and told where Student's covers less than it says."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TextIO

from sim.cli.engine import label_of
from sim.cli.figures import kpi_texts
from sim.cli.points import csv_text
from sim.cli.study import Study
from sim.cli.summary import HORIZON
from sim.cli.wanted import gap_text, size_text
from sim.experiment import Key, Sample
from sim.experiment.statistics import differences

_WORDS = {
    "nb": {
        "head": "Skjeve tall, der det vanlige intervallet treffer sjeldnere enn 95 %; med bootstrap-t:",
        "mean": "{label}: {kpi}: {low} til {high}",
        "difference": "{label}: {kpi}, forskjell: {low} til {high}",
    },
    "en": {
        "head": "Skewed figures, of which the usual interval covers less often than 95%; by bootstrap-t:",
        "mean": "{label}: {kpi}: {low} to {high}",
        "difference": "{label}: {kpi}, difference: {low} to {high}",
    },
}


class SkewedFigure(NamedTuple):
    """One mean, or one mean paired difference from the baseline, of the horizon."""

    policy: str
    kpi: str
    of: str
    n: int
    skewness: float
    too_skewed: bool
    low: float
    high: float


def skewed_figures(samples: Mapping[str, Sample]) -> list[SkewedFigure]:
    """Give the headline measures of ten replications or more: means, and differences too where policies are compared."""
    # Loaded here, after the work: NumPy is slow to import.
    from sim.experiment.skewed import with_skewness

    rows = []
    for policy, kpi, of, numbers in _numbers(samples):
        found = with_skewness(numbers)
        if found is not None:
            rows.append(SkewedFigure(policy, kpi, of, found.n, found.skewness, found.too_skewed, found.low, found.high))
    return rows


def skewed_table(samples: Mapping[str, Sample]) -> str:
    """Give `skewed.csv`."""
    return csv_text(SkewedFigure._fields, skewed_figures(samples))


def show_skewed(study: Study, lang: str, stream: TextIO | None = None) -> None:
    """Print the figures that are too skewed for Student's interval, where there are any."""
    words, texts = _WORDS[lang], kpi_texts()
    rows = [row for row in skewed_figures(study.samples) if row.too_skewed]
    if not rows:
        return
    lines = ["", words["head"]]
    for row in rows:
        label = label_of(study.scenarios[row.policy])[lang]
        if row.of == "difference":
            low, high = (gap_text(end, row.kpi, lang, signed=True) for end in (row.low, row.high))
        else:
            low, high = (size_text(end, row.kpi, lang) for end in (row.low, row.high))
        kpi = texts[row.kpi]["nb" if lang == "nb" else "en"]
        lines.append("  " + words[row.of].format(label=label, kpi=kpi, low=low, high=high))
    (stream or sys.stdout).write("\n".join(lines) + "\n")


def _numbers(samples: Mapping[str, Sample]) -> Iterator[tuple[str, str, str, Sequence[float | None]]]:
    baseline, *policies = samples
    headline = [kpi for kpi, text in kpi_texts().items() if text["headline"]]
    for policy, sample in samples.items():
        for kpi in headline:
            key = Key(HORIZON, "all", "all", kpi)
            if key in sample and key in samples[baseline]:
                numbers = sample.numbers(key)
                yield policy, kpi, "mean", numbers
                if policy in policies:
                    yield policy, kpi, "difference", differences(samples[baseline].numbers(key), numbers)
