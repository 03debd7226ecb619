"""Every command of docs/experiments.md works as printed, with the files that the page shows; here with fewer replications."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "experiments.md").read_text(encoding="utf-8")
#: A later option stands in for the one that is printed.
FEWER = {
    "compare": ["--replications", "2", "--years", "3"],
    "sweep": ["--replications", "1", "--years", "3"],
    "sensitivity": ["--replications", "2", "--years", "3"],
    "optimise": ["--replications", "5", "--max-replications", "5", "--years", "3"],
    "calibrate": ["--replications", "2", "--points", "6", "--waves", "1", "--years", "2"],
}
HEAD = f"""\
extends: {ROOT / "scenarios" / "baerum.yaml"}
name: small-houses
label: {{nb: Små hus, en: Small houses}}
question: {{nb: Hvor mange?, en: How many?}}
policy_from: 2027-01-01
"""


def commands() -> list[str]:
    """Give the commands of the page, each in one line; those that leave something out are not whole."""
    blocks = re.findall(r"^    python run_sim\.py (?:.*\\\n)*.*", PAGE, re.MULTILINE)
    lines = [" ".join(block.replace("\\\n", " ").split()) for block in blocks]
    return [line for line in lines if "..." not in line]


def indented(first: str) -> str:
    """Give the indented block that begins with a line."""
    found = re.search(rf"^    {first}\n(?:    .*\n)*", PAGE, re.MULTILINE)
    assert found is not None
    return re.sub("^    ", "", found[0], flags=re.MULTILINE)


def test_every_kind_of_study_is_shown() -> None:
    assert {line.split()[2] for line in commands()} == set(FEWER)


@pytest.mark.long
@pytest.mark.parametrize("line", commands(), ids=lambda line: " ".join(line.split()[2:5]))
def test_commands_work_as_printed(line: str, tmp_path: Path) -> None:
    (tmp_path / "small-houses.yaml").write_text(HEAD + indented("changes:"), encoding="utf-8")
    (tmp_path / "observed.yaml").write_text(indented("observed:"), encoding="utf-8")
    words = [str(tmp_path / word) if word in ("small-houses.yaml", "observed.yaml") else word for word in shlex.split(line)[2:]]
    words += [*FEWER[words[0]], "--workers", "2", "--quiet", "--out", str(tmp_path / "out")]
    words += ["--sobol", "2"] * ("--sobol" in words) + ["--points", "2"] * ("spread" in words)
    found = subprocess.run([sys.executable, "run_sim.py", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    # 3: so few replications do not decide.
    assert found.returncode in (0, 3), found.stderr
    assert found.stdout and (tmp_path / "out" / "report.html").is_file()
