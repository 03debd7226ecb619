"""`sweep SCENARIO --vary PATH=A:B:STEP`: one or several numbers of a scenario moved over a grid or a Sobol design."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.exits import command
from sim.cli.options import Order, Resume
from sim.cli.ordered import ordered

Vary = Annotated[
    list[str],
    typer.Option("--vary", metavar="PATH=A:B:STEP", help="Move one number from A to B; repeated: every combination."),
]
Sobol = Annotated[
    int | None,
    typer.Option("--sobol", metavar="N", min=2, max=100_000, help="N even points of PATH=A:B in place of a grid."),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="TARGET", help='The smallest number that reaches "wait_days_p90 <= 180 days".'),
]
Kpi = Annotated[list[str] | None, typer.Option("--kpi", metavar="ID", help="A measure to show; may be repeated.")]


@command
@ordered()
def sweep(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="A scenario or policy file.")],
    vary: Vary,
    sobol: Sobol = None,
    until: Until = None,
    kpi: Kpi = None,
    resume: Resume = False,
    *,
    order: Order,
) -> int:
    """Run a scenario for many values of one or several of its numbers: curves with bands, the same people at every point."""
    from sim.cli import curves, engine
    from sim.cli.points import Bench, document_text, refuse

    if order.auto:
        raise refuse("--replications", "a sweep needs a number of replications", "give for instance --replications 20")
    plan = curves.plan(vary, sobol, until, kpi, order.seed)
    rooms = engine.engine()

    def load(number: int) -> dict[str, engine.Scenario]:
        loaded = rooms.load(scenario, (*order.settings, *plan.settings(number)), order.years)
        return {loaded.name: loaded}

    # What cannot be loaded at either end is told before anything is run.
    [(name, first)] = load(0).items()
    load(len(plan.points) - 1)
    bench = Bench(order, Path("results") / f"{name}-sweep", resume=resume)
    found = bench.run(rooms.replicate, load, range(len(plan.points)), order.replications)
    swept = curves.Swept(plan, name, first, found, order)
    document = swept.document()
    bench.write({"sweep.json": document_text(document), "curves.csv": swept.table()})
    if order.json:
        print(document_text(document), end="")
    else:
        swept.show(order.lang)
    bench.tell(len(found), len(plan.points))
    return bench.code or swept.code
