"""`import MAPPING`: real data from CSV and Excel, as a register that a scenario starts from."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.exits import Code, command

_DONE = {
    "nb": "{path}: {homes} boliger, {residents} leietakere, {waiting} på venteliste, {teams} team, {projects} prosjekter",
    "en": "{path}: {homes} homes, {residents} tenants, {waiting} on the waiting list, {teams} teams, {projects} projects",
}
_NEXT = {
    "nb": "Kjør den med: boligtrapp run {path}",
    "en": "Run it with: boligtrapp run {path}",
}


@command
def import_(
    mapping: Annotated[Path, typer.Argument(metavar="MAPPING", help="Which column of which table is which field (YAML).")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the register is written.")],
    secret: Annotated[
        Path | None, typer.Option("--secret", metavar="FILE", help="The secret that keys of households are hashed with.")
    ] = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Read stock, tenants, waiting list, teams and projects from CSV or Excel."""
    from sim.cli.documents import printed
    from sim.importing.register import read_register
    from sim.importing.written import REGISTER, write_register

    register = read_register(mapping, secret)
    write_register(register, out)
    people = register.people or []
    counts = {
        "homes": len(register.homes) if register.stock is not None else 0,
        "residents": sum(1 for person in people if person.dwelling or person.programme),
        "waiting": sum(1 for person in people if not person.dwelling and not person.programme),
        "teams": len(register.teams or {}),
        "projects": len(register.projects or []),
    }
    path = out / REGISTER
    if json:
        print(printed({"version": 1, "register": str(path), **counts}))
    elif not quiet:
        sys.stderr.write(_DONE[lang.value].format(path=path, **counts) + "\n" + _NEXT[lang.value].format(path=path) + "\n")
    return Code.FINE
