"""Choosing the best of several plans: which need more replications, what came out, and what is lost when assumptions are off."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sim.experiment.points import PointFigures
from sim.experiment.selection import Choice, Constraint, Verdicts, keeps, pareto, select
from sim.experiment.statistics import estimate
from sim.experiment.studies.refused import RefusedStudyError
from sim.experiment.uncertainty import value_of_information

#: The chance of a wrong choice; with constraints half of it is theirs.
ERROR = 0.05
COST = "net_cost_nok_per_year"
#: What cost is weighed against on the fronts, beside the measure itself; less is better.
AGAINST = ("wait_days_mean", "incidents_per_year")


class Question(NamedTuple):
    """What is asked: a measure, a lead not worth finding, and constraints."""

    kpi: str
    more_is_better: bool
    indifference: float
    constraints: tuple[Constraint, ...] = ()


class Candidate(NamedTuple):
    """A plan among which to choose: its name, what it is called by language, and the values set."""

    name: str
    label: Mapping[str, str]
    values: tuple[tuple[str, str], ...] = ()


class Choosing:
    """A choice in the making: says which plans need more replications until it is made.

    Parameters
    ----------
    asked : Question
    plans : sequence of Candidate
    first, most : int
        Replications of the first stage, and at the most.

    Attributes
    ----------
    wanted : list of int
        Plans to run on; empty when all is decided, or as far as it may go.
    target : int
        To how many replications.
    """

    def __init__(self, asked: Question, plans: Sequence[Candidate], first: int, most: int) -> None:
        self._asked, self._plans, self._first, self._most = asked, list(plans), first, most
        self._found: dict[int, PointFigures] = {}
        self.wanted, self.target = list(range(len(plans))), first
        self._verdicts: list[Verdicts] = []
        self._choice: Choice | None = None

    def add(self, found: Sequence[PointFigures]) -> None:
        """Take the figures of the plans that were wanted, and decide what can be decided."""
        self._found |= {of.number: of for of in found}
        if len(self._found) < len(self._plans) or len(found) < len(self.wanted):
            return  # cut short
        self._decide()
        if self.wanted:
            if self.target >= self._most:
                self.wanted = []
            self.target = min(self._most, self.target + max(10, self.target // 2))

    def _decide(self) -> None:
        every = range(len(self._plans))
        part = ERROR / (2 if self._asked.constraints else 1)
        self._verdicts = [
            keeps(of, [self._numbers(plan, of.kpi) for plan in every], self._first, part / len(self._asked.constraints))
            for of in self._asked.constraints
        ]
        open_ = set(self._open)
        self.wanted = sorted(open_)
        left = [plan for plan in every if plan not in self._broken]
        if open_ or not left:
            return
        of = select(
            {plan: self._numbers(plan, self._asked.kpi) for plan in left},
            self._asked.indifference,
            self._first,
            part,
            plans=len(self._plans),
            more_is_better=self._asked.more_is_better,
        )
        self._choice = of
        self.wanted = [] if of.done else sorted(of.alive)

    @property
    def _broken(self) -> set[int]:
        return {plan for of in self._verdicts for plan in of.infeasible}

    @property
    def _open(self) -> list[int]:
        return sorted({plan for of in self._verdicts for plan in of.open} - self._broken)

    def _numbers(self, plan: int, kpi: str) -> list[float]:
        numbers = [value for value in self._found[plan].numbers(self._plans[plan].name, kpi) if value is not None]
        if len(numbers) < len(self._found[plan].replications):
            raise RefusedStudyError("measure", f"{kpi} has no number in some replication of {called(self._plans[plan], 'en')}")
        return numbers

    @property
    def made(self) -> bool:
        """Whether a plan was selected."""
        return self._choice is not None and self._choice.done

    @property
    def keeping(self) -> list[int]:
        """Plans that are not known to break a constraint."""
        return [plan for plan in range(len(self._plans)) if plan not in self._broken]

    def _outcome(self, plan: int) -> tuple[str, int]:
        if plan not in self._found:
            return "cut", 0
        n = len(self._found[plan].replications)
        if plan in self._broken:
            return "infeasible", n
        if plan in self._open:
            return "unknown", n
        choice = self._choice
        if choice is None:
            return ("kept" if self._verdicts else "cut"), n
        if plan in choice.dropped_at:
            return "dropped", choice.dropped_at[plan]
        return ("selected" if choice.done and plan == choice.alive[0] else "alive"), choice.replications

    def document(self) -> dict[str, Any]:
        """Give what `optimise.json` says.

        Figures of a plan are means over as many replications as its outcome rests on; fronts are over those of the first stage.
        """
        asked, choice = self._asked, self._choice
        fronts = self._fronts()
        plans = []
        for plan, of in enumerate(self._plans):
            outcome, n = self._outcome(plan)
            record: dict[str, Any] = {
                "plan": of.name,
                "label": dict(of.label),
                "set": dict(of.values),
                "outcome": outcome,
                "replications": n,
                "kpis": self._figures(plan, n),
            }
            record["front"] = bool(fronts) and plan in fronts[0]["plans"]
            record["surely_off_front"] = bool(fronts) and plan in fronts[0]["surely_off"]
            plans.append(record)
        return {
            "objective": asked.kpi,
            "direction": "maximise" if asked.more_is_better else "minimise",
            "indifference": asked.indifference,
            "probability": 1 - ERROR,
            "constraints": [of._asdict() for of in asked.constraints],
            "selected": choice.alive[0] if choice is not None and choice.done else None,
            "may_be_best": list(choice.alive) if choice is not None else [],
            "undecided": self._open,
            "plans": plans,
            "fronts": fronts,
        }

    def _figures(self, plan: int, n: int) -> dict[str, Any]:
        if plan not in self._found:
            return {}
        found = {}
        for kpi in dict.fromkeys([self._asked.kpi, COST, *AGAINST, *(of.kpi for of in self._asked.constraints)]):
            of = estimate(self._found[plan].numbers(self._plans[plan].name, kpi)[: n or None])
            if of.mean is not None:
                found[kpi] = {"mean": of.mean, "low": of.low, "high": of.high}
        return found

    def _fronts(self) -> list[dict[str, Any]]:
        """Give the front of cost and the measure, that of cost and each other, and that of all at once."""
        every = range(len(self._plans))
        known = [kpi for kpi in dict.fromkeys([COST, self._asked.kpi, *AGAINST]) if self._has(kpi)]
        if len(self._found) < len(self._plans) or COST not in known or self._asked.kpi not in known:
            return []
        of = {kpi: [[self._sign(kpi) * v for v in self._numbers(plan, kpi)[: self._first]] for plan in every] for kpi in known}
        others = [kpi for kpi in known if kpi != COST]
        pairs = [(COST, kpi) for kpi in others]
        wanted = pairs + ([tuple(known)] if len(others) > 1 else [])
        found = []
        for kpis in wanted or [(COST,)]:
            front = pareto([of[kpi] for kpi in kpis])
            found.append({"kpis": list(kpis), "plans": list(front.front), "surely_off": list(front.surely_off)})
        return found

    def _has(self, kpi: str) -> bool:
        return all(None not in of.numbers(self._plans[plan].name, kpi)[: self._first] for plan, of in sorted(self._found.items()))

    def _sign(self, kpi: str) -> float:
        return -1.0 if kpi == self._asked.kpi and self._asked.more_is_better else 1.0


def called(plan: Candidate, lang: str) -> str:
    """Give what a plan is called, with the values set in it."""
    return plan.label[lang] + "".join(f", {path} = {value}" for path, value in plan.values)


def regret_document(
    asked: Question, plans: Mapping[int, str], found: Sequence[PointFigures], shares: Sequence[Sequence[float]]
) -> dict[str, Any]:
    """Tell what each plan loses on average when the assumptions are other than believed, in the unit of the measure.

    Parameters
    ----------
    plans : mapping of int to str
        Place of the plan -> the name under which its figures stand at every point.
    found : sequence of PointFigures
        One for each point of a design over the unknown numbers.
    shares : sequence of sequence of float
        The design.

    Raises
    ------
    ValueError
        With fewer than two plans or points, or without numbers.
    """
    sign = 1.0 if asked.more_is_better else -1.0
    benefits = [[[_signed(sign, v) for v in of.numbers(name, asked.kpi)] for of in found] for name in plans.values()]
    of = value_of_information(benefits, shares)
    rows = [
        {"plan": plan, "regret": regret, "best_share": share}
        for plan, regret, share in zip(plans, of.regret, of.best_share, strict=True)
    ]
    return {"points": len(found), "best": list(plans)[of.best], "plans": rows}


def _signed(sign: float, value: float | None) -> float | None:
    return None if value is None else sign * value
