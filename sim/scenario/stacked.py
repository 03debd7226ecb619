"""Policies laid on one another: in what order their files apply, and what they are called together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from rules.reading import Finding, InputError, Label, Link, fail, resolve_extends, validate
from sim.scenario.model import PolicyRecord

#: A policy file, what stands in it, and from when it is in effect.
Head = tuple[Link, PolicyRecord, date]


class Stack(NamedTuple):
    """A scenario, what is laid over it in the order in which it applies, and the policies that were asked for."""

    scenario: Link
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
    heads: dict[Path, Head] = {}
    asked: list[PolicyRecord] = []
    for path in paths:
        root, *rest = resolve_extends(path)
        first = first or root
        if root.path.resolve() != first.path.resolve():
            raise InputError(
                Finding(
                    "not-comparable",
                    f"policies laid on one another extend one scenario; this one extends {root.path}, not {first.path}",
                    rest[-1].node.place if rest else root.node.place,
                )
            )
        since: date | None = None
        for link in rest:
            policy = validate(PolicyRecord, link.node)
            since = policy.policy_from or since
            if since is None:
                fail("missing-key", "the policy does not say from when it is in effect", link.node.place,
                     "write `policy_from: 2027-01-01`")  # fmt: skip
            heads.setdefault(link.path.resolve(), (link, policy, since))
        if rest:
            asked.append(heads[rest[-1].path.resolve()][1])
    assert first is not None
    applied = list(heads.values())
    return Stack(first, sorted(applied, key=itemgetter(2)) if len(paths) > 1 else applied, tuple(asked))


def together(last: PolicyRecord, policies: Sequence[PolicyRecord]) -> PolicyRecord:
    """Give the last policy of a stack the name, label and question of all of them."""
    labels = [policy.label or Label(nb=policy.name, en=policy.name) for policy in policies]
    said = Label(nb=" + ".join(label.nb for label in labels), en=" + ".join(label.en for label in labels))
    question = Label(nb=f"Hva gir tiltakene til sammen: {said.nb}?", en=f"What do the policies give together: {said.en}?")
    name = "+".join(policy.name for policy in policies)
    return last.model_copy(update={"name": name, "label": said, "question": question, "equal_cost": ()})
