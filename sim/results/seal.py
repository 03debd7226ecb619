"""Hashes that tell a results folder as it was written from one that was cut off or edited."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SEAL = "seal"


def file_hash(path: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal(run: Mapping[str, Any]) -> str:
    """Give the SHA-256 of the contents of `run.json`, its own seal left out and its keys in order."""
    content = {key: value for key, value in run.items() if key != SEAL}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
