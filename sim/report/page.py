"""The report as one page of HTML, from the contents of a results folder."""

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sim.report.charts.palette import style
from sim.report.parts import parts
from sim.report.reading import Reading
from sim.report.withheld import withheld_note
from sim.report.wording import WORDS
from sim.results import ResultsData

#: So many policies can be named in the title.
_NAMED = 2


def page(data: ResultsData, lang: str = "nb") -> str:
    """Make the page.

    Parameters
    ----------
    data : ResultsData
        What a results folder holds. A table it has not leaves out the parts that would be made of it.
    lang : {'nb', 'en'}

    Returns
    -------
    str
        A whole HTML document without scripts or anything to fetch; every text from outside is escaped.
    """
    environment = Environment(
        loader=PackageLoader("sim.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["kind"] = lambda block: type(block).__name__
    environment.filters["drawn"] = Markup  # pictures alone: what is written in them was escaped when they were drawn
    return environment.get_template("page.html").render(
        lang=lang,
        words=WORDS[lang],
        title=_title(data.run["policies"], lang),
        run=data.run,
        withheld=withheld_note(data.run, lang),
        colours={"light": Markup(style(dark=False)), "dark": Markup(style(dark=True))},
        parts=parts(Reading(data, lang)),
    )


def _title(policies: Sequence[Mapping[str, Any]], lang: str) -> str:
    words = WORDS[lang]
    baseline, *others = (policy["label"][lang] for policy in policies)
    policy = ", ".join(others) if len(others) <= _NAMED else words["policies"].format(count=len(others))
    label = words["against"].format(policy=policy, baseline=baseline) if others else baseline
    return words["of"].format(label=label)
