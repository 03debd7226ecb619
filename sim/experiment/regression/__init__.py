"""Whether a change of the rules changes what is guarded: verdicts of paired runs, what to try alone, baselines as text."""

from sim.experiment.regression.baseline import VERSION, Baseline, StoredGuard, baseline_text, stale
from sim.experiment.regression.levels import FALSE_ALARM, FEWEST, MISS, Levels, levels_for, replications_needed
from sim.experiment.regression.observation import Observed, replicate_guarded
from sim.experiment.regression.plan import Changed, Part, parts
from sim.experiment.regression.verdict import FAILING, Expected, Guarded, Judged, Verdict, judge

__all__ = [
    "FAILING",
    "FALSE_ALARM",
    "FEWEST",
    "MISS",
    "VERSION",
    "Baseline",
    "Changed",
    "Expected",
    "Guarded",
    "Judged",
    "Levels",
    "Observed",
    "Part",
    "StoredGuard",
    "Verdict",
    "baseline_text",
    "judge",
    "levels_for",
    "parts",
    "replicate_guarded",
    "replications_needed",
    "stale",
]
