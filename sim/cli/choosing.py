"""Choosing the best of several plans: what is asked, which plans need more replications, and what came out."""

import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rules.reading import Place
from sim.cli.exits import Code
from sim.cli.figures import kpi_texts
from sim.cli.points import refuse
from sim.cli.wanted import figure, gap_text, known
from sim.experiment import estimate
from sim.experiment.designs import crossed
from sim.experiment.points import PointFigures
from sim.experiment.selection import Choice, Constraint, Front, Verdicts, keeps, pareto, select
from sim.experiment.span import SpanError, grid

#: The chance of a wrong choice; with constraints half of it is theirs.
ERROR = 0.05
_COST = "net_cost_nok_per_year"
_LIMIT = re.compile(r"\s*([a-z0-9_]+)\s*(<=|>=)\s*(.+?)\s*(?:(?:\+-|±)\s*(.+?)\s*)?")
_WORDS = {
    "nb": {
        "heads": ("Plan", "Replikasjoner", "{kpi}", "Kostnad per år", "Utfall"),
        "best": "Best: {plan}. Riktig med minst 95 % sannsynlighet når den beste leder med {indifference} eller mer.",
        "open": "Ikke avgjort etter {n} replikasjoner; kan fortsatt være best: {plans}.",
        "unmet": "Ingen plan holder kravene.",
        "undecided": "Ikke avgjort hvem som holder kravene etter {n} replikasjoner: {plans}.",
        "front": "På fronten mellom kostnad og {kpi}: {plans}.",
        "selected": "valgt",
        "alive": "kan være best",
        "dropped": "slått, eller for lite foran til å telle, etter {n}",
        "infeasible": "bryter et krav",
        "unknown": "kravet ikke avgjort",
        "kept": "holder kravene",
        "cut": "ikke kjørt ferdig",
    },
    "en": {
        "heads": ("Plan", "Replications", "{kpi}", "Cost per year", "Outcome"),
        "best": "Best: {plan}. Right with a probability of at least 95% when the best leads by {indifference} or more.",
        "open": "Not decided after {n} replications; may still be the best: {plans}.",
        "unmet": "No plan keeps the constraints.",
        "undecided": "Not decided after {n} replications who keeps the constraints: {plans}.",
        "front": "On the front between cost and {kpi}: {plans}.",
        "selected": "selected",
        "alive": "may be best",
        "dropped": "beaten, or too little ahead to count, after {n}",
        "infeasible": "breaks a constraint",
        "unknown": "constraint not decided",
        "kept": "keeps the constraints",
        "cut": "not run to its end",
    },
}


class Question(NamedTuple):
    """What is asked: a measure, a lead not worth finding, constraints, and values for every plan."""

    kpi: str
    more_is_better: bool
    indifference: float
    constraints: tuple[Constraint, ...]
    values: tuple[tuple[tuple[str, str], ...], ...]


def question(
    minimise: str | None, maximise: str | None, indifference: str, limits: Sequence[str], vary: Sequence[str]
) -> Question:
    """Read the options of `optimise` together.

    Raises
    ------
    InputError
        For what says nothing, or two things at once.
    """
    if (minimise is None) == (maximise is None):
        raise refuse("--minimise", "one measure is to be made small or large", "give either --minimise ID or --maximise ID")
    kpi = minimise or maximise or ""
    place = Place("--minimise" if minimise else "--maximise", 1, 1, kpi)
    known(kpi, place)
    size = figure(indifference, kpi, Place("--indifference", 1, 1, indifference))
    if not size > 0:
        raise refuse("--indifference", "it should be above zero")
    axes = []
    for text in vary:
        path, equals, rest = text.partition("=")
        parts = rest.split(":")
        if not equals or len(parts) != 3:
            raise refuse("--vary", f"{text!r} is not of the form PATH=A:B:STEP")
        try:
            axes.append([(path.strip(), value) for value in grid(*parts)[1]])
        except SpanError as error:
            raise refuse(f"--vary {path.strip()}", error.says, error.hint) from None
    return Question(kpi, maximise is not None, size, tuple(_constraint(text) for text in limits), crossed(axes))


def _constraint(text: str) -> Constraint:
    found = _LIMIT.fullmatch(text)
    if found is None:
        raise refuse("--subject-to", f"{text!r} is no constraint", 'write for instance "wait_days_p90 <= 900 days"')
    place = Place("--subject-to", 1, 1, text)
    limit = figure(found[3], found[1], place)
    tolerance = figure(found[4], found[1], place) if found[4] else 0.01 * abs(limit)
    if not tolerance > 0:
        raise refuse("--subject-to", f"{text!r} leaves no tolerance", 'write it after the limit, as in "<= 0 +- 0.1"')
    return Constraint(found[1], limit, tolerance, found[2] == "<=")


class Choosing:
    """A choice in the making: says which plans need more replications until it is made.

    Parameters
    ----------
    asked : Question
    plans : sequence of (name, label by language, values set)
    first, most : int
        Replications of the first stage, and at the most.

    Attributes
    ----------
    wanted : list of int
        Plans to run on; empty when all is decided, or as far as it may go.
    target : int
        To how many replications.
    """

    def __init__(
        self, asked: Question, plans: Sequence[tuple[str, Mapping[str, str], Sequence[tuple[str, str]]]], first: int, most: int
    ) -> None:
        self._asked, self._plans, self._first, self._most = asked, list(plans), first, most
        self._found: dict[int, PointFigures] = {}
        self.wanted, self.target = list(range(len(plans))), first
        self._verdicts: list[Verdicts] = []
        self._choice: Choice | None = None
        self._front: Front | None = None

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
        self._front = self._fronted()
        self._verdicts = [
            keeps(of, [self._numbers(plan, of.kpi) for plan in every], self._first, part / len(self._asked.constraints))
            for of in self._asked.constraints
        ]
        broken = {plan for of in self._verdicts for plan in of.infeasible}
        open_ = {plan for of in self._verdicts for plan in of.open} - broken
        self.wanted = sorted(open_)
        left = [plan for plan in every if plan not in broken]
        if open_ or not left:
            return
        numbers = {plan: self._numbers(plan, self._asked.kpi) for plan in left}
        of = select(
            numbers,
            self._asked.indifference,
            self._first,
            part,
            plans=len(self._plans),
            more_is_better=self._asked.more_is_better,
        )
        self._choice = of
        self.wanted = [] if of.done else sorted(of.alive)

    def _fronted(self) -> Front | None:
        sign = -1.0 if self._asked.more_is_better else 1.0
        every = range(len(self._plans))
        if any(None in self._found[plan].numbers(self._plans[plan][0], _COST) for plan in every):
            return None  # the scenario knows no money
        cost = [self._numbers(plan, _COST)[: self._first] for plan in every]
        good = [[sign * value for value in self._numbers(plan, self._asked.kpi)[: self._first]] for plan in every]
        return pareto([cost, good])

    def _numbers(self, plan: int, kpi: str) -> list[float]:
        numbers = [value for value in self._found[plan].numbers(self._plans[plan][0], kpi) if value is not None]
        if len(numbers) < len(self._found[plan].replications):
            raise refuse("--minimise", f"{kpi} has no number in some replication of {self._called(plan, 'en')}")
        return numbers

    @property
    def code(self) -> Code:
        """Exit code 3 when no plan was selected."""
        return Code.FINE if self._choice is not None and self._choice.done else Code.PRECISION_NOT_REACHED

    def _called(self, plan: int, lang: str) -> str:
        _, label, values = self._plans[plan]
        return label[lang] + "".join(f", {path} = {value}" for path, value in values)

    def _outcome(self, plan: int) -> tuple[str, int]:
        if plan not in self._found:
            return "cut", 0
        n = len(self._found[plan].replications)
        if any(plan in of.infeasible for of in self._verdicts):
            return "infeasible", n
        if any(plan in of.open for of in self._verdicts):
            return "unknown", n
        choice = self._choice
        if choice is None:
            return ("kept" if self._verdicts else "cut"), n
        if plan in choice.dropped_at:
            return "dropped", choice.dropped_at[plan]
        return ("selected" if choice.done and plan == choice.alive[0] else "alive"), choice.replications

    def document(self) -> dict[str, Any]:
        """Give `optimise.json`, which is also what `--json` prints."""
        asked, choice, front = self._asked, self._choice, self._front
        plans = []
        for plan, (name, label, values) in enumerate(self._plans):
            outcome, n = self._outcome(plan)
            record: dict[str, Any] = {
                "plan": name,
                "label": dict(label),
                "set": dict(values),
                "outcome": outcome,
                "replications": n,
            }
            if plan in self._found:
                for kpi in dict.fromkeys([asked.kpi, _COST, *(of.kpi for of in asked.constraints)]):
                    of = estimate(self._found[plan].numbers(name, kpi)[: n or None])
                    record[kpi] = {"mean": of.mean, "low": of.low, "high": of.high}
            record["front"] = front is not None and plan in front.front
            record["surely_off_front"] = front is not None and plan in front.surely_off
            plans.append(record)
        return {
            "objective": asked.kpi,
            "direction": "maximise" if asked.more_is_better else "minimise",
            "indifference": asked.indifference,
            "probability": 1 - ERROR,
            "constraints": [of._asdict() for of in asked.constraints],
            "selected": choice.alive[0] if choice is not None and choice.done else None,
            "may_be_best": list(choice.alive) if choice is not None else [],
            "plans": plans,
        }

    def show(self, lang: str) -> None:
        """Print the plans with their outcome, the choice, and the front."""
        from sim.cli.terminal import table
        from sim.report import amount

        words, texts, asked = _WORDS[lang], kpi_texts(), self._asked
        text, cost = texts[asked.kpi], texts[_COST]
        label = text["nb"] if lang == "nb" else text["en"]
        rows = []
        for plan, record in enumerate(self.document()["plans"]):
            cells = [
                amount(record[kpi]["mean"], of["unit"], of["decimals"], lang) if kpi in record else ""
                for kpi, of in ((asked.kpi, text), (_COST, cost))
            ]
            outcome = words[record["outcome"]]
            rows.append(
                [self._called(plan, lang), str(record["replications"]), *cells, str(outcome).format(n=record["replications"])]
            )
        table(label, "", [head.format(kpi=label) for head in words["heads"]], rows)
        sys.stdout.write("\n".join([*self._told(lang), ""]))

    def _told(self, lang: str) -> list[str]:
        words, choice = _WORDS[lang], self._choice
        lines: list[str] = []
        open_ = sorted({plan for of in self._verdicts for plan in of.open} - {p for of in self._verdicts for p in of.infeasible})
        if choice is not None and choice.done:
            lead = gap_text(self._asked.indifference, self._asked.kpi, lang)
            lines.append(str(words["best"]).format(plan=self._called(choice.alive[0], lang), indifference=lead))
        elif choice is not None:
            lines.append(str(words["open"]).format(n=choice.replications, plans=self._listed(choice.alive, lang)))
        elif open_:
            lines.append(str(words["undecided"]).format(n=self.target, plans=self._listed(open_, lang)))
        elif self._verdicts:
            lines.append(str(words["unmet"]))
        if self._front is not None:
            text = kpi_texts()[self._asked.kpi]
            label = (text["nb"] if lang == "nb" else text["en"]).lower()
            lines.append(str(words["front"]).format(kpi=label, plans=self._listed(self._front.front, lang)))
        return lines

    def _listed(self, plans: Sequence[int], lang: str) -> str:
        return "; ".join(self._called(plan, lang) for plan in plans)
