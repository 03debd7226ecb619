"""From a tree with places to a scenario: validation, cross checks, and the blueprint of the world."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar, get_args

from rules import Layout, compile_programs
from rules.reading import Finding, InputError, Place, Share, plain, validate
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Scalar
from sim.measures.settings import Settings
from sim.scenario.beyond import Horizon, beyond_horizon, policy_closings
from sim.scenario.breakdown_values import breakdown_values, state_pays
from sim.scenario.coverage import reachable, too_many_residents, uncovered
from sim.scenario.dated import added_by, check_decisions, with_openings
from sim.scenario.dates import YEAR, days_since, month_bins
from sim.scenario.factors import read_factors, specs
from sim.scenario.facts import facts_of
from sim.scenario.households import groups_of, initial_of
from sim.scenario.idle import empty_homes, idle_parts, idle_policies
from sim.scenario.known_people import needs_of_people, people_file, read_people
from sim.scenario.long_run import not_frozen
from sim.scenario.mechanism_values import check_required, typed_parameters
from sim.scenario.model import SaidRecord, ScenarioRecord, Situation, mechanisms, scenario_model
from sim.scenario.offers import core_offers, mechanism_offers
from sim.scenario.parameters import assumptions
from sim.scenario.people import check_people, incidents_before
from sim.scenario.place_conditions import place_conditions
from sim.scenario.priced_twice import priced_twice
from sim.scenario.programmes import (
    compiled,
    files_of_programmes,
    misplaced,
    programme_rules,
    scattered_homes,
    scattered_programmes,
)
from sim.scenario.project_checks import caretakers_of_nothing, misplaced_projects
from sim.scenario.real_data import unrecorded
from sim.scenario.references import dangling, find, nodes_at
from sim.scenario.regulations import InForce, fields_in_play, files_of_rules, rules_in_force, sha256
from sim.scenario.scenario import PolicyInfo, Scenario
from sim.scenario.source import Source
from sim.scenario.stock import section, sites_of, types_of
from sim.scenario.texts import texts_of
from sim.scenario.timelines import number_at, timelines
from sim.scenario.typical import typical_of, unknown_typical
from sim.scenario.unpriced import unpriced_homes
from sim.scenario.waiting import waiting_of
from sim.scenario.windows import Common, Windows, windows_of
from sim.world.blueprint import Blueprint, GroupSpec, PersonSpec, Regime, SiteSpec
from sim.world.mechanisms.acute_beds import ACUTE
from sim.world.mechanisms.project_specs import names_of, one_by_one

T = TypeVar("T")
_RATES = ("discount_rate", "annuity_rate")
#: Numbers that are decided from a date on, and how each is read.


def compose(source: Source, written: Sequence[tuple[str, str]] = (), common: Common | None = None) -> Scenario:
    """Make a scenario of what has been read.

    Raises
    ------
    InputError
        With the mistakes found, each at its place.
    """
    common = common or Common()
    tree, added = _with_openings(source)
    record = validate(scenario_model(), tree)
    _raise([*check_decisions(source), *unrecorded(record, tree, written)])
    days = record.horizon if common.years is None else common.years * YEAR
    regimes = rules_in_force(source)
    offers = core_offers(
        {name: scheme.ranks for name, scheme in record.schemes.items()},
        record.types,
        record.districts,
        [*_absences(tree), *([ACUTE] if _acute(tree) else [])],
        _programme_names(tree),
        [name for name, scheme in record.schemes.items() if scheme.ladder],
    ) | mechanism_offers(kind for kind in mechanisms() if getattr(record, kind.name) is not None)
    _raise([*dangling(tree, _known(record, tree)), *unknown_typical(record, tree)])
    beside = programme_rules(tree)
    every = [*(r.ruleset for r in regimes), *beside.values()]
    declared = fields_in_play(every, offers)
    _raise(misplaced(record, tree, declared))
    seen = declared | {name: field for name, field in offers.items() if name not in declared}
    parts = _Collected()
    types = parts.take(lambda: types_of(record, tree, declared))
    groups = parts.take(lambda: groups_of(record, tree, declared, record.start, days))
    factors = parts.take(lambda: read_factors(record.risk_factors, section(tree, "risk_factors"), seen))
    since = parts.take(lambda: windows_of(record, tree, source, days, common))
    sites = None
    if types is not None:
        sites = parts.take(lambda: sites_of(record, tree, declared, types, record.start, added))
    switched_on = {kind.name: value for kind in mechanisms() if (value := getattr(record, kind.name)) is not None}
    typed = None
    if types is not None:
        typed = parts.take(lambda: typed_parameters(switched_on, tree, declared, types))
    before = parts.take(lambda: incidents_before(record, tree, declared))
    parts.done()
    assert types is not None and groups is not None and factors is not None and since is not None
    assert sites is not None and typed is not None

    _raise(check_people(record, tree, declared, groups))
    waiting = waiting_of(record, tree, declared, groups)
    people = _people(record, tree, groups, sites, declared)
    known = needs_of_people(people, sites, types)
    needs = switched_on.get("needs")
    too_many = too_many_residents(record, tree, sites, scattered_homes(record))
    _raise([*uncovered(record, tree, groups, types, needs, known), *too_many])
    out_of_place = [
        *misplaced_projects(tree, sites, switched_on.get("projects"), switched_on.get("planning")),
        *caretakers_of_nothing(tree, sites, switched_on.get("projects")),
    ]
    _raise(finding for finding in out_of_place if finding.severity == "error")

    facts = facts_of(record, tree, factors, seen, lambda read: fields_in_play(every, offers, read))
    layout = facts.layout
    places = place_conditions(tree, record.start)
    programs = _programs(regimes, layout, record.start)
    programmes = compiled(beside, record, tree, layout, declared, types)
    own = [rules.program for rules in programmes.values()]
    _raise(check_required(tree, [program.numbers for _, program, _ in programs]))
    horizon = Horizon(record.start, record.horizon, days)
    can_need = {name: reachable(name, group, record, types, needs, known) for name, group in groups.items()}
    written_projects = typed["projects"].root if "projects" in typed else ()
    new_projects = added_by(source.base, source.tree, "projects")
    effects = [
        *out_of_place,
        *beyond_horizon(record, tree, groups, typed.get("projects"), horizon, policy_closings(source.base, tree)),
        *idle_policies(source, _rules_before_and_after(source, programs)),
        *empty_homes(tree, added, new_projects),
        *idle_parts(record, tree, groups, can_need),
        *priced_twice(record, tree),
        *unpriced_homes(record, tree, typed.get("money"), added, new_projects),
    ]
    _raise(finding for finding in effects if finding.severity == "error")
    bins = month_bins(days, [since.measure_from, *since.cuts])
    blueprint = Blueprint(
        id=record.scenario,
        start=record.start,
        days=days,
        bins=bins,
        measure_from=since.measure_from,
        policy_from=since.policy_from,
        types=types,
        sites=sites,
        groups=groups,
        fields=facts.layout.fields,
        regimes=tuple(Regime(day, program) for day, program, _ in programs),
        factors=specs(factors, facts.reads_home),
        conditions=facts.conditions,
        conditions_without_home=facts.conditions,
        mechanisms=typed | ({"projects": one_by_one(typed["projects"])} if "projects" in typed else {}),
        initial=initial_of(record.initial, before, waiting=waiting, people=people),
        ranks={name: scheme.ranks for name, scheme in record.schemes.items()},
        timelines=timelines(source, record.start),
        place_conditions=places,
        added_projects=frozenset(name for spec in written_projects if spec.id in new_projects for name in names_of(spec)),
        programmes=programmes,
    )
    if record.long_run:
        _raise(not_frozen(blueprint, tree))
    policy = _policy(source, record.start)
    known_people = [people_file(node) for _, node in nodes_at(tree, "initial.people") if isinstance(node, Scalar)]
    read = (*source.files, *known_people, *files_of_rules(source), *files_of_programmes(tree))
    inputs = tuple((str(path), sha256(path)) for path in read)
    question = (policy.question if policy else None) or (record.question.model_dump() if record.question else {})
    called = record.label if source.policy is None else source.policy.policy.label
    name = policy.name if policy else record.scenario
    title = called.model_dump() if called else {"nb": name, "en": name}
    return Scenario(
        id=record.scenario,
        name=name,
        path=str(source.path),
        title=title,
        question=question,
        blueprint=blueprint,
        settings=_settings(record, tree, since, common, breakdown_values(record, tree, can_need, switched_on)),
        rulesets={program.hash: ruleset for _, program, ruleset in programs},
        layout=layout,
        hash=_hash(tree, blueprint, [program.hash for program in (*(p for _, p, _ in programs), *own)]),
        inputs=inputs,
        assumptions=assumptions(source.parameters, source.records, source.used),
        texts=texts_of(tree, source),
        policy=policy,
        data=record.data,
        real_data={} if record.real_data is None else record.real_data.model_dump(),
        set=tuple(written),
        goals={name: goal.model_dump() for name, goal in record.goals.items()},
        precision=tuple((path[-1], plain(node), node.place) for path, node in nodes_at(tree, "precision.*")),
        findings=tuple(dict.fromkeys([*(f for r in regimes for f in r.ruleset.findings), *effects])),
        burn_in_tolerance=record.burn_in.tolerance,
        stock_names={name: scheme.stock_name or name for name, scheme in record.schemes.items()},
        long_run=record.long_run,
        typical=typical_of(record),
        programme_rules=beside,
    )


def _people(
    record: ScenarioRecord,
    tree: MappingNode,
    groups: Mapping[str, GroupSpec],
    sites: Sequence[SiteSpec],
    declared: Mapping[str, Any],
) -> tuple[PersonSpec, ...]:
    """Give the households that are known one by one."""
    schemes = {name: scheme.ranks for name, scheme in record.schemes.items()}
    programmes = scattered_programmes(getattr(record, "programmes", None))
    for _, node in nodes_at(tree, "initial.people"):
        if isinstance(node, Scalar) and node.value is not None:
            return read_people(people_file(node), record.start, groups, sites, schemes, declared, programmes)
    return ()


class _Collected:
    """Runs several readings and raises the findings of all of them together."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def take(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except InputError as error:
            self.findings += error.findings
            return None

    def done(self) -> None:
        _raise(self.findings)


def _with_openings(source: Source) -> tuple[MappingNode, frozenset[str]]:
    tree, added = source.tree, frozenset[str]()
    before = source.base
    for layer in source.layers:
        tree, new = with_openings(tree, layer, before)
        added |= new
        before = layer.tree
    return tree, added


def _known(record: ScenarioRecord, tree: MappingNode) -> dict[str, frozenset[str]]:
    return {
        "scheme": frozenset(record.schemes),
        "type": frozenset(record.types),
        "group": frozenset(record.groups),
        "district": frozenset(record.districts),
        "risk factor": frozenset(record.risk_factors),
        "programme": frozenset(_programme_names(tree)),
        "kind of absence": frozenset([*_absences(tree), *(f"{ACUTE}:{name}" for name in _acute(tree))]),
        "plot": frozenset(name for _, name, _ in find(tree, "planning.plots.*.id")),
        "type, absence or situation": frozenset(_priced(record, tree)),
    }


def _priced(record: ScenarioRecord, tree: MappingNode) -> list[str]:
    """Give what a price of `money.programmes` may be of; what says itself how many places it has, nothing else need know."""
    with_places = [path[-2] for path, _ in nodes_at(tree, "money.programmes.*.places")]
    beds = [ACUTE, *(f"{ACUTE}:{name}" for name in _acute(tree))] if _acute(tree) else []
    return [*record.types, *_absences(tree), *beds, *get_args(Situation), *with_places]


def _absences(tree: MappingNode) -> list[str]:
    return [name for _, name, _ in find(tree, "absences.kinds.@")]


def _programme_names(tree: MappingNode) -> list[str]:
    return [name for _, name, _ in find(tree, "programmes.@")]


def _acute(tree: MappingNode) -> list[str]:
    return [name for _, name, _ in find(tree, "acute_beds.kinds.@")]


def _programs(regimes: Sequence[InForce], layout: Layout, start: date) -> list[tuple[float, Any, Any]]:
    """Give (day, program, rule set) ascending: each rule set from its day on, with the versions that it dates itself."""
    days = [0.0 if r.layer is None else days_since(start, r.layer.policy_from) for r in regimes]
    found: list[tuple[float, Any, Any]] = []
    for index, regime in enumerate(regimes):
        begins, ends = days[index], days[index + 1] if index + 1 < len(regimes) else float("inf")
        versions = compile_programs(regime.ruleset, layout)
        found.append((begins, [program for day, program in versions if day <= begins][-1], regime.ruleset))
        found += [(float(day), program, regime.ruleset) for day, program in versions if begins < day < ends]
    return found


def _rules_before_and_after(source: Source, programs: Sequence[tuple[float, Any, Any]]) -> dict[int, tuple[str, str]]:
    """Give, for the number of each policy with rules of its own, the hash of the rules before it and of its own."""
    hashes: dict[int, str] = {}
    for _, program, ruleset in programs:
        hashes[id(ruleset)] = hashes.get(id(ruleset), "") + program.hash
    in_order = list(hashes.values())
    own = [number for number, layer in enumerate(source.layers) if layer.rules is not None]
    return {number: (in_order[place], in_order[place + 1]) for place, number in enumerate(own)}


def _settings(
    record: ScenarioRecord, tree: MappingNode, since: Windows, common: Common, values: Mapping[str, tuple[str, ...]]
) -> Settings:
    rates = {
        name: number_at(Share, node) for name in _RATES for _, node in nodes_at(tree, f"money.{name}") if isinstance(node, Scalar)
    }
    return Settings(
        measure_from=since.measure_from,
        opening=since.opening,
        tau=record.measures.tau,
        limit_days=record.measures.limit,
        ladders=tuple(name for name, scheme in record.schemes.items() if scheme.ladder),
        breakdown=record.measures.breakdown,
        values=values,
        kostra=dict(record.kostra.groups),
        state_pays=state_pays(tree) if common.state_pays is None else common.state_pays,
        **rates,
    )


def _policy(source: Source, start: date) -> PolicyInfo | None:
    layer = source.policy
    if layer is None:
        return None
    return PolicyInfo(
        layer.policy.name,
        layer.policy.question.model_dump(),
        layer.policy_from.isoformat(),
        days_since(start, layer.policy_from),
        layer.policy.kind,
        layer.policy.extends,
        layer.policy.equal_cost,
        source.stack,
    )


def _hash(tree: MappingNode, blueprint: Blueprint, programs: Sequence[str]) -> str:
    """Give the SHA-256 of what decides the results."""
    deciding = {name: value for name, value in plain(tree).items() if name not in SaidRecord.model_fields}
    content = [
        deciding,
        programs,
        blueprint.days,
        blueprint.bins,
        blueprint.policy_from,
        [[name, steps] for name, steps in blueprint.timelines.items()],
        [regime.day for regime in blueprint.regimes],
        [site.id for site in blueprint.sites if site.added],
        *([repr(blueprint.initial.people)] if blueprint.initial.people else []),
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, default=str).encode()).hexdigest()


def _raise(findings: Iterable[Finding]) -> None:
    found = list(dict.fromkeys(findings))
    if found:
        raise InputError(*sorted(found, key=_order))


def _order(finding: Finding) -> tuple[str, int, int]:
    place = finding.place
    return ("", 0, 0) if place is None else (place.file, place.line, place.column)


def shared_days(scenarios: Mapping[str, Scenario]) -> None:
    """Refuse scenarios that cannot be compared because their calendars differ."""
    first = next(iter(scenarios.values())).blueprint
    for name, scenario in scenarios.items():
        other = scenario.blueprint
        if (other.start, other.days, other.bins) != (first.start, first.days, first.bins):
            raise InputError(Finding("not-comparable", f"{name} has another start, horizon or measured window than the baseline",
                                     Place(scenario.path, 1, 1, "")))  # fmt: skip
