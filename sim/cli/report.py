"""`report DIR`: what people read, made anew from a results folder."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.exits import command


@command
def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A results folder.")],
    events: options.Events = False,
    quiet: options.Quiet = False,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Make the report, the workbook and the files beside them anew from a results folder, without running anything."""
    # Loaded here, with the charts: nobody waits for them at --help.
    from sim.report.files import files
    from sim.report.studies import study_page
    from sim.results import Pages, ResultsError, read_results, read_study, write_pages

    study = read_study(folder)
    try:
        if study is not None:
            pages: Pages = {"report.html": study_page(study, str(lang))}
        else:
            pages = files(read_results(folder), str(lang), events=events or (folder / "events.csv").is_file())
    except KeyError as error:
        lacks = f"lacks {error.args[0]!r}, which the report needs: it was written by an earlier version"
        raise ResultsError(f"{folder / 'run.json'}: {lacks}; run the command in run.json again") from None
    write_pages(folder, pages)
    if not quiet:
        sys.stderr.write(f"{folder / 'report.html'}\n")
    return 0
