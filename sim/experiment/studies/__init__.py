"""What each command on many points works out: its plan, and its document, of plain data alone.

A study knows neither options, files nor languages: the command line reads what is asked for, runs the points and tells the
document.
"""

from sim.experiment.studies.refused import RefusedStudyError

__all__ = ["RefusedStudyError"]
