"""The report of a run or a comparison as one page, from the contents of a results folder."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.report.blocks import Block, Paragraph
from sim.report.html import html
from sim.report.parts import parts
from sim.report.reading import Reading
from sim.report.withheld import withheld_note
from sim.report.wording import WORDS, purpose_text
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
        A whole HTML document, as of `html`.
    """
    return html(_title(data.run["policies"], lang), _leads(data.run, lang), parts(Reading(data, lang)), lang)


def _leads(run: Mapping[str, Any], lang: str) -> list[Block]:
    leads: list[Block] = [Paragraph(purpose_text(lang, assumed=run["data"] == "assumed"), note=True)]
    withheld = withheld_note(run, lang)
    if withheld:
        leads.append(Paragraph(withheld, note=True))
    if run["ending"] != "complete":
        partial = WORDS[lang]["partial"].format(finished=run["replications"], asked=run["asked"])
        leads.append(Paragraph(partial, note=True, strong=True))
    return leads


def _title(policies: Sequence[Mapping[str, Any]], lang: str) -> str:
    words = WORDS[lang]
    baseline, *others = (policy["label"][lang] for policy in policies)
    policy = ", ".join(others) if len(others) <= _NAMED else words["policies"].format(count=len(others))
    label = words["against"].format(policy=policy, baseline=baseline) if others else baseline
    return words["of"].format(label=label)
