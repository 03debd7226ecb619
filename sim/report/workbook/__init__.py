"""The results as a workbook (`summary.xlsx`): a sheet a table, with real numbers to go on counting with."""

from sim.report.workbook.book import workbook

__all__ = ["workbook"]
