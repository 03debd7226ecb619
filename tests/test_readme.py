"""What the README and the docs tell people to type works, and is what .ci/run types."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
README = PAGES[0].read_text(encoding="utf-8")

SETUP = "python3 -m venv .venv && . .venv/bin/activate && pip install -e "
MAIN_JOB = "python run_sim.py compare scenarios/baerum.yaml scenarios/four-more-firemannsboliger.yaml --replications 20"


def blocks(page: Path) -> list[str]:
    """Give the lines of all blocks marked as bash."""
    found = re.findall(r"^```bash\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [line for block in found for line in block.splitlines() if line.strip()]


def own_commands() -> list[tuple[str, str]]:
    """Give every command of ours in the pages, without what sets it up."""
    commands = []
    for page in PAGES:
        for line in blocks(page):
            command = line.removeprefix(SETUP + ". && ")
            if command.startswith(("python run_sim.py ", "boligtrapp ")):
                commands.append((page.name, command))
    return commands


def test_the_first_line_is_the_main_job() -> None:
    first, second = (line for line in blocks(PAGES[0]) if line.startswith("python3 -m venv"))
    assert first == f"{SETUP}. && {MAIN_JOB}"
    assert second == f'{SETUP}".[dev]" && pytest'


def test_ci_types_the_lines_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.splitlines()[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in script
    assert script.rstrip().splitlines()[-1].startswith("pytest")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    extractions = re.findall(r"\$\(sed -n '(.*?)' README\.md\)", script)
    found = [
        subprocess.run(["sed", "-n", of, "README.md"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
        for of in extractions
    ]
    assert found == [[f'{SETUP}".[dev]" && pytest'], [MAIN_JOB]]


@pytest.mark.parametrize(("page", "command"), own_commands(), ids=lambda of: of[:60])
def test_commands_work_as_printed(page: str, command: str, tmp_path: Path) -> None:
    words = shlex.split(command)
    words = words[2:] if words[0] == "python" else words[1:]
    if words[0] in ("run", "compare"):
        # The same command, shorter: a later --replications stands in for the one that is printed.
        words += ["--replications", "2", "--years", "3", "--workers", "1", "--out", str(tmp_path / "results")]
        words = [word for word in words if word != "--quiet"]
    found = subprocess.run(
        [sys.executable, "run_sim.py", *words], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert found.returncode == 0, found.stderr
    assert found.stdout


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            assert "://" in target or (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_command_stands_in_the_readme() -> None:
    found = subprocess.run([sys.executable, "run_sim.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^  ([a-z]+) {2,}\S", found.partition("Commands:")[2], re.MULTILINE)
    assert commands
    assert [command for command in commands if f"| `{command}" not in README] == []
