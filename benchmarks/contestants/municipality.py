"""The core model without an engine: homes, list, allocation and ten KPIs in plain Python, as one would write them by hand.

SimPy and salabim contestants add what an engine is for: time, and a process for each resident.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from benchmarks.core_parameters import Core, Transition
from sim.kernel import Discrete, Distribution, Exponential, Fixed, Lognormal, Weibull

YEAR = 365.25
KPIS = (
    "waiting_mean", "wait_of_housed_mean", "housed_per_year", "gave_up_per_year", "refused_per_year",
    "transfers_per_year", "exits_per_year", "incidents_per_year", "let_mean", "wrong_rank_mean",
)  # fmt: skip


def sampler(duration: Distribution, rng: Random) -> Callable[[], float]:
    """Return a draw in the idiom of the standard library's ``random``."""
    if isinstance(duration, Exponential):
        rate = 1 / duration.mean
        return lambda: rng.expovariate(rate)
    if isinstance(duration, Weibull):
        scale, shape = duration._scale, duration.shape
        return lambda: rng.weibullvariate(scale, shape)
    if isinstance(duration, Lognormal):
        mu, sigma = duration._mu, duration._sigma
        return lambda: rng.lognormvariate(mu, sigma)
    assert isinstance(duration, Fixed)
    return lambda: duration.value


class Site:
    """Homes that share a living environment."""

    __slots__ = ("facts", "homes", "residents", "size_factor")

    def __init__(self, facts: Any, size_factor: float) -> None:
        self.facts = facts
        self.homes: list[Home] = []
        self.residents: list[Household] = []
        self.size_factor = size_factor


class Home:
    """One dwelling."""

    __slots__ = ("facts", "order", "rank", "resident", "site")

    def __init__(self, order: int, site: Site, rank: int, facts: Any) -> None:
        self.order = order
        self.site = site
        self.rank = rank
        self.facts = facts
        self.resident: Household | None = None


class Household:
    """An applicant, later a resident. ``process`` and ``housed`` belong to the engine."""

    __slots__ = ("band", "facts", "home", "housed", "listed", "mark", "need", "number", "process", "status")

    def __init__(self, number: int, need: int, mark: float, facts: Any) -> None:
        self.number = number
        self.need = need
        self.mark = mark
        self.facts = facts
        self.status = "applied"
        self.home: Home | None = None
        self.listed = 0.0
        self.band = 1.0
        self.process: Any = None
        self.housed: Any = None


class Municipality:
    """State and decisions of the core. An engine subclass says what the time is and starts processes."""

    def __init__(self, core: Core, rules: Any, seed: int) -> None:
        self.core = core
        self.rules = rules
        self.rng = Random(seed)
        self.homes: list[Home] = []
        self.waiting: list[Household] = []
        self.vacant: list[Home] = []
        self.to_try: set[Home] = set()
        self.created = 0
        self.events = 0
        self.sums = dict.fromkeys(("housed", "gave_up", "refused", "transfers", "exits", "incidents", "waited"), 0.0)
        self.levels = dict.fromkeys(("waiting", "let", "wrong_rank"), 0)
        self.areas = dict.fromkeys(self.levels, 0.0)
        self.since = dict.fromkeys(self.levels, 0.0)
        self.turnaround = sampler(core.turnaround, self.rng)
        self.between_arrivals = sampler(Exponential(1 / core.arrivals_per_day), self.rng)
        self.active = {
            (status, need): tuple(
                (t, sampler(t.duration, self.rng)) for t in core.transitions if t.status in (status, "any") and need in t.needs
            )
            for status in ("waiting", "housed")
            for need in (1, 2, 3)
        }

    # --- what an engine gives -----------------------------------------------------------------------------------

    def now(self) -> float:
        """Return the time in days."""
        raise NotImplementedError

    def live(self, household: Household) -> None:
        """Let a household live from now on."""
        raise NotImplementedError

    def make_ready(self, home: Home, days: float) -> None:
        """Call ``ready(home)`` after so many days."""
        raise NotImplementedError

    def moved(self, household: Household, first: bool) -> None:
        """A household has been housed, or has moved."""

    def neighbours_changed(self, household: Household) -> None:
        """The share of neighbours with conflict behaviour has crossed a cut point."""

    # --- day 0 ----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Build sites and homes, fill them, and put the first households on the list."""
        rules, rng = self.rules, self.rng
        for _, sites, homes, rank, rooms, limit in self.core.sites:
            factor = next((f for low, f in reversed(self.core.sizes) if homes >= low), 1.0)
            for _ in range(sites):
                facts = rules.site({"site_size": homes, "site_limit": limit, "site_conflict_sum": 0})
                site = Site(facts, factor)
                for _ in range(homes):
                    home = Home(len(self.homes), site, rank, rules.dwelling({"home_rank": rank, "rooms": rooms}))
                    self.homes.append(home)
                    site.homes.append(home)
        for home in self.homes:
            if rng.random() < self.core.occupied:
                household = self.household(home.rank)
                self.settle_in(household, home)
            else:
                self.vacant.append(home)
                self.to_try.add(home)
        for _ in range(self.core.first_waiting):
            household = self.household()
            self.enlist(household, sampler(self.core.first_waited, rng)())
            self.live(household)
        for home in self.homes:
            if home.resident is not None:
                self.live(home.resident)
        self.settle()

    def household(self, need: int | None = None) -> Household:
        """Make a household with everything drawn."""
        rng, core = self.rng, self.core
        if need is None:
            need = core.need.quantile(1 - rng.random())
        mark = 1 - rng.random()
        values = {name: shares.quantile(1 - rng.random()) for name, shares in core.fields.items()}
        values.update(conflict=core.conflict[need].quantile(mark), assessed_rank=need, own_rank=0)
        here = int(self.now() - rng.expovariate(1 / core.lived_here.mean))
        self.created += 1
        return Household(self.created, need, mark, self.rules.applicant(values, here))

    # --- the list ---------------------------------------------------------------------------------------------------

    def apply(self, household: Household) -> bool:
        """Decide on an application; the eligible are listed."""
        self.events += 1
        if not self.rules.eligible(household.facts, int(self.now())):
            self.sums["refused"] += 1
            return False
        self.enlist(household)
        self.settle()
        return True

    def enlist(self, household: Household, waited: float = 0.0) -> None:
        """Put a household on the list, and try the vacant homes that suit it."""
        household.listed = self.now() - waited
        self.rules.list(household.facts, int(household.listed // 1))
        if household.home is None:
            household.status = "waiting"
            self.change("waiting", 1)
        self.waiting.append(household)
        self.try_for(household)

    def delist(self, household: Household) -> None:
        """Take a household off the list."""
        self.waiting.remove(household)
        if household.home is None:
            self.change("waiting", -1)

    def try_for(self, household: Household) -> None:
        """Mark the vacant homes that a household on the list may get."""
        facts, day = household.facts, int(self.now())
        for home in self.vacant:
            if self.rules.suits(facts, home.facts, home.site.facts, day):
                self.to_try.add(home)

    def settle(self) -> None:
        """Allocate the vacant homes worth trying, lowest number first."""
        while self.to_try:
            home = min(self.to_try, key=lambda h: h.order)
            self.to_try.remove(home)
            if home.resident is None:
                self.allocate(home)

    def allocate(self, home: Home) -> None:
        """Give a vacant home to the first in priority whom it suits."""
        rules, day = self.rules, int(self.now())
        suited = [h for h in self.waiting if rules.suits(h.facts, home.facts, home.site.facts, day)]
        if suited:
            chosen = min(suited, key=lambda h: (rules.key(h.facts, day), h.listed, h.number))
            self.vacant.remove(home)
            self.move_in(chosen, home)

    # --- homes and moves ----------------------------------------------------------------------------------------------

    def move_in(self, household: Household, home: Home) -> None:
        """House a household; its old home is kept until this moment."""
        self.delist(household)
        old = household.home
        if old is None:
            self.sums["housed"] += 1
            self.sums["waited"] += self.now() - household.listed
        else:
            self.sums["transfers"] += 1
            self.move_out(household)
        self.settle_in(household, home)
        self.moved(household, first=old is None)

    def settle_in(self, household: Household, home: Home) -> None:
        """Let the lease start."""
        household.home = home
        household.status = "housed"
        home.resident = household
        household.facts.own_rank = home.rank
        home.site.residents.append(household)
        self.change("let", 1)
        self.change("wrong_rank", household.need != home.rank)
        self.site_changed(home.site)

    def move_out(self, household: Household) -> None:
        """End the lease; the home is made ready."""
        home = household.home
        assert home is not None
        household.home = home.resident = None
        household.facts.own_rank = 0
        home.site.residents.remove(household)
        self.change("let", -1)
        self.change("wrong_rank", -(household.need != home.rank))
        self.make_ready(home, self.turnaround())
        self.site_changed(home.site)

    def ready(self, home: Home) -> None:
        """A home is vacant."""
        self.events += 1
        self.vacant.append(home)
        self.to_try.add(home)
        self.settle()

    def site_changed(self, site: Site) -> None:
        """Who lives at a site has changed: for those who may move in, and for the neighbours."""
        facts, core = site.facts, self.core
        facts.site_conflict_sum = sum(h.facts.conflict for h in site.residents)
        self.to_try.update(home for home in site.homes if home.resident is None and home in self.vacant)
        if core.bands:
            trouble = sum(h.facts.conflict >= core.conflict_from for h in site.residents)
            for household in site.residents:
                percent = self.percent(site, household, trouble)
                band = next(factor for low, factor in reversed(core.bands) if percent >= low)
                if band != household.band:
                    household.band = band
                    self.neighbours_changed(household)

    def percent(self, site: Site, household: Household, trouble: int) -> int:
        """Share of a household's neighbours with conflict behaviour, in whole per cent."""
        neighbours = len(site.residents) - 1
        if neighbours < 1:
            return 0
        return 100 * (trouble - (household.facts.conflict >= self.core.conflict_from)) // neighbours

    # --- lives ------------------------------------------------------------------------------------------------------

    def fire(self, household: Household, transition: Transition) -> bool:
        """Carry out a transition; return whether the household is still here."""
        self.events += 1
        kind = transition.kind
        if kind == "incident":
            self.sums["incidents"] += 1
            return True
        if kind == "need":
            self.set_need(household, transition.to)
            self.settle()
            return True
        if kind == "patience":
            self.sums["gave_up"] += 1
            self.delist(household)
        else:
            self.sums["exits"] += 1
            if household in self.waiting:
                self.delist(household)
            self.move_out(household)
            self.settle()
        household.status = "gone"
        return False

    def set_need(self, household: Household, need: int) -> None:
        """Change a household's need; a resident whose home no longer answers it is to move."""
        home = household.home
        facts = household.facts
        if home is not None:
            self.change("wrong_rank", (need != home.rank) - (household.need != home.rank))
        household.need = need
        facts.assessed_rank = need
        facts.conflict = self.core.conflict[need].quantile(household.mark)
        if home is None:
            self.try_for(household)
            return
        wanted = self.rules.move_wanted(facts, home.facts, home.site.facts, int(self.now()))
        if household in self.waiting:
            if wanted:
                self.try_for(household)
            else:
                self.delist(household)
        elif wanted:
            self.enlist(household)
        self.site_changed(home.site)

    def speed(self, household: Household, transition: Transition) -> float:
        """Return the product of the factors on a transition."""
        home, speed = household.home, 1.0
        for factor in transition.factors:
            if factor == "conflict_2":
                speed *= self.core.plain[factor] if household.facts.conflict >= 2 else 1.0
            elif factor == "conflict_3":
                speed *= self.core.plain[factor] if household.facts.conflict >= 3 else 1.0
            elif home is not None:
                if factor == "right_home":
                    speed *= self.core.plain[factor] if home.rank >= household.need else 1.0
                else:
                    speed *= household.band if factor == "neighbours" else home.site.size_factor
        return speed

    # --- KPIs -------------------------------------------------------------------------------------------------------

    def change(self, level: str, delta: int) -> None:
        """Change a level, its area counted up to now."""
        now = self.now()
        self.areas[level] += self.levels[level] * (now - self.since[level])
        self.since[level] = now
        self.levels[level] += delta

    def kpis(self) -> dict[str, float]:
        """Return the ten KPIs of the whole run."""
        for level in self.levels:
            self.change(level, 0)
        days, sums = self.now(), self.sums
        years = days / YEAR
        values = (
            self.areas["waiting"] / days, sums["waited"] / max(1.0, sums["housed"]), sums["housed"] / years,
            sums["gave_up"] / years, sums["refused"] / years, sums["transfers"] / years, sums["exits"] / years,
            sums["incidents"] / years, self.areas["let"] / days, self.areas["wrong_rank"] / days,
        )  # fmt: skip
        return dict(zip(KPIS, values, strict=True))


__all__ = ["KPIS", "Discrete", "Home", "Household", "Municipality", "sampler"]
