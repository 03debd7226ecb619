"""The examples of docs/library.md do what the page says."""

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_example_prints_what_stands_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = BLOCK.findall(PAGE)
    assert sum(kind == "text" for kind, _ in blocks) >= 7
    names: dict[str, object] = {}
    for (kind, code), (below, text) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if kind == "python":
            said = StringIO()
            with redirect_stdout(said):
                exec(compile(code, "docs/library.md", "exec"), names)
            assert said.getvalue() == (text if below == "text" else "")
