"""`compare BASELINE POLICY...`: the same replications under every policy, and the paired differences."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.exits import command
from sim.cli.options import Order
from sim.cli.ordered import ordered


@command
@ordered(results=True)
def compare(
    baseline: Annotated[Path, typer.Argument(metavar="BASELINE", help="What the policies are compared with.")],
    policies: Annotated[list[Path], typer.Argument(metavar="POLICY...", help="One or more policy files.")],
    *,
    cumulative: Annotated[
        bool, typer.Option("--cumulative", help="Also each policy on top of all those named before it.")
    ] = False,
    order: Order,
) -> int:
    """Compare policies with a baseline: paired differences with 95 % intervals, a results folder and a report."""
    from sim.cli import engine
    from sim.cli.command_line import command_line
    from sim.cli.documents import compare_json, printed
    from sim.cli.skewed_figures import show_skewed
    from sim.cli.study import perform, tell_ending
    from sim.cli.terminal import show_comparison
    from sim.cli.together import show_together

    rooms = engine.engine()
    scenarios = rooms.load_comparison(baseline, policies, order.settings, order.years, cumulative=cumulative)
    study = perform(rooms, scenarios, order, command_line())
    if study.outcome.finished:
        if order.json:
            print(printed(compare_json(study)))
        else:
            show_comparison(study, order.lang)
            show_together(study, order.lang)
            show_skewed(study, order.lang)
    tell_ending(study, order)
    return study.code
