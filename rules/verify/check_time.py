"""Findings about time: a rule that expires, and nothing takes its place."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from rules.ruleset import STAGES, RuleSet, Version
from rules.verify.remark import Remark, remark


def time_findings(ruleset: RuleSet) -> Iterator[Remark]:
    """Find what goes out of force before the rule set does, when nothing of its kind has begun since.

    What takes the place of a rule is another of the same section that came into force after it did, and is still in
    force on the day after; of an exception another of the same rule.
    """
    stages = [dict(_present(version)) for version in ruleset.versions]
    for number, (before, after) in enumerate(pairwise(stages)):
        day = ruleset.versions[number + 1].since
        assert day is not None
        if ruleset.to is not None and day > ruleset.to:
            continue
        for key, part in before.items():
            if key not in after and not _goes_with_its_rule(key, after) and not _succeeded(key, stages[: number + 1], after):
                yield _finding(key, part, day)


def _finding(key: tuple[str, str], part: Any, day: date) -> Remark:
    name = f"{key[0].removeprefix('unless ')}.{key[1]}" if key[0].startswith("unless ") else key[1]
    return remark(
        "no-successor",
        name,
        part.place,
        f"{name} gjelder ikke fra {day}, og ingenting trer i stedet",
        f"{name} is out of force from {day}, and nothing takes its place",
        hint=(
            "legg til en etterfølger med `valid: {from: " + str(day) + "}`",
            "add a successor with `valid: {from: " + str(day) + "}`",
        ),
    )


def _goes_with_its_rule(key: tuple[str, str], after: dict[tuple[str, str], Any]) -> bool:
    """Say whether it is an exception to a rule that goes out of force too, which is told for itself."""
    rule = key[0].removeprefix("unless ")
    return rule != key[0] and not any(name == rule for _, name in after)


def _succeeded(key: tuple[str, str], past: list[dict[tuple[str, str], Any]], after: dict[tuple[str, str], Any]) -> bool:
    began = next(number for number, present in enumerate(past) if key in present)
    rivals = [other for other in after if other[0] == key[0]]
    return any(other not in past[began] for other in rivals)


def _present(version: Version) -> Iterator[tuple[tuple[str, str], Any]]:
    """Give everything that should not just expire, by section and id; quotas are made to."""
    for stage in STAGES:
        if stage == "quotas":
            continue
        for rule in version.rules(stage):
            yield (stage, rule.id), rule
            yield from (((f"unless {rule.id}", waiver.id), waiver) for waiver in rule.waivers)
    for hold in version.holds:
        yield ("holds", hold.id), hold
    for trigger in version.triggers():
        yield ("triggers", trigger.id), trigger
    for criterion in version.priority:
        yield ("priority", f"{criterion.kind}:{criterion.label.en}"), criterion
