"""What tests of many commands share."""

from pathlib import Path

import engine_double
import pytest

import sim.cli.engine


@pytest.fixture
def small_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A world of arithmetic in place of the simulated one, and an empty folder to stand in."""
    monkeypatch.setattr(sim.cli.engine, "engine", engine_double.engine)
    monkeypatch.chdir(tmp_path)
