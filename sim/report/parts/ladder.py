"""Residents per step, and the moves into, between and out of the steps."""

from sim.report.blocks import Block, Cell, Column, Details, Figure, Panel, Part, Table
from sim.report.charts import alluvial
from sim.report.numbers import number
from sim.report.parts.differences import difference_panels, difference_tables
from sim.report.parts.finding import few, side
from sim.report.parts.moves import Moves, moves_of
from sim.report.parts.sizes import size_panels, size_table
from sim.report.reading import Reading
from sim.report.verdict import told

KPI = "residents_mean"
#: Streams that are drawn and written: moves a year.
_LEAST = 0.5
#: The moves of each policy are drawn when there are no more policies than this; the table has them all.
_DRAWN = 6
#: So many policies can be told of in a title.
_NAMED = 3
_SAY = {
    "nb": {
        "title": "Boligtrappene: hvem bor hvor, og hvem flytter",
        "step": "Trinn",
        "lead": "Husstander som bor på hvert trinn i gjennomsnitt.",
        "change": (
            "Forskjell i husstander som i gjennomsnitt bor på hvert trinn. Fylt punkt: intervallet ligger på én side "
            "av null. Åpent punkt: ingen sikker forskjell."
        ),
        "most": "{label}: flest flere på {step} ({told})",
        "none": "{label}: ingen sikker forskjell",
        "many": "Med {count} av {all} tiltak bor det sikkert flere eller færre på minst ett trinn",
        "alone": "Flest bor på {step}: {mean} husstander i gjennomsnitt",
        "flow": "{label}: {into} innflyttinger, {within} bytter mellom boliger og {out} utflyttinger i året",
        "flow_lead": (
            "Flyttinger per år, gjennomsnitt over perioden. Bredden viser antallet. Flyttinger som verken begynner "
            "eller slutter i en kommunal bolig, er ikke med, og heller ikke strømmer med under {least} i året."
        ),
        "titles": "Flyttet fra|Flyttet til",
        "text": "Flyttestrømmer med {label}: fra hvor og til hvor, per år. Tallene står i tabellen under.",
        "table": "Flyttinger per år, gjennomsnitt over perioden",
        "from": "Fra",
        "to": "til",
        "each": "Flyttestrømmene med hvert tiltak",
    },
    "en": {
        "title": "The ladders: who lives where, and who moves",
        "step": "Step",
        "lead": "Households living at each step on average.",
        "change": (
            "Difference in households living at each step on average. Filled point: the interval lies on one side of "
            "zero. Hollow point: no sure difference."
        ),
        "most": "{label}: most more at {step} ({told})",
        "none": "{label}: no sure difference",
        "many": "With {count} of {all} policies more or fewer surely live at one step at least",
        "alone": "Most live at {step}: {mean} households on average",
        "flow": "{label}: {into} moves in, {within} moves between homes and {out} moves out a year",
        "flow_lead": (
            "Moves a year, mean over the period. The breadth shows the number. Moves that neither begin nor end in a "
            "municipal home are left out, and so are streams of under {least} a year."
        ),
        "titles": "Moved from|Moved to",
        "text": "Moves with {label}: from where and to where, a year. The figures stand in the table below.",
        "table": "Moves a year, mean over the period",
        "from": "From",
        "to": "to",
        "each": "The moves with each policy",
    },
}


def ladder(reading: Reading) -> Part | None:
    """Draw residents per step and the flow between steps, as far as the folder has them."""
    blocks: list[Block] = []
    steps = reading.values(KPI, "step") if KPI in reading.kpis else []
    if steps:
        blocks.append(_residents(reading, steps))
    moves = moves_of(reading)
    if moves is not None:
        blocks.append(_flow(reading, moves, reading.baseline, [_table(reading, moves)]))
        if 0 < len(reading.others) <= _DRAWN:
            each = [_flow(reading, moves, name, []) for name in reading.others]
            blocks.append(Details(_SAY[reading.lang]["each"], each))
    return Part("ladder", _SAY[reading.lang]["title"], blocks) if blocks else None


def _residents(reading: Reading, steps: list[str]) -> Figure:
    say = _SAY[reading.lang]
    sizes = size_table(reading, KPI, "step", steps, say["step"])
    if reading.compared:
        title = _changes(reading, steps) + few(reading)
        tables = [sizes, *difference_tables(reading, KPI, "step", steps, say["step"])]
        return Figure(title, say["change"], difference_panels(reading, KPI, "step", steps), tables)
    means = {step: (reading.row(reading.baseline, KPI, "step", step) or {}).get("mean") or 0.0 for step in steps}
    most = max(means, key=lambda step: float(means[step]))
    title = say["alone"].format(step=reading.called("step", most), mean=number(means[most], 0, reading.lang))
    return Figure(title, say["lead"], size_panels(reading, KPI, "step", steps), [sizes])


def _changes(reading: Reading, steps: list[str]) -> str:
    if len(reading.others) <= _NAMED:
        return ". ".join(_most(reading, policy, steps) for policy in reading.others)
    count = sum(any(side(reading.row(policy, KPI, "step", step)) for step in steps) for policy in reading.others)
    return _SAY[reading.lang]["many"].format(count=count, all=len(reading.others))


def _most(reading: Reading, policy: str, steps: list[str]) -> str:
    say = _SAY[reading.lang]
    rows = {step: row for step in steps if (row := reading.row(policy, KPI, "step", step)) is not None and side(row) == 1}
    if not rows:
        return say["none"].format(label=reading.label(policy))
    step = max(rows, key=lambda step: float(rows[step]["difference"]))
    difference = told(rows[step], reading.kpis[KPI], reading.lang).difference
    return say["most"].format(label=reading.label(policy), step=reading.called("step", step), told=difference)


def _flow(reading: Reading, moves: Moves, policy: str, tables: list[Table]) -> Figure:
    say = _SAY[reading.lang]
    flows = [flow for flow in moves.flows[policy] if flow.n >= _LEAST]
    counts = [number(count, 0, reading.lang) for count in moves.counts(policy)]
    first, second = say["titles"].split("|")
    label = reading.label(policy)
    text = say["text"].format(label=label)
    svg = alluvial(flows, moves.order, moves.called, (first, second), text, lambda n: number(n, 1, reading.lang))
    title = say["flow"].format(label=label, into=counts[0], within=counts[1], out=counts[2])
    lead = say["flow_lead"].format(least=number(_LEAST, 1, reading.lang))
    return Figure(title, lead, [Panel(label, svg)], tables, wide=True)


def _table(reading: Reading, moves: Moves) -> Table:
    say = _SAY[reading.lang]
    of = {name: {(flow.source, flow.target): flow.n for flow in moves.flows[name]} for name in reading.names}
    pairs = [(source, target) for source in moves.order for target in moves.order
             if any(found.get((source, target), 0.0) >= _LEAST for found in of.values())]  # fmt: skip
    rows: list[list[Cell | str]] = [
        [f"{moves.called[source]} {say['to']} {moves.called[target]}",
         *(number(of[name].get((source, target), 0.0), 1, reading.lang) for name in reading.names)]
        for source, target in pairs
    ]  # fmt: skip
    columns = [Column(f"{say['from']} … {say['to']}"), *(Column(reading.label(name), number=True) for name in reading.names)]
    return Table(say["table"], columns, rows)
