"""What a verb says when it is asked for something impossible: our bug, never the user's."""

from __future__ import annotations

from typing import NoReturn


class InvariantError(Exception):
    """The world is in a state that cannot be. Stops the run loudly; ``evidence`` is what was found, a sentence each."""

    def __init__(self, *evidence: str) -> None:
        super().__init__("; ".join(evidence))
        self.evidence = evidence

    def __reduce__(self) -> tuple[type[InvariantError], tuple[str, ...]]:
        return InvariantError, self.evidence


def impossible(what: str) -> NoReturn:
    """Stop on a broken guard."""
    raise InvariantError(what)
