"""What a mechanism is: one way in which the world moves, in one file, under one key of the scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Handler
    from sim.world.transitions import Transition
    from sim.world.world import World


@dataclass(frozen=True, slots=True)
class FactOffer:
    """A fact that a mechanism supplies to the rule language.

    Attributes
    ----------
    of, name : str
        applicant, dwelling or site; and the name of the field.
    type : str
        ``int``, ``yes/no`` or ``one of``.
    low, high : int
        Bounds of an ``int``.
    values : tuple of str
        Of a ``one of``.
    default : int, bool or str
        Its value before the mechanism has said anything.
    """

    of: str
    name: str
    type: str
    low: int = 0
    high: int = 0
    values: tuple[str, ...] = ()
    default: int | bool | str = 0


class Mechanism:
    """One mechanism, with everything that it need not have left out.

    Attributes
    ----------
    name : str
        The key of the scenario; a scenario without it leaves the mechanism off.
    Parameters : type
        The model of what stands under that key.
    facts : tuple of FactOffer
        What it supplies to the rule language.
    neutral : mapping, list or None
        What to write under the key so that nothing changes; None where there is no such thing.
    """

    name: ClassVar[str]
    Parameters: ClassVar[type[BaseModel]]
    facts: ClassVar[tuple[FactOffer, ...]] = ()
    neutral: ClassVar[Any] = None

    def __init__(self, parameters: Any, world: World) -> None:
        self.world = world

    def transitions(self) -> tuple[Transition, ...]:
        """Competing risks that it adds to every household's clock."""
        return ()

    def handlers(self) -> Mapping[str, Handler]:
        """What it does at which moment."""
        return {}

    def start(self) -> None:
        """Schedule what it does by itself, on day 0, when residents are in place."""

    def invariants(self) -> Iterator[str]:
        """Yield a sentence for everything that cannot be."""
        return iter(())

    def finish(self, records: Records) -> None:
        """Add its rows to the records, when the run has ended."""
