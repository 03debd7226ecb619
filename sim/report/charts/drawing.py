"""SVG drawn here, for the forms that Vega has not."""

from html import escape

from sim.report.charts.palette import INK, with_variables

#: Said once, at the root of a picture.
FONT = 'font-family="system-ui, sans-serif" font-size="12"'


def drawn(parts: list[str], width: float, height: float, text: str) -> str:
    """Put elements together to a picture with a description."""
    head = (
        f'<svg role="img" aria-label="{escape(text)}" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        f"{FONT}>"
    )
    return with_variables(head + "".join(parts) + "</svg>")


def written(x: float, y: float, text: str, anchor: str = "start", colour: str = INK, weight: str = "normal") -> str:
    """Write a line of text whose middle is at `y`; what is in it is escaped."""
    bold = f' font-weight="{weight}"' if weight != "normal" else ""
    return f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="{anchor}" fill="{colour}"{bold}>{escape(text)}</text>'


def shortened(text: str, letters: int) -> str:
    """Cut a text that is longer than its place; the whole stands in the table."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
