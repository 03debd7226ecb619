"""What an additional housed day and an avoided night cost, and what part of a saving fell away with those who were lost."""

from sim.report.blocks import Block, Cell, Column, Paragraph, Table
from sim.report.cost_per import cost_per
from sim.report.numbers import number
from sim.report.reading import Reading

COST, HOUSED, NIGHTS, LOST = (
    "net_cost_nok_per_year", "housed_days_per_year", "temporary_nights_per_year", "cost_not_borne_nok_per_year",
)  # fmt: skip
#: (measure, whether more of it is the effect or less, word)
_EFFECTS = ((HOUSED, 1.0, "housed"), (NIGHTS, -1.0, "night"))
_WAYS = ("death", "gave_up", "eviction", "refused")
_SAY = {
    "nb": {
        "caption": "Netto kostnad for kommunen per enhet av virkningen, forskjell fra grunnlaget, kroner med 95 %-intervall",
        "policy": "Tiltak",
        "housed": "Per døgn mer i kommunal bolig",
        "night": "Per døgn mindre i midlertidig botilbud",
        "none": "ikke sikkert nok",
        "why": (
            "Der forskjellen i virkning kan være null, kan kostnaden per enhet være hva som helst, og ingen er gitt. Minus betyr "
            "at kostnaden går ned når virkningen går opp, eller omvendt: Se på begge forskjellene."
        ),
        "lost": "Kostnad som falt bort med dem som gikk tapt, forskjell fra grunnlaget, millioner kroner per år",
        "death": "Døde",
        "gave_up": "Ga opp å vente",
        "eviction": "Kastet ut",
        "refused": "Fikk avslag",
        "all": "I alt",
        "careful": (
            "En lavere kostnad som ikke er større enn dette, er ingen gevinst. Tallene er et tak: hva de ville ha kostet ut "
            "perioden, etter gjennomsnittet per husstand."
        ),
    },
    "en": {
        "caption": "Net cost to the municipality per unit of effect, difference from the baseline, NOK with 95% intervals",
        "policy": "Policy",
        "housed": "Per day more in municipal homes",
        "night": "Per night less in temporary accommodation",
        "none": "not sure enough",
        "why": (
            "Where the difference in effect may be zero, the cost per unit may be anything, and none is given. A minus means "
            "that the cost falls as the effect rises, or the reverse: look at both differences."
        ),
        "lost": "Cost that fell away with those who were lost, difference from the baseline, million NOK per year",
        "death": "Died",
        "gave_up": "Gave up waiting",
        "eviction": "Evicted",
        "refused": "Refused",
        "all": "In all",
        "careful": (
            "A lower cost that is no larger than this is no gain. The figures are a ceiling: what they would have cost to the "
            "end of the period, by the average of a household."
        ),
    },
}


def unit_costs(reading: Reading) -> list[Block]:
    """Write both tables; nothing where the folder lacks the figures, or nothing is compared."""
    if not reading.compared or COST not in reading.kpis or HOUSED not in reading.kpis:
        return []
    say, blocks = _SAY[reading.lang], list[Block]()
    before = {kpi: reading.figures(reading.baseline, kpi) for kpi in (COST, HOUSED, NIGHTS)}
    if before[COST] and before[HOUSED]:
        rows: list[list[Cell | str]] = []
        for name in reading.others:
            cells: list[Cell | str] = [reading.label(name)]
            for kpi, sign, _ in _EFFECTS:
                after = reading.figures(name, kpi)
                signed = tuple({k: None if n is None else sign * n for k, n in of.items()} for of in (before[kpi], after))
                found = cost_per((before[COST], reading.figures(name, COST)), (signed[0], signed[1]))
                cells.append(say["none"] if found is None else _cell(found, reading.lang))
            rows.append(cells)
        columns = [Column(say["policy"]), *(Column(say[word], number=True) for _, _, word in _EFFECTS)]
        blocks += [Table(say["caption"], columns, rows), Paragraph(say["why"])]
    return [*blocks, *_lost(reading)]


def _cell(found: tuple[float, float, float], lang: str) -> Cell:
    value, low, high = (number(nok, 0, lang) for nok in found)
    return Cell(value, f"{low} – {high}" if lang == "nb" else f"{low} to {high}")


def _lost(reading: Reading) -> list[Block]:
    say, rows = _SAY[reading.lang], list[list[Cell | str]]()
    for name in reading.others:
        of = [reading.row(name, LOST, "left_by", way) for way in _WAYS] + [reading.row(name, LOST)]
        if any(row is None for row in of):
            return []
        rows.append([reading.label(name), *(number(None if row is None or row["difference"] is None else row["difference"] / 1e6,
                                                   1, reading.lang) for row in of)])  # fmt: skip
    columns = [Column(say["policy"]), *(Column(say[way], number=True) for way in (*_WAYS, "all"))]
    return [Table(say["lost"], columns, rows), Paragraph(say["careful"])]
