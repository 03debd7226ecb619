"""What authorities would decide at their discretion under the rules of a shadow: drawn as the world draws, and put back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from sim.kernel import purpose, uniform

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sim.world.state import Household

_NONE: AbstractContextManager[None] = nullcontext()


class ShadowDiscretion:
    """Exercises the discretion of other rules for as long as they are asked.

    Draws are keyed (person, rule, application) as in ``sim.world.discretion``: where both rule sets leave the same to discretion,
    the same person meets the same draw. What the rules that decide have made of it stands again afterwards.

    Parameters
    ----------
    programs : iterable of Program
        Of the rules that are asked.
    """

    def __init__(self, programs: Iterable[Any]) -> None:
        self._of = {
            program.hash: tuple(
                (one.field, purpose(f"discretion:{one.id}"), one.shares, one.grants) for one in program.discretions
            )
            for program in programs
        }

    def exercised(self, program: Any, household: Household | None, *, at_hand: bool = False) -> AbstractContextManager[None]:
        """Let the facts of a household hold what would be decided under a program.

        Parameters
        ----------
        program : Program
        household : Household or None
            None = nobody known: nothing is decided.
        at_hand : bool
            Whether its next application is the one at hand; else its last one.
        """
        own = self._of[program.hash]
        return _exercised(own, household, at_hand) if own and household is not None else _NONE


@contextmanager
def _exercised(own: tuple[tuple[str, int, Any, bool], ...], household: Household, at_hand: bool) -> Iterator[None]:
    facts: Any = household.facts
    before = [(field, getattr(facts, field)) for field, *_ in own]
    for field, reason, shares, grants in own:
        number = household.applications if grants or at_hand else max(household.applications - 1, 0)
        setattr(facts, field, _decided(shares, uniform(household.key, reason, number)))
    try:
        yield
    finally:
        for field, value in before:
            setattr(facts, field, value)


def _decided(shares: tuple[tuple[bool | int, float], ...], u: float) -> bool | int:
    upper = 0.0
    for value, share in shares:
        upper += share
        if u <= upper:
            return value
    return shares[-1][0]
