"""Keys of people: hashed with a secret that stays outside the project, and never a national identity number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from rules.reading import Finding, Place, fail
from sim.scenario.cells import Sheet

_SHORTEST = 16
_IDENTITY = re.compile(r"(?<![\w-])\d{6}[ .-]?\d{5}(?![\w-])")  # not a stretch of a uuid
_HEADING = re.compile(r"f(ø|oe?)dsels?n|personn(umme)?r|^f\.?nr|d-?nummer|identity number", re.IGNORECASE)


class Pseudonyms:
    """From a key to a pseudonym: the same for the same key and secret, and no way back without the secret."""

    def __init__(self, secret: bytes | None) -> None:
        self._secret = secret

    def of(self, key: str) -> str:
        """Return the pseudonym of a key; the key itself where there is no secret."""
        if self._secret is None:
            return key
        return "p-" + blake2b(key.encode(), key=self._secret, digest_size=10, person=b"household").hexdigest()


def read_secret(path: Path, named: Place) -> bytes:
    """Read the secret of a municipality.

    Raises
    ------
    InputError
        When there is none, it is too short to keep anybody hidden, or it lies where git would keep it.
    """
    folder = repository(path)
    if folder is not None:
        message = f"the secret lies in a folder that git looks after ({folder})"
        fail("secret-in-git", message, named, "keep it outside the project")
    if not path.is_file():
        fail("missing-file", f"there is no file {path} with a secret", named,
             "make one with: python -c 'import secrets; print(secrets.token_hex(32))'")  # fmt: skip
    secret = path.read_bytes().strip()
    if len(secret) < _SHORTEST:
        fail("short-secret", f"the secret has {len(secret)} characters, and should have {_SHORTEST} or more", named)
    return blake2b(secret, digest_size=32).digest()


def repository(path: Path) -> Path | None:
    """Return the folder of the git repository that a path lies in."""
    for folder in path.resolve().parents:
        if (folder / ".git").exists():
            return folder
    return None


def identity_numbers(sheet: Sheet) -> Iterator[Finding]:
    """Find national identity numbers, in any column of a table about people. They are never shown."""
    hint = "take the column out, or put keys of your own in its place"
    for number, heading in enumerate(sheet.headings, start=1):
        if _HEADING.search(heading):
            message = f"the column {heading!r} is for national identity numbers"
            yield Finding("identity-number", message, Place(sheet.file, 1, number, ""), hint)
    for row in sheet.rows:
        for cell in row.values():
            if _IDENTITY.search(cell.text):
                yield cell.finding("identity-number", "eleven digits, as in a national identity number", hint)
