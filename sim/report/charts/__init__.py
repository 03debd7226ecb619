"""Pictures as inline SVG: from Vega-Lite where it has the form, drawn here where it has not. No scripts, nothing to fetch."""

from sim.report.charts.alluvial import Flow, alluvial
from sim.report.charts.curve import Point, curve
from sim.report.charts.fan import Fan, fan
from sim.report.charts.forest import Mark, forest
from sim.report.charts.front import Plan, front
from sim.report.charts.gantt import Bar, gantt
from sim.report.charts.levels import Level, levels
from sim.report.charts.ranges import Range, ranges
from sim.report.charts.tornado import Swing, tornado
from sim.report.charts.vega import unchecked
from sim.report.charts.yearly import Yearly, yearly

__all__ = [
    "Bar",
    "Fan",
    "Flow",
    "Level",
    "Mark",
    "Plan",
    "Point",
    "Range",
    "Swing",
    "Yearly",
    "alluvial",
    "curve",
    "fan",
    "forest",
    "front",
    "gantt",
    "levels",
    "ranges",
    "tornado",
    "unchecked",
    "yearly",
]
