from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel import Bins, Cells, Integral, Tallies, entity_key, purpose, uniform

times = st.floats(0, 100)
boundaries = st.lists(st.floats(0.01, 99.99), max_size=8).map(lambda inner: sorted({0.0, 100.0, *inner}))


def exact(edges: list[float], start_level: float, changes: list[tuple[float, float]]) -> list[Fraction]:
    """Integrate a step function per bin in rational arithmetic, one (bin, stretch) at a time."""
    steps = [(0.0, start_level), *changes, (100.0, 0.0)]
    areas = []
    for low, high in pairwise(map(Fraction, edges)):
        area = Fraction(0)
        level = Fraction(0)
        for (begin, delta), (finish, _) in pairwise(steps):
            level += Fraction(delta)
            overlap = min(high, Fraction(finish)) - max(low, Fraction(begin))
            area += level * max(overlap, Fraction(0))
        areas.append(area)
    return areas


@settings(max_examples=300)
@given(boundaries, st.integers(0, 20), st.lists(st.tuples(times, st.integers(0, 50)), max_size=30))
def test_areas_are_those_of_rational_arithmetic(edges: list[float], start: int, rises: list[tuple[float, int]]) -> None:
    rises.sort()
    integral = Integral(Bins(edges), start)
    for now, delta in rises:
        integral.change(now, delta)
    integral.close(100.0)
    # With levels of one sign the error is relative, to each bin and not only to the sum.
    for area, truth in zip(integral.areas, exact(edges, start, rises), strict=True):
        assert abs(Fraction(area) - truth) <= Fraction(2) ** -53 * (3 * len(rises) + 6) * truth


@given(boundaries, st.lists(st.tuples(times, st.integers(-50, 50)), max_size=30))
def test_levels_of_both_signs(edges: list[float], changes: list[tuple[float, int]]) -> None:
    changes.sort()
    integral = Integral(Bins(edges))
    for now, delta in changes:
        integral.change(now, delta)
    integral.close(100.0)
    for area, truth in zip(integral.areas, exact(edges, 0, changes), strict=True):
        assert float(truth) == pytest.approx(area, abs=1e-9)


@given(boundaries, st.lists(st.tuples(times, st.integers(0, 50)), max_size=20))
def test_set_equals_change_by_the_difference(edges: list[float], path: list[tuple[float, int]]) -> None:
    path.sort(key=lambda step: step[0])
    by_set, by_change = Integral(Bins(edges)), Integral(Bins(edges))
    for now, level in path:
        by_set.set(now, level)
        by_change.change(now, level - by_change.level)
    by_set.close(100.0)
    by_change.close(100.0)
    assert by_set.areas == by_change.areas
    assert by_set.level == by_change.level


@given(boundaries, times, times)
def test_closing_on_the_way_changes_little(edges: list[float], one: float, two: float) -> None:
    straight, stopping = Integral(Bins(edges), 3), Integral(Bins(edges), 3)
    for now in sorted((one, two)):
        stopping.close(now)
    for integral in (straight, stopping):
        integral.close(100.0)
    assert stopping.areas == pytest.approx(straight.areas, rel=1e-12)


def test_a_stretch_over_many_bins_is_cut_exactly() -> None:
    integral = Integral(Bins([0, 10, 20, 25, 40]), 2)
    integral.change(5, 1)
    integral.change(32, -3)
    integral.close(40)
    assert integral.areas == [10 + 15, 30, 15, 21]
    assert integral.level == 0


def test_areas_before_close_stop_at_the_latest_change() -> None:
    integral = Integral(Bins([0, 10, 20]), 2)
    integral.change(5, 1)
    assert integral.areas == [10, 0]
    integral.change(12, 0)
    assert integral.areas == [25, 6]


def test_bins_need_not_start_at_zero() -> None:
    integral = Integral(Bins([-5, 0, 5]), 1)
    integral.close(5)
    assert integral.areas == [5, 5]


@pytest.mark.parametrize("now", [4.9, 10.1, float("nan")])
def test_time_does_not_run_backwards_or_out_of_the_bins(now: float) -> None:
    integral = Integral(Bins([0, 10]))
    integral.change(5, 1)
    for refused in (lambda: integral.change(now, 1), lambda: integral.set(now, 1)):
        with pytest.raises(ValueError, match=r"backwards|outside"):
            refused()
    integral.close(10)
    assert integral.areas == [5]


def test_a_million_changes_equal_the_sum_of_sojourns() -> None:
    """Little's law as an identity: the integral of the number present is the sum of the stays."""
    key, when, how_long = entity_key(3, 0, "queue"), purpose("when"), purpose("how long")
    people = 50_000
    arrivals = [3650 * uniform(key, when, k) for k in range(people)]
    departures = [min(at + 365 * uniform(key, how_long, k), 3653.0) for k, at in enumerate(arrivals)]
    steps = sorted([(at, 1) for at in arrivals] + [(at, -1) for at in departures])
    # The same hundred thousand steps ten times over: a million changes a decade apart.
    months = [3653.0 * decade + 30.0 * month for decade in range(10) for month in range(120)]
    integral = Integral(Bins([*months, 36530.0]))
    for decade in range(10):
        for at, delta in steps:
            integral.change(3653.0 * decade + at, delta)
    integral.close(36530.0)
    truth = 10 * (sum(map(Fraction, departures)) - sum(map(Fraction, arrivals)))
    assert abs(Fraction(sum(integral.areas)) - truth) < Fraction(1, 10**9) * truth


def test_bins_tell_which() -> None:
    bins = Bins([0, 10, 20])
    assert [bins.index(time) for time in (0, 9.99, 10, 19.99, 20)] == [0, 0, 1, 1, 1]
    assert (len(bins), bins.start, bins.end) == (2, 0, 20)
    for outside in (-0.01, 20.01, float("nan")):
        with pytest.raises(ValueError, match="outside"):
            bins.index(outside)


@pytest.mark.parametrize("edges", [[], [1], [1, 1], [2, 1], [0, float("nan"), 1]])
def test_bins_must_ascend(edges: list[float]) -> None:
    with pytest.raises(ValueError, match="boundaries"):
        Bins(edges)


moves = st.lists(st.tuples(times, st.integers(0, 4), st.sampled_from([None, "a", "b", "c"])), max_size=40)


@settings(max_examples=200)
@given(boundaries, moves)
def test_cells_hold_the_sojourns_of_those_who_move(edges: list[float], plan: list[tuple[float, int, str | None]]) -> None:
    plan.sort(key=lambda move: move[0])
    cells: Cells[str] = Cells(Bins(edges))
    place: dict[int, str | None] = dict.fromkeys(range(5))
    since = dict.fromkeys(range(5), 0.0)
    stays = [(person, 100.0, None) for person in range(5)]
    sojourns = {cell: [Fraction(0)] * (len(edges) - 1) for cell in "abc"}
    for now, person, new in plan:
        cells.move(now, place[person], new)
        _stay(sojourns, edges, place[person], since[person], now)
        place[person], since[person] = new, now
    for person, end, _ in stays:
        _stay(sojourns, edges, place[person], since[person], end)
    cells.close(100.0)
    table = cells.table()
    for cell, truth in sojourns.items():
        found = table[cell].tolist() if cell in table else [0.0] * len(truth)
        assert found == pytest.approx([float(area) for area in truth], rel=1e-12, abs=1e-9)
    for cell, integral in cells.items():
        assert integral.level == sum(where == cell for where in place.values())


def _stay(sojourns: dict[str, list[Fraction]], edges: list[float], cell: str | None, begin: float, end: float) -> None:
    if cell is not None:
        for number, (low, high) in enumerate(pairwise(edges)):
            overlap = Fraction(min(high, end)) - Fraction(max(low, begin))
            sojourns[cell][number] += max(overlap, Fraction(0))


def test_cells_take_weights_and_keep_the_order_of_first_use() -> None:
    cells: Cells[tuple[str, int]] = Cells(Bins([0, 10]))
    cells.move(0, None, ("b", 1), weight=2.5)
    cells.move(4, ("b", 1), ("a", 1), weight=2.5)
    cells.add(6, ("b", 1), 1)
    cells.move(8, ("a", 1), None, weight=2.5)
    cells.close(10)
    assert {cell: areas.tolist() for cell, areas in cells.table().items()} == {("b", 1): [14], ("a", 1): [10]}
    assert list(cells) == [("b", 1), ("a", 1)]


def test_moving_to_the_same_cell_changes_nothing() -> None:
    cells: Cells[tuple[int, ...]] = Cells(Bins([0, 10]))
    cells.move(0, None, (1, 2))
    cells.move(5, (1, 2), tuple([1, 2]))  # noqa: C409 - an equal cell that is another object
    cells.close(10)
    assert cells.table()[(1, 2)].tolist() == [10]


@given(boundaries, st.lists(st.tuples(times, st.sampled_from("ab"), st.integers(1, 3)), max_size=30))
def test_tallies_count_per_key_and_bin(edges: list[float], events: list[tuple[float, str, int]]) -> None:
    tallies: Tallies[str] = Tallies(Bins(edges))
    for now, key, n in events:  # in any order of time
        tallies.count(now, key, n)
    for key, counts in tallies.table().items():
        for number, (low, high) in enumerate(pairwise(edges)):
            held = [n for now, k, n in events if k == key and (low <= now < high or now == high == edges[-1])]
            assert counts[number] == sum(held)
    assert set(tallies) == {key for _, key, _ in events}


def test_tables_are_copies() -> None:
    tallies: Tallies[str] = Tallies(Bins([0, 1]))
    tallies.count(0, "a")
    tallies.table()["a"][0] = 99
    assert tallies.table()["a"].tolist() == [1]
