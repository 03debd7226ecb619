"""The ways of ranking that benchmarks/rules.py times give the same order, and the interpreter gives it too."""

from collections.abc import Iterator
from functools import cache

import pytest

from benchmarks.rules import BAERUM, Contest
from rules import RuleSet, grounds, load_ruleset, scan_key, scan_suits
from rules.ruleset import Stage

STAGES: tuple[Stage, ...] = ("scope", "eligibility", "exclusion")


@cache
def baerum() -> RuleSet:
    return load_ruleset(BAERUM)


def by_interpreter(made: Contest) -> Iterator[tuple[tuple[int, ...], int]]:
    for number, a in enumerate(made.people):
        told = [ground for stage in STAGES for ground in grounds(made.ruleset, made.layout, stage, a)]
        if all(ground.met for ground in told) and scan_suits(made.ruleset, made.layout, a, made.d, made.s, 0):
            yield scan_key(made.ruleset, made.layout, a, made.d, made.s, 0), number


@pytest.mark.parametrize("seed", range(1, 6))
def test_every_way_gives_the_same_order(seed: int) -> None:
    made = Contest(baerum(), seed)
    order = made.hand()
    assert 10 < len(order) < len(made.people)
    assert made.generated() == order == made.programs()
    assert [made.people[number] for _, number in sorted(by_interpreter(made))] == order
    first, told = made.everyones_grounds()
    assert first == order
    for of, a in zip(told, made.people, strict=True):
        assert of.met == any(a is chosen for chosen in order)
        assert of.failed == tuple(ground.rule for ground in of if not ground.met)
        for lang in ("nb", "en"):
            assert of.texts(lang) == [ground.text[lang] for ground in of if not ground.met]
