"""The pages about findings, and the lines that their examples begin with."""

import re
from pathlib import Path

PAGES = Path(__file__).parents[2] / "docs" / "findings"


def blocks(file: Path) -> list[str]:
    """Give the YAML examples of a page."""
    return re.findall(r"```yaml\n(.*?)```", file.read_text(encoding="utf-8"), re.DOTALL)


HEAD = blocks(PAGES / "README.md")[-1]
