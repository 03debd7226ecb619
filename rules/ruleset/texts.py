"""Texts of rules in both languages, with `{expression}` in them."""

from dataclasses import dataclass

from rules.reading import Label


@dataclass(frozen=True, slots=True)
class Text:
    """What something is called or said, in Norwegian bokmål and in English."""

    nb: str
    en: str

    def of(self, lang: str) -> str:
        """Give the text in a language, ``nb`` or ``en``."""
        return self.en if lang == "en" else self.nb


def text_of(label: Label | None, otherwise: str) -> Text:
    """Give a label as a text; without a label, `otherwise` in both languages."""
    return Text(otherwise, otherwise) if label is None else Text(label.nb, label.en)
