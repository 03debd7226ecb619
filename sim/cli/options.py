"""The options that several commands share, and what may stand in them."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.language import VARIABLE

DEFAULT_REPLICATIONS = 20
DEFAULT_SEED = 1
DEFAULT_MOST = 1000


class Lang(StrEnum):
    """Language of what people read."""

    nb = "nb"
    en = "en"


Replications = Annotated[
    str,
    typer.Option(
        "--replications",
        metavar="N|auto",
        help="Replications of each policy, 1 to N; auto: until the precision of the scenario.",
        show_default=True,
    ),
]
Years = Annotated[float | None, typer.Option("--years", metavar="Y", help="Simulated years, in place of the scenario's.")]
Seed = Annotated[int, typer.Option("--seed", metavar="S", min=0, max=2**63 - 1, help="Root of all random numbers.")]
Workers = Annotated[int | None, typer.Option("--workers", metavar="W", min=1, help="Processes; default one for each core.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Change one value of the scenario; may be repeated."),
]
MaxReplications = Annotated[
    int, typer.Option("--max-replications", metavar="N", min=1, max=1_000_000, help="The most that --replications auto may use.")
]
TimeLimit = Annotated[
    str | None,
    typer.Option("--time-limit", metavar="TIME", help="Stop after so long, with what is finished; not reproducible."),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Results folder; default results/NAME.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, and only that, on stdout.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress on stderr.")]
Language = Annotated[
    Lang,
    typer.Option(
        "--lang",
        envvar=VARIABLE,
        show_envvar=False,
        help=f"Language of what people read; {VARIABLE} in the environment sets it too.",
    ),
]
Executor = Annotated[
    str,
    typer.Option("--executor", metavar="WHERE", help="Where the work is done: local, or on a Dask cluster: dask://HOST:PORT."),
]
Invariants = Annotated[bool, typer.Option("--check-invariants", help="Check the whole world after every event (slow).")]

Events = Annotated[bool, typer.Option("--events", help="Also write events.csv, an event log for process mining and animation.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with the finished points that stand in the folder.")]
PersonLevel = Annotated[bool, typer.Option("--person-level", help="Real data: also write the files about single households.")]


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for on the command line of a simulation.

    Parameters
    ----------
    replications : int
    years : float or None
        In place of the scenario's horizon.
    seed, workers : int
    settings : tuple of (path, value)
        Changes to every scenario of the command.
    out : Path or None
    json, quiet, check_invariants : bool
    lang : str
    auto : bool
        Whether to stop when the figures are precise; `replications` is then the most.
    time_limit : float or None
        Seconds after which no more replications are begun.
    cluster : str
        HOST:PORT of the Dask cluster that does the work; empty = this machine.
    asked : mapping
        The command's parameters that decide its results, by name, so that they can be asked for again.
    events, person_level : bool
        Whether to write the event log, and with real data the tables about single households.
    """

    replications: int
    years: float | None
    seed: int
    workers: int
    settings: tuple[tuple[str, str], ...]
    out: Path | None
    json: bool
    quiet: bool
    lang: str
    check_invariants: bool
    auto: bool = False
    time_limit: float | None = None
    events: bool = False
    person_level: bool = False
    cluster: str = ""
    asked: Mapping[str, Any] = field(default_factory=dict)


def order(
    *,
    replications: str,
    years: float | None,
    seed: int,
    workers: int | None,
    settings: Sequence[str] | None,
    out: Path | None,
    json: bool,
    quiet: bool,
    lang: Lang,
    executor: str,
    check_invariants: bool = False,
    max_replications: int = DEFAULT_MOST,
    time_limit: str | None = None,
    events: bool = False,
    person_level: bool = False,
) -> Order:
    """Check the common options together.

    Raises
    ------
    typer.BadParameter
        Exit code 2, with the option and what it must be.
    """
    return Order(
        max_replications if replications == "auto" else whole_number(replications),
        positive(years),
        seed,
        workers or cores(),
        split_settings(settings),
        out,
        json,
        quiet,
        str(lang),
        check_invariants,
        replications == "auto",
        seconds(time_limit),
        events,
        person_level,
        cluster_of(executor),
    )


def cluster_of(executor: str) -> str:
    """Read `--executor`: the address of a cluster, or nothing for this machine."""
    if executor == "local":
        return ""
    scheme, slashes, address = executor.partition("://")
    host, _, port = address.rpartition(":")
    if scheme != "dask" or not slashes or not host or not (port.isascii() and port.isdigit()) or int(port) > 65_535:
        message = f"there is no executor {executor!r}; write local, or dask://HOST:PORT"
        raise typer.BadParameter(message, param_hint="--executor")
    return address


def whole_number(text: str) -> int:
    """Read `--replications`."""
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:10]) <= 1_000_000 or len(text) > 7:
        raise typer.BadParameter(f"{text!r} is not a whole number from 1 to 1000000", param_hint="--replications")
    return int(text)


def positive(years: float | None) -> float | None:
    """Read `--years`."""
    if years is not None and not 0 < years <= 1000:
        raise typer.BadParameter(f"{years:g} is not more than 0 and at most 1000", param_hint="--years")
    return years


def seconds(text: str | None) -> float | None:
    """Read `--time-limit`: a duration with its unit, or a bare number of seconds."""
    if text is None:
        return None
    from rules.reading.quantities import QuantityError
    from rules.reading.units import days

    try:
        found = float(text) if text.replace(".", "", 1).isdigit() else 86_400 * days(text)
    except QuantityError as error:
        raise typer.BadParameter(error.says, param_hint="--time-limit") from None
    if found <= 0:
        raise typer.BadParameter("the time should be above zero", param_hint="--time-limit")
    return found


def split_settings(settings: Sequence[str] | None) -> tuple[tuple[str, str], ...]:
    """Read `--set PATH=VALUE`."""
    pairs = []
    for setting in settings or ():
        path, equals, value = setting.partition("=")
        if not equals or not path.strip():
            raise typer.BadParameter(f"{setting!r} is not of the form PATH=VALUE", param_hint="--set")
        pairs.append((path.strip(), value.strip()))
    return tuple(pairs)


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
