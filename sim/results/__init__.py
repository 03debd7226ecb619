"""The results folder: written whole or not at all, read with every check, all that report and app know."""

from sim.results.datapackage import datapackage
from sim.results.errors import ResultsError
from sim.results.eventlog import event_log, event_log_csv
from sim.results.folder import ResultsData, read_results, write_results
from sim.results.likeness import Likeness, likeness
from sim.results.schema import SCHEMA_VERSION, TABLES, Column
from sim.results.studies import STUDY_VERSION, read_study, sealed
from sim.results.study_likeness import StudyLikeness, study_likeness
from sim.results.writer import Pages, ResultsWriter, write_pages

__all__ = [
    "SCHEMA_VERSION",
    "STUDY_VERSION",
    "TABLES",
    "Column",
    "Likeness",
    "Pages",
    "ResultsData",
    "ResultsError",
    "ResultsWriter",
    "StudyLikeness",
    "datapackage",
    "event_log",
    "event_log_csv",
    "likeness",
    "read_results",
    "read_study",
    "sealed",
    "study_likeness",
    "write_pages",
    "write_results",
]
