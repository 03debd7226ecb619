"""`test RULESET`: the worked cases that stand beside the rules."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.exits import Code, command

_WORDS = {
    "nb": {"failed": "{place}: {name}: {message}", "end": "{passed} av {all} eksempler stemmer"},
    "en": {"failed": "{place}: {name}: {message}", "end": "{passed} of {all} worked cases pass"},
}


@command
def test(
    ruleset: Annotated[Path, typer.Argument(metavar="RULESET", help="A rule set: its folder, or its file.")],
    json: options.Json = False,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Try the worked cases of a rule set."""
    from sim.cli import engine
    from sim.cli.documents import printed

    results = engine.run_cases(ruleset)
    failed = [result for result in results if not result.passed]
    if json:
        cases = [{"name": r.name, "passed": r.passed, "place": str(r.place), "message": r.message} for r in results]
        print(printed({"version": 1, "cases": len(results), "failed": len(failed), "results": cases}))
    else:
        words = _WORDS[str(lang)]
        for result in failed:
            print(words["failed"].format(place=result.place, name=result.name, message=result.message))
        print(words["end"].format(passed=len(results) - len(failed), all=len(results)))
    return Code.FAILED if failed else Code.FINE
