"""What the author of a rule set has accepted: ``accepted.yaml`` beside the rules, each with a reason."""

from collections.abc import Iterable
from collections.abc import Mapping as AbstractMapping
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import Field

from rules.reading import Finding, Mapping, Place, Record, at, closest, fail, read_yaml, validate
from rules.ruleset.merge import ACCEPTED_NAME
from rules.verify.remark import Remark, remark

#: Reason and place, by the name of what was accepted.
Reasons: TypeAlias = dict[str, tuple[str, Place]]

#: Findings that depend on a stock of dwellings are made, and accepted, where the rules are checked with a scenario.
_OF_STOCK = "BT7"


class AcceptedMutants(Record):
    """Reasons by name: of mutants as ``--mutate`` prints them, of findings as ``check`` does (``BT501 FIELD``)."""

    mutants: dict[str, str] = Field(default_factory=dict)
    findings: dict[str, str] = Field(default_factory=dict)


def accepted_file(path: Path) -> Path:
    """Give where the accepted mutants and findings of a rule set stand."""
    return (path if path.is_dir() else path.parent) / ACCEPTED_NAME


def read_accepted(path: Path) -> Reasons:
    """Read the accepted mutants of a rule set: reason and place by name; none when there is no file.

    Raises
    ------
    InputError
        For a file that is not well formed, and for an empty reason.
    """
    return _read(path, "mutants", "an accepted mutant needs a reason", "say why no case needs to tell the two apart")


def read_accepted_findings(path: Path) -> Reasons:
    """Read the accepted findings of a rule set; see `read_accepted`."""
    return _read(path, "findings", "an accepted finding needs a reason", "say why it may stand")


def _read(path: Path, section: Literal["mutants", "findings"], fault: str, hint: str) -> Reasons:
    file = accepted_file(path)
    if not file.exists():
        return {}
    tree = read_yaml(file)
    record = validate(AcceptedMutants, tree)
    found = {}
    reasons: dict[str, str] = getattr(record, section)
    for name, reason in reasons.items():
        above = at(tree, (section,))
        assert isinstance(above, Mapping)
        place = above.entries[name].key_place
        if not reason.strip():
            fail("no-reason", fault, place, hint)
        found[name] = (reason, place)
    return found


def apply_accepted(found: Iterable[Finding], accepted: Reasons) -> list[Finding]:
    """Take away the findings that are accepted, and tell of acceptances that accept nothing."""
    kept: list[Finding] = []
    names: set[str] = set()
    for finding in found:
        if isinstance(finding, Remark):
            names.add(finding.name)
            if finding.name in accepted:
                continue
        kept.append(finding)
    for name, (_, place) in accepted.items():
        if name not in names and not name.startswith(_OF_STOCK):
            near = closest(name, names)
            hint = (f"mente du «{near}»?", f'did you mean "{near}"?') if near else ("fjern det her", "remove it here")
            kept.append(
                remark(
                    "stale-acceptance",
                    name,
                    place,
                    f"det er ikke noe funn {name!r} lenger",
                    f"there is no finding {name!r} any more",
                    hint=hint,
                )
            )
    return kept


def is_accepted(finding: Finding) -> bool:
    """Say whether a finding is accepted in ``accepted.yaml`` beside the rules it is about."""
    if not isinstance(finding, Remark) or finding.place is None:
        return False
    return finding.name in read_accepted_findings(Path(finding.place.file))


def stale(accepted: AbstractMapping[str, tuple[str, Place]], survivors: set[str], names: set[str]) -> list[Finding]:
    """Find accepted mutants that are killed now, or that are no mutants of these rules."""
    found = []
    for name, (_, place) in accepted.items():
        if name not in names:
            found.append(
                Finding("stale-acceptance", f"{name!r} is no mutant of these rules", place, closest(name, names), "warning")
            )
        elif name not in survivors:
            found.append(Finding("stale-acceptance", f"a case kills the mutant {name!r}", place, "remove it here", "warning"))
    return found
