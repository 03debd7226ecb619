"""docs/tutorial-rules.md: what it quotes stands in the files, and what it shows is what the commands print.

That its commands work is tried by test_readme.py, as for every page.
"""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rules.reading import plain, read_yaml
from sim.cli.app import app

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "tutorial"
PAGE = (ROOT / "docs" / "tutorial-rules.md").read_text(encoding="utf-8")


def printed(*words: str) -> str:
    found = CliRunner().invoke(app, [*words])
    assert found.exit_code == 0, found.stderr
    return " ".join(found.stdout.split())


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_what_is_quoted_stands_in_the_files() -> None:
    written = " ".join(" ".join(file.read_text("utf-8").split()) for file in FOLDER.rglob("*.yaml"))
    names = [name for block in blocks("yaml") for name in re.findall(r"^\s*([A-Za-z_]+):", block, re.MULTILINE)]
    assert len(names) > 15
    assert [name for name in names if f"{name}:" not in written] == []
    for number in ("2026-01-01: 24, 2028-01-01: 36", '{1: 3 G, 2: 4 G, "3..8": 5 G}', "2026-01-01: 36"):
        assert number in written and number in " ".join(PAGE.split())


def test_what_is_shown_is_what_is_printed() -> None:
    shown, diff = (" ".join(block.split()) for block in blocks("text"))
    assert shown in printed("show", str(FOLDER / "fjellsund"), "--lang", "nb")
    assert diff in printed("diff", str(FOLDER / "fjellsund.yaml"), str(FOLDER / "fjellsund-stricter.yaml"))


def test_every_paragraph_of_the_regulation_is_a_rule_or_said_to_be_none() -> None:
    regulation = (FOLDER / "forskrift.md").read_text("utf-8")
    paragraphs = re.findall(r"\*\*§ (\d+) ", regulation)
    assert paragraphs == [str(number) for number in range(1, 13)]
    written = "".join(file.read_text("utf-8") for file in (FOLDER / "fjellsund").glob("*.yaml"))
    assert [number for number in paragraphs if not re.search(rf"§ {number}\b", written)] == []


def test_no_case_is_missing() -> None:
    told = printed("test", str(FOLDER / "fjellsund"), "--mutate", "--coverage", "--lang", "en")
    caught, every = re.findall(r"(\d+) of (\d+) changes", told)[0]
    assert caught == every and int(every) > 100
    assert "100 %" in told


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.yaml")), ids=lambda file: file.name)
def test_analysts_wrote_it_all_in_yaml(file: Path) -> None:
    assert plain(read_yaml(file))
    assert not list(FOLDER.rglob("*.py"))
