"""How a picture of years is read, and its title where there is nothing to compare."""

from sim.report.interval import mean_told
from sim.report.parts.finding import few
from sim.report.parts.said import with_interval
from sim.report.reading import Reading

_SAY = {
    "nb": {
        "lead": "{unit}. Skiver på hel linje: gjennomsnitt i hvert år, med 95 %-intervall.",
        "against": " Firkanter på stiplet linje: grunnlaget. Forskjellen er sikrere enn intervallene ser ut til: "
        "Hver replikasjon sammenliknes med seg selv.",
        "alone": "{kpi}: {mean}",
    },
    "en": {
        "lead": "{unit}. Discs on a whole line: the mean of each year, with its 95% interval.",
        "against": " Squares on a dashed line: the baseline. The difference is surer than the intervals look: "
        "each replication is compared with itself.",
        "alone": "{kpi}: {mean}",
    },
}


def lead(reading: Reading, kpi: str) -> str:
    """Say how the picture is read."""
    say, unit = _SAY[reading.lang], reading.unit(kpi)
    return say["lead"].format(unit=unit[:1].upper() + unit[1:]) + (say["against"] if reading.compared else "")


def alone(reading: Reading, kpi: str) -> str:
    """Say what the measure is over the whole period, where there is one scenario."""
    row = reading.row(reading.baseline, kpi)
    assert row is not None
    of = mean_told(row, reading.kpis[kpi], reading.lang)
    mean = with_interval(of.mean, of.interval, reading.lang)
    return _SAY[reading.lang]["alone"].format(kpi=reading.kpi_name(kpi), mean=mean) + few(reading)
