"""`sample SCENARIO`: a synthetic register, as a municipality might hand it over, drawn from a scenario."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.exits import Code, command

_DONE = {
    "nb": "{path}: {stock} boliger, {tenants} leietakere, {waiting} på venteliste. Ingen av dem finnes.\n"
    "Les den inn med: boligtrapp import {path} --out KATALOG",
    "en": "{path}: {stock} homes, {tenants} tenants, {waiting} on the waiting list. None of them exists.\n"
    "Read it with: boligtrapp import {path} --out DIR",
}


@command
def sample(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="The scenario that it is drawn from.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the tables and their mapping are written.")],
    seed: options.Seed = options.DEFAULT_SEED,
    json: options.Json = False,
    quiet: options.Quiet = False,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Write a synthetic stock, tenants, waiting list, teams and projects, with the mapping that `import` reads."""
    from sim.cli.day_zero import sample_of
    from sim.cli.documents import printed
    from sim.importing.sample import MAPPING, write_sample
    from sim.scenario import load_scenario

    found = sample_of(load_scenario(scenario), seed, os.path.relpath(scenario, out))
    write_sample(found, out)
    path = out / MAPPING
    counts = {"stock": len(found.stock), "tenants": len(found.tenants), "waiting": len(found.waiting)}
    if json:
        print(printed({"version": 1, "mapping": str(path), **counts}))
    elif not quiet:
        sys.stderr.write(_DONE[lang.value].format(path=path, **counts) + "\n")
    return Code.FINE
