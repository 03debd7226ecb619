"""`test RULESET`: the worked cases that stand beside the rules."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.exits import Code, command

_WORDS = {
    "nb": {"end": "{passed} av {all} eksempler stemmer", "none": "det står ingen eksempler (*.test.yaml) ved disse reglene"},
    "en": {"end": "{passed} of {all} worked cases pass", "none": "no worked cases (*.test.yaml) stand beside these rules"},
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
    failed = [result for result in results if result.failures]
    if json:
        cases = [
            {"name": of.name, "place": str(of.place), "passed": not of.failures, "failures": [f.message for f in of.failures]}
            for of in results
        ]
        print(printed({"version": 1, "cases": len(results), "failed": len(failed), "results": cases}))
    else:
        words = _WORDS[str(lang)]
        for result in failed:
            print(f"{result.name}:")
            print("\n".join(finding.render() for finding in result.failures))
        print(words["end"].format(passed=len(results) - len(failed), all=len(results)) if results else words["none"])
    return Code.FAILED if failed else Code.FINE
