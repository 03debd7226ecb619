"""`compare BASELINE POLICY...`: the same replications under every policy, and the paired differences."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.exits import command


@command
def compare(
    baseline: Annotated[Path, typer.Argument(metavar="BASELINE", help="What the policies are compared with.")],
    policies: Annotated[list[Path], typer.Argument(metavar="POLICY...", help="One or more policy files.")],
    replications: options.Replications = str(options.DEFAULT_REPLICATIONS),
    max_replications: options.MaxReplications = options.DEFAULT_MOST,
    time_limit: options.TimeLimit = None,
    years: options.Years = None,
    seed: options.Seed = options.DEFAULT_SEED,
    workers: options.Workers = None,
    set_: options.Settings = None,
    out: options.Out = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
    lang: options.Language = options.Lang.nb,
    executor: options.Executor = "local",
    check_invariants: options.Invariants = False,
    events: options.Events = False,
    person_level: options.PersonLevel = False,
) -> int:
    """Compare policies with a baseline: paired differences with 95 % intervals, a results folder and a report."""
    order = options.order(
        replications=replications,
        years=years,
        seed=seed,
        workers=workers,
        settings=set_,
        out=out,
        json=json,
        quiet=quiet,
        lang=lang,
        executor=executor,
        check_invariants=check_invariants,
        max_replications=max_replications,
        time_limit=time_limit,
        events=events,
        person_level=person_level,
    )
    from sim.cli import engine
    from sim.cli.command_line import command_line
    from sim.cli.documents import compare_json, printed
    from sim.cli.study import perform, tell_ending
    from sim.cli.terminal import show_comparison
    from sim.cli.together import show_together

    rooms = engine.engine()
    scenarios = rooms.load_comparison(baseline, policies, order.settings, order.years)
    study = perform(rooms, scenarios, order, command_line())
    if study.outcome.finished:
        if order.json:
            print(printed(compare_json(study)))
        else:
            show_comparison(study, order.lang)
            show_together(study, order.lang)
    tell_ending(study, order)
    return study.code
