"""`optimise PLAN...`: the best of several plans under constraints, with the probability that the choice is right."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.exits import command
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
    resume: Resume = False,
    *,
    order: Order,
) -> int:
    """Choose the best of several plans: right with 95 % probability when the best leads by the indifference or more."""
    from sim.cli import engine
    from sim.cli.choosing import Choosing, question
    from sim.cli.points import Bench, document_text, refuse

    if order.auto or order.replications < 5:
        raise refuse("--replications", "the first stage needs a number of replications, at least 5")
    asked = question(minimise, maximise, indifference, subject_to or (), vary or ())
    rooms = engine.engine()
    settings = [(plan, values) for plan in plans for values in asked.values]
    if len(settings) < 2:
        raise refuse("PLAN", "there is nothing to choose among", "give two files, or --vary a number of one")

    def load(number: int) -> dict[str, engine.Scenario]:
        plan, values = settings[number]
        loaded = rooms.load(plan, (*order.settings, *values), order.years)
        return {loaded.name: loaded}

    # What cannot be loaded is told before anything is run.
    scenarios = [next(iter(load(number).values())) for number in range(len(settings))]
    name = "-or-".join(dict.fromkeys(of.name for of in scenarios))[:80]
    bench = Bench(order, Path("results") / f"{name}-optimise", resume=resume)
    choosing = Choosing(
        asked,
        [(of.name, dict(engine.label_of(of)), values) for of, (_, values) in zip(scenarios, settings, strict=True)],
        order.replications,
        max(max_replications, order.replications),
    )
    while choosing.wanted and bench.code == 0:
        choosing.add(bench.run(rooms.replicate, load, choosing.wanted, choosing.target))
    document = choosing.document() | {"version": 1, "seed": order.seed}
    bench.write({"optimise.json": document_text(document)})
    if order.json:
        print(document_text(document), end="")
    else:
        choosing.show(order.lang)
    bench.tell(len(settings) - len(choosing.wanted), len(settings))
    return bench.code or choosing.code
