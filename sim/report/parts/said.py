"""Small things that several parts say alike."""

from sim.report.numbers import NOTHING
from sim.report.wording import WORDS


def quoted(name: str, lang: str) -> str:
    """Put a name in the quotation marks of the language."""
    return f"«{name}»" if lang == "nb" else f"“{name}”"


def with_interval(mean: str, interval: str, lang: str) -> str:
    """Write a mean with its interval in brackets; alone where there is no interval."""
    return mean if interval == NOTHING else f"{mean} ({WORDS[lang]['interval']} {interval})"
