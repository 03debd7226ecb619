"""`run SCENARIO`: replications of one scenario."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.exits import command


@command
def run(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="A scenario or policy file.")],
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
    """Simulate one scenario: a table, a results folder and a report."""
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
    from sim.cli.documents import printed, run_json
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
    tell_ending(study, order)
    return study.code
