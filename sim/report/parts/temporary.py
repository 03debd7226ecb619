"""Temporary accommodation: how many nights, year by year."""

from sim.report.blocks import Figure, Part
from sim.report.parts.by_year import year_panels, year_table
from sim.report.parts.finding import finding
from sim.report.parts.year_lead import alone, lead
from sim.report.reading import Reading

KPI = "temporary_nights_per_year"
_TITLE = {"nb": "Midlertidig bolig", "en": "Temporary accommodation"}


def temporary(reading: Reading) -> Part | None:
    """Draw the nights in paid temporary accommodation; nothing where there is no such measure."""
    if not reading.years or reading.row(reading.baseline, KPI) is None:
        return None
    if not any((reading.row(name, KPI) or {}).get("mean") for name in reading.names):
        return None  # nobody is ever there: the scenario has no such thing
    rows = {name: reading.row(name, KPI) for name in reading.others}
    title = finding(reading, reading.kpi_name(KPI), KPI, rows) if rows else alone(reading, KPI)
    return Part(
        "temporary",
        _TITLE[reading.lang],
        [Figure(title, lead(reading, KPI), year_panels(reading, KPI), [year_table(reading, KPI)])],
    )
