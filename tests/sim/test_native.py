"""The compiled engine is the Python source: found only for just that source, and with the same results to the last digit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim import native
from sim.native import build

ROOT = Path(__file__).resolve().parents[2]

ASK = """
import json, pickle, sys
from hashlib import sha256
from sim import native
from sim.kernel import draws
from sim.replication import replicate
from sim.scenario import load_scenario

found = {"native": native.in_use()}
for name, years in (("benchmarks/core.yaml", 2.0), ("benchmarks/core_competing.yaml", 2.0), ("scenarios/baerum.yaml", 1.0)):
    scenario = load_scenario(name, years=years)
    for seed in (1, 2):
        result = replicate(scenario, seed, 0, keep_records=True)
        assert pickle.loads(pickle.dumps(result)) == result, "what a worker sends is not what it found"
        found[f"{name} {seed}"] = sha256(repr((result.records, result.figures, result.tables)).encode()).hexdigest()
keys = [(draws.entity_key(1, 2, str(n)), draws.purpose(str(n)), k) for n in range(300) for k in (0, 1, 2, 10**6, 2**40)]
assert all(draws.uniform(*key) == draws.uniform_in_python(*key) for key in keys)
print(json.dumps(found))
"""


def asked(native_or_not: str) -> dict[str, object]:
    environment = {**os.environ, "BOLIGTRAPP_NATIVE": native_or_not, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.long
def test_the_results_are_the_same_to_the_last_digit() -> None:
    try:
        build.build()
    except build.BuildError as error:
        pytest.skip(str(error))
    compiled, as_python = asked("1"), asked("0")
    assert compiled.pop("native") is True and as_python.pop("native") is False
    assert compiled == as_python and len(compiled) == 6


def test_an_edited_source_has_another_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    listed = list(native.sources())
    edited = tmp_path / "sim" / "clock.py"
    edited.parent.mkdir()
    edited.write_text("one = 1\n", encoding="utf-8")
    monkeypatch.setattr(native, "ROOT", tmp_path)
    monkeypatch.setattr(native, "sources", lambda: iter([edited]))
    before = native.key()
    edited.write_text("one = 2\n", encoding="utf-8")
    assert native.key() != before
    files = {file.relative_to(ROOT).as_posix() for file in listed}
    assert all(module.replace(".", "/") + ".py" in files for module in native.MODULES)


def test_compiled_modules_are_used_only_where_wanted_and_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setattr(native, "BUILT", tmp_path)
    monkeypatch.setenv("BOLIGTRAPP_NATIVE", "1")
    native.use()
    assert not native.in_use()
    native.folder().mkdir()
    monkeypatch.setenv("BOLIGTRAPP_NATIVE", "0")
    native.use()
    assert not native.in_use()
    monkeypatch.setenv("BOLIGTRAPP_NATIVE", "1")
    native.use()
    assert native.in_use()


def test_without_a_compiler_the_reason_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build, "folder", lambda: tmp_path / "nothing")
    monkeypatch.setattr(build, "find_spec", lambda _: None)
    with pytest.raises(build.BuildError, match="mypyc is not installed: pip install"):
        build.build()
