"""Two runs that write the same folder at once: both end well, and one whole folder stands."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sim.results.writer import _put


def place(base: str, name: str, rounds: int) -> None:
    for number in range(rounds):
        work = Path(base) / f".{name}-{number}"
        work.mkdir()
        (work / "run.json").write_text(json.dumps({"by": name}), encoding="utf-8")
        (work / "more.txt").write_text(name, encoding="utf-8")
        _put(work, Path(base) / "results")


def test_folders_placed_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda name: place(str(tmp_path), name, 200), ("a", "b")))
    found = tmp_path / "results"
    assert json.loads((found / "run.json").read_text())["by"] == (found / "more.txt").read_text()
    assert [file.name for file in tmp_path.iterdir()] == ["results"]
