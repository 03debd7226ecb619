"""The solvers reproduce every published number to the digits given, and each other where they overlap."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from exact_chains import Chain, Stretch, averages, mean
from exact_models import reentry, two_stages
from exact_queues import (
    erlang_b,
    impatient,
    ladder_after,
    ladder_average,
    ladder_stationary,
    multi_server,
    number_in_system,
    poisson,
    priority_waits,
)
from scipy.integrate import simpson
from textbook_cases import MOVES, NEWCOMERS, STAYS

NOBODY = [0.0] * 5


def test_several_servers():
    assert multi_server(0.25, 10, 5)[:2] == (pytest.approx(0.130371, abs=5e-7), pytest.approx(0.521485, abs=5e-7))
    assert multi_server(0.25, 10, 3)[:2] == (pytest.approx(0.702247, abs=5e-7), pytest.approx(14.044944, abs=5e-7))
    assert multi_server(9.5, 4, 40) == (
        pytest.approx(0.663638, abs=5e-7),
        pytest.approx(1.327275, abs=5e-7),
        pytest.approx(12.609115, abs=5e-7),
    )


def test_two_priority_classes():
    first, second = priority_waits([3.0, 6.5], 4.0, 40)
    assert (first, second) == (pytest.approx(0.094805, abs=5e-7), pytest.approx(1.896108, abs=5e-7))
    assert (3 * first + 6.5 * second) / 9.5 == pytest.approx(multi_server(9.5, 4, 40).wait)


def test_patience():
    leave, queue, busy = impatient(14.0, 4.0, 40, 2.0)
    assert leave == pytest.approx(0.288328, abs=5e-7)
    assert queue == pytest.approx(8.073192, abs=5e-7)
    assert busy == pytest.approx(39.853616, abs=5e-7)


def test_lost_when_full():
    assert erlang_b(9.7182, 12) == pytest.approx(0.109057, abs=5e-7)
    assert erlang_b(8.1455, 10) == pytest.approx(0.128273, abs=5e-7)


def test_ladder_with_room_for_all():
    expected = [305.7448, 215.5575, 82.6283, 54.0432, 46.5853]
    assert ladder_stationary(NEWCOMERS, STAYS, MOVES) == pytest.approx(expected, abs=5e-5)


def test_closed_cohort():
    start = [420.0, 330.0, 150.0, 100.0, 70.0]
    one = [346.996, 257.176, 103.567, 68.307, 54.707]
    five = [155.520, 90.282, 25.400, 16.371, 18.857]
    assert ladder_after(start, NOBODY, STAYS, MOVES, 1.0) == pytest.approx(one, abs=5e-4)
    assert ladder_after(start, NOBODY, STAYS, MOVES, 5.0) == pytest.approx(five, abs=5e-4)


def test_averages_of_a_ladder_agree_with_its_path():
    start = [306.0, 200.0, 90.0, 54.0, 47.0]
    times = np.linspace(0.0, 6.0, 201)
    path = np.array([ladder_after(start, NEWCOMERS, STAYS, MOVES, t) for t in times])
    integral = simpson(path, x=times, axis=0)
    assert ladder_average(start, NEWCOMERS, STAYS, MOVES, 6.0) == pytest.approx(integral / 6.0, rel=1e-6)


def _multi_server_steps(arrivals: float, stay: float, servers: int, most: int):
    def steps(n: int):
        if n < most:
            yield n + 1, arrivals
        yield n - 1, min(n, servers) / stay

    return steps


def test_chain_agrees_with_erlang():
    law = Chain.walk(_multi_server_steps(0.25, 10, 3, 400), [0]).stationary()
    assert mean(law, lambda n: max(n - 3, 0)) == pytest.approx(multi_server(0.25, 10, 3).queue)
    assert number_in_system(0.25, 10, 3, most=400) == pytest.approx([law[n] for n in range(401)])


def test_a_chain_started_from_stationarity_stays_there():
    steps = _multi_server_steps(0.25, 10, 3, 200)
    law = Chain.walk(steps, [0]).stationary()
    queue = mean(law, lambda n: max(n - 3, 0))
    got = averages(law, [Stretch(500.0, steps)], [0.0, 100.0, 500.0], [lambda n: max(n - 3, 0)])
    assert got[:, 0] == pytest.approx([queue, queue])


def test_rates_that_change_by_hand():
    """Pure births: 2 a day for a day, then 5 a day: averages 1 and 2 + 2.5 over the two days, and a change halves the state."""

    def births(rate: float):
        return lambda n: [(n + 1, rate)] if n < 60 else []

    got = averages({0: 1.0}, [Stretch(1.0, births(2.0)), Stretch(2.0, births(5.0))], [0.0, 1.0, 2.0], [float])
    assert got[:, 0] == pytest.approx([1.0, 4.5])
    dropped = Stretch(2.0, births(5.0), change=lambda n: 0)
    got = averages({0: 1.0}, [Stretch(1.0, births(2.0)), dropped], [0.0, 1.0, 2.0], [float])
    assert got[:, 0] == pytest.approx([1.0, 2.5])


def test_chains_of_the_scenarios_reduce_to_queues():
    """Without returns, and with room for all at the second stage, M/M/c is left, once the empty start is forgotten."""

    def later(average):
        """The average over [40, 80) from those over [0, 80) and [0, 40)."""
        return 2 * average(80.0) - average(40.0)

    queue, _, returns = later(lambda years: reentry(4.0, 1.0, 6, 0.0, 0.5, years))
    assert (queue, returns) == (pytest.approx(multi_server(4.0, 1.0, 6).queue, rel=1e-5), 0.0)
    queue, first, second, moves = later(lambda years: two_stages(4.0, 0.5, 1 / 3, (4, 12), years, 60))
    assert queue == pytest.approx(multi_server(4.0, 0.5, 4).queue, rel=1e-5)
    assert (first, second, moves) == pytest.approx((2.0, 4 / 3, 4.0), rel=1e-5)


STARTS = {
    "five_homes": number_in_system(0.25, 10, 5),
    "three_homes": number_in_system(0.25, 10, 3),
    "two_classes_three_homes": number_in_system(0.25, 10, 3),
    "forty_homes": number_in_system(9.5, 4, 40),
    "two_classes_forty_homes": number_in_system(9.5, 4, 40),
    "impatient": number_in_system(14, 4, 40, patience=2, most=400),
    "lost_twelve_homes": poisson(9.7182, 12),
    "lost_ten_homes": poisson(8.1455, 10),
}


@pytest.mark.parametrize("name", STARTS)
def test_scenarios_start_from_their_stationary_law(name: str):
    text = (Path(__file__).parent / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
    (start,) = yaml.safe_load(text)["initial"]["households"].values()
    shares = start["distribution"]
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-9)
    assert [shares.get(n, 0.0) for n in range(len(STARTS[name]))] == pytest.approx(STARTS[name], abs=1e-6)
