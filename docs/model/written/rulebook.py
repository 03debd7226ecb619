"""The rule sets: what each stage of a decision holds, and the whole text as `show` gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rules.show import as_markdown, compose
from written.model import Model
from written.tables import code, escaped, page, table

_LEAD = """The decisions of `scenarios/baerum.yaml`, by stage. The whole text of each rule set, made from the rules themselves,
stands beside this page as `python run_sim.py show FOLDER --lang en --format md` gives it (Norwegian: `--lang nb`);
`python run_sim.py explain` tells why a decision fell."""


def page_of(model: Model) -> str:
    """Give the page."""
    return page("Rules", _LEAD, *_blocks(model))


def full_texts(model: Model) -> Mapping[str, str]:
    """Give a page for each rule set, with everything that it says."""
    return {f"rules-{folder}.md": as_markdown(compose(rules, "en")) for folder, rules, _ in _sets(model)}


def _sets(model: Model) -> Iterator[tuple[str, Any, str]]:
    """Give each rule set with its folder and whom it is for."""
    own = str(model.raw["rules"]).removeprefix("../rules/")
    yield own, next(iter(model.scenario.rulesets.values())), "everybody who applies, and residents of the ladders"
    for name, of in model.raw.get("programmes", {}).items():
        folder = str(of["rules"]).removeprefix("../rules/")
        yield folder, model.scenario.programme_rules[name], f"the programme {code(name)}"


def _blocks(model: Model) -> Iterator[str]:
    for folder, rules, whom in _sets(model):
        document = compose(rules, "en")
        yield f"## {escaped(document.title)}\nFor {whom}. In full: [rules-{folder}.md](rules-{folder}.md), from `rules/{folder}`."
        yield table(("stage", "what it holds"), _stages(document))


def _stages(document: Any) -> Iterator[tuple[str, str]]:
    for section in document.sections:
        held = [escaped(entry.title) + (f" ({code(entry.id)})" if entry.id else "") for entry in section.entries if entry.title]
        if held:
            yield escaped(section.title), "; ".join(held)
