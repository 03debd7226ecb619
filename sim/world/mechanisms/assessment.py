"""Assessment (*kartlegging*): what rules know of a need is what was found when it was last looked at, right or wrong.

Rules see the last assessment; needs move, homes work and figures are taken by the truth. Everybody is assessed on applying,
and again ``every`` so long while applying, waiting or housed; ``every: 0 days`` means whenever the need changes. Each assessment
finds a rank by the row of ``error`` for the true rank (a rank without a row is found right), drawn anew each time, keyed
(household, k). Marks such as conflict behaviour are no assessment of need, and follow the truth.

Residents of day 0 and those on the list were assessed at a time before it that is drawn at random within the interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sim.kernel import CALENDAR, PEOPLE, Cells, Discrete, purpose, uniform
from sim.measures.records import CountKey
from sim.world.mechanisms.assessment_parameters import AssessmentParameters
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.parameters import discrete

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Handler, Household
    from sim.world.world import World

EVERY = "assessment.every"
FOUND = purpose("assessment:found")
PHASE = purpose("assessment:phase")
AGAIN = purpose("assessment:again")
UNNOTICED = purpose("assessment:unnoticed")
ASSESSED = ("applied", "waiting", "housed")


class _Cell(NamedTuple):
    group: str
    wrong: bool


class Assessment(Mechanism):
    """Keeps the last assessment of every applicant and resident."""

    name = "assessment"
    Parameters = AssessmentParameters
    neutral: ClassVar[Any] = {}

    def __init__(self, parameters: AssessmentParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.found: dict[tuple[str, int], Discrete[Any]] = {
            (scheme, rank): discrete(shares) for scheme, rows in parameters.error.items() for rank, shares in rows.items()
        }
        self.unnoticed = parameters.unnoticed_today
        self.steps = world.blueprint.timelines.get(EVERY, ((0.0, parameters.every),))
        self.every = self.steps[0][1]
        self.exact = not self.found and all(every <= 0.0 for _, every in self.steps)
        self.due: dict[Household, float] = {}
        self.cells: dict[Household, _Cell] = {}
        self.days: Cells[_Cell] = Cells(world.bins)

    def handlers(self) -> Mapping[str, Handler]:
        """Everybody is assessed on applying, and some whenever their need changes; who is outside is assessed no more."""
        return {
            "arrived": self.arrived,
            "need_changed": self.need_changed,
            "moved_in": self.moved_in,
            "exited": self.left,
            "gone": self.left,
        }

    def start(self) -> None:
        """Those who are there on day 0 have been assessed, and are again in the rest of their interval."""
        for household in self.world.households.values():
            if household.assessed is None:
                home = household.home
                self._find(household)
                if home is not None and home.type.ladder and uniform(household.key, UNNOTICED, 0) < self.unnoticed:
                    household.assessed = home.type.scheme, home.type.rank
                    self._count(household)
                self._next(household, uniform(household.key, PHASE, 0) * self.every)
        for day, every in self.steps[1:]:
            if 0.0 < day < self.world.blueprint.days:
                self._change(day, every)

    def _change(self, day: float, every: float) -> None:
        """From a day on needs are assessed at another interval: who would come later is spread over the new one."""

        def change() -> None:
            self.every = every
            for household in list(self.due):
                at = uniform(household.key, AGAIN, int(day)) * every
                if every == 0.0:
                    self.assess(household)
                elif self.due[household] > self.world.now + at:
                    self._next(household, at)

        self.world.at(day, CALENDAR, change)

    # --- one assessment ---------------------------------------------------------------------------------------

    def assess(self, household: Household) -> None:
        """Look at the need, and write down what is found."""
        before = household.assessed
        after = self._find(household)
        self._next(household, self.every)
        if before is not None and before != after:
            world = self.world
            world.layout.mark(household.facts, "need_changed", world.day)
            world.touch(household)
            for handler in world.moments.assessed:
                handler(world, household)

    def _find(self, household: Household) -> tuple[str, int]:
        k = household.rounds.get(FOUND, 0)
        household.rounds[FOUND] = k + 1
        rank = household.need
        shares = self.found.get((household.scheme, rank))
        if shares is not None:
            rank = shares.quantile(uniform(household.key, FOUND, k))
        household.assessed = household.scheme, rank
        self._count(household)
        return household.assessed

    def _next(self, household: Household, after: float) -> None:
        if self.every <= 0.0 or household.status not in ASSESSED:
            return
        at = self.due[household] = self.world.now + after

        def due() -> None:
            if self.due.get(household) == at and household.status in ASSESSED:
                self.assess(household)

        if at < self.world.blueprint.days:
            self.world.at(at, PEOPLE, due)

    # --- moments ----------------------------------------------------------------------------------------------

    def arrived(self, world: World, household: Household) -> None:
        """Whoever applies, is assessed."""
        self.assess(household)

    def need_changed(self, world: World, household: Household, _: str, __: int) -> None:
        """The truth has changed; the assessment follows at once, or when it is due."""
        if household.assessed is None:
            return
        if self.every <= 0.0:
            self.assess(household)
        else:
            self._count(household)

    def moved_in(self, world: World, household: Household, *_: object) -> None:
        """Who gets a home again without having applied (in a programme) is assessed as a resident from now on."""
        if household.assessed is None:
            return
        if not self.exact and household not in self.cells:
            self._count(household)
        if household not in self.due:
            self._next(household, self.every)

    def left(self, world: World, household: Household, *_: object) -> None:
        """Who is no applicant and no resident is not assessed."""
        self.due.pop(household, None)
        self._count(household)

    # --- what is left behind ----------------------------------------------------------------------------------

    def _count(self, household: Household) -> None:
        if self.exact:
            return
        before, after = self.cells.pop(household, None), None
        if household.status in ASSESSED:
            after = self.cells[household] = _Cell(household.group, household.assessed != (household.scheme, household.need))
        if before != after:
            self.days.move(self.world.now, before, after)

    def invariants(self) -> Iterator[str]:
        """Every applicant and resident has been assessed, and is counted as what the assessment is."""
        for household in self.world.households.values():
            if household.status in ASSESSED:
                wrong = household.assessed != (household.scheme, household.need)
                if self.exact and wrong:
                    yield f"{household.id} is assessed {household.assessed} where assessments are exact"
                if not self.exact and self.cells.get(household) != _Cell(household.group, wrong):
                    yield f"{household.id} is assessed {household.assessed}, and not counted so"

    def finish(self, records: Records) -> None:
        """Write for how long assessments were right and wrong."""
        self.days.close(self.world.now)
        for cell, areas in self.days.table().items():
            for kind in ("assessed_days", "assessed_wrong_days")[: 1 + cell.wrong]:
                key = CountKey(kind, cell.group, "", 0, "")
                before = records.counts.get(key, [0.0] * len(areas))
                records.counts[key] = [a + b for a, b in zip(before, areas, strict=True)]
