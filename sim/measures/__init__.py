"""Measures: from the records of one replication to its figures. Pure functions over plain data."""

from sim.measures.beside import BESIDE
from sim.measures.definitions import UNITS, WINDOWS, Definition
from sim.measures.kostra import GROUPS, KOSTRA
from sim.measures.kpis import KPIS
from sim.measures.measuring import Figure, figure, measure
from sim.measures.records import (
    Amount,
    Asset,
    CountKey,
    DwellingCell,
    HoursCell,
    HouseholdCell,
    Move,
    ProjectPhase,
    Records,
    Return,
    TypeInfo,
    Wait,
)
from sim.measures.settings import Settings
from sim.measures.survival import LifeTable, life_table
from sim.measures.windows import HORIZON, OPENING, Window, windows

__all__ = [
    "BESIDE",
    "GROUPS",
    "HORIZON",
    "KOSTRA",
    "KPIS",
    "OPENING",
    "UNITS",
    "WINDOWS",
    "Amount",
    "Asset",
    "CountKey",
    "Definition",
    "DwellingCell",
    "Figure",
    "HoursCell",
    "HouseholdCell",
    "LifeTable",
    "Move",
    "ProjectPhase",
    "Records",
    "Return",
    "Settings",
    "TypeInfo",
    "Wait",
    "Window",
    "figure",
    "life_table",
    "measure",
    "windows",
]
