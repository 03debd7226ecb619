"""Renew docs/model/baerum: what docs/model.md leaves to the YAML, written from a scenario as it stands.

    python docs/model/renew.py            # writes the pages
    python docs/model/renew.py --check    # writes nothing; says which pages are not current, and ends with 1 if there are any

Nothing is run: a renewal takes some seconds.
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from written import exists, happens, numbers, prices, rulebook
from written.model import Model

HERE = Path(__file__).resolve().parent
SCENARIO, PAGES = HERE.parents[1] / "scenarios" / "baerum.yaml", HERE / "baerum"


def main() -> int:
    """Write the pages, or tell which are not current."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, and tell which pages are not current")
    parser.add_argument("--scenario", type=Path, default=SCENARIO)
    asked = parser.parse_args()
    now, kept = pages(asked.scenario), {path.name: path.read_text(encoding="utf-8") for path in sorted(PAGES.glob("*.md"))}
    if asked.check:
        stale = sorted(name for name in now.keys() | kept.keys() if now.get(name) != kept.get(name))
        for name in stale:
            print(f"docs/model/baerum/{name} is not what the scenario says: run python docs/model/renew.py", file=sys.stderr)
        return 1 if stale else 0
    PAGES.mkdir(exist_ok=True)
    for name in kept.keys() - now.keys():
        (PAGES / name).unlink()
    for name, text in now.items():
        (PAGES / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


def pages(scenario: Path) -> Mapping[str, str]:
    """Give the text of every page by the name of its file."""
    model = Model(scenario)
    found = {"exists.md": exists.page_of(model), "happens.md": happens.page_of(model), "prices.md": prices.page_of(model)}
    return {**found, "numbers.md": numbers.page_of(model), "rules.md": rulebook.page_of(model), **rulebook.full_texts(model)}


if __name__ == "__main__":
    sys.exit(main())
