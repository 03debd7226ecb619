"""A page of HTML from plain blocks: no scripts, nothing to fetch, every text from outside escaped."""

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sim.report.blocks import Block, Part
from sim.report.charts.palette import style
from sim.report.wording import WORDS


def html(title: str, leads: Sequence[Block], parts: Sequence[Part], lang: str) -> str:
    """Make a page.

    Parameters
    ----------
    title : str
    leads : sequence of Block
        What stands before the contents, whatever else is read.
    parts : sequence of Part
    lang : {'nb', 'en'}

    Returns
    -------
    str
        A whole HTML document.
    """
    environment = Environment(
        loader=PackageLoader("sim.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["kind"] = lambda block: type(block).__name__
    environment.filters["drawn"] = Markup  # pictures alone: what is written in them was escaped when they were drawn
    return environment.get_template("page.html").render(
        lang=lang,
        words=WORDS[lang],
        title=title,
        leads=leads,
        colours={"light": Markup(style(dark=False)), "dark": Markup(style(dark=True))},
        parts=parts,
    )
