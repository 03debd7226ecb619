"""What `sweep` is asked for: what is varied, over which values, up to which target."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rules.reading import Place
from sim.cli.points import refuse
from sim.cli.wanted import figure, known
from sim.experiment.span import SpanError, grid, span
from sim.experiment.studies.sweep import Axis, SweepPlan, sweep_plan
from sim.experiment.target import Target

_SHOWN = ("wait_days_mean", "waiting_list_mean", "net_cost_nok_per_year")
_TARGET = re.compile(r"\s*([a-z0-9_]+)\s*(<=|>=|<|>)\s*(\S.*?)\s*")


class Asked(NamedTuple):
    """The points, and which measures are shown."""

    plan: SweepPlan
    kpis: tuple[str, ...]


def asked(vary: Sequence[str], n: int | None, until: str | None, kpis: Sequence[str] | None, seed: int) -> Asked:
    """Read `--vary`, `--sobol`, `--until` and `--kpi` together.

    Raises
    ------
    InputError
        For a path twice, an empty range, a grid without a step, or a target that says nothing.
    """
    axes = [axis(text, design=n is not None) for text in vary]
    paths = [of.path for of in axes]
    if len(set(paths)) < len(paths):
        raise refuse("--vary", "a path is varied twice")
    target = None
    if until is not None:
        target = _target(until)
        if n is not None or len(paths) > 1:
            raise refuse("--until", "one number on a grid is searched for", "vary one path, without --sobol")
    for kpi in kpis or ():
        known(kpi, Place("--kpi", 1, 1, kpi))
    shown = tuple(kpis or ()) or tuple(dict.fromkeys([*([target.kpi] if target else []), *_SHOWN]))
    return Asked(sweep_plan(axes, n, target, seed), shown)


def axis(text: str, *, design: bool = False) -> Axis:
    """Read one `--vary`: a grid, or with `design` a span whose step may be left out.

    Raises
    ------
    InputError
        For another form, or what is no span.
    """
    path, equals, rest = text.partition("=")
    parts = rest.split(":")
    if not equals or not path.strip() or len(parts) not in ((2, 3) if design else (3,)):
        form = "PATH=A:B" if design else "PATH=A:B:STEP"
        raise refuse("--vary", f"{text!r} is not of the form {form}", f"write for instance {form.split('=')[0]}=1:5:1")
    try:
        if len(parts) == 3:
            return Axis(path.strip(), *grid(*parts))
        return Axis(path.strip(), span(parts[0], parts[1]))
    except SpanError as error:
        raise refuse(f"--vary {path.strip()}", error.says, error.hint) from None


def _target(text: str) -> Target:
    found = _TARGET.fullmatch(text)
    if found is None:
        raise refuse("--until", f"{text!r} is no target", 'write for instance "wait_days_p90 <= 180 days"')
    return Target(found[1], figure(found[3], found[1], Place("--until", 1, 1, text)), found[2].startswith("<"))
