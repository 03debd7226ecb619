"""What a figure shows, in a title no surer than its figures."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.report.precision import noise_of, without_noise
from sim.report.reading import Reading, Row
from sim.report.verdict import FEW, direction
from sim.report.wording import quoted

_SAY = {
    "nb": {
        "with": "{word} med {who}",
        "none": "ingen sikker forskjell med {who}",
        "nobody": "ingen sikker forskjell",
        "many": "{count} av {all} tiltak",
        "and": " og ",
        "few": " (svært usikkert: få replikasjoner)",
    },
    "en": {
        "with": "{word} with {who}",
        "none": "no sure difference with {who}",
        "nobody": "no sure difference",
        "many": "{count} of {all} policies",
        "and": " and ",
        "few": " (very uncertain: few replications)",
    },
}
#: So many policies can be named in a title.
_NAMED = 3


def side(row: Mapping[str, Any] | None) -> int | None:
    """Tell on which side of zero a difference lies: -1, 1, or 0 where zero is in its interval; None without an interval."""
    if row is None or row.get("difference_low") is None or row.get("difference_high") is None:
        return None
    noise = noise_of(row)
    low, high = (without_noise(row[name], noise) for name in ("difference_low", "difference_high"))
    assert low is not None
    assert high is not None
    return 1 if low > 0 else -1 if high < 0 else 0


def finding(reading: Reading, subject: str, kpi: str, rows: Mapping[str, Row | None]) -> str:
    """Say in which policies a measure differs from the baseline, and which way.

    Parameters
    ----------
    reading : Reading
    subject : str
        What the title is about.
    kpi : str
    rows : mapping of str to row
        Policy -> its row of `summary.csv`.
    """
    say = _SAY[reading.lang]
    less, more = direction(str(reading.kpis[kpi]["unit"]), reading.lang)
    sides = {policy: side(row) for policy, row in rows.items()}
    said = [
        say["with"].format(word=word, who=_who(reading, [policy for policy, at in sides.items() if at == wanted], len(rows)))
        for wanted, word in ((-1, less), (1, more))
        if wanted in sides.values()
    ]
    unsure = [policy for policy, at in sides.items() if at in (0, None)]
    if not said:
        said = [say["nobody"]]
    elif unsure:
        said.append(say["none"].format(who=_who(reading, unsure, len(rows))))
    return f"{subject}: {', '.join(said)}{few(reading)}"


def few(reading: Reading) -> str:
    """Say that there are few replications, in brackets; empty when there are enough."""
    return _SAY[reading.lang]["few"] if reading.replications < FEW else ""


def joined(names: Sequence[str], lang: str) -> str:
    """Write names as a list in a sentence."""
    *first, last = names
    return f"{', '.join(first)}{_SAY[lang]['and']}{last}" if first else last


def _who(reading: Reading, policies: Sequence[str], among: int) -> str:
    if len(policies) > _NAMED:
        return _SAY[reading.lang]["many"].format(count=len(policies), all=among)
    return joined([quoted(reading.label(policy), reading.lang) for policy in policies], reading.lang)
