"""The kernel is the ground floor: what it may import, and what it shows."""

import ast
import sys
from pathlib import Path

import sim.kernel

ALLOWED = {"simpy", "sim.kernel", *sys.stdlib_module_names}


def test_imports_nothing_but_simpy_and_the_standard_library() -> None:
    for path in Path(sim.kernel.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] in ALLOWED or name.startswith("sim.kernel."), (path.name, name)


def test_every_public_name_exists_and_is_documented() -> None:
    for name in sim.kernel.__all__:
        thing = getattr(sim.kernel, name)
        assert isinstance(thing, int) or thing.__doc__
