"""Small things that several parts say alike."""

from sim.report.numbers import NOTHING
from sim.report.wording import WORDS


def with_interval(mean: str, interval: str, lang: str) -> str:
    """Write a mean with its interval in brackets; alone where there is no interval."""
    return mean if interval == NOTHING else f"{mean} ({WORDS[lang]['interval']} {interval})"
