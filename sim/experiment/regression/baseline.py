"""Baselines: what the rules gave, kept as small readable text that is the same on every machine."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.experiment.regression.observation import Observed

#: Of the form of the file.
VERSION = 1
#: Digits kept: what a simulation gives is the same to so many on every machine.
DIGITS = 9
_WIDTH = 110


@dataclass(frozen=True, slots=True)
class StoredGuard:
    """What is kept of one guarded scenario.

    Parameters
    ----------
    scenario : str
        Its file.
    years : float
    compiled : tuple of str
        Hashes of the compiled rules, one for each regime.
    rules, depends : mapping of str to str
        File -> hash, of the rules and of everything else that is read.
    figures : mapping of str to sequence of float or None
        Measure -> its number in replication 1, 2, 3 ...
    firing : mapping of str to sequence of int
        Rule -> how many decisions it stood in the way of, likewise.
    """

    scenario: str
    years: float
    compiled: tuple[str, ...]
    rules: Mapping[str, str]
    depends: Mapping[str, str]
    figures: Mapping[str, Sequence[float | None]]
    firing: Mapping[str, Sequence[int]]

    def observed(self, k: int) -> Observed:
        """Give replication k (1, 2, 3 ...) as it was."""
        figures = {kpi: numbers[k - 1] for kpi, numbers in self.figures.items()}
        return Observed(figures, {rule: numbers[k - 1] for rule, numbers in self.firing.items() if numbers[k - 1]})


@dataclass(frozen=True, slots=True)
class Baseline:
    """A whole baseline.

    Parameters
    ----------
    reason : str
        Why it was made or renewed.
    program : str
        Hash of the program that made it.
    seed, replications : int
    expected : mapping of str to str
        Measure -> hash of what was declared about it then: that is not declared for what comes after.
    guards : mapping of str to StoredGuard
    """

    reason: str
    program: str
    seed: int
    replications: int
    expected: Mapping[str, str]
    guards: Mapping[str, StoredGuard]


def rounded(number: float | None) -> float | None:
    """Give a number as it is kept."""
    return None if number is None else float(f"{number:.{DIGITS}g}")


def as_kept(of: Observed) -> Observed:
    """Give a replication as it would come back from a baseline."""
    return Observed({kpi: rounded(number) for kpi, number in of.figures.items()}, of.firing)


def stale(stored: Baseline, now: Baseline) -> tuple[str, ...]:
    """Say what a baseline rests on that is no longer so; the rules are what is to be compared, and may differ.

    Parameters
    ----------
    stored : Baseline
    now : Baseline
        The same without its figures: what a new one would rest on.

    Returns
    -------
    tuple of str
        Clauses in English; empty = the baseline can be compared with.
    """
    return tuple(_stale(stored, now))


def _stale(stored: Baseline, now: Baseline) -> Iterator[str]:
    if stored.seed != now.seed:
        yield f"the seed was {stored.seed} and is {now.seed}"
    if stored.replications < now.replications:
        yield f"it holds {stored.replications} replications, and {now.replications} are asked for"
    for name, guard in now.guards.items():
        old = stored.guards.get(name)
        if old is None:
            yield f"it does not hold the guard {name}"
            continue
        if old.scenario != guard.scenario:
            yield f"the scenario of {name} was {old.scenario} and is {guard.scenario}"
        if old.years != guard.years:
            yield f"the years of {name} were {old.years:g} and are {guard.years:g}"
        for file in dict.fromkeys([*old.depends, *guard.depends]):
            if old.depends.get(file) != guard.depends.get(file):
                yield f"{file} has changed since"
        for kpi in guard.figures:
            if kpi not in old.figures:
                yield f"it does not hold {kpi} of {name}"


def baseline_text(of: Baseline) -> str:
    """Give a baseline as YAML; the same baseline always gives the same text."""
    return "\n".join(_lines(of)) + "\n"


def _lines(of: Baseline) -> Iterator[str]:
    yield "# Made by `run_sim.py regress --update`; not to be edited. Figures of replication 1, 2, 3 ...; 9 digits."
    yield f"baseline: {VERSION}"
    yield f"reason: {_text(of.reason)}"
    yield f"program: {_text(of.program)}"
    yield f"seed: {of.seed}"
    yield f"replications: {of.replications}"
    yield from _hashes("expected", of.expected, "")
    yield "guards:"
    for name, guard in of.guards.items():
        yield f"  {_text(name)}:"
        yield f"    scenario: {_text(guard.scenario)}"
        yield f"    years: {guard.years:.{DIGITS}g}"
        yield f"    compiled: [{', '.join(map(_text, guard.compiled))}]"
        yield from _hashes("rules", guard.rules, "    ")
        yield from _hashes("depends", guard.depends, "    ")
        yield "    figures:"
        for kpi, numbers in sorted(guard.figures.items()):
            yield f"      {kpi}:"
            yield from _numbers(numbers, "        ")
        yield "    firing:" + ("" if guard.firing else " {}")
        for rule, counts in sorted(guard.firing.items()):
            yield f"      {_text(rule)}:"
            yield from _numbers(counts, "        ")


def _hashes(key: str, of: Mapping[str, str], indent: str) -> Iterator[str]:
    yield f"{indent}{key}:" + ("" if of else " {}")
    for name, value in sorted(of.items()):
        yield f"{indent}  {_text(name)}: {_text(value)}"


def _numbers(numbers: Sequence[float | None], indent: str) -> Iterator[str]:
    line = indent + "["
    for index, number in enumerate(numbers):
        piece = _number(number) + ("]" if index == len(numbers) - 1 else ",")
        if len(line) + len(piece) > _WIDTH:
            yield line.rstrip()
            line = indent + " "
        line += piece + " "
    yield line.rstrip() if numbers else f"{indent}[]"


def _number(number: float | None) -> str:
    if number is None:
        return "null"
    # YAML wants a point before an exponent, which %g leaves out.
    text = f"{number:.{DIGITS}g}"
    mantissa, e, exponent = text.partition("e")
    return text if not e or "." in mantissa else f"{mantissa}.0e{exponent}"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
