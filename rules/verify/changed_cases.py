"""Worked cases whose verdict changes with the rules."""

from dataclasses import dataclass
from pathlib import Path

from rules.reading import Place, Say, in_english
from rules.ruleset import load_ruleset
from rules.verify.case_file import case_files, read_case_file
from rules.verify.cases import LoadedCases


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """A worked case that the rules before and after answer differently.

    Parameters
    ----------
    name : str
    place : Place
    before, after : tuple of str
        What is not as the case expects; empty = it passes.
    """

    name: str
    place: Place
    before: tuple[str, ...]
    after: tuple[str, ...]


def changed_cases(before: Path, after: Path, say: Say = in_english) -> list[ChangedCase]:
    """Ask both rule sets all worked cases that stand beside the new rules, and give those that they answer differently.

    Raises
    ------
    InputError
        For rules or files of cases that cannot be read.
    """
    files = case_files(after)
    if not files:
        return []
    sides = [(path, load_ruleset(path)) for path in (before, after)]
    found = []
    for file in files:
        record, tree = read_case_file(file)
        if record.rules is not None:
            continue  # about other rules
        for name in record.cases:
            answers = [_answer(LoadedCases(record, tree, rules, path), name, say) for path, rules in sides]
            if answers[0][1] != answers[1][1]:
                found.append(ChangedCase(name, answers[1][0], answers[0][1], answers[1][1]))
    return found


def _answer(loaded: LoadedCases, name: str, say: Say) -> tuple[Place, tuple[str, ...]]:
    result = loaded.run(name)
    return result.place, tuple(say(finding.message) for finding in result.failures)
