"""``python -m sim.native``: compile the engine, once; every command then runs it. Needs the extra `native` and a C compiler."""

from __future__ import annotations

import sys

from sim.native.build import BuildError, build


def main() -> int:
    """Build, and say where, or why not."""
    try:
        made, seconds = build()
    except BuildError as error:
        print(f"the engine was not compiled, and runs as Python: {error}", file=sys.stderr)
        return 2
    print(f"compiled in {seconds:.0f} s: {made}" if seconds else f"compiled before: {made}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
