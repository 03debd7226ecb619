"""A JSON file as data, or why it cannot be read."""

import json
from pathlib import Path
from typing import Any

from sim.results.errors import ResultsError


def read_json(path: Path) -> dict[str, Any]:
    """Read a file that holds one JSON object.

    Raises
    ------
    ResultsError
        For a file that cannot be read, or is cut off or edited.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        where = f":{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise ResultsError(f"{path}{where}: this is not whole JSON; the file is cut off or edited") from None
    except OSError as error:
        raise ResultsError(f"{path}: cannot be read ({error.strerror})") from None
    if not isinstance(content, dict):
        raise ResultsError(f"{path}: holds no JSON object; the file is cut off or edited")
    return content
