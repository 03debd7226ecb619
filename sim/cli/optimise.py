"""`optimise PLAN...`: the best of several plans under constraints, with the probability that the choice is right."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.exits import Code, command
from sim.cli.options import MaxReplications, Order, Resume
from sim.cli.ordered import ordered


@command
@ordered(replications="10")
def optimise(
    plans: Annotated[list[Path], typer.Argument(metavar="PLAN...", help="Scenario or policy files among which to choose.")],
    indifference: Annotated[
        str, typer.Option("--indifference", metavar="SIZE", help='A lead not worth finding, as in "5 days".')
    ],
    minimise: Annotated[str | None, typer.Option("--minimise", metavar="ID", help="The measure to make small.")] = None,
    maximise: Annotated[str | None, typer.Option("--maximise", metavar="ID", help="Or the measure to make large.")] = None,
    subject_to: Annotated[
        list[str] | None,
        typer.Option(
            "--subject-to", metavar="LIMIT", help='A constraint, as in "net_cost_nok_per_year <= 45 million NOK per year".'
        ),
    ] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option("--vary", metavar="PATH=A:B:STEP", help="Every plan for each of these values; may be repeated."),
    ] = None,
    max_replications: MaxReplications = 200,
    regret: Annotated[
        int,
        typer.Option(
            "--regret", metavar="N", min=0, max=4096, help="Then: what each plan loses at N values of the unknown numbers."
        ),
    ] = 0,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", metavar="NAME", help="Regret: a parameter to vary; default every uncertain one."),
    ] = None,
    resume: Resume = False,
    *,
    order: Order,
) -> int:
    """Choose the best of several plans: right with 95 % probability when the best leads by the indifference or more."""
    from sim.cli import engine
    from sim.cli.optimise_asked import asked
    from sim.cli.optimise_told import optimise_told, show_optimise
    from sim.cli.points import Bench, document_text, refuse
    from sim.cli.regret import regret_of
    from sim.cli.study_document import study_document
    from sim.cli.varied import refused
    from sim.experiment.studies import RefusedStudyError
    from sim.experiment.studies.choice import AGAINST, COST, Candidate, Choosing

    if order.auto or order.replications < 5:
        raise refuse("--replications", "the first stage needs a number of replications, at least 5")
    if regret == 1:
        raise refuse("--regret", "at least two values of the unknown numbers are needed")
    question, values = asked(minimise, maximise, indifference, subject_to or (), vary or ())
    rooms = engine.engine()
    settings = [(plan, of) for plan in plans for of in values]
    if len(settings) < 2:
        raise refuse("PLAN", "there is nothing to choose among", "give two files, or --vary a number of one")

    def load_plan(number: int, more: Sequence[tuple[str, str]] = ()) -> engine.Scenario:
        plan, of = settings[number]
        loaded: engine.Scenario = rooms.load(plan, (*order.settings, *of, *more), order.years)
        return loaded

    def load(number: int) -> dict[str, engine.Scenario]:
        loaded = load_plan(number)
        return {loaded.name: loaded}

    # What cannot be loaded is told before anything is run.
    scenarios = [load_plan(number) for number in range(len(settings))]
    name = "-or-".join(dict.fromkeys(of.name for of in scenarios))[:80]
    bench = Bench(order, Path("results") / f"{name}-optimise", resume=resume)
    candidates = [
        Candidate(of.name, dict(engine.label_of(of)), values) for of, (_, values) in zip(scenarios, settings, strict=True)
    ]
    choosing = Choosing(question, candidates, order.replications, max(max_replications, order.replications))
    try:
        while choosing.wanted and bench.code == 0:
            choosing.add(bench.run(rooms.replicate, load, choosing.wanted, choosing.target))
        body = choosing.document()
    except RefusedStudyError as error:
        raise refused(error) from None
    if regret and bench.code == 0 and len(choosing.keeping) > 1:
        chosen = choosing.keeping
        assumptions = scenarios[chosen[0]].assumptions
        told = regret_of(question, chosen, load_plan, assumptions, parameter or (), regret, bench, rooms.replicate)
        body |= {} if told is None else {"regret": told}
    kpis = [question.kpi, COST, *AGAINST, *(of.kpi for of in question.constraints)]
    unique = {of.name: of for of in scenarios}
    document = study_document("optimise", order, unique.values(), kpis, body, optimise_told, partial=bench.code != 0)
    bench.write(document)
    if order.json:
        print(document_text(document), end="")
    else:
        show_optimise(document, order.lang)
    bench.tell(len(settings) - len(choosing.wanted), len(settings))
    return bench.code or (Code.FINE if choosing.made else Code.PRECISION_NOT_REACHED)
