"""`diff RULESET RULESET`: what differs between two rule sets, for whom, and with a scenario, in which decisions."""

import json as json_text
import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options, rulebook
from sim.cli.exits import Code, command

_HELP = "A rule set (folder or file), or a scenario or policy for its rules."


@command
def diff(
    before: Annotated[Path, typer.Argument(metavar="RULESET_A", help=_HELP)],
    after: Annotated[Path, typer.Argument(metavar="RULESET_B", help=_HELP)],
    scenario: Annotated[
        Path | None,
        typer.Option("--scenario", metavar="SCENARIO", help="Run this under A, and ask B at every decision."),
    ] = None,
    replications: options.Replications = str(options.DEFAULT_REPLICATIONS),
    years: options.Years = None,
    seed: options.Seed = options.DEFAULT_SEED,
    workers: options.Workers = None,
    set_: options.Settings = None,
    format_: rulebook.Format = rulebook.Form.text,
    json: options.Json = False,
    quiet: options.Quiet = False,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Say what differs between two rule sets, stage by stage, and which profiles and decisions turn out otherwise."""
    number = options.whole_number(replications)
    settings, horizon = options.split_settings(set_), options.positive(years)
    if scenario is None and (settings or horizon is not None):
        raise typer.BadParameter("say in which scenario the rules are to be tried", param_hint="--scenario")

    from rules.diff import changed_profiles, compare, diff_data, tell, with_profiles

    a, b = rulebook.rulebook(before), rulebook.rulebook(after)
    changes, verdicts = compare(a, b), changed_profiles(a, b)
    data = diff_data(a, b, changes, verdicts)
    names = (_name(before, a.label.model_dump()[lang.value]), _name(after, b.label.model_dump()[lang.value]))
    document = with_profiles(tell(changes, a, b, lang.value, names), verdicts, lang.value)
    code = Code.FINE
    if scenario is not None:
        from sim.cli.diff_scenario import tried

        trial = tried(scenario, before, after, settings, horizon, seed, number, workers or options.cores(), quiet, lang.value)
        document, code = trial.told(document), trial.code
        data["scenario"] = trial.data
    if json:
        print(json_text.dumps(data, ensure_ascii=False, indent=2))
    else:
        sys.stdout.write(rulebook.written(document, format_))
    return code


def _name(path: Path, label: str) -> str:
    return f"{label} ({path})"
