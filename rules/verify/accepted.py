"""Mutants that nobody needs to kill: ``accepted.yaml`` beside the rules, each with a reason."""

from collections.abc import Mapping as AbstractMapping
from pathlib import Path

from pydantic import Field

from rules.reading import Finding, Mapping, Place, Record, at, closest, fail, read_yaml, validate
from rules.ruleset.merge import ACCEPTED_NAME


class AcceptedMutants(Record):
    """Reasons by the name of the mutant, as ``--mutate`` prints it."""

    mutants: dict[str, str] = Field(default_factory=dict)


def accepted_file(path: Path) -> Path:
    """Give where the accepted mutants of a rule set stand."""
    return (path if path.is_dir() else path.parent) / ACCEPTED_NAME


def read_accepted(path: Path) -> dict[str, tuple[str, Place]]:
    """Read the accepted mutants of a rule set: reason and place by name; none when there is no file.

    Raises
    ------
    InputError
        For a file that is not well formed, and for an empty reason.
    """
    file = accepted_file(path)
    if not file.exists():
        return {}
    tree = read_yaml(file)
    record = validate(AcceptedMutants, tree)
    found = {}
    for name, reason in record.mutants.items():
        above = at(tree, ("mutants",))
        assert isinstance(above, Mapping)
        place = above.entries[name].key_place
        if not reason.strip():
            fail("no-reason", "an accepted mutant needs a reason", place, "say why no case needs to tell the two apart")
        found[name] = (reason, place)
    return found


def stale(accepted: AbstractMapping[str, tuple[str, Place]], survivors: set[str], names: set[str]) -> list[Finding]:
    """Find accepted mutants that are killed now, or that are no mutants of these rules."""
    found = []
    for name, (_, place) in accepted.items():
        if name not in names:
            found.append(Finding("stale-acceptance", f"{name!r} is no mutant of these rules", place, closest(name, names),
                                 "warning"))  # fmt: skip
        elif name not in survivors:
            found.append(Finding("stale-acceptance", f"a case kills the mutant {name!r}", place, "remove it here", "warning"))
    return found
