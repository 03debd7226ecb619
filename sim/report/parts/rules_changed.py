"""The rules that differ between the baseline and a policy, in plain words, where the folder tells them."""

from sim.report.blocks import Block, Bullets, Heading, Part
from sim.report.reading import Reading

_TITLE = {"nb": "Regler som er endret", "en": "Rules that differ"}


def rules_changed(reading: Reading) -> Part | None:
    """Give `rules_changed` of `texts.json` (policy -> language -> sentences); nothing where there is none."""
    blocks: list[Block] = []
    for name, by_language in reading.texts.get("rules_changed", {}).items():
        sentences = by_language.get(reading.lang, ())
        if sentences and name in reading.names:
            blocks += [Heading(reading.label(name)), Bullets(sentences)]
    return Part("rules", _TITLE[reading.lang], blocks) if blocks else None
