"""Sizes side by side: the baseline's as a square, the policy's as a disc, with their intervals."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.report.charts.palette import BASELINE, POLICY
from sim.report.charts.vega import LINES, WIDTH, inline, lines, vega_svg


class Level(NamedTuple):
    """A size under one of the names of the key, with its interval where there is one."""

    label: str
    series: str
    mean: float
    low: float | None = None
    high: float | None = None


def levels(marks: Sequence[Level], names: Sequence[str], top: float, unit: str, text: str, lang: str, labelled: int = 20) -> str:
    """Draw sizes from zero on.

    Parameters
    ----------
    marks : sequence of Level
        From the top; several with one label share a line.
    names : sequence of str
        The one or two names of the key: first the squares, then the discs. One name alone is a disc, and has no key.
    top : float
        The end of the axis, the same in every panel of a figure.
    unit, text : str
        Title of the axis; what the picture shows.
    lang : {'nb', 'en'}
    labelled : int
        Letters in a line of a label.
    """
    import altair as alt

    order = list(dict.fromkeys(mark.label for mark in marks))
    ids = {label: f"{place:03d}\n{lines(label, labelled)}" for place, label in enumerate(order)}
    values = [{**mark._asdict(), "line": ids[mark.label]} for mark in marks]
    scale = alt.Scale(domain=[0, top or 1], nice=True)
    down = alt.Y(
        "line:N",
        title=None,
        sort=list(ids.values()),
        axis=alt.Axis(labelExpr=f"slice({LINES}, 1)", ticks=False, domain=False, labelPadding=8, labelOverlap=False, grid=True),
    )
    colours, shapes = ([BASELINE, POLICY], ["square", "circle"]) if len(names) > 1 else ([POLICY], ["circle"])
    key = alt.Legend() if len(names) > 1 else None
    base = alt.Chart(inline(values))
    apart: dict[str, alt.YOffset] = {}
    if len(names) > 1:
        apart = {"yOffset": alt.YOffset("series:N", sort=list(names), scale=alt.Scale(paddingInner=0.2, paddingOuter=0.6))}
    bars = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", scale=scale),
        x2="high:Q",
        y=down,
        color=alt.Color("series:N", scale=alt.Scale(domain=list(names), range=colours), legend=None),
        **apart,
    )
    points = base.mark_point(size=60, filled=True, opacity=1).encode(
        x=alt.X("mean:Q", title=unit, scale=scale, axis=alt.Axis(tickCount=4)),
        y=down,
        color=alt.Color("series:N", scale=alt.Scale(domain=list(names), range=colours), legend=key),
        shape=alt.Shape("series:N", scale=alt.Scale(domain=list(names), range=shapes), legend=key),
        **apart,
    )
    tallest = max((line.count("\n") for line in ids.values()), default=1)
    step = max(30 if len(names) > 1 else 22, 14 * tallest + 8)
    height = alt.Step(step, **{"for": "position"}) if len(names) > 1 else alt.Step(step)
    return vega_svg(alt.layer(bars, points).properties(width=WIDTH, height=height), text, lang)
