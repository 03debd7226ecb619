"""Worked cases of rule sets (``*.test.yaml``) are pytest tests: one item for each case."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Tests look into the engine and replace parts of it: they run its Python source, unless told to run what has been compiled.
os.environ.setdefault("BOLIGTRAPP_NATIVE", "0")

from rules.reading import InputError
from rules.ruleset.merge import CASES_SUFFIX

# Where a shell without job control starts the tests in the background, Ctrl-C is ignored, and so it would be by every process
# that a test starts and interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect files of worked cases."""
    return CasesOfRules.from_parent(parent, path=file_path) if file_path.name.endswith(CASES_SUFFIX) else None


class CasesOfRules(pytest.File):
    """A file of worked cases."""

    def collect(self) -> Iterator[pytest.Item]:
        """Give one item for each case."""
        from rules.verify import load_cases

        try:
            loaded = load_cases(self.path)
        except InputError as error:
            raise self.CollectError(str(error)) from None
        for name in loaded.record.cases:
            yield WorkedCase.from_parent(self, name=name, loaded=loaded)


class WorkedCase(pytest.Item):
    """One worked case."""

    def __init__(self, loaded: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.loaded = loaded

    def runtest(self) -> None:
        """Fail with the findings of the case."""
        result = self.loaded.run(self.name)
        if result.failures:
            pytest.fail("\n".join(failure.render() for failure in result.failures), pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where the case stands."""
        return self.path, 0, f"case {self.name}"
