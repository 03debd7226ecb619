"""`rerun DIR`: the command of a results folder once more, and what differs from what stands there."""

import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli import options
from sim.cli.exits import Code, command


@command
def rerun(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A results folder.")],
    workers: options.Workers = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Run the command of a results folder again, elsewhere, and say what differs."""
    from sim.cli import engine
    from sim.cli.documents import printed
    from sim.cli.likeness import likeness_json, show_likeness, show_study_likeness
    from sim.cli.rerun_study import rerun_study
    from sim.cli.study import perform, tell_ending
    from sim.results import ResultsError, likeness, read_results, read_study

    if (document := read_study(folder)) is not None:
        again = rerun_study(document, folder, workers or options.cores(), str(lang), quiet=quiet)
        if json:
            print(printed(likeness_json(again)))
        else:
            show_study_likeness(again, str(lang), sys.stdout)
        return Code.FINE if again.same_to_nine_digits else Code.FAILED
    before = read_results(folder)
    rooms = engine.engine()
    files = _files(before.run, folder / "run.json")
    with tempfile.TemporaryDirectory(prefix="boligtrapp-") as elsewhere:
        order = _order(before.run, Path(elsewhere) / "rerun", workers or options.cores(), quiet, str(lang))
        scenarios = _scenarios(rooms, before.run, files, order)
        study = perform(rooms, scenarios, order, before.run["command"], pages=False)
        if study.unwritten is not None:
            raise ResultsError(str(study.unwritten))
        if len(study.outcome.finished) < study.outcome.asked:
            tell_ending(study, order)
            return study.code
        found = likeness(before, read_results(order.out or ""))
        if json:
            print(printed(likeness_json(found)))
        else:
            show_likeness(found, before, str(lang), sys.stdout)
    return Code.FINE if found.equal or found.same_to_nine_digits else Code.FAILED


def _files(run: Any, path: Path) -> list[Path]:
    from sim.results import ResultsError

    if "asked_years" not in run or any("file" not in policy for policy in run["policies"]):
        raise ResultsError(f"{path}: does not say which files were run: it was written by an earlier version")
    return [Path(policy["file"]) for policy in run["policies"] if not policy.get("stack")]


def _order(run: Any, out: Path, workers: int, quiet: bool, lang: str) -> options.Order:
    """Give the order that a folder was made by; what stopped of itself is run for as long as it ran."""
    return options.Order(
        replications=run["replications"],
        years=run["asked_years"],
        seed=run["seed"],
        workers=workers,
        settings=tuple((path, value) for path, value in run["settings"]),
        out=out,
        json=False,
        quiet=quiet,
        lang=lang,
        check_invariants=False,
        person_level=run.get("person_level", False),
    )


def _scenarios(rooms: Any, run: Any, files: list[Path], order: options.Order) -> Any:
    first, *others = files
    if run["kind"] == "compare":
        cumulative = any(policy.get("stack") for policy in run["policies"])
        return rooms.load_comparison(first, others, order.settings, order.years, cumulative=cumulative)
    loaded = rooms.load(first, order.settings, order.years)
    return {loaded.name: loaded}
