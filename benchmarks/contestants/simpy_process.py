"""SimPy as its users write it: a process for each resident, an event for being housed, interrupts when speeds change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import simpy

from benchmarks.contestants.municipality import Home, Household, Municipality
from benchmarks.core_parameters import Core, Transition


class SimpyMunicipality(Municipality):
    """The core in SimPy."""

    def __init__(self, core: Core, rules: Any, seed: int) -> None:
        super().__init__(core, rules, seed)
        self.env = simpy.Environment()
        self.life = self.memoryless_life if core.form == "memoryless" else self.competing_life
        self.env.process(self.arrivals())

    def now(self) -> float:
        return self.env.now

    def live(self, household: Household) -> None:
        household.housed = self.env.event()
        household.process = self.env.process(self.life(household))

    def make_ready(self, home: Home, days: float) -> None:
        self.env.process(self.turn_around(home, days))

    def turn_around(self, home: Home, days: float) -> Iterator[simpy.Event]:
        yield self.env.timeout(days)
        self.ready(home)

    def arrivals(self) -> Iterator[simpy.Event]:
        while True:
            yield self.env.timeout(self.between_arrivals())
            household = self.household()
            if self.apply(household):
                self.live(household)
            else:
                household.status = "gone"

    def moved(self, household: Household, first: bool) -> None:
        if self.core.form == "competing":
            self.wake(household)
        elif first and household.housed is not None:
            household.housed.succeed()

    def neighbours_changed(self, household: Household) -> None:
        self.wake(household)

    def wake(self, household: Household) -> None:
        """Let a household look at its clocks anew."""
        process = household.process
        if process is not None and process.is_alive and process is not self.env.active_process:
            process.interrupt()

    def memoryless_life(self, household: Household) -> Iterator[simpy.Event]:
        """One timeout at the total rate, and one draw for what it was."""
        env, rng, here = self.env, self.rng, True
        while here:
            active = self.active[household.status, household.need]
            total = sum(1 / t.duration.mean for t, _ in active)
            timeout = env.timeout(rng.expovariate(total))
            if household.home is None:
                yield timeout | household.housed
                if household.home is not None:
                    continue
            else:
                yield timeout
            here = self.fire(household, choose(active, rng.random() * total))

    def competing_life(self, household: Household) -> Iterator[simpy.Event]:
        """Durations used up at changing speeds: wait for the first, and begin again when interrupted."""
        env, here = self.env, True
        left: dict[str, float] = {}
        while here:
            active = self.active[household.status, household.need]
            left = {t.name: left[t.name] if t.name in left else draw() for t, draw in active}
            speeds = {t.name: self.speed(household, t) for t, _ in active}
            first = min((t for t, _ in active), key=lambda t: left[t.name] / speeds[t.name])
            began, fired = env.now, True
            try:
                yield env.timeout(left[first.name] / speeds[first.name])
            except simpy.Interrupt:
                fired = False
            for name, speed in speeds.items():
                left[name] -= speed * (env.now - began)
            if fired:
                del left[first.name]
                here = self.fire(household, first)


def choose(active: tuple[tuple[Transition, Any], ...], u: float) -> Transition:
    """Return the transition on which a point of the total rate falls."""
    for transition, _ in active:
        u -= 1 / transition.duration.mean
        if u < 0.0:
            break
    return transition


def simulate(core: Core, seed: int, rules: Any) -> tuple[dict[str, float], dict[str, int]]:
    """Run one replication; return its KPIs and counts."""
    model = SimpyMunicipality(core, rules, seed)
    model.start()
    model.env.run(until=core.days)
    return model.kpis(), {"model_events": model.events}
