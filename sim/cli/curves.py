"""What a sweep asks for, and what it found: points, curves with bands, and the number that reaches a target."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rules.reading import Place
from sim.cli.engine import Scenario, label_of
from sim.cli.exits import Code
from sim.cli.figures import kpi_texts, unit_of
from sim.cli.options import Order
from sim.cli.points import csv_text, refuse
from sim.cli.wanted import figure, known
from sim.experiment import difference, estimate
from sim.experiment.designs import crossed, sobol
from sim.experiment.points import PointFigures
from sim.experiment.shelf import program_hash
from sim.experiment.span import Span, SpanError, grid, span
from sim.experiment.target import Answer, Target, smallest_reaching

_SHOWN = ("wait_days_mean", "waiting_list_mean", "net_cost_nok_per_year")
_TARGET = re.compile(r"\s*([a-z0-9_]+)\s*(<=|>=|<|>)\s*(\S.*?)\s*")
_WORDS = {
    "nb": {
        "title": "{label}: {points} punkter, {n} replikasjoner hver, frø {seed}",
        "none": "Ingen av tallene når målet {target}.",
        "guess": "Minste tall som når målet {target}: {value} (beste anslag).",
        "enough": "Med 95 % sikkerhet er {value} nok, og alle større tall som er prøvd.",
        "unsure": "Ingen av tallene når målet med 95 % sikkerhet; flere replikasjoner eller større tall trengs.",
        "small": "Med 95 % sikkerhet er {value} for lite, og alle mindre tall som er prøvd.",
    },
    "en": {
        "title": "{label}: {points} points, {n} replications each, seed {seed}",
        "none": "None of the numbers reaches the target {target}.",
        "guess": "Smallest number that reaches the target {target}: {value} (best guess).",
        "enough": "With 95% confidence {value} is enough, and every larger number that was tried.",
        "unsure": "No number reaches the target with 95% confidence; more replications or larger numbers are needed.",
        "small": "With 95% confidence {value} is too small, and every smaller number that was tried.",
    },
}


class Plan(NamedTuple):
    """The points of a sweep.

    Attributes
    ----------
    paths : tuple of str
        What is varied.
    points : tuple of tuple of str
        For each point the value at each path, as text.
    target : Target or None
    until : str
        The target as written.
    kpis : tuple of str
        What is shown.
    """

    paths: tuple[str, ...]
    points: tuple[tuple[str, ...], ...]
    target: Target | None
    until: str
    kpis: tuple[str, ...]

    def settings(self, number: int) -> tuple[tuple[str, str], ...]:
        """Give a point as values to set."""
        return tuple(zip(self.paths, self.points[number], strict=True))


def plan(vary: Sequence[str], n: int | None, until: str | None, kpis: Sequence[str] | None, seed: int) -> Plan:
    """Read `--vary`, `--sobol`, `--until` and `--kpi` together.

    Raises
    ------
    InputError
        For a path twice, an empty range, a grid without a step, or a target that says nothing.
    """
    axes = [_axis(text, n is not None) for text in vary]
    paths = tuple(path for path, _, _ in axes)
    if len(set(paths)) < len(paths):
        raise refuse("--vary", "a path is varied twice")
    if n is None:
        points = crossed([values for _, _, values in axes])
    else:
        spans = [of for _, of, _ in axes]
        points = tuple(tuple(of.at(share) for of, share in zip(spans, row, strict=True)) for row in sobol(n, len(axes), seed))
    target = None
    if until is not None:
        target = _target(until)
        if n is not None or len(paths) > 1:
            raise refuse("--until", "one number on a grid is searched for", "vary one path, without --sobol")
    for kpi in kpis or ():
        known(kpi, Place("--kpi", 1, 1, kpi))
    shown = tuple(kpis or ()) or tuple(dict.fromkeys([*([target.kpi] if target else []), *_SHOWN]))
    return Plan(paths, points, target, (until or "").strip(), shown)


def _axis(text: str, design: bool) -> tuple[str, Span, tuple[str, ...]]:
    path, equals, rest = text.partition("=")
    parts = rest.split(":")
    if not equals or not path.strip() or len(parts) not in ((2, 3) if design else (3,)):
        form = "PATH=A:B" if design else "PATH=A:B:STEP"
        raise refuse("--vary", f"{text!r} is not of the form {form}", f"write for instance {form.split('=')[0]}=1:5:1")
    try:
        if len(parts) == 3:
            of, values = grid(*parts)
            return path.strip(), of, values
        return path.strip(), span(parts[0], parts[1]), ()
    except SpanError as error:
        raise refuse(f"--vary {path.strip()}", error.says, error.hint) from None


def _target(text: str) -> Target:
    found = _TARGET.fullmatch(text)
    if found is None:
        raise refuse("--until", f"{text!r} is no target", 'write for instance "wait_days_p90 <= 180 days"')
    return Target(found[1], figure(found[3], found[1], Place("--until", 1, 1, text)), found[2].startswith("<"))


@dataclass(frozen=True, slots=True)
class Swept:
    """A sweep that has been run, or the points of it that were finished."""

    plan: Plan
    name: str
    scenario: Scenario
    found: Sequence[PointFigures]
    order: Order

    @property
    def code(self) -> Code:
        """Exit code 3 when no number is surely enough for the target."""
        answer = self.answer
        return Code.PRECISION_NOT_REACHED if answer is not None and answer.enough is None else Code.FINE

    @property
    def answer(self) -> Answer | None:
        """Which number reaches the target; only a whole sweep can tell."""
        if self.plan.target is None or len(self.found) < len(self.plan.points):
            return None
        return smallest_reaching(self.plan.target, [of.numbers(self.name, self.plan.target.kpi) for of in self.found])

    def curves(self) -> list[dict[str, Any]]:
        """Give every headline measure at every point, with its band and the paired difference from the first point."""
        rows = []
        for kpi in (kpi for kpi, text in kpi_texts().items() if text["headline"] or kpi in self.plan.kpis):
            for of in self.found:
                numbers = of.numbers(self.name, kpi)
                mean = estimate(numbers)
                change = difference(self.found[0].numbers(self.name, kpi), numbers)
                rows.append(
                    {
                        "point": of.number,
                        "kpi": kpi,
                        "mean": mean.mean,
                        "low": mean.low,
                        "high": mean.high,
                        "difference": change.difference,
                        "difference_low": change.low,
                        "difference_high": change.high,
                        "n": mean.n,
                    }
                )
        return rows

    def table(self) -> str:
        """Give `curves.csv`."""
        rows = self.curves()
        heads = ["point", *self.plan.paths, *list(rows[0])[1:]] if rows else ["point", *self.plan.paths]
        return csv_text(heads, [[row["point"], *self.plan.points[row["point"]], *list(row.values())[1:]] for row in rows])

    def document(self) -> dict[str, Any]:
        """Give `sweep.json`, which is also what `--json` prints."""
        document: dict[str, Any] = {
            "version": 1,
            "scenario": self.name,
            "seed": self.order.seed,
            "replications": self.order.replications,
            "vary": list(self.plan.paths),
            "points": [dict(zip(self.plan.paths, values, strict=True)) for values in self.plan.points],
            "finished": [of.number for of in self.found],
            "curves": self.curves(),
            "units": {kpi: unit_of(kpi) for kpi in sorted({row["kpi"] for row in self.curves()})},
            "hash": self.scenario.hash,
            "program": program_hash(),
        }
        answer = self.answer
        if answer is not None:
            document["until"] = {"target": self.plan.until} | {
                name: None if place is None else self.plan.points[place][0] for name, place in answer._asdict().items()
            }
        return document

    def show(self, lang: str) -> None:
        """Print the curves as a table, and the answer to `--until` in words."""
        from sim.cli.terminal import table
        from sim.report import amount

        words, texts = _WORDS[lang], kpi_texts()
        names = [texts[kpi]["nb" if lang == "nb" else "en"] for kpi in self.plan.kpis]
        rows = []
        for of in self.found:
            cells = []
            for kpi in self.plan.kpis:
                mean = estimate(of.numbers(self.name, kpi))
                unit, decimals = texts[kpi]["unit"], texts[kpi]["decimals"]
                middle, low, high = (amount(value, unit, decimals, lang) for value in (mean.mean, mean.low, mean.high))
                cells.append(middle if mean.low is None else f"{middle} [{low}; {high}]")
            rows.append([*self.plan.points[of.number], *cells])
        title = words["title"].format(
            label=label_of(self.scenario)[lang], points=len(self.found), n=self.order.replications, seed=self.order.seed
        )
        table(title, "", [*self.plan.paths, *names], rows)
        sys.stdout.write("".join(line + "\n" for line in self._answered(lang)))

    def _answered(self, lang: str) -> list[str]:
        words, answer = _WORDS[lang], self.answer
        if answer is None:
            return []
        points = self.plan.points
        guess = "none" if answer.smallest is None else "guess"
        value = "" if answer.smallest is None else points[answer.smallest][0]
        lines = [words[guess].format(target=self.plan.until, value=value)]
        lines.append(words["unsure"] if answer.enough is None else words["enough"].format(value=points[answer.enough][0]))
        if answer.too_small is not None:
            lines.append(words["small"].format(value=points[answer.too_small][0]))
        return lines
