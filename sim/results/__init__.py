"""The results folder: written whole or not at all, read with every check, all that report and app know."""

from sim.results.datapackage import datapackage
from sim.results.errors import ResultsError
from sim.results.folder import ResultsData, read_results, write_results
from sim.results.schema import SCHEMA_VERSION, TABLES, Column
from sim.results.writer import Pages, ResultsWriter, write_pages

__all__ = [
    "SCHEMA_VERSION",
    "TABLES",
    "Column",
    "Pages",
    "ResultsData",
    "ResultsError",
    "ResultsWriter",
    "datapackage",
    "read_results",
    "write_pages",
    "write_results",
]
