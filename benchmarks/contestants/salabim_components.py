"""salabim: a component for each resident; the memoryless core. A household on the list is activated when it is housed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import salabim

from benchmarks.contestants.municipality import Home, Household, Municipality
from benchmarks.contestants.simpy_process import choose
from benchmarks.core_parameters import Core

salabim.yieldless(False)


class Resident(salabim.Component):  # type: ignore[misc]
    """One household from application to departure."""

    def setup(self, model: SalabimMunicipality, household: Household) -> None:
        self.model = model
        self.household = household

    def process(self) -> Iterator[Any]:
        model, household = self.model, self.household
        rng, here = model.rng, True
        while here:
            active = model.active[household.status, household.need]
            waiting = household.home is None
            total = sum(1 / t.duration.mean for t, _ in active)
            yield self.hold(rng.expovariate(total))
            if waiting and household.home is not None:
                continue
            here = model.fire(household, choose(active, rng.random() * total))


class TurnAround(salabim.Component):  # type: ignore[misc]
    """A home being made ready."""

    def setup(self, model: SalabimMunicipality, home: Home, days: float) -> None:
        self.model, self.home, self.days = model, home, days

    def process(self) -> Iterator[Any]:
        yield self.hold(self.days)
        self.model.ready(self.home)


class Arrivals(salabim.Component):  # type: ignore[misc]
    """The source of applications."""

    def setup(self, model: SalabimMunicipality) -> None:
        self.model = model

    def process(self) -> Iterator[Any]:
        model = self.model
        while True:
            yield self.hold(model.between_arrivals())
            household = model.household()
            if model.apply(household):
                model.live(household)
            else:
                household.status = "gone"


class SalabimMunicipality(Municipality):
    """The core in salabim."""

    def __init__(self, core: Core, rules: Any, seed: int) -> None:
        super().__init__(core, rules, seed)
        self.env = salabim.Environment(trace=False, random_seed=None, blind_animation=True)
        Arrivals(model=self)

    def now(self) -> float:
        return float(self.env._now)

    def live(self, household: Household) -> None:
        household.process = Resident(model=self, household=household)

    def make_ready(self, home: Home, days: float) -> None:
        TurnAround(model=self, home=home, days=days)

    def moved(self, household: Household, first: bool) -> None:
        if first and household.process is not None:
            household.process.activate()


def simulate(core: Core, seed: int, rules: Any) -> tuple[dict[str, float], dict[str, int]]:
    """Run one replication; return its KPIs and counts."""
    model = SalabimMunicipality(core, rules, seed)
    model.start()
    model.env.run(till=core.days)
    return model.kpis(), {"model_events": model.events}
