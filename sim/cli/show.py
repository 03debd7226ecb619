"""`show RULESET`: a whole rule set in plain words."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options, rulebook
from sim.cli.exits import Code, command


@command
def show(
    ruleset: Annotated[
        Path, typer.Argument(metavar="RULESET", help="A rule set (folder or file), or a scenario or policy for its rules.")
    ],
    format_: rulebook.Format = rulebook.Form.text,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="The rules in force on this date; default the last that are made."),
    ] = None,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Show a rule set in plain Norwegian or English."""
    from rules.show import compose

    found, date = rulebook.rulebook(ruleset), rulebook.day(on)
    if date is not None:
        rulebook.refuse_day_without_rules(ruleset, found, date)
    document = compose(found, lang.value, date)
    sys.stdout.write(rulebook.written(document, format_))
    return Code.FINE
