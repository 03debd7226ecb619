"""Pictures as inline SVG: from Vega-Lite where it has the form, drawn here where it has not. No scripts, nothing to fetch."""

from sim.report.charts.alluvial import Flow, alluvial
from sim.report.charts.fan import Fan, fan
from sim.report.charts.forest import Mark, forest
from sim.report.charts.gantt import Bar, gantt
from sim.report.charts.levels import Level, levels
from sim.report.charts.yearly import Yearly, yearly

__all__ = [
    "Bar",
    "Fan",
    "Flow",
    "Level",
    "Mark",
    "Yearly",
    "alluvial",
    "fan",
    "forest",
    "gantt",
    "levels",
    "yearly",
]
