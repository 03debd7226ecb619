"""A document as one HTML page that loads nothing from elsewhere."""

from pathlib import Path

from rules.show.document import Document

_TEMPLATE = Path(__file__).parent / "templates" / "document.html"


def as_html(document: Document) -> str:
    """Give a document as a self-contained page; all text is escaped."""
    from jinja2 import Environment, StrictUndefined  # here, so that workers never load it

    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    contents = {"nb": "Innhold", "en": "Contents"}[document.lang]
    return made.from_string(_TEMPLATE.read_text(encoding="utf-8")).render(document=document, contents=contents)
