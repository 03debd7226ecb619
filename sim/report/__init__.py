"""What people read, made from a results folder alone."""

from sim.report.endings import endings_text
from sim.report.interval import MeanTold, mean_told
from sim.report.numbers import amount, change, number, replications_text, years_text
from sim.report.page import page
from sim.report.verdict import FEW, Told, told, verdict
from sim.report.withheld import withheld_note
from sim.report.wording import notes

__all__ = [
    "FEW",
    "MeanTold",
    "Told",
    "amount",
    "change",
    "endings_text",
    "mean_told",
    "notes",
    "number",
    "page",
    "replications_text",
    "told",
    "verdict",
    "withheld_note",
    "years_text",
]
