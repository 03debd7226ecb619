"""Mutants: rule sets that differ from the written one in a single small mistake.

The operators are the usual ones of mutation testing (DeMillo, Lipton and Sayward 1978) for conditions, and for rules
what an author may forget: a rule, its scope, an exception, a class of priority.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rules.reading import Place
from rules.ruleset import Hold, RuleSet, Trigger, Version
from rules.verify.mutate_expressions import Change, expression_changes
from rules.verify.mutate_rules import rule_changes
from rules.verify.mutate_tables import table_changes
from rules.verify.parts import roots
from rules.verify.rewrite import holders, rewritten


@dataclass(frozen=True)
class Mutant:
    """One changed rule set, before it is made.

    Parameters
    ----------
    owner : str
        Id of the rule, or name of the definition, table or amount.
    kind : str
        Code of what was changed, such as ``bound`` or ``drop-exception``.
    before, after : dict of str to str
        Wording by language.
    place : Place
    changes : dict of int to object
        What replaces what, by `id`.
    met_in : set of int
        By `id`, the parts of which a case must judge one to be able to notice.
    part : object
        What was replaced; in other versions of the rules its twins are.
    """

    owner: str
    kind: str
    before: dict[str, str]
    after: dict[str, str]
    place: Place
    changes: dict[int, Any]
    met_in: set[int]
    part: Any

    @property
    def name(self) -> str:
        """What it is called in a file of accepted mutants; it does not change when lines move."""
        return f"{self.owner}: {self.before['en']} -> {self.after['en']}"

    def made(self, ruleset: RuleSet) -> RuleSet:
        """Give the changed rule set."""
        return rewritten(ruleset, self.changes)


def mutants(ruleset: RuleSet) -> list[Mutant]:
    """Give the mutants of a rule set.

    A part that stands in several versions of the rules is changed in all of them. Changes that make the same of the
    same part are given once.
    """
    index: dict[type, list[Any]] = {}
    for part in holders(ruleset):
        index.setdefault(type(part), []).append(part)
    found: dict[tuple[object, ...], Mutant] = {}
    for change in _changes(ruleset):
        parts = _alike(index, change.part)
        place = change.place
        key = (change.owner, place.file, place.line, place.column, change.before["en"], change.after["en"])
        known = found.get(key)
        changes = {id(part): change.made(part) for part in parts}
        met_in = {number for part in parts for number in _judged(part)}
        if known is None:
            found[key] = Mutant(change.owner, change.kind, change.before, change.after, place, changes, met_in, change.part)
        else:
            known.changes.update(changes)
            known.met_in.update(met_in)
    return sorted(found.values(), key=lambda m: (m.place.file, m.place.line, m.place.column, m.name))


def _changes(ruleset: RuleSet) -> Iterator[Change]:
    for version in ruleset.versions:
        for root in roots(ruleset, version):
            yield from expression_changes(root)
        yield from rule_changes(version)
        yield from table_changes(version)


def _alike(index: dict[type, list[Any]], part: Any) -> Iterable[Any]:
    """Give a part and its twins: what was written in the same place and means the same."""
    place = getattr(part, "place", None)
    return [p for p in index[type(part)] if p is part or (place is not None and p.place == place and p == part)]


def _judged(part: Any) -> Iterator[int]:
    """Give what is noted when a part is judged; a case that notes none of it answers the same whatever the part says."""
    if isinstance(part, Version):
        yield from (id(piece) for piece in (*part.moves, *part.priority, *(hold.when for hold in part.holds)))
    else:
        yield id(part.when) if isinstance(part, Trigger | Hold) else id(part)
