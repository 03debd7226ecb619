"""`check` and `test` for the rule sets that some changed files belong to: before a commit, and in workflows.

``python -m sim.cli.regress_hook check|test FILE... [--lang nb|en]``; files that have nothing to do with rules are passed over.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from rules.reading import InputError
from sim.cli.kinds import kind_of

_OF_RULES = frozenset({"ruleset", "topic", "cases", "accepted", "properties"})


def rule_sets(files: Sequence[Path]) -> list[Path]:
    """Give the rule sets that files belong to, each once: a folder, or a file that is a whole rule set by itself.

    A file that cannot be read is taken for one of its folder's rules where that holds others.
    """
    return list(dict.fromkeys(found for file in files if (found := _rule_set(file)) is not None))


def has_cases(path: Path) -> bool:
    """Say whether worked cases stand beside a rule set."""
    from rules.verify.case_file import case_files

    return bool(case_files(path))


def _rule_set(file: Path) -> Path | None:
    kind = _kind(file)
    beside = {_kind(other) for other in file.parent.glob("*.y*ml") if other != file}
    if kind == "broken":
        return file.parent if "ruleset" in beside or "topic" in beside else None
    if kind not in _OF_RULES:
        return None
    if kind == "ruleset":
        return file.parent if "topic" in beside else file
    if kind == "topic" or "topic" in beside:
        return file.parent
    alone = file.with_name(file.name.split(".")[0] + file.suffix)
    return alone if alone.exists() else file.parent


def _kind(file: Path) -> str:
    try:
        return kind_of(file)
    except InputError as error:
        return "unknown" if any(finding.code == "unknown-kind" for finding in error.findings) else "broken"


def main(words: Sequence[str]) -> int:
    """Run a command for every rule set, and give the greatest exit code."""
    command, *rest = words or ("",)
    if command not in ("check", "test"):
        sys.stderr.write("python -m sim.cli.regress_hook check|test FILE... [--lang nb|en]\n")
        return 2
    asked = rest[rest.index("--lang") :][:2] if "--lang" in rest else []
    files = [Path(word) for word in rest if word not in asked]
    from sim.cli.app import app

    code = 0
    for path in rule_sets(files):
        if command == "test" and not has_cases(path):
            continue
        try:
            app([command, str(path), *asked])
        except SystemExit as end:
            code = max(code, int(end.code or 0))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
