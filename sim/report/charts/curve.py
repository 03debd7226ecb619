"""A figure over a number that was moved: means with their 95 % bands, joined where the points lie on one line."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.report.charts.palette import POLICY
from sim.report.charts.vega import ABOVE, WIDTH, inline, lines, vega_svg


class Point(NamedTuple):
    """A mean at a value of the number, with its interval where there is one."""

    at: float
    mean: float
    low: float | None
    high: float | None


def curve(points: Sequence[Point], titles: tuple[str, str], text: str, lang: str, *, joined: bool) -> str:
    """Draw means over a number.

    Parameters
    ----------
    points : sequence of Point
    titles : (str, str)
        Of the axis across and the axis up.
    text : str
        What the picture shows.
    lang : {'nb', 'en'}
    joined : bool
        Whether nothing else differs between the points: they are joined by a line in a band; otherwise each has a bar.
    """
    import altair as alt

    across = alt.X(
        "at:Q",
        title=lines(titles[0], 40).split("\n"),
        scale=alt.Scale(nice=False, zero=False, padding=8),
        axis=alt.Axis(grid=False, tickCount=6),
    )
    scale = alt.Scale(zero=False, nice=True)
    up = alt.Y("mean:Q", title=titles[1], scale=scale, axis=alt.Axis(tickCount=5, **ABOVE))
    base = alt.Chart(inline([point._asdict() for point in points]))
    ends = {"y": alt.Y("low:Q", scale=scale), "y2": "high:Q"}
    layers: list[alt.Chart] = []
    if joined:
        layers.append(base.mark_area(color=POLICY, opacity=0.25).encode(x=across, **ends))
        layers.append(base.mark_line(color=POLICY, strokeWidth=2).encode(x=across, y=up))
    else:
        layers.append(base.mark_rule(color=POLICY, strokeWidth=2).encode(x=across, **ends))
    layers.append(base.mark_point(color=POLICY, filled=True, size=50, opacity=1).encode(x=across, y=up))
    return vega_svg(alt.layer(*layers).properties(width=WIDTH + 60, height=170), text, lang)
