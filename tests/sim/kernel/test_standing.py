"""The reusable event against the naive model: a list of due times, searched through every time."""

from collections.abc import Generator
from math import inf, nan

import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel import ALLOCATION, CALENDAR, MEASURES, PEOPLE, Clock, Standing

OWNERS = 3
# Whole times from a small range, so that ties and repeated entries are common.
delays = st.one_of(st.integers(0, 6), st.just(inf))
# What an owner does when it fires: new due times of any owners, as delays.
orders = st.lists(st.tuples(st.integers(0, OWNERS - 1), delays), max_size=3)
plans = st.lists(orders, max_size=25)


class Naive:
    """Fires the earliest of a list of due times, lowest phase first; one owner a phase, so no other ties."""

    def __init__(self, plan: list[list[tuple[int, float]]]) -> None:
        self.due = [inf] * OWNERS
        self.plan = plan
        self.trace: list[tuple[float, int]] = []

    def apply(self, now: float) -> None:
        if self.plan:
            for owner, delay in self.plan.pop(0):
                self.due[owner] = now + delay

    def run(self, until: float) -> None:
        self.apply(0)
        while (now := min(self.due)) < until:
            owner = self.due.index(now)
            self.due[owner] = inf
            self.trace.append((now, owner))
            self.apply(now)


class Kernel:
    """The same owners as Standing events."""

    def __init__(self, plan: list[list[tuple[int, float]]]) -> None:
        self.plan = plan
        self.clock = Clock()
        self.trace: list[tuple[float, int]] = []
        phases = (CALENDAR, PEOPLE, ALLOCATION)
        self.owners = [Standing(self.clock, phase, self.fire, owner) for owner, phase in enumerate(phases)]

    def fire(self, owner: int) -> None:
        assert self.owners[owner].due == inf
        self.trace.append((self.clock.now, owner))
        self.apply(self.clock.now)

    def apply(self, now: float) -> None:
        if self.plan:
            for owner, delay in self.plan.pop(0):
                self.owners[owner].stand(now + delay)

    def run(self, until: float) -> None:
        self.apply(0)
        self.clock.run(until)


@settings(max_examples=500)
@given(plans)
def test_fires_like_the_naive_model(plan: list[list[tuple[int, float]]]) -> None:
    naive, kernel = Naive([list(orders) for orders in plan]), Kernel([list(orders) for orders in plan])
    naive.run(40)
    kernel.run(40)
    assert kernel.trace == naive.trace
    assert [owner.due for owner in kernel.owners] == naive.due
    assert kernel.clock.events == len(naive.trace)


@settings(max_examples=200)
@given(plans)
def test_our_loop_does_what_simpys_own_would(plan: list[list[tuple[int, float]]]) -> None:
    ours, theirs = Kernel([list(orders) for orders in plan]), Kernel([list(orders) for orders in plan])
    for kernel in (ours, theirs):
        process(kernel)
        kernel.apply(0)
    ours.clock.run(40)
    theirs.clock.env.run(40)
    assert ours.trace == theirs.trace
    assert (ours.clock.events, ours.clock.stale_pops) == (theirs.clock.events, theirs.clock.stale_pops)


def process(kernel: Kernel) -> None:
    """Let a process of SimPy's own write its times, and read the clock, between the events of the owners."""
    env = kernel.clock.env

    def inspect() -> Generator[simpy.Event, None, None]:
        while env.now < 30:
            yield env.timeout(3)
            kernel.trace.append((env.now, -1))

    env.process(inspect())


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 4), delays), max_size=30))
def test_moved_from_outside_like_the_naive_model(changes: list[tuple[int, int, float]]) -> None:
    """Others move the due time, between and at the instants at which it fires."""
    clock = Clock()
    fired: list[float] = []
    standing = Standing(clock, PEOPLE, lambda _: fired.append(clock.now))
    changes.sort(key=lambda change: change[0])
    for time, _, delay in changes:
        clock.at(time, CALENDAR, lambda due=time + delay: standing.stand(due))  # type: ignore[misc]
    clock.run(50)

    expected: list[float] = []
    due = inf
    for place, (time, _, delay) in enumerate(changes):
        if due < time:
            expected.append(due)
            due = inf
        due = time + delay
        following = changes[place + 1][0] if place + 1 < len(changes) else inf
        if due < following:
            expected.append(due)
            due = inf
    assert fired == expected
    assert standing.due == due


@given(st.lists(st.integers(1, 20), min_size=1, max_size=20))
def test_many_entries_at_one_time_fire_once(dues: list[int]) -> None:
    clock = Clock()
    fired: list[float] = []
    standing = Standing(clock, PEOPLE, lambda _: fired.append(clock.now))
    for due in dues:
        standing.stand(due)
    clock.run(21)
    assert fired == [dues[-1]]


def test_duplicate_entries_left_by_earlier_moves_fire_once() -> None:
    clock = Clock()
    fired: list[float] = []

    def fire(_: object) -> None:
        fired.append(clock.now)
        if clock.now < 10:
            standing.stand(10)

    standing = Standing(clock, PEOPLE, fire)
    standing.stand(10)
    standing.stand(5)
    clock.run(11)
    assert fired == [5, 10]
    assert clock.stale_pops == 1
    assert len(clock.env._queue) == 0


def test_standing_at_the_present_from_fire_fires_again_at_the_same_instant() -> None:
    clock = Clock()
    fired: list[float] = []

    def fire(_: object) -> None:
        fired.append(clock.now)
        if len(fired) < 3:
            standing.stand(clock.now)

    standing = Standing(clock, PEOPLE, fire)
    standing.stand(4)
    clock.run(5)
    assert fired == [4, 4, 4]


def test_moving_later_pushes_nothing_until_the_stale_pop() -> None:
    clock = Clock()
    fired: list[float] = []
    standing = Standing(clock, PEOPLE, lambda _: fired.append(clock.now))
    for due in range(1, 1001):
        standing.stand(due)
    assert len(clock.env._queue) == 1
    clock.run(1001)
    assert fired == [1000]
    assert clock.stale_pops == 1


def test_infinite_is_nothing_due() -> None:
    clock = Clock()
    fired: list[float] = []
    standing = Standing(clock, PEOPLE, lambda _: fired.append(clock.now))
    standing.stand(3)
    standing.stand(inf)
    clock.run(10)
    assert (fired, standing.due, clock.stale_pops, clock.events) == ([], inf, 1, 0)
    standing.stand(12)
    clock.run(20)
    assert fired == [12]


def test_phases_order_owners_at_one_instant() -> None:
    clock = Clock()
    fired: list[int] = []
    for phase in (MEASURES, ALLOCATION, PEOPLE, CALENDAR):
        Standing(clock, phase, fired.append, phase).stand(7)
    clock.run(8)
    assert fired == [CALENDAR, PEOPLE, ALLOCATION, MEASURES]


@pytest.mark.parametrize("time", [1.5, nan])
def test_the_past_is_refused(time: float) -> None:
    clock = Clock()
    clock.run(2)
    standing = Standing(clock, PEOPLE, lambda _: None)
    with pytest.raises(ValueError, match="already 2"):
        standing.stand(time)
    assert standing.due == inf


def test_a_plain_step_of_simpy_processes_it() -> None:
    clock = Clock()
    fired: list[float] = []
    standing = Standing(clock, PEOPLE, lambda _: fired.append(clock.now))
    standing.stand(1)
    clock.env.step()
    assert fired == [1]
    standing.stand(2)
    clock.env.step()
    assert fired == [1, 2]


def test_a_process_cannot_wait_for_it() -> None:
    clock = Clock()
    standing = Standing(clock, PEOPLE, lambda _: None)

    def process() -> Generator[simpy.Event, None, None]:
        yield standing

    clock.env.process(process())
    with pytest.raises(AttributeError):
        clock.run(1)


def test_an_orphan_is_forgotten_and_not_rescheduled() -> None:
    clock = Clock()
    standing = Standing(clock, PEOPLE, lambda _: None)
    for due in (10, 9, 8, 7, 6):
        standing.stand(due)
    clock.run(6.5)
    standing.stand(30)
    clock.run(11)
    assert clock.stale_pops == 4
    assert [entry[0] for entry in clock.env._queue] == [30]


def test_standing_where_it_stands_pushes_nothing() -> None:
    clock = Clock()
    standing = Standing(clock, PEOPLE, lambda _: None)
    for _ in range(5):
        standing.stand(10)
    assert len(clock.env._queue) == 1
