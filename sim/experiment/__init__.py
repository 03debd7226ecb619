"""How policies are compared: the same replications under each, in parallel, and what can be said of the difference.

Imports nothing heavy: worker processes pass through here. SciPy is loaded when the first interval is asked for.
"""

from sim.experiment.batch import Batch, Ending, batch
from sim.experiment.progress import Progress
from sim.experiment.sample import Key, Sample
from sim.experiment.statistics import Difference, Estimate, difference, estimate, smallest_detectable

__all__ = [
    "Batch",
    "Difference",
    "Ending",
    "Estimate",
    "Key",
    "Progress",
    "Sample",
    "batch",
    "difference",
    "estimate",
    "smallest_detectable",
]
