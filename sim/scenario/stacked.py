"""Policies laid on one another: in what order their files apply, and what they are called together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from rules.reading import Finding, InputError, Label, Link, fail, resolve_extends, validate
from sim.scenario.from_register import split_registers
from sim.scenario.model import PolicyRecord

#: A policy file, what stands in it, and from when it is in effect.
Head = tuple[Link, PolicyRecord, date]


class Stack(NamedTuple):
    """A scenario, the registers and policies laid over it in the order in which they apply, and the policies asked for."""

    scenario: Link
    registers: list[tuple[Link, PolicyRecord]]
    heads: list[Head]
    asked: tuple[PolicyRecord, ...]


def stacked(paths: Sequence[str | Path]) -> Stack:
    """Read the chains of some files, and give the scenario and the policies laid over it.

    Where two policies change the same value, the one that takes effect later stands, and of two on one day the one named later.
    A policy that another extends is laid once.

    Parameters
    ----------
    paths : sequence of (str or Path)
        One file; or several policies of one scenario, to be laid on one another.

    Raises
    ------
    InputError
        For a file that cannot be read, a policy without a date, and policies of different scenarios.
    """
    first: Link | None = None
    registers: list[tuple[Link, PolicyRecord]] = []
    heads: dict[Path, Head] = {}
    asked: list[PolicyRecord] = []
    for path in paths:
        root, *links = resolve_extends(path)
        own, policies = split_registers([(link, validate(PolicyRecord, link.node)) for link in links])
        rest = [link for link, _ in policies]
        if first is None:
            first, registers = root, own
        same = [link.path.resolve() for link, _ in own] == [link.path.resolve() for link, _ in registers]
        if root.path.resolve() != first.path.resolve() or not same:
            raise InputError(
                Finding(
                    "not-comparable",
                    f"policies laid on one another extend one scenario; this one extends {root.path}, not {first.path}",
                    rest[-1].node.place if rest else root.node.place,
                )
            )
        since: date | None = None
        for link, policy in policies:
            since = policy.policy_from or since
            if since is None:
                fail("missing-key", "the policy does not say from when it is in effect", link.node.place,
                     "write `policy_from: 2027-01-01`")  # fmt: skip
            heads.setdefault(link.path.resolve(), (link, policy, since))
        if rest:
            asked.append(heads[rest[-1].path.resolve()][1])
    assert first is not None
    applied = list(heads.values())
    return Stack(first, registers, sorted(applied, key=itemgetter(2)) if len(paths) > 1 else applied, tuple(asked))


def together(last: PolicyRecord, policies: Sequence[PolicyRecord]) -> PolicyRecord:
    """Give the last policy of a stack the name, label and question of all of them."""
    labels = [policy.label or Label(nb=policy.name, en=policy.name) for policy in policies]
    said = Label(nb=" + ".join(label.nb for label in labels), en=" + ".join(label.en for label in labels))
    question = Label(nb=f"Hva gir tiltakene til sammen: {said.nb}?", en=f"What do the policies give together: {said.en}?")
    name = "+".join(policy.name for policy in policies)
    return last.model_copy(update={"name": name, "label": said, "question": question, "equal_cost": ()})
