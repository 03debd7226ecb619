"""`schema`: JSON Schema of the YAML files, for editors."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.exits import Code, command


class Kind(StrEnum):
    """The kinds of files."""

    scenario = "scenario"
    policy = "policy"
    ruleset = "ruleset"
    cases = "cases"
    accepted = "accepted"
    properties = "properties"
    parameters = "parameters"
    sources = "sources"
    regressions = "regressions"


@command
def schema(
    kind: Annotated[Kind | None, typer.Argument(metavar="KIND", help=f"{', '.join(Kind)}; default all.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write KIND.json files there instead.")] = None,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Print JSON Schema (draft-07): of one kind the schema itself, otherwise an object with all of them."""
    from sim.cli import engine
    from sim.cli.documents import printed
    from sim.cli.draft07 import draft_07
    from sim.cli.written_schema import as_written

    wanted = {name: of for name, of in engine.schemas().items() if kind is None or name == kind}
    # Parameters, which scenarios refer to by $name, are a scenario's own: rule sets have none.
    found = {name: as_written(draft_07(of), references=name == "scenario") for name, of in wanted.items()}
    if out is None:
        print(printed(found if kind is None else found[kind]))
        return Code.FINE
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, of in found.items():
            (out / f"{name}.json").write_text(printed(of) + "\n", encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(f"{out} cannot be written ({error.strerror})", param_hint="--out") from None
    return Code.FINE
