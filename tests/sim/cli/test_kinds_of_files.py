"""Every kind of file can be checked, and a command that cannot use one says what it is and what to do."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.cli.kinds import KINDS, kind_of

ROOT = Path(__file__).parents[3]
SHIPPED = [
    *sorted(
        file
        for folder in ("scenarios", "rules", "benchmarks", "sim/scenario")
        for file in (ROOT / folder).rglob("*.yaml")
        if file.name != "counts.yaml"  # counts of work, written by a program for a program
    ),
    ROOT / "regressions.yaml",
]


def call(*words: str) -> Any:
    return CliRunner().invoke(app, [*words, "--lang", "en"])


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_shipped_file_is_checked_without_errors() -> None:
    result = call("check", *map(str, SHIPPED))
    assert result.exit_code == 0, result.stderr[-2000:]
    assert result.stdout.count("no errors") == len(SHIPPED) > 50


def test_all_kinds_are_among_the_shipped() -> None:
    # A folder of scenarios is no file.
    assert {kind_of(file) for file in SHIPPED} == set(KINDS) - {"scenarios"}


def test_mistakes_in_the_other_kinds_are_found(small: Path) -> None:
    for name, text, says in (
        ("accepted.yaml", "mutants: {A: ' '}\n", "needs a reason"),
        ("sources.yaml", "A: {address: a, year: 2020, solidity: E}\n", "A, B, C, D"),
        ("parameters.yaml", "a: {value: 1, kind: guess}\n", "decision, fact, uncertain"),
        ("x.test.yaml", "day: 2026-01-01\ncases: {A: {applicant: {}}}\n", "expects nothing"),
    ):
        (small / name).write_text(text, encoding="utf-8")
        result = call("check", name)
        assert result.exit_code == 2, name
        assert f"{name}:" in result.stderr and says in result.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run", "scenarios/parameters/money.yaml"), "this is a file of parameters, and a scenario or a policy is asked for"),
        (("run", "scenarios/sources.yaml"), "this is a register of sources"),
        (("run", "scenarios"), "this is a folder of scenarios, and a scenario or a policy is asked for; name one file in it"),
        (("run", "rules/baerum/fields.yaml"), "one topic of a rule set"),
        (("compare", "scenarios/baerum.yaml", "scenarios/sources.yaml"), "scenarios/sources.yaml:1:1: this is a register"),
        (("test", "scenarios"), "this is a folder of scenarios, and a rule set or worked cases"),
        (("check", "scenarios"), "this is a folder of scenarios"),
        (("explain", "rules/baerum", "--decision", "0"), "this is a folder"),
        (("test", "scenarios/baerum.yaml"), "this is a scenario, and a rule set or worked cases of a rule set is asked for"),
        (("show", "rules/baerum/fields.yaml"), "name its folder"),
        (("diff", "rules/baerum", "scenarios/sources.yaml"), "a register of sources"),
    ],
)
def test_a_file_of_another_kind(words: tuple[str, ...], says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = call(*words)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_a_policy_that_extends_nothing(small: Path) -> None:
    (small / "p.yaml").write_text("policy_from: 2027-01-01\nchanges: {}\n", encoding="utf-8")
    for command in ("run", "check"):
        result = call(command, "p.yaml")
        assert result.exit_code == 2
        assert "p.yaml:1:1: a policy says what it `extends`; write `extends: SCENARIO.yaml`" in result.stderr


def test_a_misspelt_first_key(small: Path) -> None:
    (small / "s.yaml").write_text("scenari: a\n", encoding="utf-8")
    assert "did you mean scenario?" in call("check", "s.yaml").stderr


def test_a_day_without_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = call("show", "rules/baerum", "--on", "1800-01-01")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no rules are in force on 1800-01-01: these are valid from 2026-01-01" in result.stderr
    assert call("show", "rules/baerum", "--on", "2027-01-01").exit_code == 0


def test_rules_are_not_set_from_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = call("run", "scenarios/baerum.yaml", "--set", "rules.matching.RANK.requires=1")
    assert result.exit_code == 2
    assert "rules cannot be set from the command line; write a policy" in result.stderr
    assert "did you mean" not in result.stderr
