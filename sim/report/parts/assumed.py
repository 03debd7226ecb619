"""What the figures assume, and where from: those of the widest range first, all of them for whoever opens the list."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sim.report.assumptions import assumption_told
from sim.report.blocks import Block, Cell, Column, Details, Paragraph, Part, Table
from sim.report.reading import Reading
from sim.report.wording import WORDS

_FIRST = 12
_RANGE = re.compile(r"^\[\s*(-?[\d. \u00a0\u202f]+)[^,\[\]{}]*,\s*(-?[\d. \u00a0\u202f]+)[^,\[\]{}]*\]$")
_SAY = {
    "nb": {
        "count": "{assumed} av {all} forutsetninger er antakelser uten kilde; de er merket. {uncertain} har et usikkerhetsspenn.",
        "leaning": "Disse forutsetningene betyr mest for tallene i denne kjøringen:",
        "widest": "Dette er de usikre forutsetningene med bredest spenn i forhold til verdien. Hvilke som betyr mest for svaret, "
        "viser kommandoen sensitivity.",
        "first": "Forutsetninger å se på først",
        "all": "Alle forutsetninger ({count})",
    },
    "en": {
        "count": "{assumed} of {all} assumptions have no source; they are marked. {uncertain} have a range of uncertainty.",
        "leaning": "These assumptions matter most for the figures of this run:",
        "widest": (
            "These are the uncertain assumptions with the widest range for their value. Which of them matter most for "
            "the answer is shown by the command sensitivity."
        ),
        "first": "Assumptions to look at first",
        "all": "All assumptions ({count})",
    },
}


def assumed(reading: Reading) -> Part | None:
    """Give the assumptions with their sources; nothing where the scenario has no parameters."""
    records: Sequence[Mapping[str, Any]] = reading.texts["assumptions"]
    if not records:
        return None
    say, words = _SAY[reading.lang], WORDS[reading.lang]
    uncertain = [record for record in records if record["kind"] == "uncertain"]
    count = say["count"].format(
        assumed=sum(record["source"] == "assumption" for record in records), all=len(records), uncertain=len(uncertain)
    )
    blocks: list[Block] = [Paragraph(count)]
    leaning = [record for id_ in reading.texts.get("leaning", ()) for record in records if record["id"] == id_]
    first = leaning or sorted((record for record in uncertain if _width(record) > 0), key=_width, reverse=True)[:_FIRST]
    if first and len(first) < len(records):
        blocks += [Paragraph(say["leaning" if leaning else "widest"]), _table(reading, first, say["first"])]
        whole = _table(reading, records, words["assumptions"])
        blocks.append(Details(say["all"].format(count=len(records)), [Paragraph(words["sources"]), whole]))
    else:
        blocks += [Paragraph(words["sources"]), _table(reading, records, words["assumptions"])]
    return Part("assumptions", words["assumptions"], blocks)


def _width(record: Mapping[str, Any]) -> float:
    """Give how wide a range is for its middle; 0 where it is no range of two numbers."""
    found = _RANGE.match(str(record["range"]))
    if found is None:
        return 0.0
    try:
        low, high = (float(re.sub(r"\s", "", end)) for end in found.groups())
    except ValueError:
        return 0.0
    middle = abs(low + high) / 2
    return abs(high - low) / middle if middle else 0.0


def _table(reading: Reading, records: Sequence[Mapping[str, Any]], caption: str) -> Table:
    words = WORDS[reading.lang]
    rows: list[list[Cell | str]] = []
    titles: Mapping[str, str] = reading.texts.get("sources", {})
    for record in records:
        of = assumption_told(record, reading.names_by_path, reading.lang)
        mere = of["source"] == "assumption"
        source = Cell(words["assumption"], strong=True) if mere else Cell(str(titles.get(of["source"], of["source"])))
        name = Cell(of["label"][reading.lang], of["id"], code=True)
        rows.append([name, of["value"], of["range"], words[of["kind"]], source, of["note"]])
    columns = [Column(words[key]) for key in ("parameter", "number", "range", "kind", "source", "note")]
    return Table(caption, columns, rows)
