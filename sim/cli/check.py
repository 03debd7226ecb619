"""`check FILE...`: everything that can be said of rules and scenarios without running them."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.exits import Code, command
from sim.cli.speech import speaker


@command
def check(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Scenarios, policies, rule sets (files or folders), worked cases, parameters, sources."
        ),
    ],
    annotate: Annotated[
        bool, typer.Option("--annotations", help="Write findings as annotations of GitHub; by itself in its workflows.")
    ] = False,
    burn_in: Annotated[
        int,
        typer.Option(
            "--burn-in",
            metavar="N",
            min=0,
            help="Run each scenario N times and tell which figures drift in the first year.",
        ),
    ] = 0,
    workers: options.Workers = None,
    seed: options.Seed = 1,
    json: options.Json = False,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Check files without running them, and on request how far a scenario drifts in its first year."""
    from sim.cli.annotations import annotations, wanted
    from sim.cli.checking import check_file, document
    from sim.cli.documents import printed
    from sim.cli.inventory import show

    checked = [check_file(file) for file in files]
    if burn_in:
        from sim.cli.checking import with_burn_in

        checked = [with_burn_in(one, burn_in, workers or options.cores(), seed, lang.value) for one in checked]
    if json:
        print(printed(document(checked, speaker(lang.value))))
    else:
        show(checked, str(lang))
    if wanted(annotate, os.environ):
        written = annotations([finding for one in checked for finding in one.findings], speaker(lang.value))
        print("\n".join(written), file=sys.stderr if json else sys.stdout)
    wrong = any(finding.severity == "error" for one in checked for finding in one.findings)
    return Code.INVALID_INPUT if wrong else Code.FINE
