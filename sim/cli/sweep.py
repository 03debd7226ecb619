"""`sweep SCENARIO --vary PATH=A:B:STEP`: one or several numbers of a scenario moved over a grid or a Sobol design."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.exits import Code, command
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
    from sim.cli import engine
    from sim.cli.figures import kpi_texts
    from sim.cli.openings import openings_of
    from sim.cli.points import Bench, document_text, refuse
    from sim.cli.study_document import study_document
    from sim.cli.sweep_asked import asked
    from sim.cli.sweep_told import curves_table, show_sweep, sweep_told
    from sim.experiment.studies.openings import Opening
    from sim.experiment.studies.sweep import sweep_document

    if order.auto:
        raise refuse("--replications", "a sweep needs a number of replications", "give for instance --replications 20")
    plan, shown = asked(vary, sobol, until, kpi, order.seed)
    rooms = engine.engine()
    openings: dict[int, tuple[Opening, ...]] = {}

    def load(number: int) -> dict[str, engine.Scenario]:
        loaded = rooms.load(scenario, (*order.settings, *plan.settings(number)), order.years)
        openings[number] = openings_of(loaded)
        return {loaded.name: loaded}

    # What cannot be loaded at either end is told before anything is run.
    [(name, first)] = load(0).items()
    load(len(plan.points) - 1)
    bench = Bench(order, Path("results") / f"{name}-sweep", resume=resume)
    found = bench.run(rooms.replicate, load, range(len(plan.points)), order.replications)
    whole = len(found) == len(plan.points)
    kpis = [id_ for id_, text in kpi_texts().items() if text["headline"] or id_ in shown]
    body = sweep_document(plan, name, found, kpis, openings)
    body |= {"shown": list(shown), "sobol": sobol is not None}
    document = study_document("sweep", order, [first], kpis, body, sweep_told, partial=not whole)
    bench.write(document, {"curves.csv": curves_table(document)})
    if order.json:
        print(document_text(document), end="")
    else:
        show_sweep(document, order.lang)
    bench.tell(len(found), len(plan.points))
    missed = "until" in document and document["until"]["enough"] is None
    return bench.code or (Code.PRECISION_NOT_REACHED if missed else Code.FINE)
