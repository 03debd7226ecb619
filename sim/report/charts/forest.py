"""Differences with their intervals, one to a line, about a line at zero."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.report.charts.palette import BASELINE, PAPER, POLICY, QUIET
from sim.report.charts.vega import LINES, WIDTH, inline, lines, vega_svg


class Mark(NamedTuple):
    """A difference; without `low` and `high` only its point is drawn."""

    label: str
    mean: float
    low: float | None
    high: float | None

    @property
    def clear(self) -> bool:
        """Whether the interval lies on one side of zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def forest(marks: Sequence[Mark], ends: tuple[float, float], unit: str, text: str, lang: str, labelled: int = 20) -> str:
    """Draw differences: filled where the interval is clear of zero, hollow where it is not.

    Parameters
    ----------
    marks : sequence of Mark
        From the top.
    ends : (float, float)
        Of the axis, the same in every panel of a figure.
    unit : str
        The title of the axis.
    text : str
        What the picture shows.
    lang : {'nb', 'en'}
    labelled : int
        Letters in a line of a label.
    """
    import altair as alt

    ids = [f"{place:03d}\n{lines(mark.label, labelled)}" for place, mark in enumerate(marks)]
    values = [
        {"line": line, "mean": mark.mean, "low": mark.low, "high": mark.high, "clear": mark.clear}
        for line, mark in zip(ids, marks, strict=True)
    ]
    low, high = min(ends[0], 0.0), max(ends[1], 0.0)
    scale = alt.Scale(domain=[low, high] if low < high else [-1, 1], nice=True)
    down = alt.Y(
        "line:N",
        title=None,
        sort=ids,
        axis=alt.Axis(labelExpr=f"slice({LINES}, 1)", ticks=False, domain=False, labelPadding=8, labelOverlap=False),
    )
    across = alt.X("mean:Q", title=unit, scale=scale, axis=alt.Axis(tickCount=4))
    base = alt.Chart(inline(values))
    zero = alt.Chart(inline([{"zero": 0}])).mark_rule(color=QUIET, strokeWidth=1.5).encode(x=alt.X("zero:Q", scale=scale))
    bars = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", scale=scale),
        x2="high:Q",
        y=down,
        color=alt.condition("datum.clear", alt.value(POLICY), alt.value(BASELINE)),
    )
    points = base.mark_point(size=60, strokeWidth=2, opacity=1, filled=True).encode(
        x=across,
        y=down,
        stroke=alt.condition("datum.clear", alt.value(POLICY), alt.value(BASELINE)),
        fill=alt.condition("datum.clear", alt.value(POLICY), alt.value(PAPER)),
    )
    tallest = max((line.count("\n") for line in ids), default=1)
    chart = alt.layer(zero, bars, points).properties(width=WIDTH, height=alt.Step(max(22, 14 * tallest + 8)))
    return vega_svg(chart, text, lang)
