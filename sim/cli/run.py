"""`run SCENARIO`: replications of one scenario."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.exits import command
from sim.cli.options import Order
from sim.cli.ordered import ordered


@command
@ordered(results=True)
def run(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="A scenario or policy file.")],
    *,
    order: Order,
) -> int:
    """Simulate one scenario: a table, a results folder and a report."""
    from sim.cli import engine
    from sim.cli.command_line import command_line
    from sim.cli.documents import printed, run_json
    from sim.cli.skewed_figures import show_skewed
    from sim.cli.study import perform, tell_ending
    from sim.cli.terminal import show_run

    rooms = engine.engine()
    loaded = rooms.load(scenario, order.settings, order.years)
    study = perform(rooms, {loaded.name: loaded}, order, command_line())
    if study.outcome.finished:
        if order.json:
            print(printed(run_json(study)))
        else:
            show_run(study, order.lang)
            show_skewed(study, order.lang)
    tell_ending(study, order)
    return study.code
