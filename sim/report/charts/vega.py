"""A Vega-Lite chart as SVG that can stand in a page: in its language and colours, with a text for those who see no picture."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from sim.report.charts.drawing import FONT
from sim.report.charts.palette import GRID, INK, QUIET, with_variables
from sim.report.charts.smaller import smaller

if TYPE_CHECKING:
    import altair

#: The width of the drawing area in CSS pixels: with its labels a panel fits a telephone.
WIDTH = 210
#: The unit stands above its axis, where no number can run into it.
ABOVE: dict[str, Any] = {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleX": -34, "titleY": -9}
_LOCALES: dict[str, dict[str, Any]] = {
    "nb": {
        "decimal": ",",
        "thousands": "\N{NARROW NO-BREAK SPACE}",
        "grouping": [3],
        "currency": ["", ""],
        "minus": "\N{MINUS SIGN}",
    },
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""], "minus": "\N{MINUS SIGN}"},
}
_CONFIG: dict[str, Any] = {
    "aria": False,
    "background": None,
    # The reader's font may be broader than the one the chart is laid out with.
    "padding": {"left": 22, "right": 14, "top": 5, "bottom": 5},
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": QUIET,
        "titleFontWeight": "normal",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "gridColor": GRID,
        "tickColor": QUIET,
        "domainColor": QUIET,
        "labelLimit": 400,
        "titleLimit": 400,
        "labelOverlap": "greedy",
        "labelSeparation": 8,
        "labelFlush": False,
    },
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "orient": "top", "title": None, "labelLimit": 300},
    "text": {"color": INK, "fontSize": 12},
}
_NOISE = re.compile(
    r' (?:(?:role|class|pointer-events|xmlns:xlink|aria-[a-z]+|stroke-miterlimit|version|font-family)="[^"]*"'
    r'|(?:opacity|stroke-width)="1"|font-size="12px"|font-weight="normal"|transform="translate\(0,0\)")'
)
_PLACES = re.compile(r' (?:d|transform|x|y|x2|y2|dx|dy|width|height)="[^"]*"')
_FINE = re.compile(r"-?\d*\.\d{2,}(?:e-?\d+)?")
_BROKEN = re.compile(r'(<text text-anchor="end" transform="translate\(-?[\d.]+,)(-?[\d.]+)(\)"[^>]*><tspan.*?</text>)')
_LINE = 14
_EMPTY = re.compile(r'<path[^>]*(?:display="none"|d="M0,0h0v0h0Z")[^>]*/>')
_SIZE = re.compile(r'<svg xmlns="[^"]*" width="([\d.]+)" height="([\d.]+)" viewBox="([^"]*)">')


def vega_svg(chart: "altair.TopLevelMixin", text: str, lang: str) -> str:
    """Draw a chart.

    Parameters
    ----------
    chart : altair chart
    text : str
        What the picture shows, for those who do not see it.
    lang : {'nb', 'en'}

    Returns
    -------
    str
        An ``svg`` element of the chart's own size at most, narrower where there is less room.
    """
    # Loaded here: only a report needs them, and they take a third of a second.
    import altair
    import vl_convert

    specification = {**chart.to_dict(validate=False), "config": _CONFIG}
    version = ".".join(altair.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    drawn = vl_convert.vegalite_to_svg(specification, vl_version=version, format_locale=_LOCALES[lang])
    return framed(_own_clips(smaller(_centred(_rounded(_EMPTY.sub("", _NOISE.sub("", drawn)))))), text)


@contextmanager
def unchecked() -> Iterator[None]:
    """Let charts be made without Altair's check of each of their parts, which takes a quarter of a report's time.

    A test makes a whole page with the check.
    """
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):
        yield


def inline(values: Sequence[Mapping[str, Any]]) -> Any:
    """Give rows as the data of a chart."""
    import altair

    return altair.Data(values=list(values))  # type: ignore[no-untyped-call]


def framed(svg: str, text: str) -> str:
    """Give an SVG element its size, its description and the colours of the page."""
    found = _SIZE.match(svg)
    assert found is not None, svg[:200]
    width, height, box = found.groups()
    head = f'<svg role="img" aria-label="{escape(text)}" viewBox="{box}" width="{width}" height="{height}" {FONT}>'
    return with_variables(head + svg[found.end() :])


def _rounded(svg: str) -> str:
    """Give places to a tenth of a pixel."""
    return _PLACES.sub(lambda found: _FINE.sub(lambda place: f"{round(float(place[0]), 1) + 0.0:g}", found[0]), svg)


def _centred(svg: str) -> str:
    """Let a label of several lines stand about its tick: Vega begins it there."""

    def raised(found: re.Match[str]) -> str:
        up = _LINE * (found[0].count("<tspan") - 1) / 2
        return f"{found[1]}{float(found[2]) - up:g}{found[3]}"

    return _BROKEN.sub(raised, svg)


def _own_clips(svg: str) -> str:
    """Give the clipping areas names that no other picture of the page has."""
    own = hashlib.sha256(svg.encode()).hexdigest()[:10]
    return re.sub(r"\b(clip|gradient)[-_]?(\d+)", rf"\1-{own}-\2", svg)


def lines(label: str, width: int = 20) -> str:
    """Break a label into lines, for an axis with ``labelExpr=LINES``."""
    return "\n".join(wrap(label, width, break_long_words=True) or [""])


#: Shows the broken labels of `lines` on an axis.
LINES = "split(datum.label, '\\n')"
