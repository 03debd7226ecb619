"""What the commands ask of the rooms below, in one place; heavy imports happen when a command asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from rules.reading import Finding, Place

Texts = Mapping[str, str]


class Assumption(Protocol):
    """One parameter with where it is from."""

    id: str
    label: Texts
    value: str
    range: str
    kind: str
    source: str
    note: str


class Scenario(Protocol):
    """What the commands read of a scenario."""

    name: str
    path: str
    title: Texts
    question: Texts
    policy: Any
    data: str
    real_data: Texts
    hash: str
    inputs: Sequence[tuple[str, str]]
    assumptions: Sequence[Assumption]
    texts: Mapping[str, Any]
    rulesets: Mapping[str, Any]
    blueprint: Any
    findings: Sequence[Finding]
    stock_names: Mapping[str, str]


class ReplicationResult(Protocol):
    """What the commands read of one replication."""

    k: int
    figures: Sequence[tuple[int, str, str, str, float | None]]
    tables: Mapping[str, Sequence[tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Engine:
    """The functions that the commands call.

    Parameters
    ----------
    load : callable (path, settings, years) -> Scenario
    load_comparison : callable (baseline, policies, settings, years, *, cumulative) -> dict of str to Scenario
    replicate : callable (scenario, seed, k, *, check_invariants) -> ReplicationResult
    explain : callable (scenario, seed, k, *, number, dwelling, household, lang) -> list of Explained
    check : callable (path) -> findings of a scenario or policy, and its stock and parameters in numbers
    """

    load: Callable[..., Any]
    load_comparison: Callable[..., Mapping[str, Any]]
    replicate: Callable[..., Any]
    explain: Callable[..., list[Any]]
    check: Callable[[Path], tuple[Sequence[Finding], Mapping[str, Any]]]


def label_of(scenario: Scenario) -> Texts:
    """Give what a scenario is called: its label, or its name where it has none."""
    return scenario.title


def years_of(scenario: Scenario) -> float:
    """Give the simulated years (of 365.25 days)."""
    days: float = scenario.blueprint.days
    return round(days / 365.25, 9)


def homes_of(scenario: Scenario) -> list[str]:
    """Give the ids of all homes of a scenario, also of those that open later."""
    return [f"{site.id}/{number}" for site in scenario.blueprint.sites for number in range(1, site.dwellings + 1)]


def engine() -> Engine:
    """Give the real functions."""
    from sim.cli.kinds import refuse_other_kinds
    from sim.replication import explain_decision, replicate
    from sim.scenario import check_scenario, load_comparison, load_scenario

    def load(path: Path, settings: Sequence[tuple[str, str]], years: float | None) -> Any:
        refuse_other_kinds(path, "scenario", "policy")
        return load_scenario(path, settings, years)

    def load_all(
        baseline: Path,
        policies: Sequence[Path],
        settings: Sequence[tuple[str, str]],
        years: float | None,
        *,
        cumulative: bool = False,
    ) -> Mapping[str, Any]:
        for path in (baseline, *policies):
            refuse_other_kinds(path, "scenario", "policy")
        return load_comparison(baseline, policies, settings, years, cumulative=cumulative)

    return Engine(load, load_all, replicate, explain_decision, check_scenario)


class CaseResult(Protocol):
    """One worked case of a rule set after it was tried; no failures = it passed."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def place(self) -> Place:
        """Where it begins."""

    @property
    def failures(self) -> Sequence[Finding]:
        """What came out in place of what was expected."""


def check_rules(path: Path) -> Sequence[Finding]:
    """Read a rule set and give what is worth telling its author.

    Raises
    ------
    InputError
        With every mistake.
    """
    from rules.verify import check_path

    return check_path(path)


def run_cases(path: Path) -> Sequence[CaseResult]:
    """Try the worked cases that stand beside a rule set.

    Raises
    ------
    InputError
        When the rule set or a case cannot be read.
    """
    from rules.verify import run_cases as run

    return run(path).results


def schemas() -> dict[str, Mapping[str, Any]]:
    """Give the JSON Schema of each kind of file, as pydantic writes it."""
    from pydantic import TypeAdapter

    from rules.library.editor_schema import with_language
    from rules.ruleset.sections import RuleSetRecord
    from rules.verify.accepted import AcceptedMutants
    from rules.verify.case_file import CaseFile
    from rules.verify.proof_file import ProofFile
    from sim.cli.regress_file import RegressionsRecord
    from sim.scenario.model import PolicyRecord, scenario_model
    from sim.scenario.parameters import ParameterRecord
    from sim.scenario.register import SourceRecord

    models: dict[str, Any] = {
        "scenario": scenario_model(),
        "policy": PolicyRecord,
        "ruleset": RuleSetRecord,
        "cases": CaseFile,
        "accepted": AcceptedMutants,
        "properties": ProofFile,
        "parameters": dict[str, ParameterRecord],
        "sources": dict[str, SourceRecord],
        "regressions": RegressionsRecord,
    }
    found: dict[str, Mapping[str, Any]] = {name: TypeAdapter(model).json_schema(by_alias=True) for name, model in models.items()}
    found["ruleset"] = _one_of_its_files(with_language(found["ruleset"]))
    return found


def _one_of_its_files(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Ask of one file of a rule set what all its files together need: what names the set stands in one of them, with the rest."""
    needed = schema["required"]
    rest = {key: of for key, of in schema.items() if key != "required"}
    return {**rest, "minProperties": 1, "dependentRequired": {"ruleset": [key for key in needed if key != "ruleset"]}}
