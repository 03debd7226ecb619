"""`regress`: what a change of the rules does to what is guarded, before it is adopted."""

import json as json_text
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli import options
from sim.cli.exits import Code, command

if TYPE_CHECKING:
    from sim.cli.regress_work import Order


@command
def regress(
    file: Annotated[Path, typer.Option("--file", metavar="FILE", help="What is guarded.")] = Path("regressions.yaml"),
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="REF", help="The rules as they stand in a commit, branch or tag; default HEAD."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="Stored figures, where there is no history of the rules.")
    ] = None,
    update: Annotated[bool, typer.Option("--update", help="Renew the baseline; needs --reason.")] = False,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why the baseline is renewed.")] = None,
    dirty: Annotated[bool, typer.Option("--dirty", help="Take files that are not committed as they are.")] = False,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", metavar="FILE", help="Write the report as a comment on a pull request.")
    ] = None,
    junit: Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write the verdicts as JUnit XML.")] = None,
    annotate: Annotated[
        bool, typer.Option("--annotations", help="Write findings as annotations of GitHub; by itself in its workflows.")
    ] = False,
    workers: options.Workers = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Say what a change of the rules does to guarded figures, decisions and worked cases, and fail on what nobody meant."""
    if against is not None and baseline is not None:
        raise typer.BadParameter("it excludes --baseline", param_hint="--against")
    if update and (reason is None or not reason.strip()):
        raise typer.BadParameter("say why with --reason", param_hint="--update")
    if reason is not None and not update:
        raise typer.BadParameter("it belongs to --update", param_hint="--reason")
    for option, path in (("--markdown", markdown), ("--junit", junit)):
        if path is not None and not path.parent.is_dir():
            raise typer.BadParameter(f"there is no folder {path.parent}", param_hint=option)
    from sim.cli.regress_work import Order

    order = Order(file, against, baseline, dirty, workers or options.cores(), quiet, lang.value)
    if update:
        return _update(order, reason or "")
    return _compare(order, markdown, junit, annotate, json)


def _update(order: "Order", reason: str) -> int:
    from sim.cli.regress_run import StoppedEarly
    from sim.cli.regress_work import update

    try:
        path = update(order, reason)
    except StoppedEarly as early:
        return _stopped(early.ending.value, order.lang)
    if not order.quiet:
        sys.stderr.write(f"{path}\n")
    return Code.FINE


def _compare(order: "Order", markdown: Path | None, junit: Path | None, annotate: bool, json: bool) -> int:
    from rules.show import as_text
    from sim.cli import regress_outputs as outputs
    from sim.cli.annotations import annotations, wanted
    from sim.cli.regress_run import StoppedEarly
    from sim.cli.regress_told import told
    from sim.cli.regress_work import compare
    from sim.cli.speech import speaker

    say = speaker(order.lang)
    lang = order.lang
    try:
        found = compare(order)
    except StoppedEarly as early:
        return _stopped(early.ending.value, order.lang)
    document = told(found, lang, say)
    for path, text in ((markdown, outputs.markdown(document)), (junit, outputs.junit(found, lang))):
        if path is not None:
            path.write_text(text, encoding="utf-8")
    if json:
        print(json_text.dumps(outputs.document(found, say), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        sys.stdout.write(as_text(document))
    if wanted(annotate, os.environ):
        written = annotations(outputs.annotated(found, lang), say)
        print("\n".join(written), file=sys.stderr if json else sys.stdout)
    return found.code


def _stopped(ending: str, lang: str) -> int:
    from sim.cli.language import INTERRUPTED

    if ending == "interrupted":
        sys.stderr.write(INTERRUPTED[lang] + "\n")
        return Code.INTERRUPTED
    sys.stderr.write(_DIED[lang] + "\n")
    return Code.FAILED


_DIED = {
    "nb": "En arbeidsprosess ble avsluttet av systemet, oftest fordi minnet tok slutt. Prøv --workers 1.",
    "en": "A worker process was ended by the system, most often because memory ran out. Try --workers 1.",
}
