"""What `optimise` is asked for: a measure, a lead not worth finding, constraints, and values for every plan."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rules.reading import Place
from sim.cli.points import refuse
from sim.cli.sweep_asked import axis
from sim.cli.wanted import figure, known
from sim.experiment.designs import crossed
from sim.experiment.selection import Constraint
from sim.experiment.studies.choice import Question

_LIMIT = re.compile(r"\s*([a-z0-9_]+)\s*(<=|>=)\s*(.+?)\s*(?:(?:\+-|±)\s*(.+?)\s*)?")


class Asked(NamedTuple):
    """The question, and the values to be set in every plan."""

    question: Question
    values: tuple[tuple[tuple[str, str], ...], ...]


def asked(minimise: str | None, maximise: str | None, indifference: str, limits: Sequence[str], vary: Sequence[str]) -> Asked:
    """Read the options of `optimise` together.

    Raises
    ------
    InputError
        For what says nothing, or two things at once.
    """
    if (minimise is None) == (maximise is None):
        raise refuse("--minimise", "one measure is to be made small or large", "give either --minimise ID or --maximise ID")
    kpi = minimise or maximise or ""
    known(kpi, Place("--minimise" if minimise else "--maximise", 1, 1, kpi))
    size = figure(indifference, kpi, Place("--indifference", 1, 1, indifference))
    if not size > 0:
        raise refuse("--indifference", "it should be above zero")
    axes = [[(of.path, value) for value in of.values] for of in map(axis, vary)]
    question = Question(kpi, maximise is not None, size, tuple(_constraint(text) for text in limits))
    return Asked(question, crossed(axes))


def _constraint(text: str) -> Constraint:
    found = _LIMIT.fullmatch(text)
    if found is None:
        raise refuse("--subject-to", f"{text!r} is no constraint", 'write for instance "wait_days_p90 <= 900 days"')
    place = Place("--subject-to", 1, 1, text)
    limit = figure(found[3], found[1], place)
    tolerance = figure(found[4], found[1], place) if found[4] else 0.01 * abs(limit)
    if not tolerance > 0:
        raise refuse("--subject-to", f"{text!r} leaves no tolerance", 'write it after the limit, as in "<= 0 +- 0.1"')
    return Constraint(found[1], limit, tolerance, found[2] == "<=")
