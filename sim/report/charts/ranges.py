"""Ranges within ranges: what was thought possible, and what is left of it, each number on a scale of its own."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.report.charts.palette import BASELINE, POLICY
from sim.report.charts.vega import LINES, WIDTH, inline, lines, vega_svg


class Range(NamedTuple):
    """Shares of the whole range, 0 to 1: where what is left begins and ends, and the scenario's own value."""

    label: str
    low: float
    high: float
    value: float | None


def ranges(marks: Sequence[Range], titles: tuple[str, str], unit: str, text: str, lang: str) -> str:
    """Draw what is left of each range, and the scenario's own value as a square.

    Parameters
    ----------
    marks : sequence of Range
    titles : (str, str)
        What the thick line and the square are called in the key.
    unit, text : str
        Title of the axis; what the picture shows.
    lang : {'nb', 'en'}
    """
    import altair as alt

    ids = [f"{place:03d}\n{lines(mark.label, 26)}" for place, mark in enumerate(marks)]
    left = [{"line": line, "low": mark.low, "high": mark.high, "what": titles[0]} for line, mark in zip(ids, marks, strict=True)]
    own = [
        {"line": line, "at": mark.value, "what": titles[1]}
        for line, mark in zip(ids, marks, strict=True)
        if mark.value is not None
    ]
    scale = alt.Scale(domain=[0, 1])
    down = alt.Y(
        "line:N",
        title=None,
        sort=ids,
        axis=alt.Axis(labelExpr=f"slice({LINES}, 1)", ticks=False, domain=False, labelPadding=8, labelOverlap=False),
    )
    across = alt.X("low:Q", title=unit, scale=scale, axis=alt.Axis(format="%", tickCount=4))
    colour = alt.Color("what:N", scale=alt.Scale(domain=list(titles), range=[POLICY, BASELINE]), legend=alt.Legend())
    whole = alt.Chart(inline([{"line": line, "low": 0, "high": 1} for line in ids]))
    layers = [
        whole.mark_rule(color=BASELINE, strokeWidth=1).encode(x=across, x2="high:Q", y=down),
        alt.Chart(inline(left)).mark_rule(strokeWidth=6).encode(x=across, x2="high:Q", y=down, color=colour),
        alt.Chart(inline(own))
        .mark_point(shape="square", size=70, filled=True, opacity=1)
        .encode(x=alt.X("at:Q", scale=scale), y=down, color=colour),
    ]
    tallest = max((line.count("\n") for line in ids), default=1)
    return vega_svg(alt.layer(*layers).properties(width=WIDTH + 40, height=alt.Step(max(24, 14 * tallest + 8))), text, lang)
