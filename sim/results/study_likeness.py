"""How two documents of one study differ: what went in, what made them, and what came out."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from sim.results.likeness import Change, close
from sim.results.seal import SEAL

#: Told by themselves, or made from the rest: the sentences, and the seal.
_APART = frozenset({"program", "scenarios", "said", SEAL})


class ValueChange(NamedTuple):
    """A value of a document that differs, with the path to it; None = it was or is not there."""

    where: str
    before: Any
    after: Any


class StudyLikeness(NamedTuple):
    """What differs between two documents of a study.

    Attributes
    ----------
    inputs : list of Change
        Scenarios, by their file, with the hash of all that they say.
    made_by : list of Change
        The program, with the hash of its source.
    values : list of ValueChange
    """

    inputs: list[Change]
    made_by: list[Change]
    values: list[ValueChange]

    @property
    def equal(self) -> bool:
        """Whether what came out is the same, to the last digit."""
        return not self.values

    @property
    def same_to_nine_digits(self) -> bool:
        """Whether all that differs is rounding."""
        return all(close(of.before, of.after) for of in self.values)


def study_likeness(before: Mapping[str, Any], after: Mapping[str, Any]) -> StudyLikeness:
    """Compare two documents of one study."""
    old, new = ({of["file"] or of["name"]: of["hash"] for of in document["scenarios"]} for document in (before, after))
    inputs = [Change(name, old.get(name), new.get(name)) for name in {**old, **new} if old.get(name) != new.get(name)]
    programs = [Change("boligtrapp", before["program"], after["program"])] if before["program"] != after["program"] else []
    one, other = ({name: of for name, of in document.items() if name not in _APART} for document in (before, after))
    return StudyLikeness(inputs, programs, list(_changes(one, other, "")))


def _changes(one: Any, other: Any, where: str) -> Iterator[ValueChange]:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in {**one, **other}:
            yield from _changes(one.get(name), other.get(name), f"{where}.{name}" if where else name)
    elif isinstance(one, list) and isinstance(other, list):
        for number, (left, right) in enumerate(zip_longest(one, other)):
            yield from _changes(left, right, f"{where}[{number}]")
    elif one != other:
        yield ValueChange(where, one, other)
