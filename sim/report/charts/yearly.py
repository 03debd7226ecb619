"""Year by year: means with their intervals, the baseline's dashed."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.report.charts.palette import BASELINE, POLICY
from sim.report.charts.vega import ABOVE, WIDTH, inline, vega_svg


class Yearly(NamedTuple):
    """The mean of a year, with its interval where there is one."""

    year: int
    mean: float
    low: float | None
    high: float | None


def yearly(years: Sequence[Yearly], against: Sequence[Yearly], top: float, titles: tuple[str, str], text: str, lang: str) -> str:
    """Draw the years of a policy, discs on a line, beside those of the baseline, squares on a dashed line.

    Parameters are as of `fan`.
    """
    import altair as alt

    time = alt.X(
        "year:Q",
        title=titles[0],
        scale=alt.Scale(nice=False, zero=False, padding=8),
        axis=alt.Axis(grid=False, tickMinStep=1, format="d", tickCount=6),
    )
    scale = alt.Scale(domain=[0, top or 1], nice=True)
    layers = []
    if against:
        other = alt.Chart(inline([one._asdict() for one in against]))
        layers.append(
            other.mark_line(
                color=BASELINE, strokeWidth=2, strokeDash=[5, 3], point=alt.OverlayMarkDef(shape="square", color=BASELINE)
            ).encode(x=time, y=alt.Y("mean:Q", title=titles[1], scale=scale, axis=alt.Axis(**ABOVE)))
        )
    base = alt.Chart(inline([one._asdict() for one in years]))
    layers += [
        base.mark_rule(color=POLICY, strokeWidth=2).encode(x=time, y=alt.Y("low:Q", scale=scale), y2="high:Q"),
        base.mark_line(color=POLICY, strokeWidth=2, point=alt.OverlayMarkDef(color=POLICY)).encode(
            x=time, y=alt.Y("mean:Q", title=titles[1], scale=scale, axis=alt.Axis(**ABOVE))
        ),
    ]
    return vega_svg(alt.layer(*layers).properties(width=WIDTH + 60, height=170), text, lang)
