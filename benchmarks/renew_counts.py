"""Renew benchmarks/counts.yaml. Prints what has changed; the reason belongs in CHANGELOG.md."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.counts import FILE, FORMS, stored, text


def main() -> None:
    """Write the file, and say what is different."""
    before = stored() if FILE.exists() else {}
    FILE.write_text(text(), encoding="utf-8")
    after = stored()
    for form in FORMS:
        for name, value in after[form].items():
            old = before.get(form, {}).get(name)
            if old != value:
                print(f"{form} {name}: {old} -> {value}")


if __name__ == "__main__":
    main()
