"""A fan: how something develops, with how differently it went from replication to replication."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.report.charts.palette import BASELINE, POLICY
from sim.report.charts.vega import ABOVE, WIDTH, inline, vega_svg


class Fan(NamedTuple):
    """The bands of a policy at one time.

    Attributes
    ----------
    year : float
        Time since the start.
    low90, low50, median, high50, high90 : float
        90 % and 50 % of the replications lie between the ends of their band.
    """

    year: float
    low90: float
    low50: float
    median: float
    high50: float
    high90: float


def fan(bands: Sequence[Fan], against: Sequence[Fan], top: float, titles: tuple[str, str], text: str, lang: str) -> str:
    """Draw the bands of one policy, with the median of the baseline as a dashed line.

    Parameters
    ----------
    bands, against : sequence of Fan
        Of the policy, and of the baseline (may be empty).
    top : float
        The upper end of the axis, the same in every panel of a figure.
    titles : (str, str)
        Of the axes: time, and the unit.
    text : str
        What the picture shows.
    lang : {'nb', 'en'}
    """
    import altair as alt

    time = alt.X(
        "year:Q",
        title=titles[0],
        scale=alt.Scale(nice=False, zero=True),
        axis=alt.Axis(grid=False, tickMinStep=1, format="d", tickCount=6),
    )
    scale = alt.Scale(domain=[0, top], nice=True)
    rows = inline([_rounded(band) for band in bands])
    base = alt.Chart(rows)
    layers = [
        base.mark_area(color=POLICY, opacity=0.25).encode(
            x=time, y=alt.Y("low90:Q", title=titles[1], scale=scale, axis=alt.Axis(**ABOVE)), y2="high90:Q"
        ),
        base.mark_area(color=POLICY, opacity=0.4).encode(x=time, y=alt.Y("low50:Q", scale=scale), y2="high50:Q"),
        base.mark_line(color=POLICY, strokeWidth=2).encode(x=time, y=alt.Y("median:Q", scale=scale)),
    ]
    if against:
        other = alt.Chart(inline([_rounded(band) for band in against]))
        layers.append(
            other.mark_line(color=BASELINE, strokeWidth=2, strokeDash=[5, 3]).encode(x=time, y=alt.Y("median:Q", scale=scale))
        )
    return vega_svg(alt.layer(*layers).properties(width=WIDTH + 60, height=170), text, lang)


def _rounded(band: Fan) -> dict[str, float]:
    return {name: float(f"{value:.4g}") for name, value in band._asdict().items()}
