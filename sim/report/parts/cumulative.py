"""Each policy alone, and on top of those named before it: what the next one adds once the others are there."""

from sim.report.blocks import Block, Cell, Column, Paragraph, Part, Table
from sim.report.parts.overview import FIRST, difference_cell, measure_text
from sim.report.reading import Reading
from sim.report.wording import WORDS

_SAY = {
    "nb": {
        "title": "Hvert tiltak alene, og oppå hverandre",
        "lead": (
            "Tiltak virker ikke alltid sammen som de virker hver for seg: Det neste kan gi mindre når det forrige alt har løst "
            "noe av det samme, eller mer når det ene gjør det andre mulig. Tabellene viser hva hvert tiltak endrer alene, hva "
            "det legger til oppå tiltakene over, og hva tiltakene så langt endrer til sammen. Uthevet: intervallet ligger på én "
            "side av null."
        ),
        "alone": "Alene",
        "adds": "Oppå tiltakene over",
        "together": "Til sammen så langt",
    },
    "en": {
        "title": "Each policy alone, and one on top of another",
        "lead": (
            "Policies do not always work together as they do apart: the next may give less when the one before has already met "
            "some of the same need, or more when one makes the other possible. The tables show what each policy changes alone, "
            "what it adds on top of those above it, and what they change together so far. Bold: the interval lies on one side "
            "of zero."
        ),
        "alone": "Alone",
        "adds": "On top of those above",
        "together": "Together so far",
    },
}


def cumulative(reading: Reading) -> Part | None:
    """Tell what policies laid on one another give; nothing where none were."""
    if not reading.stacks:
        return None
    say, words = _SAY[reading.lang], WORDS[reading.lang]
    columns = [Column(words["policy"]), *(Column(say[key], number=True) for key in ("alone", "adds", "together"))]
    blocks: list[Block] = [Paragraph(say["lead"])]
    blocks += [Table(measure_text(reading, kpi), columns, _rows(reading, kpi)) for kpi in FIRST if kpi in reading.kpis]
    return Part("cumulative", say["title"], blocks)


def _rows(reading: Reading, kpi: str) -> list[list[Cell | str]]:
    order = [str(name) for name in reading.policy(reading.stacks[-1])["stack"]]
    # So far: the first policy by itself, then each pile of policies.
    piles = [order[0], *reading.stacks]
    rows: list[list[Cell | str]] = []
    for place, (name, pile) in enumerate(zip(order, piles, strict=True)):
        alone = difference_cell(reading, name, kpi)
        adds = difference_cell(reading, pile, kpi, piles[place - 1]) if place else alone
        rows.append([reading.label(name), alone, adds, difference_cell(reading, pile, kpi)])
    return rows
