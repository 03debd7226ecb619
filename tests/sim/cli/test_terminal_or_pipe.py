"""A drawn table on a terminal, plain lines in a pipe; nothing is coloured, and the path of the report comes last."""

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli.terminal import table

ROOT = Path(__file__).parents[3]
ROWS = [["Wait [days]", "x", "1"], ["Æ" * 30, "y", "2"]]
COLOUR = re.compile(r"\x1b\[[0-9;]*(?:3[0-8]|4[0-8]|9[0-7])[0-9;]*m")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, **environ: str) -> str:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    table("Title [bold]", "", ("Measure", "Unit", "Mean"), ROWS, stream)
    return stream.getvalue()


def test_plain_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    text = drawn(monkeypatch, io.StringIO(), FORCE_COLOR="1", TERM="xterm-256color")
    assert "\x1b" not in text and "─" not in text
    assert text.splitlines()[2:] == [
        f"Measure{' ' * 23}  Unit  Mean",
        f"Wait [days]{' ' * 19}  x        1",
        f"{'Æ' * 30}  y        2",
        "",
    ]


@pytest.mark.parametrize("environ", [{"TERM": "xterm-256color"}, {"TERM": "xterm-256color", "NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_drawn_on_a_terminal_without_colours(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> None:
    text = drawn(monkeypatch, Terminal(), COLUMNS="40", **environ)
    assert "─" in text and "Title [bold]" in text and "Wait [days]" in text
    width = 80 if environ["TERM"] == "dumb" else 40
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in text.splitlines()) <= width
    assert not COLOUR.search(text)
    assert ("\x1b" in text) == (environ["TERM"] != "dumb"), "bold, where the terminal knows it"


def test_the_path_of_the_report_comes_last(tmp_path: Path) -> None:
    """On one terminal for everything, as people have it."""
    ours, theirs = pty.openpty()
    line = [
        "run",
        "tests/whole/two_ladders.yaml",
        "--replications",
        "1",
        "--years",
        "1",
        "--workers",
        "1",
        "--out",
        str(tmp_path / "o"),
    ]
    with subprocess.Popen(
        [sys.executable, "run_sim.py", *line], cwd=ROOT, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL
    ) as of:
        os.close(theirs)
        text = ""
        try:
            while some := os.read(ours, 65536):
                text += some.decode("utf-8", "replace")
        except OSError:  # the other end is closed
            pass
        assert of.wait(60) == 0, text
    os.close(ours)
    assert text.rstrip().splitlines()[-1] == str(tmp_path / "o" / "report.html")
    assert "─" in text and not COLOUR.search(text)
