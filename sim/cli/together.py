"""What a comparison says as a whole: which differences stand together, who may be best, and what pairing saved."""

import csv
import io
import sys
from collections.abc import Mapping
from typing import Any, TextIO

from sim.cli.engine import label_of
from sim.cli.figures import kpi_texts
from sim.cli.study import Study
from sim.cli.summary import HORIZON, shown
from sim.experiment import Key, Sample
from sim.experiment.statistics import differences

_WORDS = {
    "nb": {
        "stand": "Under ett (95 % for alle {m} forskjellene samtidig) står {k} seg.",
        "alone": "Disse forskjellene viser seg bare når hver ses for seg, og bør ikke brukes alene:",
    },
    "en": {
        "stand": "Taken together (95% for all {m} differences at once) {k} stand.",
        "alone": "These differences show only when each is looked at by itself, and should not be used alone:",
    },
}


def together_document(samples: Mapping[str, Sample]) -> dict[str, Any]:
    """Give simultaneous intervals of the headline measures of the horizon, and comparisons with the best.

    One family: every policy and every headline measure. With three scenarios or more every measure of which more or less is
    wished for also says which of them may be the best (`best`), each measure a family of its own.
    """
    from sim.experiment.together import simultaneous, with_the_best

    baseline, *policies = samples
    texts = kpi_texts()
    kpis = [kpi for kpi, text in texts.items() if text["headline"] and _key(kpi) in samples[baseline]]
    names = [(policy, kpi) for policy in policies for kpi in kpis]
    found = simultaneous([_differences(samples[baseline], samples[policy], kpi) for policy, kpi in names])
    intervals: dict[str, dict[str, Any]] = {policy: {} for policy in policies}
    for (policy, kpi), middle, low, high in zip(names, found.estimate, found.low, found.high, strict=True):
        intervals[policy][kpi] = {"difference": middle, "low": low, "high": high}
    document: dict[str, Any] = {
        "confidence": 0.95,
        "differences": found.columns,
        "critical": found.critical,
        "single": found.single,
        "bonferroni": found.bonferroni,
        "policies": intervals,
    }
    if len(policies) > 1:
        document["best"] = {}
        for kpi in (kpi for kpi in kpis if texts[kpi]["better"] in ("more", "less")):
            numbers = {name: sample.numbers(_key(kpi)) for name, sample in samples.items()}
            if sum(None not in row for row in zip(*numbers.values(), strict=True)) < 2:
                continue
            apart = with_the_best(numbers, more_is_better=texts[kpi]["better"] == "more")
            document["best"][kpi] = {name: {**of._asdict(), "may_be_best": of.may_be_best} for name, of in apart.items()}
    return document


def pairing_table(samples: Mapping[str, Sample]) -> str:
    """Give `pairing.csv`: achieved correlation and variance reduction of every figure in every window."""
    from sim.experiment.pairing import pairing

    baseline, *policies = samples
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["policy", *Key._fields, "pairs", "correlation", "correlation_low", "correlation_high", "variance_reduction"])
    for policy in policies:
        for key in filter(shown, samples[policy]):
            of = pairing(samples[baseline].numbers(key), samples[policy].numbers(key))
            table.writerow([policy, *key, *("" if value is None else value for value in of)])
    return text.getvalue()


def show_together(study: Study, lang: str, stream: TextIO | None = None) -> None:
    """Print how many differences stand when all are taken together, and which of the tables above do not.

    Who may be best stands in `together.json` alone: of deaths or evictions no policy should be called best.
    """
    stream = stream or sys.stdout
    words, texts = _WORDS[lang], kpi_texts()
    document = together_document(study.samples)
    together = {(policy, kpi): of for policy, kpis in document["policies"].items() for kpi, of in kpis.items()}
    standing = [name for name, of in together.items() if _apart(of["low"], of["high"])]
    alone = [
        f"  {label_of(study.scenarios[policy])[lang]}: {texts[kpi]['nb' if lang == 'nb' else 'en']}"
        for policy, kpi in together
        if (policy, kpi) not in standing and _apart(*_alone(study, policy, kpi))
    ]
    head = words["stand"].format(m=document["differences"], k=len(standing))
    stream.write("\n".join(["", head, *([words["alone"], *alone] if alone else [])]) + "\n")


def _apart(low: Any, high: Any) -> bool:
    return low is not None and (low > 0 or high < 0)


def _alone(study: Study, policy: str, kpi: str) -> tuple[Any, Any]:
    """Give the interval of one difference by itself."""
    key = {"policy": policy, **_key(kpi)._asdict()}
    row = next(row for row in study.summary if key.items() <= row.items())
    return row["difference_low"], row["difference_high"]


def _key(kpi: str) -> Key:
    return Key(HORIZON, "all", "all", kpi)


def _differences(baseline: Sample, policy: Sample, kpi: str) -> list[float | None]:
    return differences(baseline.numbers(_key(kpi)), policy.numbers(_key(kpi)))
