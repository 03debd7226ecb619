"""Units of work, one replication of one policy each, and running them one after another here."""

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

S_contra = TypeVar("S_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)
Scenario = TypeVar("Scenario")
Result = TypeVar("Result")

#: Seconds between two questions whether to stop.
PATIENCE = 0.2
#: How often a unit may be under way when a worker dies; one that was so often is most likely what kills them.
ATTEMPTS = 3


class Replicate(Protocol[S_contra, R_co]):
    """A pure function that runs one replication."""

    def __call__(self, scenario: S_contra, seed: int, k: int, /) -> R_co:
        """Run replication `k`."""
        ...


class Unit(NamedTuple):
    """One replication of one policy."""

    policy: str
    k: int


class WorkerDiedError(Exception):
    """Worker processes ended again and again without an answer: killed by the system, most often for lack of memory."""


class StoppedError(Exception):
    """The work was asked to stop before all units were done."""


def in_process(
    replicate: Replicate[Scenario, Result],
    scenarios: Mapping[str, Scenario],
    seed: int,
    units: Sequence[Unit],
    stop: Callable[[], bool],
) -> Generator[tuple[Unit, Result], None, None]:
    """Run the units one after another in this process.

    Raises
    ------
    StoppedError
        When `stop` says so before a unit is begun.
    """
    for unit in units:
        if stop():
            raise StoppedError
        try:
            result = replicate(scenarios[unit.policy], seed, unit.k)
        except Exception as error:
            error.add_note(where(unit, seed))
            raise
        yield unit, result


def where(unit: Unit, seed: int) -> str:
    """Say which replication it is, for the notes of an error."""
    return f"in replication {unit.k} of {unit.policy} (seed {seed})"
