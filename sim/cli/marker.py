"""Whether `rules` is our package: PyPI has another of the same name (for Django), which overwrites ours silently."""

import sys


def refuse_foreign_rules() -> None:
    """Leave the process with exit code 2 and an explanation when `rules` is somebody else's package."""
    import rules

    if getattr(rules, "BOLIGTRAPP", False):
        return
    where = getattr(rules, "__file__", None) or "an unknown place"
    sys.stderr.write(
        f"The Python package `rules` found at {where} is not Boligtrapp's: another package of that name (for Django) is "
        "installed in this environment and hides or has overwritten ours.\n"
        "Remove it with `pip uninstall rules`, then run `pip install -e .` in the Boligtrapp folder; "
        "or use a fresh virtual environment.\n"
    )
    sys.exit(2)
