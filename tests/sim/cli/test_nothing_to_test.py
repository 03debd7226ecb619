"""`test` of nothing is a mistake, and never 100 %."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.cli.test import _percent

RULES = "ruleset: tiny\nlabel: {nb: liten, en: tiny}\n"


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def call(*words: str) -> Any:
    return CliRunner().invoke(app, ["test", *words, "--lang", "en"])


@pytest.mark.parametrize("options", [(), ("--coverage",), ("--mutate",), ("--json",)])
@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("missing", "missing:1:1: there is no such file"),
        ("missing.test.yaml", "missing.test.yaml:1:1: there is no such file"),
        ("broken.yaml", "broken.yaml:3:1: the key 'eligibilty' is not known here; did you mean eligibility?"),
        ("twice.yaml", "twice.yaml:2:1: the key 'a' stands here a second time"),
        ("bare.yaml", "bare.yaml:1:1: no worked cases (*.test.yaml) stand beside these rules, so nothing is tested"),
        ("bare", "bare:1:1: no worked cases"),
        ("empty", "empty:1:1: the folder holds no rules"),
        ("none.test.yaml", "none.test.yaml:1:1: no worked cases"),
        ("words.txt", "words.txt:1:1: "),
    ],
)
def test_exit_code_2_and_words(path: str, says: str, options: tuple[str, ...]) -> None:
    Path("broken.yaml").write_text(RULES + "eligibilty: {}\n", encoding="utf-8")
    Path("twice.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    Path("words.txt").write_text("only words\n", encoding="utf-8")
    Path("bare.yaml").write_text(RULES, encoding="utf-8")
    Path("bare").mkdir()
    Path("bare/all.yaml").write_text(RULES, encoding="utf-8")
    Path("empty").mkdir()
    Path("none.test.yaml").write_text("rules: bare.yaml\nday: 2026-01-01\ncases: {}\n", encoding="utf-8")
    result = call(path, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


def test_nothing_to_cover_is_a_dash() -> None:
    Path("tiny.yaml").write_text(RULES, encoding="utf-8")
    Path("tiny.test.yaml").write_text("day: 2026-01-01\ncases: {ANY: {applicant: {}, eligible: yes}}\n", encoding="utf-8")
    result = call("tiny.yaml", "--coverage", "--mutate")
    assert result.exit_code == 0, result.stderr
    assert "the cases exercise – % of the branches" in result.stdout
    assert "100" not in result.stdout
    assert (_percent(None), _percent(1.0), _percent(0.9999)) == ("–", "100", "99.9")
