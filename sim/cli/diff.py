"""`diff RULESET RULESET`: what differs between two rule sets, in words."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options, rulebook
from sim.cli.exits import Code, command

_HELP = "A rule set (folder or file), or a scenario or policy for its rules."


@command
def diff(
    before: Annotated[Path, typer.Argument(metavar="RULESET_A", help=_HELP)],
    after: Annotated[Path, typer.Argument(metavar="RULESET_B", help=_HELP)],
    format_: rulebook.Format = rulebook.Form.text,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Say what differs between two rule sets, stage by stage."""
    from rules.diff import compare, tell

    a, b = rulebook.rulebook(before), rulebook.rulebook(after)
    names = (_name(before, a.label.model_dump()[lang.value]), _name(after, b.label.model_dump()[lang.value]))
    sys.stdout.write(rulebook.written(tell(compare(a, b), a, b, lang.value, names), format_))
    return Code.FINE


def _name(path: Path, label: str) -> str:
    return f"{label} ({path})"
