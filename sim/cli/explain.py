"""`explain SCENARIO`: who was considered for a home, who got it and why, and why not the others."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.exits import Code, command


@command
def explain(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="A scenario or policy file.")],
    replication: Annotated[int, typer.Option("--replication", metavar="K", min=1, help="Which replication.")] = 1,
    decision: Annotated[
        int | None, typer.Option("--decision", metavar="N", min=0, help="Number of the decision in the results folder.")
    ] = None,
    dwelling: Annotated[str | None, typer.Option("--dwelling", metavar="ID", help="All decisions on one home.")] = None,
    household: Annotated[str | None, typer.Option("--household", metavar="ID", help="All decisions on one household.")] = None,
    years: options.Years = None,
    seed: options.Seed = options.DEFAULT_SEED,
    set_: options.Settings = None,
    person_level: Annotated[
        bool, typer.Option("--person-level", help="Real data: explain single households all the same.")
    ] = False,
    json: options.Json = False,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Explain decisions of one replication, which is run again with an observer.

    Every condition is told with its verdict, met or not, and the values it was judged on; of an allocation also
    who was considered, in which order, and what decided between them.

    \b
    Numbers and ids stand in the results folder, for the same scenario, seed, years and settings:
      python run_sim.py run scenarios/baerum.yaml --replications 1 --out found
      python -c "import duckdb; print(duckdb.read_parquet('found/decisions.parquet'))"
      python run_sim.py explain scenarios/baerum.yaml --decision 0
      python run_sim.py explain scenarios/baerum.yaml --household waiting-mental/15
    """  # noqa: D301 -- the mark that keeps Typer from refilling the lines
    asked = [option for option in (decision, dwelling, household) if option is not None]
    if len(asked) != 1:
        raise typer.BadParameter("give exactly one of --decision, --dwelling and --household")
    settings, horizon = options.split_settings(set_), options.positive(years)

    from sim.cli import engine
    from sim.cli.documents import printed
    from sim.cli.verdicts import show_lines
    from sim.results.errors import ResultsError

    rooms = engine.engine()
    loaded = rooms.load(scenario, settings, horizon)
    if loaded.data == "real" and not person_level:
        raise ResultsError("explain tells of single households: with real data it needs --person-level")
    found = rooms.explain(loaded, seed, replication, number=decision, dwelling=dwelling, household=household, lang=str(lang))
    allocated = any(one.record["kind"] == "allocation" for one in found)
    if not found or (household is not None and not allocated):
        from sim.cli.unexplained import nothing_on_decision, nothing_on_dwelling, nothing_on_household

        # Run once more, without the observer: this path is mostly that of a mistake, and a replication takes about a second.
        tables, homes = rooms.replicate(loaded, seed, replication).tables, engine.homes_of(loaded)
        if decision is not None:
            why = nothing_on_decision(tables, decision, replication, lang.value)
        elif dwelling is not None:
            why = nothing_on_dwelling(tables, homes, dwelling, replication, lang.value)
        else:
            why = nothing_on_household(tables, homes, str(household), replication, lang.value)
        sys.stderr.write(why + "\n")
        if not found:
            return Code.INVALID_INPUT
    if json:
        head = {"version": 1, "scenario": loaded.name, "seed": seed, "replication": replication}
        print(printed({**head, "decisions": [one.record for one in found]}))
    else:
        show_lines([line for one in found for line in one.lines])
    return Code.FINE
