"""M/M/1 built on the kernel alone, against theory: clock, draws, distributions and integrals at once."""

from collections import deque
from math import sqrt
from statistics import mean, stdev

import pytest

from sim.kernel import PEOPLE, Bins, Clock, Exponential, Integral, Standing, entity_key, purpose, uniform

ARRIVAL, SERVICE = purpose("arrival"), purpose("service")
RATE, SERVED = 0.5, 1.0
DAYS, WARM_UP, REPLICATIONS = 3000.0, 200.0, 20


class Queue:
    """One server, first come first served."""

    def __init__(self, seed: int, replication: int, arrival_rate: float) -> None:
        self.clock = Clock()
        self.key = entity_key(seed, replication, "queue")
        self.gap, self.service = Exponential(1 / arrival_rate), Exponential(1 / SERVED)
        self.present = Integral(Bins([0, WARM_UP, DAYS]))
        self.queue: deque[float] = deque()
        self.arrived = self.finished = 0
        self.stays = 0.0
        self.source = Standing(self.clock, PEOPLE, self.arrive)
        self.server = Standing(self.clock, PEOPLE, self.finish)
        self.next_arrival()
        self.clock.run(DAYS)
        self.present.close(self.clock.now)

    def next_arrival(self) -> None:
        self.source.stand(self.clock.now + self.gap.quantile(uniform(self.key, ARRIVAL, self.arrived)))

    def begin(self) -> None:
        self.server.stand(self.clock.now + self.service.quantile(uniform(self.key, SERVICE, self.finished)))

    def arrive(self, _: object) -> None:
        self.arrived += 1
        self.present.change(self.clock.now, 1)
        self.queue.append(self.clock.now)
        if len(self.queue) == 1:
            self.begin()
        self.next_arrival()

    def finish(self, _: object) -> None:
        self.finished += 1
        self.present.change(self.clock.now, -1)
        self.stays += self.clock.now - self.queue.popleft()
        if self.queue:
            self.begin()

    @property
    def mean_present(self) -> float:
        return self.present.areas[1] / (DAYS - WARM_UP)


def z(seed: int, arrival_rate: float) -> float:
    """Standardised difference between the simulated mean number present and rho / (1 - rho)."""
    runs = [Queue(seed, replication, arrival_rate).mean_present for replication in range(REPLICATIONS)]
    rho = RATE / SERVED
    return (mean(runs) - rho / (1 - rho)) / (stdev(runs) / sqrt(REPLICATIONS))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_mean_number_present_is_that_of_theory(seed: int) -> None:
    assert abs(z(seed, RATE)) < 4


@pytest.mark.parametrize("factor", [0.9, 1.1])
def test_ten_percent_more_or_fewer_arrivals_are_told_apart(factor: float) -> None:
    assert abs(z(1, factor * RATE)) > 4


def test_littles_law_holds_as_an_identity() -> None:
    queue = Queue(7, 0, RATE)
    unfinished = sum(DAYS - since for since in queue.queue)
    assert sum(queue.present.areas) == pytest.approx(queue.stays + unfinished, rel=1e-12)
    assert queue.present.level == len(queue.queue) == queue.arrived - queue.finished
    assert queue.clock.events == queue.arrived + queue.finished


def test_a_run_depends_on_its_key_alone() -> None:
    one, again = Queue(1, 5, RATE), Queue(1, 5, RATE)
    other_replication, other_seed = Queue(1, 6, RATE), Queue(2, 5, RATE)
    assert one.present.areas == again.present.areas
    assert len({run.mean_present for run in (one, other_replication, other_seed)}) == 3
