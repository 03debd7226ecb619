"""A scenario under one rule set, with the facts that another one reads too: what a shadow needs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from rules import compile_programs
from rules.reading import Entry, Finding, InputError, Label, Mapping, Place, read_yaml
from rules.reading.nodes import Scalar
from sim.scenario.compose import compose
from sim.scenario.model import PolicyRecord
from sim.scenario.regulations import rules_in_force
from sim.scenario.scenario import Scenario
from sim.scenario.settings import read_settings
from sim.scenario.source import Layer, RuleSource, Source, read_source
from sim.scenario.windows import Common
from sim.world.blueprint import Regime


@dataclass(frozen=True, slots=True)
class Shadowed:
    """A scenario under one rule set, and another that is asked beside it.

    Parameters
    ----------
    scenario : Scenario
        Under the rules that decide; its facts hold what the others read as well.
    others : tuple of (day, ProgramSource)
        The rules that are asked, ascending by the day from which they are in force; the first is day 0.
    ruleset : RuleSet
        The same as read, for grounds.
    lang : {'nb', 'en'}
        In which explanations are written.
    explained : int
        How many flips of each replication are explained.
    """

    scenario: Scenario
    others: tuple[tuple[int, Any], ...]
    ruleset: Any
    lang: str = "nb"
    explained: int = 10


def rule_source(path: str | Path) -> RuleSource:
    """Give where a rule set comes from: a file or folder of rules, or a scenario or policy for its last rules.

    Raises
    ------
    InputError
        When the scenario cannot be read.
    """
    target = Path(path)
    if target.is_dir() or not _names_rules(target):
        return RuleSource((target,), _at(target))
    return _last(read_source(target), target)


def shadowed(
    scenario: str | Path,
    before: str | Path,
    after: str | Path,
    settings: Sequence[tuple[str, str]] = (),
    years: float | None = None,
    lang: str = "nb",
) -> Shadowed:
    """Put a scenario under one rule set, with another beside it.

    Parameters
    ----------
    scenario : path
        A scenario or a policy. Its own rules, and those of its policies, are left aside.
    before, after : path
        The rules that decide, and the rules that are asked: a rule set, or a scenario or policy for its last rules.
    settings, years
        As in `sim.scenario.load_scenario`.

    Raises
    ------
    InputError
        For mistakes in any of them; also when the scenario does not give what the rules read.
    """
    source = read_source(scenario, read_settings(settings))
    alone = _under(source, rule_source(before))
    common = Common(years)
    plain = compose(alone, settings, common)
    both = compose(_beside(alone, rule_source(after)), settings, common)
    decides, asked = (regime.ruleset for regime in rules_in_force(_beside(alone, rule_source(after))))
    programs = [(day, program) for day, program in compile_programs(decides, both.layout) if day < plain.blueprint.days]
    others = compile_programs(asked, both.layout)
    _refuse_uncounted([program for _, program in programs], [program for _, program in others])
    blueprint = replace(
        both.blueprint,
        bins=plain.blueprint.bins,
        measure_from=plain.blueprint.measure_from,
        policy_from=plain.blueprint.policy_from,
        timelines=plain.blueprint.timelines,
        regimes=tuple(Regime(float(day), program) for day, program in programs),
    )
    known = "".join([plain.hash, *(program.hash for _, program in others)])
    under = replace(
        plain,
        blueprint=blueprint,
        layout=both.layout,
        rulesets={program.hash: decides for _, program in programs},
        hash=hashlib.sha256(known.encode()).hexdigest(),
    )
    return Shadowed(under, others, asked, lang)


def _refuse_uncounted(deciding: Sequence[Any], asked: Sequence[Any]) -> None:
    """Refuse rules that read counts which the world keeps only for the rules that decide."""
    known = {name for program in deciding for name in program.kept}
    drawn = {one.field for program in asked for one in program.discretions}
    fields = {name: program.layout.fields[name] for program in asked for name in program.kept if name not in known | drawn}
    if fields:
        message = "the rules after read a count of homes (a quota or a forecast) that is not kept under the rules before"
        findings = (Finding("not-counted", f"{message}: {name}", field.place, "try the change with `compare`")
                    for name, field in fields.items())  # fmt: skip
        raise InputError(*findings)


def _under(source: Source, rules: RuleSource) -> Source:
    """Put a scenario, with every policy laid over it, under one rule set."""
    return replace(source, rules=rules, layers=tuple(replace(layer, rules=None) for layer in source.layers))


def _beside(source: Source, rules: RuleSource) -> Source:
    """Let another rule set come into force later, so that the facts hold what it reads; when does not matter."""
    start: Any = source.tree.entries["start"].node
    day = max([start.value, *(layer.policy_from for layer in source.layers)]) + timedelta(days=1)
    said = Label(nb="skygge", en="shadow")
    policy = PolicyRecord(extends=str(source.path), name="shadow", question=said, policy_from=day, kind="what_if")
    place = source.tree.place
    head = Mapping({key: Entry(key, place, Mapping({}, place)) for key in ("changes", "rules")}, place)
    layer = Layer(source.path, policy, day, head, source.tree, (), replace(rules, whole=True))
    return replace(source, layers=(*source.layers, layer))


def _last(source: Source, path: Path) -> RuleSource:
    current = source.rules or RuleSource((), _at(path))
    for layer in source.layers:
        if layer.rules is not None:
            changes = layer.rules.changes
            current = layer.rules if changes is None else replace(current, changes=changes, node=layer.rules.node)
    return current


def _names_rules(path: Path) -> bool:
    node = read_yaml(path)
    return isinstance(node, Mapping) and bool({"scenario", "extends"} & node.entries.keys())


def _at(path: Path) -> Any:
    return Scalar(str(path), str(path), False, Place(str(path), 1, 1, ""))
