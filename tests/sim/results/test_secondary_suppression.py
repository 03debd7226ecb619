"""Nothing that is withheld follows from what is published, by linear algebra and by asking for all solutions."""

import pytest
from attacker import span
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.results.secondary import WHOLE, Part, Tree, exposed, withheld

STEPS = {f"v{n}": "v" for n in range(1, 6)} | {f"o{n}": "o" for n in range(1, 4)}
TYPES = {"flat": "v1", "house": "v1", "villa": "v1", "hut": "v2", "cabin": "v2", "shed": "v3", "tun": "v4", "ward": "v5",
         "unit": "o1", "room": "o2", "bed": "o3", "cell": "o3"}  # fmt: skip
PARENTS: dict[Part, Part] = {("step", step): ("scheme", scheme) for step, scheme in STEPS.items()} | {
    ("type", kind): ("step", step) for kind, step in TYPES.items()
}
GROUPS = ("a", "b", "c", "d")


def tree(types: dict[str, float], groups: list[float], dimensions: frozenset[str]) -> Tree:
    """Give consistent sizes: steps and schemes are sums of types, and groups are scaled to the whole."""
    total = sum(types.values())
    sizes: dict[Part, float] = {WHOLE: total}
    sizes |= {("type", kind): size for kind, size in types.items()}
    for kind, size in types.items():
        for part in (("step", TYPES[kind]), ("scheme", STEPS[TYPES[kind]])):
            sizes[part] = sizes.get(part, 0.0) + size
    scale = total / sum(groups) if sum(groups) else 0.0
    sizes |= {("group", name): size * scale for name, size in zip(GROUPS, groups, strict=True)}
    return Tree({of: size for of, size in sizes.items() if of[0] in dimensions}, PARENTS)


EVERYTHING = frozenset({"all", "type", "step", "scheme", "group"})
SIZES = st.sampled_from([0.0, 1.0, 2.0, 3.5, 4.9, 6.0, 11.0, 40.0, 300.0])
SETS = st.sampled_from(
    [
        EVERYTHING,
        frozenset({"all", "type", "step"}),
        frozenset({"all", "type", "scheme"}),
        frozenset({"all", "group"}),
        frozenset({"all", "scheme", "group"}),
        frozenset({"type", "step", "scheme"}),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SIZES, min_size=12, max_size=12), st.lists(SIZES, min_size=4, max_size=4), SETS)
def test_nothing_small_can_be_computed(sizes: list[float], groups: list[float], dimensions: frozenset[str]) -> None:
    of = tree(dict(zip(TYPES, sizes, strict=True)), groups, dimensions)
    small = frozenset(part for part, size in of.sizes.items() if 0 < size < 5 and part != WHOLE)
    hidden = withheld(of, small, 5)
    assert small <= hidden
    if not small:
        assert hidden == frozenset()
    assert exposed(of, hidden) == frozenset() or WHOLE not in of.sizes
    if WHOLE in of.sizes and of.sizes[WHOLE] >= 5:
        for part in small:
            least, most = span(of.sizes, hidden, PARENTS, part)
            assert most - least > 1e-6, (part, least, most)


def test_it_would_fail_without_the_second_part() -> None:
    of = Tree({WHOLE: 50.0, ("group", "a"): 3.0, ("group", "b"): 20.0, ("group", "c"): 27.0}, {})
    primary = frozenset({("group", "a")})
    assert exposed(of, primary) == primary
    assert span(of.sizes, primary, {}, ("group", "a")) == pytest.approx((3.0, 3.0))
    assert withheld(of, primary, 5) == {("group", "a"), ("group", "b")}
    least, most = span(of.sizes, withheld(of, primary, 5), {}, ("group", "a"))
    assert (least, most) == pytest.approx((0.0, 23.0))


def test_two_that_are_few_together_are_not_enough() -> None:
    of = Tree({WHOLE: 50.0, ("group", "a"): 1.0, ("group", "b"): 2.0, ("group", "c"): 20.0, ("group", "d"): 27.0}, {})
    assert withheld(of, frozenset({("group", "a"), ("group", "b")}), 5) == {("group", "a"), ("group", "b"), ("group", "c")}


def test_a_step_of_one_type_is_not_given_away_by_the_type() -> None:
    of = tree(dict.fromkeys(TYPES, 50.0) | {"shed": 2.0, "tun": 7.0}, [1.0] * 4, EVERYTHING)
    small = frozenset({("type", "shed"), ("step", "v3")})
    assert withheld(of, small, 5) == {*small, ("type", "tun"), ("step", "v4")}


def test_what_need_not_be_withheld_is_not() -> None:
    of = tree(dict.fromkeys(TYPES, 50.0), [1.0] * 4, EVERYTHING)
    assert withheld(of, frozenset(), 5) == frozenset()


def test_the_whole_is_withheld_only_where_nothing_else_helps() -> None:
    one = Tree({WHOLE: 3.0, ("group", "a"): 3.0}, {})
    assert withheld(one, frozenset({("group", "a")}), 5) == {WHOLE, ("group", "a")}
    empty = Tree({WHOLE: 3.0, ("group", "a"): 3.0, ("group", "b"): 0.0}, {})
    assert withheld(empty, frozenset({("group", "a")}), 5) == {("group", "a"), ("group", "b")}
