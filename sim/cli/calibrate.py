"""`calibrate SCENARIO OBSERVED`: which values of the unknown numbers fit what has been observed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.exits import Code, command
from sim.cli.options import Order, Resume
from sim.cli.ordered import ordered


@command
@ordered(replications="4")
def calibrate(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="A scenario file.")],
    observed: Annotated[Path, typer.Argument(metavar="OBSERVED", help="A YAML file of observed figures with their errors.")],
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", metavar="NAME", help="A parameter to fit; default every uncertain one with a range."),
    ] = None,
    waves: Annotated[int, typer.Option("--waves", metavar="N", min=1, max=10, help="Waves of points.")] = 2,
    points: Annotated[int | None, typer.Option("--points", metavar="N", min=4, max=4096, help="Points of a wave.")] = None,
    resume: Resume = False,
    *,
    order: Order,
) -> int:
    """Rule out values of unknown numbers by what has been observed (history matching); what remains is plausible."""
    from sim.cli import engine
    from sim.cli.calibrate_told import calibrate_told, show_calibrate
    from sim.cli.observed_file import read_observed
    from sim.cli.points import Bench, document_text, refuse
    from sim.cli.study_document import study_document
    from sim.cli.varied import load_together, refused, varied
    from sim.experiment.studies import RefusedStudyError
    from sim.experiment.studies.fit import Fitting

    if order.auto or order.replications < 2:
        raise refuse("--replications", "at least two replications are needed, as a number")
    figures = read_observed(observed)
    rooms = engine.engine()

    def load(more: Sequence[tuple[str, str]]) -> engine.Scenario:
        loaded: engine.Scenario = rooms.load(scenario, (*order.settings, *more), order.years)
        return loaded

    base = load(())
    chosen = varied(base.assumptions, parameter or (), load)
    try:
        fitting = Fitting(figures, chosen, base.name, points, order.seed)
    except RefusedStudyError as error:
        raise refused(error) from None
    bench = Bench(order, Path("results") / f"{base.name}-calibrate", resume=resume)

    def at(number: int) -> dict[str, engine.Scenario]:
        return {base.name: load_together(load, fitting.settings(number))}

    for _ in range(waves):
        wanted = fitting.begin()
        if not wanted:
            break
        found = bench.run(rooms.replicate, at, wanted, order.replications)
        if bench.code != 0:
            break
        try:
            fitting.learn(found)
        except RefusedStudyError as error:
            raise refused(error) from None
    kpis = [seen.kpi for seen in (*figures.fitted, *figures.kept)]
    partial = bench.code != 0
    document = study_document("calibrate", order, [base], kpis, fitting.document(), calibrate_told, partial=partial)
    bench.write(document)
    if order.json:
        print(document_text(document), end="")
    elif not partial:
        show_calibrate(document, order.lang)
    bench.tell(fitting.finished, fitting.asked)
    return bench.code or (Code.FINE if fitting.something_left else Code.PRECISION_NOT_REACHED)
