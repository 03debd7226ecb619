"""All policies on one sheet: what each changes in the figures that a council asks of first, and how surely."""

from sim.report.blocks import Cell, Column, Paragraph, Table
from sim.report.numbers import NOTHING
from sim.report.parts.finding import side
from sim.report.parts.same_money import COST, FIT, WAIT
from sim.report.parts.scale import scale_of
from sim.report.reading import Reading
from sim.report.verdict import told
from sim.report.wording import WORDS

#: What a council asks of first; the report has the rest below.
FIRST = (WAIT, FIT, "temporary_nights_per_year", "incidents_per_year", COST)
_DIFFERENCE = ("difference", "difference_low", "difference_high")
_SAY = {
    "nb": {
        "caption": "Tiltakene side om side: forskjell fra «{baseline}» i hele perioden",
        "lead": (
            "Forskjell fra grunnlaget, med 95 %-intervall under. Uthevet: intervallet ligger på én side av null. "
            "Ikke uthevet: ingen sikker forskjell."
        ),
    },
    "en": {
        "caption": "The policies side by side: difference from “{baseline}” over the whole period",
        "lead": (
            "Difference from the baseline, with its 95% interval below. Bold: the interval lies on one side of zero. "
            "Not bold: no sure difference."
        ),
    },
}


def overview(reading: Reading) -> list[Paragraph | Table]:
    """Give the table of all policies; nothing where there are not at least two."""
    kpis = [kpi for kpi in FIRST if kpi in reading.kpis]
    if len(reading.others) < 2 or not kpis:
        return []
    say, words = _SAY[reading.lang], WORDS[reading.lang]
    columns = [Column(words["policy"]), *(Column(measure_text(reading, kpi), number=True) for kpi in kpis)]
    rows = [[reading.label(policy), *(difference_cell(reading, policy, kpi) for kpi in kpis)] for policy in reading.others]
    caption = say["caption"].format(baseline=reading.label(reading.baseline))
    return [Table(caption, columns, rows), Paragraph(say["lead"])]


def measure_text(reading: Reading, kpi: str) -> str:
    """Write what a measure is called, with the unit of a difference."""
    return f"{reading.kpi_name(kpi)} ({scale_of(reading, kpi).change_unit})"


def difference_cell(reading: Reading, policy: str, kpi: str, other: str | None = None) -> Cell | str:
    """Write the difference of a policy from the baseline (or from another policy), loudly where it is sure."""
    row = reading.row(policy, kpi) if other is None else reading.contrast(policy, other, kpi)
    if row is None or row.get("difference") is None:
        return NOTHING
    text = reading.kpis[kpi]
    if "NOK" in str(text["unit"]):
        row = {**row, **{name: None if row[name] is None else 1e-6 * row[name] for name in _DIFFERENCE}}
        text = {**text, "unit": "", "decimals": 1}
    said = told(row, text, reading.lang)
    return Cell(said.difference, said.interval, strong=bool(side(row)))
