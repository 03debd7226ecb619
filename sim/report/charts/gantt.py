"""A Gantt chart: when the phases of projects begin and end, with how much later or sooner they may end."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.report.charts.drawing import drawn, shortened, written
from sim.report.charts.palette import GRID, INK, PAPER, POLICY, QUIET

_LABEL, _WIDE, _ROW = 290.0, 420.0, 20.0


class Bar(NamedTuple):
    """A phase.

    Attributes
    ----------
    label : str
        A line without `start` is a heading.
    start, end : float or None
        Years since the start: the middle replication's.
    soonest, latest : float or None
        Nine in ten replications end between them.
    """

    label: str
    start: float | None = None
    end: float | None = None
    soonest: float | None = None
    latest: float | None = None


def gantt(bars: Sequence[Bar], ticks: Sequence[tuple[float, str]], span: float, text: str) -> str:
    """Draw phases on lines of their own.

    Parameters
    ----------
    bars : sequence of Bar
        From the top.
    ticks : sequence of (float, str)
        Years since the start, and what is written there.
    span : float
        Years that the axis is long.
    text : str
        What the picture shows.
    """
    height = 26 + _ROW * len(bars)
    scale = _WIDE / (span or 1.0)
    parts = []
    for year, label in ticks:
        x = _LABEL + year * scale
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="20" y2="{height:g}" stroke="{GRID}"/>')
        parts.append(written(x, 9, label, "middle", QUIET))
    for place, bar in enumerate(bars):
        y = 26 + _ROW * (place + 0.5)
        heading = bar.start is None
        parts.append(written(0 if heading else 14, y, shortened(bar.label, 44), "start", INK, "600" if heading else "normal"))
        if bar.start is None or bar.end is None:
            continue
        x, to = _LABEL + bar.start * scale, _LABEL + bar.end * scale
        parts.append(f'<rect x="{x:.1f}" y="{y - 6:.1f}" width="{max(to - x, 1.5):.1f}" height="12" rx="2" fill="{POLICY}"/>')
        if bar.soonest is not None and bar.latest is not None:
            first, last = _LABEL + bar.soonest * scale, _LABEL + bar.latest * scale
            around = f'<line x1="{first:.1f}" x2="{last:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{PAPER}" stroke-width="5"/>'
            parts.append(around)
            line = f'stroke="{INK}" stroke-width="1.5"'
            parts.append(f'<line x1="{first:.1f}" x2="{last:.1f}" y1="{y:.1f}" y2="{y:.1f}" {line}/>')
            parts += [f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{y - 4:.1f}" y2="{y + 4:.1f}" {line}/>' for at in (first, last)]
    return drawn(parts, _LABEL + _WIDE + 30, height, text)
