"""The same engine, compiled: ``python -m sim.native`` makes machine code of the modules listed here, from their Python source.

Nothing is written twice. mypyc compiles the typed modules as they stand, so that what a reader sees is what runs, and the
results are the same to the last digit: a test runs both. Only SplitMix64, whose 64-bit arithmetic Python has no word for,
stands in C beside its Python form (`splitmix.c`, `sim.kernel.draws`).

What is made lies under the hash of all sources it was made from. When one of them changes, the hash is another and the Python
source runs, until the command is given again: an edited file is never shadowed by an old one. ``BOLIGTRAPP_NATIVE=0`` runs the
Python source in any case.
"""

from __future__ import annotations

import os
import platform
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / ".native"
SPLITMIX = "sim.kernel._splitmix"

#: What is compiled. Not among them: modules of parameters, whose pydantic classes are made when they are imported.
MODULES = (
    "sim.kernel.clock",
    "sim.kernel.integrals",
    "sim.measures.rows",
    "sim.world.allocation",
    "sim.world.arrivals",
    "sim.world.building",
    "sim.world.clocks",
    "sim.world.core_facts",
    "sim.world.discretion",
    "sim.world.layers",
    "sim.world.moments",
    "sim.world.moves",
    "sim.world.ongoing",
    "sim.world.profile",
    "sim.world.queue",
    "sim.world.recording",
    "sim.world.regimes",
    "sim.world.settle",
    "sim.world.start",
    "sim.world.state",
    "sim.world.states",
    "sim.world.stays",
    "sim.world.transitions",
    "sim.world.wake",
    "sim.world.world",
    "sim.world.verbs.applications",
    "sim.world.verbs.departure",
    "sim.world.verbs.dwellings",
    "sim.world.verbs.guard",
    "sim.world.verbs.leaving",
    "sim.world.verbs.lives",
    "sim.world.verbs.offers",
    "sim.world.verbs.tenancy",
    "sim.world.mechanisms.absences",
    "sim.world.mechanisms.asks",
    "sim.world.mechanisms.assessment",
    "sim.world.mechanisms.continuity",
    "sim.world.mechanisms.crossing",
    "sim.world.mechanisms.demand",
    "sim.world.mechanisms.incidents",
    "sim.world.mechanisms.keeping",
    "sim.world.mechanisms.months",
    "sim.world.mechanisms.neighbours",
    "sim.world.mechanisms.posts",
    "sim.world.mechanisms.programme",
    "sim.world.mechanisms.programme_homes",
    "sim.world.mechanisms.programmes",
    "sim.world.mechanisms.received",
    "sim.world.mechanisms.seats",
    "sim.world.mechanisms.services",
    "sim.world.mechanisms.sharing",
    "sim.world.mechanisms.strain",
    "sim.world.mechanisms.team",
    "sim.world.mechanisms.tenancy",
    "sim.world.mechanisms.told",
)


def sources() -> Iterator[Path]:
    """Every file on which what is made may depend: the modules, what they take types from, and how they are compiled."""
    for folder in ("kernel", "world", "native"):
        yield from sorted((ROOT / "sim" / folder).rglob("*.py"))
    for module in ("records", "rows"):
        yield ROOT / "sim" / "measures" / f"{module}.py"
    yield ROOT / "sim" / "native" / "splitmix.c"


def key() -> str:
    """Return the hash of the sources, and of the Python and machine that what is made is for."""
    found = sha256(f"{sysconfig.get_config_var('SOABI')} {sys.version} {platform.platform()}".encode())
    for file in sources():
        found.update(file.relative_to(ROOT).as_posix().encode())
        found.update(file.read_bytes())
    return found.hexdigest()[:20]


def folder() -> Path:
    """Return where what is made of the present sources lies, or would lie."""
    return BUILT / key()


def in_use() -> bool:
    """Whether this process runs compiled modules."""
    return any(isinstance(finder, Finder) for finder in sys.meta_path)


def use() -> None:
    """Let the compiled modules be imported in place of their source, where they have been made of just this source."""
    # Nothing to hash for who has never compiled.
    if os.environ.get("BOLIGTRAPP_NATIVE") != "0" and BUILT.is_dir() and (made := folder()).is_dir() and not in_use():
        sys.meta_path.insert(0, Finder(made))


class Finder:
    """Finds the modules in a folder of compiled ones, by their full names."""

    def __init__(self, made: Path) -> None:
        suffix = next(s for s in EXTENSION_SUFFIXES)
        self._files = {".".join(file.relative_to(made).parts)[: -len(suffix)]: file for file in made.rglob(f"*{suffix}")}

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return the compiled module of this name, if there is one."""
        file = self._files.get(name)
        return None if file is None else spec_from_file_location(name, file)
