"""Who may import whom (docs/architecture.md), and what worker processes must not load."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: Room -> the rooms it may import; a longer name is a single module of a room. The ground floor first.
MAY_IMPORT: dict[str, set[str]] = {
    "rules.reading": set(),
    "rules.language": {"rules.reading"},
    "rules.ruleset": {"rules.reading", "rules.language"},
    "rules.decide": {"rules.reading", "rules.language", "rules.ruleset"},
    "rules.verify": {"rules.reading", "rules.language", "rules.ruleset", "rules.decide"},
    "rules.explain": {"rules.reading", "rules.language", "rules.ruleset", "rules.decide", "rules.verify"},
    "rules.show": {"rules.reading", "rules.language", "rules.ruleset"},
    "rules.diff": {"rules.reading", "rules.language", "rules.ruleset", "rules.decide", "rules.verify", "rules.show"},
    "rules.library": {"rules.reading", "rules.language", "rules.ruleset", "rules.decide", "rules.verify"},
    "rules": {
        "rules.reading",
        "rules.language",
        "rules.ruleset",
        "rules.decide",
        "rules.verify",
        "rules.explain",
        "rules.library",
    },
    "sim.native": set(),
    "sim.kernel": set(),
    "sim.measures": set(),
    "sim.results": set(),
    "sim.world": {"sim.kernel", "rules", "rules.reading", "sim.measures.records"},
    "sim.scenario": {
        "sim.world",
        "sim.kernel",
        "sim.measures.settings",
        "rules",
        "rules.reading",
        "rules.language",
        "rules.ruleset",
    },
    "sim.importing": {"sim.scenario", "sim.world", "rules.reading", "rules.language"},
    "sim.replication": {"sim.kernel", "sim.scenario", "sim.world", "sim.measures", "rules", "rules.explain"},
    "sim.experiment": {"sim.replication", "sim.measures"},
    "sim.report": {"sim.results"},
    "sim.cli": {
        "sim.importing",
        "sim.experiment",
        "sim.replication",
        "sim.scenario",
        "sim.world",
        "sim.measures",
        "sim.results",
        "sim.report",
        "rules",
        "rules.reading",
        "rules.ruleset",
        "rules.verify",
        "rules.show",
        "rules.diff",
        "rules.library",
    },
}
ROOMS = sorted(MAY_IMPORT, key=len, reverse=True)


def files() -> list[Path]:
    return sorted(file for package in ("rules", "sim") for file in (ROOT / package).rglob("*.py"))


def module_of(file: Path) -> str:
    name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def room_of(module: str) -> str | None:
    return next((room for room in ROOMS if module == room or module.startswith(room + ".")), None)


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Give every module of ours that a file imports, wherever in the file it does so."""
    package = module_of(file) if file.name == "__init__.py" else module_of(file).rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            base = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            # `from sim.measures import records` imports a module, `from sim.measures import measure` does not.
            names = [name if is_module(name := f"{module}.{alias.name}") else module for alias in node.names]
        yield from ((node.lineno, name) for name in names if name.split(".")[0] in ("rules", "sim"))


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def allowed(room: str, imported: str) -> bool:
    target = room_of(imported)
    if target == room:
        return True
    may = MAY_IMPORT[room]
    if target in may and not (target == "rules" and imported != "rules"):
        return True
    return any(imported == name or imported.startswith(name + ".") for name in may if room_of(name) != name)


def test_every_room_stands_in_the_table() -> None:
    strays = [module_of(file) for file in files() if room_of(module_of(file)) is None and module_of(file) != "sim"]
    assert strays == []


def test_the_table_is_that_of_the_architecture_page() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    missing = [room for room in MAY_IMPORT if room != "rules" and f"`{room.replace('.', '/')}`" not in page]
    assert missing == []


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_nothing_reads_upstream(room: str) -> None:
    wrong = [
        f"{file.relative_to(ROOT)}:{line} imports {imported}"
        for file in files()
        if room_of(module_of(file)) == room
        for line, imported in imports(file)
        if not allowed(room, imported)
    ]
    assert wrong == []


def test_the_rooms_form_no_circle() -> None:
    graph: dict[str, set[str]] = {room: set() for room in MAY_IMPORT}
    for file in files():
        room = room_of(module_of(file))
        if room is not None:
            graph[room] |= {target for _, name in imports(file) if (target := room_of(name)) not in (None, room)}
    TopologicalSorter(graph).prepare()  # raises CycleError with the circle


def test_no_file_is_called_after_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert [str(file.relative_to(ROOT)) for file in files() if empty & set(file.stem.split("_"))] == []


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("sim.replication", ("altair", "scipy", "duckdb", "rich", "typer", "jinja2", "sim.cli", "sim.results", "sim.report")),
        ("sim.scenario", ("altair", "scipy", "duckdb", "rich", "typer", "jinja2", "sim.cli", "sim.results", "sim.report")),
        ("sim.experiment", ("altair", "scipy", "duckdb", "rich", "typer", "numpy", "sim.cli")),
        ("sim.cli", ("altair", "scipy", "duckdb", "rich", "typer", "numpy", "pydantic")),
        ("sim.cli.app", ("altair", "scipy", "duckdb", "numpy", "simpy")),
    ],
)
def test_what_is_imported_stays_light(module: str, heavy: tuple[str, ...]) -> None:
    """Workers import `sim.replication`, of whom the memory is counted; everyone waits for the commands."""
    program = f"import sys, {module}; print([name for name in {heavy!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout.strip()) == (0, "[]"), found.stderr


def test_the_start_script_loads_nothing_outside_its_guard() -> None:
    """Worker processes import it too."""
    program = "import sys, runpy; runpy.run_path('run_sim.py', run_name='__mp_main__'); print('sim' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
    assert len((ROOT / "run_sim.py").read_text(encoding="utf-8").splitlines()) <= 10


def test_a_foreign_package_called_rules_is_told(tmp_path: Path) -> None:
    """PyPI has a `rules`, which overwrites ours without a word."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "__init__.py").write_text("VERSION = (3, 5)\n")
    program = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]; from sim.cli import main; main()"
    found = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.returncode == 2
    assert "pip uninstall rules" in found.stderr and str(tmp_path) in found.stderr
    assert "Traceback" not in found.stderr
