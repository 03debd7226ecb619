"""Unknown numbers of scenarios as files: which of them may be moved, and loading with several set at once."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from rules.reading import InputError
from sim.cli.engine import Assumption
from sim.cli.points import refuse
from sim.experiment.studies import RefusedStudyError
from sim.experiment.studies.unknown_numbers import Objection, Settings, Unknowns, unknowns

Loaded = TypeVar("Loaded")

#: What a study finds fault with, as it was asked for on the command line.
_OPTIONS = {
    "parameter": "--parameter",
    "points": "--points",
    "groups": "--groups",
    "observed": "OBSERVED",
    "measure": "--minimise",
}


def refused(error: RefusedStudyError) -> InputError:
    """Give the error of the option behind what a study refuses."""
    return refuse(_OPTIONS[error.about], error.says, error.hint)


def varied(assumptions: Sequence[Assumption], chosen: Sequence[str], load: Callable[[Settings], object]) -> Unknowns:
    """Choose the numbers to vary by loading the scenarios with them.

    Raises
    ------
    InputError
        For a name that the scenario has not, or that cannot be varied.
    """

    def tried(settings: Settings) -> Objection | None:
        try:
            load(settings)
        except InputError as error:
            places = frozenset(of.place.file for of in error.findings if of.place is not None)
            return Objection(error.findings[0].message, places)
        return None

    try:
        return unknowns(assumptions, chosen, tried)
    except RefusedStudyError as error:
        raise refused(error) from None


def load_together(load: Callable[[Settings], Loaded], settings: Settings) -> Loaded:
    """Load a scenario with several numbers set at once.

    Raises
    ------
    InputError
        With the values, when they cannot stand together.
    """
    try:
        return load(settings)
    except InputError as error:
        where = ", ".join(f"{path.removeprefix('parameters.')} = {value}" for path, value in settings)
        raise refuse("--parameter", f"these values cannot stand together: {where}: {error.findings[0].message}") from None
