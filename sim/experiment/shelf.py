"""Finished replications kept on disk, so that nothing finished is lost and nothing is run twice.

One file a point, one line a replication. Its name is the hash of all that its numbers depend on: scenarios, seed and program.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

#: Policy -> measure -> number, of one replication.
Figures = Mapping[str, Mapping[str, float | None]]


class ShelfError(Exception):
    """The shelf cannot be read or written; the text says which file and why."""


class Shelf:
    """The finished replications of a folder.

    Parameters
    ----------
    folder : Path
        Made when it is not there.
    fresh : bool
        Throw away what earlier runs left there.

    Raises
    ------
    ShelfError
        When the folder cannot be written.
    """

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if fresh:
                for file in folder.glob("*.jsonl"):
                    file.unlink()
        except OSError as error:
            raise ShelfError(f"{folder}: cannot be written ({error.strerror})") from None

    def read(self, key: str) -> dict[int, Figures]:
        """Give the finished replications of a point, by their number. A last line that was cut off does not count."""
        path = self.folder / f"{key}.jsonl"
        found: dict[int, Figures] = {}
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return found
        except OSError as error:
            raise ShelfError(f"{path}: cannot be read ({error.strerror})") from None
        for line in lines[:-1]:
            try:
                record = json.loads(line)
                found[int(record["k"])] = record["figures"]
            except (ValueError, KeyError, TypeError):
                continue  # written by halves: that replication is run again
        return found

    def add(self, key: str, k: int, figures: Figures) -> None:
        """Keep one replication."""
        path = self.folder / f"{key}.jsonl"
        try:
            # What was cut off before must not swallow the line that is added after it.
            with path.open("ab+") as file:
                if file.tell() > 0:
                    file.seek(-1, 2)
                    if file.read(1) != b"\n":
                        file.write(b"\n")
                file.write(json.dumps({"k": k, "figures": figures}, allow_nan=False).encode() + b"\n")
        except OSError as error:
            raise ShelfError(f"{path}: cannot be written ({error.strerror})") from None


def key_of(hashes: Sequence[tuple[str, str]], seed: int) -> str:
    """Give the name of a point: the hash of its policies with their scenarios, the seed, and the program."""
    content = json.dumps([list(map(list, hashes)), seed, program_hash()])
    return hashlib.sha256(content.encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def program_hash() -> str:
    """Give the hash of the source of every room that takes part in a replication."""
    root = Path(__file__).parents[2]
    rooms = ("rules", "sim/kernel", "sim/world", "sim/scenario", "sim/measures", "sim/replication")
    digest = hashlib.sha256()
    for file in sorted(file for room in rooms for file in (root / room).rglob("*.py")):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
