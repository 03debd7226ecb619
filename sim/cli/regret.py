"""What each plan of a choice loses when the assumptions are other than believed: run over values of the unknown numbers."""

from collections.abc import Callable, Sequence
from typing import Any

from sim.cli.engine import Assumption, Scenario
from sim.cli.points import Bench, refuse
from sim.cli.varied import load_together, varied
from sim.experiment.designs import latin_hypercube
from sim.experiment.studies.choice import Question, regret_document


def regret_of(
    asked: Question,
    plans: Sequence[int],
    load_plan: Callable[..., Scenario],
    assumptions: Sequence[Assumption],
    chosen: Sequence[str],
    points: int,
    bench: Bench,
    replicate: Callable[..., Any],
) -> dict[str, Any] | None:
    """Run every plan at the points of a Latin hypercube; None when the work was cut short.

    Parameters
    ----------
    load_plan : callable (plan, values to set) -> Scenario
    chosen : sequence of str
        Parameters to vary; empty = every uncertain one with a range.

    Raises
    ------
    InputError
        For parameters that cannot be varied, or a measure without numbers.
    """

    def load(more: Sequence[tuple[str, str]]) -> dict[str, Scenario]:
        return {f"plan {plan}": load_plan(plan, more) for plan in plans}

    numbers = varied(assumptions, chosen, load)
    shares = latin_hypercube(points, len(numbers.varied), bench.order.seed)

    def at(number: int) -> dict[str, Scenario]:
        settings = [of.setting(share) for of, share in zip(numbers.varied, shares[number], strict=True)]
        return load_together(load, settings)

    found = bench.run(replicate, at, range(points), bench.order.replications)
    if len(found) < points:
        return None
    try:
        told = regret_document(asked, {plan: f"plan {plan}" for plan in plans}, found, shares)
    except ValueError as error:
        raise refuse("--regret", f"{asked.kpi} cannot be judged: {error}", "more replications, or another measure") from None
    return told | {"parameters": [of.id for of in numbers.varied], "fixed": dict(numbers.fixed)}
