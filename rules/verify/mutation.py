"""Mutation testing of worked cases: whether any case notices when a rule is changed a little."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from rules.language import Expr, Field, MissingFact
from rules.reading import Finding
from rules.ruleset import RuleSet
from rules.verify.accepted import read_accepted, stale
from rules.verify.case_file import case_files, ruleset_path
from rules.verify.cases import failures, load_cases
from rules.verify.mutants import Mutant, mutants
from rules.verify.observed_case import ObservedCase
from rules.verify.witness import same_everywhere, witness

Fate: TypeAlias = Literal["killed", "equivalent", "accepted", "survived"]


@dataclass(frozen=True)
class MutantResult:
    """What became of a mutant.

    Parameters
    ----------
    mutant : Mutant
    fate : {'killed', 'equivalent', 'accepted', 'survived'}
        ``equivalent``: it was shown that it decides as the rules do for every profile.
    killed_by : str
        Name of the first case that noticed; empty for other fates.
    reason : str
        Why it was accepted.
    reached : bool
        Whether any case judged the changed part.
    profile : mapping of str to value
        For whom the changed decision differs: what a case that is missing could be about. Empty when not found.
    """

    mutant: Mutant
    fate: Fate
    killed_by: str = ""
    reason: str = ""
    reached: bool = True
    profile: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class MutationReport:
    """What became of all mutants of a rule set.

    Parameters
    ----------
    results : tuple of MutantResult
    failing : tuple of str
        Cases that fail without any change, and so are of no use here.
    findings : tuple of Finding
        Acceptances that are out of date.
    fields : mapping of str to Field
        Of the rules, for telling profiles.
    """

    results: tuple[MutantResult, ...]
    failing: tuple[str, ...]
    findings: tuple[Finding, ...]
    fields: Mapping[str, Field]

    def having(self, fate: Fate) -> tuple[MutantResult, ...]:
        """Give those with one fate."""
        return tuple(result for result in self.results if result.fate == fate)

    @property
    def score(self) -> float | None:
        """Share killed of all mutants that are not equivalent; accepted ones count as not killed. None without mutants."""
        counted = len(self.results) - len(self.having("equivalent"))
        return len(self.having("killed")) / counted if counted else None


def run_mutants(path: str | Path) -> MutationReport:
    """Change a rule set in every small way, and run its worked cases against each.

    Parameters
    ----------
    path : str or Path
        A folder of rules, a file of rules, or a file of cases.

    Returns
    -------
    MutationReport
        In the order of the rules. A case is run against a mutant only when it judges the changed part, for otherwise
        its answers cannot change.

    Raises
    ------
    InputError
        For mistakes in the rules, in the cases or in ``accepted.yaml``.
    """
    results: list[MutantResult] = []
    failing: list[str] = []
    findings: list[Finding] = []
    fields: dict[str, Field] = {}
    by_ruleset: dict[Path, list[Path]] = {}
    for file in case_files(Path(path)):
        by_ruleset.setdefault(ruleset_path(file, load_cases(file).record).resolve(), []).append(file)
    for rules, files in by_ruleset.items():
        found, bad, notes = _of_ruleset(rules, files, fields)
        results += found
        failing += bad
        findings += notes
    return MutationReport(tuple(results), tuple(failing), tuple(findings), fields)


def _of_ruleset(rules: Path, files: list[Path], fields: dict[str, Field]) -> tuple[list[MutantResult], list[str], list[Finding]]:
    cases: list[tuple[str, ObservedCase]] = []
    failing: list[str] = []
    ruleset: RuleSet | None = None
    for file in files:
        loaded = load_cases(file)
        # One rule set object for all files: parts are told apart by identity.
        ruleset = loaded.ruleset if ruleset is None else ruleset
        shared = type(loaded)(loaded.record, loaded.tree, ruleset)
        for name in loaded.names:
            case = shared.judgement(name, ObservedCase)
            if next(failures(case), None) is None:
                cases.append((name, case))
            else:
                failing.append(name)
    assert ruleset is not None
    fields |= ruleset.fields
    accepted = read_accepted(rules)
    results = [_tried(mutant, ruleset, cases, accepted) for mutant in mutants(ruleset)]
    survivors = {result.mutant.name for result in results if result.fate in ("survived", "accepted")}
    return results, failing, stale(accepted, survivors, {result.mutant.name for result in results})


def _tried(
    mutant: Mutant, ruleset: RuleSet, cases: list[tuple[str, ObservedCase]], accepted: Mapping[str, tuple[str, Any]]
) -> MutantResult:
    changed = mutant.made(ruleset)
    reaching = [(name, case) for name, case in cases if not mutant.met_in.isdisjoint(case.observer.seen)]
    for name, case in reaching:
        if _fails(case, changed):
            return MutantResult(mutant, "killed", name)
    # Looked for only now: most mutants are killed, and a case is quicker than an enumeration.
    part, new = mutant.part, mutant.changes[id(mutant.part)]
    profile = (isinstance(part, Expr) and same_everywhere(part, new)) or witness(ruleset, changed)
    if profile is True:
        return MutantResult(mutant, "equivalent", reached=bool(reaching))
    shown = profile if isinstance(profile, dict) else None
    if mutant.name in accepted:
        return MutantResult(mutant, "accepted", reason=accepted[mutant.name][0], reached=bool(reaching), profile=shown)
    return MutantResult(mutant, "survived", reached=bool(reaching), profile=shown)


def _fails(case: ObservedCase, changed: RuleSet) -> bool:
    try:
        return next(failures(case.under(changed)), None) is not None
    except MissingFact:
        return True
