"""What the system refuses (long names, full disks, files that are not ours to read) is told in words, with exit code 2."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sim.cli.app import app

ROOT = Path(__file__).parents[3]
SCENARIO = ROOT / "tests" / "validation" / "scenarios" / "impatient.yaml"
SHORT = ("--replications", "1", "--years", "1", "--workers", "1", "--lang", "en")
LONG = "x" * 300


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def call(*words: str) -> Any:
    return CliRunner().invoke(app, [*words])


@pytest.mark.parametrize(
    "words",
    [
        ("run", LONG),
        ("run", str(SCENARIO), *SHORT, "--out", LONG),
        ("compare", LONG, LONG),
        ("check", LONG),
        ("test", LONG),
        ("test", LONG + ".test.yaml"),
        ("test", "--coverage", LONG),
        ("show", LONG),
        ("diff", LONG, LONG),
        ("explain", LONG, "--decision", "1"),
        ("schema", "--out", LONG),
    ],
)
def test_a_name_too_long(words: tuple[str, ...]) -> None:
    result = call(*words)
    assert result.exit_code == 2, result.exception
    assert LONG in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for root nothing is forbidden, the refusal is made."""
    Path("rules").mkdir()

    def refuse(path: Path) -> Any:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    for words, says in (
        (("show", "rules"), "rules: kan ikke leses eller skrives (mangler tilgang)"),
        (("check", "rules", "--lang", "en"), "rules: cannot be read or written (Permission denied)"),
    ):
        result = call(*words)
        assert (result.exit_code, result.stderr.strip()) == (2, says)


def process(*words: str, stdout: Any = subprocess.PIPE, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    def begin() -> None:
        if limit is not None:
            import resource

            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, str(ROOT / "run_sim.py"), *words],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=begin if limit else None,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize(
    "words", [("--help",), ("check", str(SCENARIO)), ("run", str(SCENARIO), *SHORT, "--json"), ("schema", "sources")]
)
def test_stdout_on_a_full_disk(words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        result = process(*words, stdout=full)
    assert result.returncode == 2
    assert "No space left on device" in result.stderr or "disken er full" in result.stderr
    assert "Traceback" not in result.stderr and "Exception ignored" not in result.stderr
    if words[0] == "run":
        assert Path("results").is_dir(), "what was finished is kept"


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="limits are of POSIX")
@pytest.mark.parametrize("limit", [60_000, 4_000])
def test_figures_are_printed_when_the_folder_cannot_be_written(limit: int) -> None:
    result = process(
        "run", str(SCENARIO), "--replications", "30", "--years", "3", "--workers", "1", "--out", "found", limit=limit
    )
    assert result.returncode == 2
    assert "found: kan ikke skrives (filen er for stor)" in result.stderr
    assert "replikasjoner; ingen resultatmappe ble skrevet" in result.stderr
    assert "95 %" in result.stdout, "the table of what was finished"
    assert list(Path().iterdir()) == []
