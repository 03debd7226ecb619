"""From Python source to machine code: a copy of the source, mypyc, a C compiler, and one move into place."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from sim.native import BUILT, MODULES, ROOT, SPLITMIX, folder

# Contracted multiplications and additions would give other last digits than Python on machines that have them.
FLAGS = "-O3 -g0 -ffp-contract=off"
SETUP = """
import sys
from mypyc.build import mypycify
from setuptools import Extension, setup

files, splitmix, flags = sys.argv[1].split(), sys.argv[2], sys.argv[3].split()
sys.argv[1:] = ["build_ext", "--inplace"]
made = mypycify(["--follow-imports=silent", "--ignore-missing-imports", *files], opt_level="3", debug_level="0")
made.append(Extension(splitmix, ["sim/native/splitmix.c"]))
if sys.platform != "win32":
    for extension in made:
        extension.extra_compile_args = [*(extension.extra_compile_args or []), *flags]
setup(name="native", packages=[], ext_modules=made)
"""


class BuildError(Exception):
    """What kept the engine from being compiled, in one sentence."""


def build() -> tuple[Path, float]:
    """Compile the present sources, unless that has been done.

    Returns
    -------
    folder, seconds
        Where it lies; how long it took, 0 if it was there before.

    Raises
    ------
    BuildError
        Without mypyc or a C compiler, or where one of them fails.
    """
    made = folder()
    if made.is_dir():
        return made, 0.0
    for module in ("mypyc", "setuptools"):
        if find_spec(module) is None:
            raise BuildError(f'{module} is not installed: pip install -e ".[native]"')
    began = time.perf_counter()
    try:
        BUILT.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=BUILT, prefix="making-") as place:
            _compile(Path(place))
            result = Path(place) / "made"
            _gather(Path(place), result)
            result.rename(made)
    except OSError as error:
        if not made.is_dir():  # another process may have been first
            raise BuildError(f"{BUILT} cannot be written: {error}") from error
    for old in BUILT.iterdir():
        if old != made and not old.name.startswith("making-"):
            shutil.rmtree(old, ignore_errors=True)
    return made, time.perf_counter() - began


def _compile(place: Path) -> None:
    hidden = shutil.ignore_patterns(".*", "__pycache__", "*.so", "*.pyd")
    for package in ("sim", "rules"):
        shutil.copytree(ROOT / package, place / package, ignore=hidden)
    files = " ".join(module.replace(".", "/") + ".py" for module in MODULES)
    command = [sys.executable, "-c", SETUP, files, SPLITMIX, FLAGS]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if "error" in line.lower()]
        raise BuildError(said[-1].strip() if said else "the C compiler failed without a word")


def _gather(place: Path, result: Path) -> None:
    """Move what was made in place, and nothing else, into a folder of its own."""
    for file in (*place.glob("*__mypyc.*"), *(place / "sim").rglob("*")):
        if file.suffix in (".so", ".pyd"):
            kept = result / file.relative_to(place)
            kept.parent.mkdir(parents=True, exist_ok=True)
            file.rename(kept)
