"""The application: one command a file, listed in the order in which they are shown."""

import typer

from sim.cli.calibrate import calibrate
from sim.cli.check import check
from sim.cli.compare import compare
from sim.cli.diff import diff
from sim.cli.explain import explain
from sim.cli.import_ import import_
from sim.cli.optimise import optimise
from sim.cli.prove import prove
from sim.cli.regress import regress
from sim.cli.report import report
from sim.cli.rerun import rerun
from sim.cli.run import run
from sim.cli.sample import sample
from sim.cli.schema import schema
from sim.cli.sensitivity import sensitivity
from sim.cli.show import show
from sim.cli.sweep import sweep
from sim.cli.test import test
from sim.cli.usage import Application, Command

app = typer.Typer(
    name="boligtrapp",
    cls=Application,
    help="Try a municipality's housing policy before it is decided.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_COMMANDS = (
    run, compare, sweep, sensitivity, optimise, calibrate, check, test, prove, show, diff, regress, report, rerun, schema,
    explain, import_, sample,
)  # fmt: skip
for command in _COMMANDS:
    app.command(command.__name__.rstrip("_"), cls=Command)(command)
