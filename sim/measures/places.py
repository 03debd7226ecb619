"""Figures of projects: when what is planned stands open."""

from __future__ import annotations

import numpy as np

from sim.measures.breakdown import Breakdown
from sim.measures.survival import FloatArray
from sim.measures.tables import Tables

#: Phases that come after the opening.
_AFTER = ("base", "contact_person")


def project_opening_days_mean(tables: Tables, by: Breakdown) -> FloatArray:
    """Mean days from the start until a project with phases opens; what has not opened counts with the whole horizon."""
    found: FloatArray = np.full((by.size, len(tables.windows)), np.nan)
    horizon = tables.records.bins[-1]
    last: dict[str, float] = {}
    for phase in tables.records.projects:
        if phase.phase not in _AFTER:
            ends = horizon if phase.end is None else phase.end
            last[phase.project] = max(last.get(phase.project, 0.0), ends)
    if last and by.size == 1:
        for column, window in enumerate(tables.windows):
            if window.year == 0:
                found[:, column] = sum(last.values()) / len(last)
    return found
