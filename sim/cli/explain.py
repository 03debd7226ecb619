"""`explain SCENARIO`: who was considered for a home, who got it and why, and why not the others."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.exits import Code, command

_NOTHING = {
    "nb": "Det er ingen slik tildeling i replikasjon {k}.\n",
    "en": "There is no such allocation in replication {k}.\n",
}


@command
def explain(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="A scenario or policy file.")],
    replication: Annotated[int, typer.Option("--replication", metavar="K", min=1, help="Which replication.")] = 1,
    decision: Annotated[
        int | None, typer.Option("--decision", metavar="N", min=0, help="Number of the decision in the results folder.")
    ] = None,
    dwelling: Annotated[str | None, typer.Option("--dwelling", metavar="ID", help="All allocations of one home.")] = None,
    household: Annotated[str | None, typer.Option("--household", metavar="ID", help="All allocations to one household.")] = None,
    years: options.Years = None,
    seed: options.Seed = options.DEFAULT_SEED,
    set_: options.Settings = None,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Explain allocations of one replication, which is run again with an observer."""
    asked = [option for option in (decision, dwelling, household) if option is not None]
    if len(asked) != 1:
        raise typer.BadParameter("give exactly one of --decision, --dwelling and --household")
    settings, horizon = options.split_settings(set_), options.positive(years)

    from sim.cli import engine

    rooms = engine.engine()
    loaded = rooms.load(scenario, settings, horizon)
    lines = rooms.explain(loaded, seed, replication, number=decision, dwelling=dwelling, household=household, lang=str(lang))
    if not lines:
        sys.stderr.write(_NOTHING[str(lang)].format(k=replication))
        return Code.INVALID_INPUT
    print("\n".join(lines))
    return Code.FINE
