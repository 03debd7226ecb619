"""The bytes of an input file, as text; and why they are not."""

import codecs
from pathlib import Path
from typing import NoReturn

from rules.reading.findings import Place, fail
from rules.reading.suggest import closest

MAX_BYTES = 10_000_000

_OTHER_ENCODINGS = (
    (codecs.BOM_UTF8, "UTF-8 with a byte-order mark"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_text(path: str | Path) -> str:
    """Read a file as UTF-8 text.

    Raises
    ------
    InputError
        For a file that is missing, a folder, unreadable, larger than `MAX_BYTES` or not UTF-8, and for one
        that begins with a byte-order mark.
    """
    top = Place(str(path), 1, 1, "")
    try:
        content = _read_bytes(Path(path), top)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or "its name is not allowed"
        fail("unreadable", f"the file cannot be read ({reason})", top)
    for mark, name in _OTHER_ENCODINGS:
        if content.startswith(mark):
            fail("byte-order-mark", f"the file is saved as {name}", top, 'save it as "UTF-8 without BOM"')
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_bytes(content, error.start, str(path))


def is_folder(path: str | Path) -> bool:
    """Tell whether a path is a folder; of one that the system refuses to look at, whoever reads it says why."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _read_bytes(path: Path, top: Place) -> bytes:
    if path.is_dir():
        fail("folder", "this is a folder, not a file", top, "name one file in it")
    if not path.exists():
        folder = path.parent
        names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
        near = closest(path.name, names)
        hint = None if near is None else str(folder / near)
        fail("missing-file", "there is no such file", top, hint and f"did you mean {hint}?")
    if not path.is_file():
        fail("unreadable", "this is not an ordinary file", top)
    if path.stat().st_size > MAX_BYTES:
        fail("too-large", f"the file is larger than {MAX_BYTES // 1_000_000} MB", top)
    return path.read_bytes()


def _refuse_bytes(content: bytes, start: int, file: str) -> NoReturn:
    before = content[:start].decode("utf-8")
    line_start = before.rfind("\n") + 1
    end = content.find(b"\n", start)
    rest = content[start : end if end >= 0 else len(content)].decode("cp1252", errors="replace")
    line = before[line_start:] + rest.rstrip("\r")
    place = Place(file, before.count("\n") + 1, len(before) - line_start + 1, line)
    meant = content[start : start + 1].decode("cp1252", errors="replace")
    fail("not-utf-8", f"the file is not UTF-8 (the byte 0x{content[start]:02X}, in Windows-1252 {meant!r})",
         place, "save it as UTF-8")  # fmt: skip
