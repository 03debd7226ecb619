"""A whole rule set in plain Norwegian bokmål or English, made from the intermediate form alone."""

from rules.show.compose import compose
from rules.show.document import Document, Entry, Grid, Line, Section
from rules.show.markdown import as_markdown
from rules.show.page import as_html
from rules.show.plain import as_text

__all__ = ["Document", "Entry", "Grid", "Line", "Section", "as_html", "as_markdown", "as_text", "compose"]
