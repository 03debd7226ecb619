"""Whether a change of the rules changes what is guarded: verdicts of paired runs, baselines as text."""

from sim.experiment.regression.baseline import VERSION, Baseline, StoredGuard, baseline_text, stale
from sim.experiment.regression.comparison import Comparison, compared, effects, replications_wanted, unchanged
from sim.experiment.regression.levels import FALSE_ALARM, FEWEST, MISS, Levels, levels_for, replications_needed
from sim.experiment.regression.observation import Observed, replicate_guarded
from sim.experiment.regression.verdict import FAILING, Expected, Guarded, Judged, Verdict, judge

__all__ = [
    "FAILING",
    "FALSE_ALARM",
    "FEWEST",
    "MISS",
    "VERSION",
    "Baseline",
    "Comparison",
    "Expected",
    "Guarded",
    "Judged",
    "Levels",
    "Observed",
    "StoredGuard",
    "Verdict",
    "baseline_text",
    "compared",
    "effects",
    "judge",
    "levels_for",
    "replicate_guarded",
    "replications_needed",
    "replications_wanted",
    "stale",
    "unchanged",
]
