"""What was asked, and the result read out; the first part of every study."""

from sim.report.blocks import Block, Bullets, Heading, Paragraph, Part
from sim.report.studies.study import Study
from sim.report.wording import WORDS

_SAY = {
    "nb": {"title": "Spørsmålet og svaret", "partial": "Kjøringen ble avbrutt: Bare det som ble ferdig, er med."},
    "en": {"title": "The question and the answer", "partial": "The run was cut short: only what was finished is here."},
}


def answer(study: Study) -> Part:
    """Give the questions of the scenarios, and the sentences of the study."""
    say, words, document = _SAY[study.lang], WORDS[study.lang], study.document
    blocks: list[Block] = []
    if document["partial"]:
        blocks.append(Paragraph(say["partial"], note=True, strong=True))
    for of in study.scenarios:
        blocks += [Heading(study.label(str(of["name"]))), Paragraph(of["question"].get(study.lang) or words["no_question"])]
    for paragraph in _paragraphs(list(document["said"][study.lang])):
        blocks.append(Bullets(paragraph))
    return Part("answer", say["title"], blocks)


def _paragraphs(lines: list[str]) -> list[list[str]]:
    """Give the sentences of each paragraph; a line that begins with two blanks belongs to the one above."""
    found: list[list[str]] = [[]]
    for line in lines:
        if not line.strip():
            found.append([])
        elif line.startswith("  ") and found[-1]:
            found[-1][-1] += ("; " if not found[-1][-1].endswith(":") else " ") + line.strip()
        else:
            found[-1].append(line)
    return [paragraph for paragraph in found if paragraph]
