"""`check FILE...`: everything that can be said of rules and scenarios without running them."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.exits import Code, command


@command
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Scenarios, policies, rule sets (files or folders).")],
    json: options.Json = False,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Check files without running them."""
    from sim.cli.checking import check_file, document
    from sim.cli.documents import printed
    from sim.cli.inventory import show

    checked = [check_file(file) for file in files]
    if json:
        print(printed(document(checked)))
    else:
        show(checked, str(lang))
    wrong = any(finding.severity == "error" for one in checked for finding in one.findings)
    return Code.INVALID_INPUT if wrong else Code.FINE
