"""The load of follow-up: how much of the hours required is received, over time and by team."""

from sim.report.blocks import Block, Figure, Part
from sim.report.parts.by_year import year_panels, year_table
from sim.report.parts.differences import difference_tables
from sim.report.parts.finding import finding
from sim.report.parts.sizes import size_panels, size_table
from sim.report.parts.year_lead import alone, lead
from sim.report.reading import Reading
from sim.report.wording import quoted

KPI = "follow_up_adequacy_mean"
SHORTAGE = "follow_up_adequacy_undeclined_mean"
_SAY = {
    "nb": {
        "title": "Oppfølging",
        "team": "Team",
        "by": "Etter team: minst dekket er {least} ({share} prosent av timene som trengs og ikke er takket nei til)",
        "lead": "Prosent av timene som trengs og som beboeren ikke har takket nei til: under 100 er for lite oppfølging. Med "
        "95 %-intervall.",
        "key": " Firkant: grunnlaget. Skive: tiltaket.",
    },
    "en": {
        "title": "Follow-up",
        "team": "Team",
        "by": "By team: least covered is {least} ({share} per cent of the hours required and not declined)",
        "lead": (
            "Per cent of the hours that are required and that the resident has not declined: under 100 is a shortage. "
            "With 95% intervals."
        ),
        "key": " Square: the baseline. Disc: the policy.",
    },
}


def follow_up(reading: Reading) -> Part | None:
    """Draw how far follow-up reaches; nothing where nobody requires any."""
    first = reading.row(reading.baseline, KPI)
    if not reading.years or first is None or first["mean"] is None:
        return None
    say = _SAY[reading.lang]
    rows = {name: reading.row(name, KPI) for name in reading.others}
    title = finding(reading, reading.kpi_name(KPI), KPI, rows) if rows else alone(reading, KPI)
    blocks: list[Block] = [Figure(title, lead(reading, KPI), year_panels(reading, KPI), [year_table(reading, KPI)])]
    teams = {
        team: row["mean"]
        for team in (reading.values(SHORTAGE, "team") if SHORTAGE in reading.kpis else ())
        if (row := reading.row(reading.baseline, SHORTAGE, "team", team)) is not None and row["mean"] is not None
    }
    if len(teams) > 1:
        least = min(teams, key=lambda team: float(teams[team]))
        by = say["by"].format(least=quoted(reading.called("team", least), reading.lang), share=round(100 * teams[least]))
        tables = [size_table(reading, SHORTAGE, "team", list(teams), say["team"])]
        tables += difference_tables(reading, SHORTAGE, "team", list(teams), say["team"])
        panels = size_panels(reading, SHORTAGE, "team", list(teams))
        blocks.append(Figure(by, say["lead"] + (say["key"] if reading.compared else ""), panels, tables))
    return Part("follow-up", say["title"], blocks)
