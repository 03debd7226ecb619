"""The rule set that a file on the command line stands for, and the forms in which one is told."""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rules.ruleset import RuleSet
    from rules.show import Document


class Form(StrEnum):
    """How a document is written."""

    text = "text"
    md = "md"
    html = "html"


Format = Annotated[Form, typer.Option("--format", help="How the document is written.")]


def rulebook(path: Path) -> "RuleSet":
    """Read a rule set: of a scenario or a policy, the rules in force at its end.

    Raises
    ------
    InputError
        With every mistake.
    """
    from sim.cli import engine
    from sim.cli.kinds import kind_of, refuse_other_kinds

    kind = kind_of(path)
    if kind in ("scenario", "policy"):
        scenario = engine.engine().load(path, (), None)
        found: RuleSet = scenario.rulesets[scenario.blueprint.regimes[-1].program.hash]
        return found
    from rules import load_ruleset

    refuse_other_kinds(path, "ruleset", "scenario", "policy")
    return load_ruleset(path)


def written(document: "Document", form: Form) -> str:
    """Give a document in a form; it ends with a line break."""
    from rules.show import as_html, as_markdown, as_text

    return {Form.text: as_text, Form.md: as_markdown, Form.html: as_html}[form](document).rstrip("\n") + "\n"


def day(text: datetime | None) -> date | None:
    """Give the date of a date option."""
    return None if text is None else text.date()


def refuse_day_without_rules(path: Path, ruleset: "RuleSet", on: date) -> None:
    """Say that no rules are in force on a day, rather than show those of another.

    Raises
    ------
    InputError
        For a day before the rules are valid, or after.
    """
    from rules.reading import Finding, InputError, Place

    place = Place(str(path), 1, 1, "")
    if ruleset.since is not None and on < ruleset.since:
        raise InputError(Finding("no-rules", f"no rules are in force on {on}: these are valid from {ruleset.since}", place))
    if ruleset.to is not None and on > ruleset.to:
        raise InputError(Finding("no-rules", f"no rules are in force on {on}: these are valid to {ruleset.to}", place))
