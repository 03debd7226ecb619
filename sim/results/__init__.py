"""The results folder: written whole or not at all, read with every check, all that report and app know."""

from sim.results.errors import ResultsError
from sim.results.folder import ResultsData, read_results, write_results
from sim.results.schema import SCHEMA_VERSION, TABLES, Column
from sim.results.writer import ResultsWriter

__all__ = [
    "SCHEMA_VERSION",
    "TABLES",
    "Column",
    "ResultsData",
    "ResultsError",
    "ResultsWriter",
    "read_results",
    "write_results",
]
