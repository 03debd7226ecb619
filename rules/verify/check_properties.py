"""Findings about declared properties: names in them that mean nothing in the rules. Nothing is proved here."""

from pathlib import Path

from rules.reading import Finding, InputError, Mapping, Place, at
from rules.ruleset import RuleSet
from rules.verify.answers import Answers
from rules.verify.proof_file import PropertyRecord, proof_files, read_proof_file


def property_findings(ruleset: RuleSet, path: Path) -> list[Finding]:
    """Find what is wrong in the files of properties beside a rule set; none when there are no such files.

    Raises
    ------
    InputError
        For a file that is not well formed.
    """
    found: list[Finding] = []
    for file in proof_files(path):
        record, tree = read_proof_file(file)
        version = ruleset.versions[-1] if record.day is None else ruleset.on(record.day)
        for name, item in record.properties.items():
            try:
                _find_names(Answers(ruleset, version), name, item, tree)
            except InputError as error:
                found += error.findings
    return found


def _find_names(answers: Answers, name: str, item: PropertyRecord, tree: Mapping) -> None:
    """Look up everything that a property names. Raises `InputError` at the first that means nothing."""

    def place(*path: str | int) -> Place:
        return at(tree, ("properties", name, *path)).place

    if item.where is not None:
        answers.condition(item.where, place("where"))
    for number, one in enumerate(item.exclusive or ()):
        answers.condition(one, place("exclusive", number))
    if isinstance(item.reachable, list):
        for number, one in enumerate(item.reachable):
            answers.condition(one, place("reachable", number))
    elif item.reachable is not None:
        answers.condition(item.reachable, place("reachable"))
    if item.monotone is not None:
        answers.find(item.monotone.of, place("monotone", "of"))
        answers.field(item.monotone.in_, place("monotone", "in"))
    if item.same_except is not None:
        answers.find(item.same_except.of, place("same_except", "of"))
        for number, field in enumerate(item.same_except.except_):
            answers.field(field, place("same_except", "except", number))
