"""A scenario ready to run: frozen plain data that can be sent to other processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.reading import Finding, Place
from sim.measures.settings import Settings
from sim.scenario.parameters import Assumption
from sim.scenario.typical import Typical
from sim.world.blueprint import Blueprint


@dataclass(frozen=True, slots=True)
class PolicyInfo:
    """What a policy says of itself.

    Parameters
    ----------
    name : str
    question : dict
        By language (nb, en).
    policy_from : str
        ISO date from which it is in effect.
    day : float
        The same, in days from the start.
    kind : {'decision', 'what_if'}
    extends : str
        The file it extends.
    equal_cost : tuple of str
        Files of the policies that cost the same.
    stack : tuple of str
        Names of the policies that it lays on one another; empty for one by itself.
    """

    name: str
    question: Mapping[str, str]
    policy_from: str
    day: float
    kind: str
    extends: str
    equal_cost: tuple[str, ...] = ()
    stack: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything that `sim.replication` and a results folder need to know.

    Parameters
    ----------
    id, name : str
        The id of the scenario, and the name of its policy (the id where there is none).
    path : str
        The file asked for, as given.
    title, question : dict
        By language (nb, en).
    blueprint : Blueprint
        What the world is assembled from.
    settings : Settings
        What the measures must be told.
    rulesets : dict of str to RuleSet
        By the hash of their program: every regime's rules.
    layout : Layout
        The classes of facts, made of ``blueprint.fields``.
    hash : str
        SHA-256 of everything that can change a result but seed and number of the replication.
    inputs : tuple of (str, str)
        Every file read, with the SHA-256 of its bytes, in the order read.
    assumptions : tuple of Assumption
        Every parameter.
    texts : dict
        Labels by path (``types.single_flat``), each by language.
    policy : PolicyInfo or None
    data : {'assumed', 'real'}
    real_data : dict
        Purpose, legal basis and reference of the assessment of real data; empty for assumed ones.
    set : tuple of (str, str)
        Values set from outside.
    goals : dict
        The municipality's own goals, as written.
    precision : tuple of (measure, value, Place)
        How precise the figures should be (half widths), as written, each with its place.
    findings : tuple of Finding
        Warnings made while reading.
    stock_names : dict of str to str
        Scheme -> what a dwelling of it is called in counts of the stock (its id where nothing is said).
    long_run : bool
        Whether the long run is asked for, not what follows from the first day's state.
    typical : tuple of Typical
        Persons to follow through every replication.
    burn_in_tolerance : float
        The share by which the first year may differ from what later years make of it.
    programme_rules : dict of str to RuleSet
        By programme: the rules for those who take part in it.
    """

    id: str
    name: str
    path: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    blueprint: Blueprint
    settings: Settings
    rulesets: Mapping[str, Any]
    layout: Any
    hash: str
    inputs: tuple[tuple[str, str], ...]
    assumptions: tuple[Assumption, ...]
    texts: Mapping[str, Mapping[str, str]]
    policy: PolicyInfo | None = None
    data: str = "assumed"
    real_data: Mapping[str, str] = field(default_factory=dict)
    set: tuple[tuple[str, str], ...] = ()
    goals: Mapping[str, Any] = field(default_factory=dict)
    precision: tuple[tuple[str, Any, Place], ...] = ()
    findings: tuple[Finding, ...] = ()
    stock_names: Mapping[str, str] = field(default_factory=dict)
    long_run: bool = False
    typical: tuple[Typical, ...] = ()
    burn_in_tolerance: float = 0.1
    programme_rules: Mapping[str, Any] = field(default_factory=dict)
