"""Worked cases: run, and told where they fail."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from rules.language import MissingFact
from rules.reading import Finding, InputError, Label, Mapping, Place, at, closest, fail
from rules.ruleset import RuleSet, load_ruleset
from rules.ruleset.merge import CASES_SUFFIX
from rules.verify.case_facts import place_in
from rules.verify.case_file import EXPECTATIONS, CaseFile, case_files, read_case_file, ruleset_path
from rules.verify.case_rules import changed_rules
from rules.verify.hints import hint_for
from rules.verify.judge import Disagreement, Judgement

J = TypeVar("J", bound=Judgement)

_BY_NAME = ("values", "grounds", "exceptions")
_UNORDERED = ("refused", "unsuitable", "renewal_refused")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one worked case went.

    Parameters
    ----------
    name : str
    place : Place
        Where the case begins.
    failures : tuple of Finding
        Empty = passed.
    """

    name: str
    place: Place
    failures: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CaseReport:
    """How the worked cases of a rule set went."""

    results: tuple[CaseResult, ...]

    @property
    def passed(self) -> int:
        """How many passed."""
        return sum(not result.failures for result in self.results)

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """Those that did not."""
        return tuple(result for result in self.results if result.failures)


@dataclass(frozen=True)
class LoadedCases:
    """A file of worked cases with the rules it is about.

    ``path`` is where the rules stand: it is needed for cases with rules or amounts of their own.
    """

    record: CaseFile
    tree: Mapping
    ruleset: RuleSet
    path: Path | None = None

    @property
    def names(self) -> list[str]:
        """Names of the cases that are decided by the rules as they stand."""
        return [name for name, case in self.record.cases.items() if not case.has_own_rules]

    def judgement(self, name: str, kind: type[J]) -> J:
        """Make the judgement of one case.

        Raises
        ------
        InputError
            For rules or amounts of its own that do not fit.
        """
        case = self.record.cases[name]
        ruleset = self.ruleset
        if case.has_own_rules:
            assert self.path is not None
            ruleset = changed_rules(self.path, at(self.tree, ("cases", name)))
        return kind(ruleset, case, self.record.defaults, case.day or self.record.day, self.tree, name)

    def run(self, name: str) -> CaseResult:
        """Run one case."""
        place = place_in(self.tree, ("cases", name))
        return CaseResult(name, place, tuple(failures(self.judgement(name, Judgement), hints=True)))


def load_cases(path: Path) -> LoadedCases:
    """Read a file of worked cases and its rule set.

    Raises
    ------
    InputError
        For mistakes in either.
    """
    record, tree = read_case_file(path)
    rules = ruleset_path(path, record)
    loaded = LoadedCases(record, tree, load_ruleset(rules), rules)
    for name, case in record.cases.items():
        if case.has_own_rules:
            changed_rules(rules, at(tree, ("cases", name)))  # mistakes in them are told with the others
    return loaded


def run_cases(path: str | Path) -> CaseReport:
    """Run the worked cases of a rule set.

    Parameters
    ----------
    path : str or Path
        A folder of rules, a file of rules, or a file of cases.

    Returns
    -------
    CaseReport

    Raises
    ------
    InputError
        For mistakes in the rules, or in a file of cases, and where there is not one case.
    """
    where = Path(path)
    results: list[CaseResult] = []
    files = case_files(where)
    for file in files:
        loaded = load_cases(file)
        results += [loaded.run(name) for name in loaded.record.cases]
    if not results:
        if not files:
            load_ruleset(where)  # rules that cannot be read are the greater mistake
        message = f"no worked cases (*{CASES_SUFFIX}) stand beside these rules, so nothing is tested"
        hint = "write for instance `cases: {GROWN: {applicant: {age: 18}, eligible: yes}}`"
        fail("no-cases", message, Place(str(path), 1, 1, ""), hint)
    return CaseReport(tuple(results))


def failures(judgement: Judgement, hints: bool = False) -> Iterator[Finding]:
    """Give what the rules say otherwise than a case expects; with `hints` also what made the difference."""
    case = judgement.case
    for key in EXPECTATIONS:
        if key not in case.model_fields_set:
            continue
        expected = getattr(case, key)
        if key not in _BY_NAME:
            for failure in _checked(judgement, (key,), lambda k=key, e=expected: _compare(judgement, k, e)):
                told = hint_for(judgement, key, expected) if hints and failure.code == "case-failed" else None
                yield replace(failure, hint=told) if told else failure
            continue
        for name, wanted in expected.items():
            yield from _checked(judgement, (key, name), lambda k=key, n=name, w=wanted: _compare_named(judgement, k, n, w))


def _checked(judgement: Judgement, path: tuple[str, ...], compare: Any) -> Iterator[Finding]:
    place = judgement.place(*path)
    try:
        message = compare()
    except InputError as error:
        yield from error.findings
    except (MissingFact, Disagreement) as error:
        yield Finding("case-failed", str(error), place)
    else:
        if message:
            yield Finding("case-failed", message, place)


def _compare(judgement: Judgement, key: str, expected: Any) -> str | None:
    found = judgement.answer(key)
    same = sorted(found) == sorted(expected) if key in _UNORDERED else found == expected
    return None if same else f"{key}: expected {_said(expected)}, but the rules say {_said(found)}"


def _compare_named(judgement: Judgement, key: str, name: str, wanted: Any) -> str | None:
    if key == "values":
        found: Any = judgement.value(name, judgement.place(key, name))
        if isinstance(found, bool):
            found = "yes" if found else "no"
        return None if found == wanted else f"{name}: expected {_said(wanted)}, but it is {_said(found)}"
    ground = judgement.ground(name)
    if ground is None:
        known = [rule.id for version in judgement.ruleset.versions for rule in version.all_rules()]
        near = closest(name, known)
        return f"the rule {name} says nothing here" + (f"; did you mean {near}?" if near and near != name else "")
    if key == "exceptions":
        applied = ground.exception or "none"
        return None if applied == wanted else f"{name}: expected the exception {wanted}, but it is {applied}"
    texts = {"nb": wanted} if isinstance(wanted, str) else _texts(wanted)
    for lang, text in texts.items():
        if ground.text[lang] != text:
            return f"{name} ({lang}): expected {text!r}, but the ground is {ground.text[lang]!r}"
    return None


def _texts(label: Label) -> dict[str, str]:
    return {"nb": label.nb, "en": label.en}


def _said(value: Any) -> str:
    return (", ".join(map(str, value)) or "none") if isinstance(value, list) else str(value)
