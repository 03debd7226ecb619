"""What people read, made from a results folder alone."""

from sim.report.numbers import amount, change, number
from sim.report.page import page
from sim.report.verdict import verdict

__all__ = ["amount", "change", "number", "page", "verdict"]
