"""`sensitivity BASELINE [POLICY...]`: what the answer depends on, and what it would be worth to know."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.exits import command
from sim.cli.options import Order, Resume
from sim.cli.ordered import ordered


class Method(StrEnum):
    """How the unknown numbers are moved."""

    tornado = "tornado"
    morris = "morris"
    sobol = "sobol"
    spread = "spread"


@command
@ordered(replications="6")
def sensitivity(
    baseline: Annotated[Path, typer.Argument(metavar="BASELINE", help="What the policy is compared with.")],
    policies: Annotated[
        list[Path] | None, typer.Argument(metavar="[POLICY]...", help="Policies; without one the baseline itself.")
    ] = None,
    method: Annotated[
        Method,
        typer.Option("--method", help="One at a time and break-even, Morris' screening, Sobol indices, or all at once."),
    ] = Method.tornado,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", metavar="NAME", help="A parameter to vary; default every uncertain one with a range."),
    ] = None,
    kpi: Annotated[str, typer.Option("--kpi", metavar="ID", help="The measure that is judged.")] = "wait_days_mean",
    points: Annotated[
        int | None,
        typer.Option("--points", metavar="N", min=2, max=4096, help="Points (spread), walks (morris) or rows (sobol)."),
    ] = None,
    nok_per_waiting_day: Annotated[
        float | None,
        typer.Option("--nok-per-waiting-day", metavar="NOK", min=0, help="Spread: what a day of waiting costs; gives the EVPI."),
    ] = None,
    groups: Annotated[
        bool,
        typer.Option("--groups", help="Morris and Sobol: judge the numbers of one parameter file together, a quick first look."),
    ] = False,
    resume: Resume = False,
    *,
    order: Order,
) -> int:
    """Move the unknown numbers and see what becomes of the answer: break-even, screening, two bands, the value of knowing."""
    from collections.abc import Sequence

    from rules.reading import Place
    from sim.cli import engine
    from sim.cli.points import Bench, document_text, refuse
    from sim.cli.sensitivity_told import sensitivity_told, show_sensitivity
    from sim.cli.study_document import study_document
    from sim.cli.varied import load_together, refused, varied
    from sim.cli.wanted import known
    from sim.experiment.studies import RefusedStudyError
    from sim.experiment.studies.dependence import analysis

    if order.auto or order.replications < 2:
        raise refuse("--replications", "at least two replications are needed, as a number")
    if nok_per_waiting_day is not None and (not policies or method is not Method.spread):
        raise refuse("--nok-per-waiting-day", "the value of knowing is that of a choice", "give a policy and --method spread")
    if groups and method not in (Method.morris, Method.sobol):
        raise refuse("--groups", f"the method {method} moves every number by itself", "give --method morris or sobol")
    known(kpi, Place("--kpi", 1, 1, kpi))
    rooms = engine.engine()

    def load(more: Sequence[tuple[str, str]]) -> dict[str, engine.Scenario]:
        settings = (*order.settings, *more)
        if not policies:
            loaded = rooms.load(baseline, settings, order.years)
            return {loaded.name: loaded}
        return dict(rooms.load_comparison(baseline, policies, settings, order.years))

    scenarios = load(())
    names = list(scenarios)
    chosen = varied(next(iter(scenarios.values())).assumptions, parameter or (), load)
    try:
        plan = analysis(str(method), chosen, points, order.seed, grouped=groups)
    except RefusedStudyError as error:
        raise refused(error) from None
    settings = [plan.settings(number) for number in range(len(plan.points))]
    bench = Bench(order, Path("results") / f"{'-vs-'.join(names)}-sensitivity"[:100], resume=resume)

    def at(number: int) -> dict[str, engine.Scenario]:
        return load_together(load, settings[number])

    found = bench.run(rooms.replicate, at, range(len(settings)), order.replications)
    whole = len(found) == len(settings)
    try:
        body = plan.document(names, kpi, found if whole else [], nok_per_waiting_day)
    except ValueError as error:
        raise refuse("--kpi", f"{kpi} cannot be judged: {error}", "more replications, or another measure") from None
    body["grouped"] = groups
    document = study_document("sensitivity", order, scenarios.values(), [kpi], body, sensitivity_told, partial=not whole)
    bench.write(document)
    if order.json:
        print(document_text(document), end="")
    elif whole:
        show_sensitivity(document, order.lang)
    bench.tell(len(found), len(settings))
    return bench.code
