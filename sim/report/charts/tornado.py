"""A tornado: how far each number moves the answer between the ends of its range, the largest on top."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.report.charts.palette import BASELINE, CLEAR, POLICY, QUIET
from sim.report.charts.vega import LINES, WIDTH, inline, lines, vega_svg


class Swing(NamedTuple):
    """The answer at the low and at the high end of a number's range."""

    label: str
    low: float
    high: float


def tornado(swings: Sequence[Swing], middle: float, names: tuple[str, str], unit: str, text: str, lang: str) -> str:
    """Draw swings about the answer as things are believed to be.

    Parameters
    ----------
    swings : sequence of Swing
        From the top.
    middle : float
        The answer with every number at its own value: the upright line. A second one stands at zero.
    names : (str, str)
        What the two ends are called in the key: squares, then discs.
    unit : str
        The title of the axis.
    text : str
        What the picture shows.
    lang : {'nb', 'en'}
    """
    import altair as alt

    ids = [f"{place:03d}\n{lines(swing.label, 26)}" for place, swing in enumerate(swings)]
    bars = [{"line": line, "from": swing.low, "to": swing.high} for line, swing in zip(ids, swings, strict=True)]
    ends = [
        {"line": line, "end": end, "at": at}
        for line, swing in zip(ids, swings, strict=True)
        for end, at in zip(names, (swing.low, swing.high), strict=True)
    ]
    every = [0.0, middle, *(end for swing in swings for end in (swing.low, swing.high))]
    scale = alt.Scale(domain=[min(every), max(every)] if min(every) < max(every) else [-1, 1], nice=True)
    down = alt.Y(
        "line:N",
        title=None,
        sort=ids,
        axis=alt.Axis(labelExpr=f"slice({LINES}, 1)", ticks=False, domain=False, labelPadding=8, labelOverlap=False),
    )
    zero = alt.Chart(inline([{"at": 0}])).mark_rule(color=QUIET, strokeWidth=1).encode(x=alt.X("at:Q", scale=scale))
    believed = (
        alt.Chart(inline([{"at": middle}]))
        .mark_rule(color=BASELINE, strokeWidth=2, strokeDash=[5, 3])
        .encode(x=alt.X("at:Q", scale=scale))
    )
    bar = (
        alt.Chart(inline(bars)).mark_rule(color=BASELINE, strokeWidth=4).encode(x=alt.X("from:Q", scale=scale), x2="to:Q", y=down)
    )
    domain = list(names)
    point = (
        alt.Chart(inline(ends))
        .mark_point(size=70, filled=True, opacity=1)
        .encode(
            x=alt.X("at:Q", title=unit, scale=scale, axis=alt.Axis(tickCount=4)),
            y=down,
            color=alt.Color("end:N", scale=alt.Scale(domain=domain, range=[CLEAR, POLICY]), legend=alt.Legend()),
            shape=alt.Shape("end:N", scale=alt.Scale(domain=domain, range=["square", "circle"]), legend=alt.Legend()),
        )
    )
    tallest = max((line.count("\n") for line in ids), default=1)
    chart = alt.layer(zero, believed, bar, point).properties(width=WIDTH + 40, height=alt.Step(max(24, 14 * tallest + 8)))
    return vega_svg(chart, text, lang)
