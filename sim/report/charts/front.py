"""Plans in the plane of two figures: those that no other beats in both stand out."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.report.charts.palette import BASELINE, PAPER, POLICY
from sim.report.charts.vega import ABOVE, WIDTH, inline, vega_svg


class Plan(NamedTuple):
    """A plan with its two figures, the name it has in the picture, and whether no other beats it in both."""

    name: str
    across: float
    up: float
    on_front: bool


def front(plans: Sequence[Plan], titles: tuple[str, str], text: str, lang: str) -> str:
    """Draw plans: filled on the front, hollow behind it.

    Parameters
    ----------
    plans : sequence of Plan
    titles : (str, str)
        Of the axis across and the axis up.
    text : str
        What the picture shows.
    lang : {'nb', 'en'}
    """
    import altair as alt

    values = [plan._asdict() for plan in plans]
    across = alt.X("across:Q", title=titles[0], scale=alt.Scale(zero=False, nice=True, padding=12), axis=alt.Axis(tickCount=5))
    up = alt.Y("up:Q", title=titles[1], scale=alt.Scale(zero=False, nice=True, padding=12), axis=alt.Axis(tickCount=5, **ABOVE))
    base = alt.Chart(inline(values))
    edge = (
        base.transform_filter("datum.on_front")
        .mark_line(color=POLICY, strokeWidth=1.5, strokeDash=[4, 3])
        .encode(x=across, y=up, order="across:Q")
    )
    points = base.mark_point(size=70, strokeWidth=2, opacity=1, filled=True).encode(
        x=across,
        y=up,
        stroke=alt.condition("datum.on_front", alt.value(POLICY), alt.value(BASELINE)),
        fill=alt.condition("datum.on_front", alt.value(POLICY), alt.value(PAPER)),
    )
    named = base.mark_text(dx=7, dy=-7, align="left", fontSize=12).encode(x=across, y=up, text="name:N")
    return vega_svg(alt.layer(edge, points, named).properties(width=WIDTH + 60, height=200), text, lang)
