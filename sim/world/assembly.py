"""Assembly: a world from a blueprint. The order of mechanisms, and so of their handlers, is fixed here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sim.kernel import CALENDAR
from sim.world.arrivals import start_arrivals
from sim.world.building import add_site
from sim.world.mechanisms import MECHANISMS
from sim.world.moments import Moments
from sim.world.rule_facts import keepers_of
from sim.world.settle import settle
from sim.world.start import start_applicants, start_former, start_history, start_residents, start_transfers, start_waiting
from sim.world.wake import fire
from sim.world.world import World

if TYPE_CHECKING:
    from sim.world.blueprint import Blueprint


def assemble(
    blueprint: Blueprint,
    layout: Any,
    programs: Mapping[str, Any],
    conditions: tuple[Any, Any],
    seed: int,
    replication: int,
    observer: Any = None,
) -> World:
    """Build the world as it stands on day 0, settled, before the first event.

    Parameters
    ----------
    blueprint : Blueprint
        What it is made of.
    layout : Layout
        The classes of facts.
    programs : mapping of hash to Program
        The rules of every regime, built.
    conditions : (Conditions, Conditions)
        Conditions of risk factors: all of them, and those that read the applicant alone.
    seed, replication : int
        Key every draw.
    observer : object, optional
        Is told of every decision: ``allocation`` of the choice for a home, ``verdict`` of those on one household alone.

    Returns
    -------
    World
        Ready for ``world.clock.run``.
    """
    in_force = {max(regime.day, 0.0): programs[regime.program.hash] for regime in blueprint.regimes}
    of_list = {program.hash: program for program in in_force.values()}
    world = World(blueprint, layout, in_force[0.0], seed, replication)
    world.observer = observer
    world.regimes = tuple(sorted(in_force.items(), key=itemgetter(0)))
    del in_force[0.0]
    world.settle = partial(settle, world)
    world.wake = partial(fire, world)
    for name, rules in blueprint.programmes.items():
        world.programmes[name] = program = programs[rules.program.hash]
        world.site_defaults.update(program.kept)  # counts for quotas, which the programme keeps itself
    # Before the sites: homes that open on the day on which rules change are let under the new ones.
    for day, program in in_force.items():
        _schedule_regime(world, day, program)
    for kind in MECHANISMS:
        if kind.name in blueprint.mechanisms:
            for fact in kind.facts:
                _default(world, fact)
    world.mechanisms.update(keepers_of(world, of_list))
    for spec in blueprint.sites:
        add_site(world, spec)
    for kind in MECHANISMS:
        parameters = blueprint.mechanisms.get(kind.name)
        if parameters is not None:
            world.mechanisms[kind.name] = kind(parameters, world)
    mechanisms = world.mechanisms.values()
    world.moments = Moments(m.handlers() for m in mechanisms)
    world.rules_read = _read_by_rules(world, (*of_list.values(), *world.programmes.values()))
    world.install(tuple(t for m in mechanisms for t in m.transitions()), *conditions)
    if any(program.suits_timed for program in of_list.values()):
        _try_daily(world)
    start_residents(world)
    start_waiting(world)
    start_history(world)
    start_former(world)
    for mechanism in mechanisms:
        mechanism.start()
    start_transfers(world)
    start_arrivals(world)
    start_applicants(world)
    settle(world)
    world.begun = True
    return world


def _read_by_rules(world: World, all_rules: Iterable[Any]) -> frozenset[str]:
    """The fields that decide the wish to move or the place on the list, and those of the applicant that any decision reads.

    What is known of a site beyond that is read of the homes there, and whoever changes it has them tried again.
    """
    fields = world.layout.fields
    found: set[str] = set()
    for program in all_rules:
        found |= program.watched
        found.update(name for name in program.reads if name in fields and fields[name].of == "applicant")
    return frozenset(found)


def _default(world: World, fact: Any) -> None:
    if fact.name in world.layout.fields:
        if fact.of == "applicant":
            world.supplied_defaults[fact.name] = fact.default
        elif fact.of == "site":
            world.site_defaults[fact.name] = fact.default


def _schedule_regime(world: World, day: float, program: Any) -> None:
    """Let other rules come into force on a day: everybody on the list is placed anew, every resident's wish to move reviewed."""

    def change() -> None:
        if program.hash == world.program.hash:
            return
        world.program = program
        for renew in world.on_rules:
            renew()
        world.queue.rebuild()
        for household in world.households.values():
            world.touch(household)

    if day < world.blueprint.days:
        world.at(day, CALENDAR, change)


def _try_daily(world: World) -> None:
    """Try vacant homes again every day, where time alone can change who suits them."""

    def day_begins() -> None:
        world.queue.try_all()
        _try_daily(world)

    day = float(world.day + 1)
    if day < world.blueprint.days:
        world.at(day, CALENDAR, day_begins)
