"""The main figures: one table of differences for every policy, in numbers and words."""

from sim.report.blocks import Block, Cell, Column, Heading, Paragraph, Part, Table
from sim.report.endings import endings_text
from sim.report.interval import mean_told
from sim.report.numbers import amount
from sim.report.reading import Reading
from sim.report.verdict import told
from sim.report.wording import WORDS, interval_notes


def headlines(reading: Reading) -> Part:
    """Give the headline figures of the whole period."""
    words = WORDS[reading.lang]
    tables = {name: figures_table(reading, name, headline=True) for name in reading.others or reading.names}
    cut = not reading.compared and _any_cut(reading)
    blocks: list[Block] = [Paragraph(note) for note in interval_notes(reading.lang, compared=reading.compared, cut=cut)]
    if reading.compared:
        blocks.append(Paragraph(words["detectable_means"]))
    for name, table in tables.items():
        if table is None:
            continue
        blocks += [Heading(reading.label(name)), table]
        endings = endings_text(reading.data.summary, name, reading.lang)
        if endings:
            blocks.append(Paragraph(f"{endings}."))
    return Part("headlines", words["results"], blocks)


def figures_table(reading: Reading, policy: str, *, headline: bool) -> Table | None:
    """Give the undivided figures of the horizon, the headline ones or those beside them; nothing where there are none."""
    words, lang = WORDS[reading.lang], reading.lang
    rows: list[list[Cell | str]] = []
    for kpi, text in reading.kpis.items():
        row = reading.row(policy, kpi)
        if row is None or bool(text["headline"]) != headline:
            continue
        of = mean_told(row, text, lang)
        nulls = row["nulls"] if not reading.compared else row["n"] + row["nulls"] - (row["pairs"] or 0)
        missing = f" ({words['missing'].format(nulls=nulls)})" if nulls else ""
        first = Cell(reading.kpi_name(kpi) + missing, reading.unit(kpi))
        if not reading.compared:
            rows.append([first, of.mean, of.interval])
            continue
        before, after = (
            amount(row[name], str(text["unit"]), int(text["decimals"]), lang) for name in ("baseline_mean", "policy_mean")
        )
        said = told(row, text, lang)
        rows.append([first, before, after, said.difference, said.interval, said.words, said.smallest_detectable])
    if not rows:
        return None
    caption = f"{words['headline' if headline else 'beside']}, {words['whole']}: {reading.label(policy)}"
    return Table(caption, _columns(reading), rows)


def _columns(reading: Reading) -> list[Column]:
    words = WORDS[reading.lang]
    if not reading.compared:
        return [Column(words["measure"]), Column(words["mean"], number=True, whole=True), Column(words["interval"], number=True)]
    return [
        Column(words["measure"]),
        Column(words["baseline"], number=True, whole=True),
        Column(words["value"], number=True, whole=True),
        Column(words["difference"], number=True, whole=True),
        Column(words["interval"], number=True),
        Column(words["verdict"], apart=True),
        Column(words["detectable"], number=True, whole=True),
    ]


def _any_cut(reading: Reading) -> bool:
    rows = ((row, reading.kpis[kpi]) for kpi in reading.kpis if (row := reading.row(reading.baseline, kpi)) is not None)
    return any(mean_told(row, text, reading.lang).cut for row, text in rows)
