"""Whether two rule sets that are written differently decide alike, for everybody."""

from rules.diff.profiles import Verdicts
from rules.ruleset import Criterion, RuleSet, Version


def decide_alike(before: RuleSet, after: RuleSet, verdicts: tuple[Verdicts, ...]) -> bool:
    """Say whether no decision of a simulation can differ.

    Parameters
    ----------
    before, after : RuleSet
    verdicts : tuple of Verdicts
        As `rules.diff.changed_profiles` gives them.

    Notes
    -----
    Profiles tell of verdicts. What else a simulation takes from rules (fields, shares of discretion, what quotas count,
    numbers that services use, the form of the order) must be the same; where it is not, the answer is no, and running tells.
    """
    if before.fields != after.fields or [v.since for v in before.versions] != [v.since for v in after.versions]:
        return False
    if not all(_same_beside(old, new) for old, new in zip(before.versions, after.versions, strict=True)):
        return False
    return all(found.changed == 0 for found in verdicts)


def _same_beside(old: Version, new: Version) -> bool:
    kept = ("transition", "discretions", "counted")
    if any(getattr(old, name) != getattr(new, name) for name in kept) or not _same_numbers(old, new):
        return False
    stages = ("moves", "holds", "declined")
    if any([of.id for of in getattr(old, stage)] != [of.id for of in getattr(new, stage)] for stage in stages):
        return False
    if any((getattr(old, name) is None) != (getattr(new, name) is None) for name in ("warning", "notice")):
        return False
    return len(old.priority) == len(new.priority) and all(map(_same_form, old.priority, new.priority))


def _same_form(old: Criterion, new: Criterion) -> bool:
    """Compare a criterion but for the conditions of its classes, which profiles tell of."""
    forms = [(of.kind, [name for name, _ in of.classes], of.expr, of.field, of.capped, of.within) for of in (old, new)]
    return forms[0] == forms[1]


def _same_numbers(old: Version, new: Version) -> bool:
    """Compare what may be asked for by name; conditions stand in the decisions that use them."""
    numbers = [{name: made for name, made in version.named.items() if not _is_condition(made)} for version in (old, new)]
    return numbers[0] == numbers[1]


def _is_condition(made: object) -> bool:
    body = getattr(made, "body", None)
    return body is not None and body.domain.kind == "yes/no"
