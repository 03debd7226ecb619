from collections.abc import Generator
from math import inf, nan, nextafter

import pytest
import simpy
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel import ALLOCATION, CALENDAR, MEASURES, PEOPLE, Clock, Standing

PHASES = (CALENDAR, PEOPLE, ALLOCATION, MEASURES)


def test_phases_stand_after_simpys_own_priorities() -> None:
    assert PHASES == (2, 3, 4, 5)
    assert max(simpy.events.URGENT, simpy.events.NORMAL) < min(PHASES)


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(PHASES)), max_size=40))
def test_events_come_by_time_then_phase_then_order_of_scheduling(plan: list[tuple[int, int]]) -> None:
    clock = Clock()
    seen: list[tuple[float, int, int]] = []
    for number, (time, phase) in enumerate(plan):
        clock.at(time, phase, lambda row=(time, phase, number): seen.append(row))  # type: ignore[misc]
    clock.run(6)
    assert seen == sorted((time, phase, number) for number, (time, phase) in enumerate(plan))
    assert clock.events == len(plan)


@given(
    st.lists(st.tuples(st.floats(0, 50), st.sampled_from(PHASES)), max_size=20),
    st.lists(st.floats(0, 50), max_size=6),
)
def test_running_in_pieces_equals_running_at_once(plan: list[tuple[float, int]], stops: list[float]) -> None:
    def trace(untils: list[float]) -> list[tuple[float, int]]:
        clock = Clock()
        seen: list[tuple[float, int]] = []
        for number, (time, phase) in enumerate(plan):
            clock.at(time, phase, lambda n=number: seen.append((clock.now, n)))  # type: ignore[misc]
        for until in untils:
            clock.run(until)
        return seen

    assert trace([*sorted(stops), 51]) == trace([51])


def test_a_window_excludes_its_end_in_every_phase() -> None:
    clock = Clock()
    seen: list[float] = []
    for phase in PHASES:
        clock.at(10, phase, lambda: seen.append(clock.now))
    clock.at(nextafter(10, 0), MEASURES, lambda: seen.append(clock.now))
    clock.run(10)
    assert seen == [nextafter(10, 0)]
    assert clock.now == 10
    clock.run(nextafter(10, inf))
    assert seen == [nextafter(10, 0), 10, 10, 10, 10]


def test_a_window_excludes_simpy_timeouts_at_its_end() -> None:
    clock = Clock()
    seen: list[float] = []

    def process() -> Generator[simpy.Event, None, None]:
        yield clock.env.timeout(10)
        seen.append(clock.now)

    clock.env.process(process())
    clock.run(10)
    assert seen == []
    clock.run(11)
    assert seen == [10]


@given(st.floats(0.001, 4000), st.floats(0.001, 4000))
def test_times_are_exact(start: float, time: float) -> None:
    # now + (time - now) differs from time for one such pair in 26; the next test has one.
    start, time = sorted((start, time))
    clock = Clock()
    seen: list[float] = []
    clock.at(start, PEOPLE, lambda: clock.at(time, PEOPLE, lambda: seen.append(clock.now)))
    clock.run(4001)
    assert seen == [time]


def test_simpys_own_delay_would_round() -> None:
    now, time = 717.7, 3890.4
    assert now + (time - now) != time
    clock = Clock()
    clock.run(now)
    seen: list[str] = []
    clock.at(time, ALLOCATION, lambda: seen.append("allocation"))
    Standing(clock, PEOPLE, lambda _: seen.append("people")).stand(time)
    clock.run(4000)
    assert seen == ["people", "allocation"]


def test_run_stops_at_exactly_the_end() -> None:
    clock = Clock()
    clock.run(717.7)
    clock.run(3890.4)
    assert clock.now == 3890.4


def test_a_callback_may_schedule_at_its_own_instant() -> None:
    clock = Clock()
    seen: list[str] = []

    def people() -> None:
        seen.append("people")
        clock.at(clock.now, ALLOCATION, lambda: seen.append("allocation"))

    clock.at(3, MEASURES, lambda: seen.append("measures"))
    clock.at(3, PEOPLE, people)
    clock.run(4)
    assert seen == ["people", "allocation", "measures"]


@pytest.mark.parametrize("time", [4.999, -1.0, nan])
def test_the_past_is_refused(time: float) -> None:
    clock = Clock()
    clock.run(5)
    with pytest.raises(ValueError, match="already 5"):
        clock.at(time, PEOPLE, lambda: None)
    with pytest.raises(ValueError, match="already 5"):
        clock.run(time)


def test_an_endless_run_is_refused() -> None:
    with pytest.raises(ValueError, match="until inf"):
        Clock().run(inf)


def test_running_to_the_present_does_nothing() -> None:
    clock = Clock(2.5)
    seen: list[float] = []
    clock.at(2.5, CALENDAR, lambda: seen.append(clock.now))
    clock.run(2.5)
    assert (clock.now, seen, clock.events) == (2.5, [], 0)


def test_an_error_in_a_callback_reaches_the_caller() -> None:
    clock = Clock()

    def broken() -> None:
        raise ZeroDivisionError("in the model")

    clock.at(1, PEOPLE, broken)
    with pytest.raises(ZeroDivisionError, match="in the model"):
        clock.run(2)


def test_a_simpy_process_lives_in_the_same_environment_and_comes_first() -> None:
    clock = Clock()
    seen: list[tuple[str, float]] = []

    def inspector() -> Generator[simpy.Event, None, None]:
        while True:
            yield clock.env.timeout(2)
            seen.append(("process", clock.now))

    clock.env.process(inspector())
    for time in (1, 2, 4, 5):
        clock.at(time, CALENDAR, lambda: seen.append(("call", clock.now)))
    clock.run(5)
    assert seen == [("call", 1), ("process", 2), ("call", 2), ("process", 4), ("call", 4)]
    assert clock.events == 3
