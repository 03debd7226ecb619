"""Findings about what is declared and never used: fields, definitions, tables, amounts."""

from collections.abc import Iterator

from rules.language import Expr, fields_of, walk
from rules.language.form import AmountRef, DefinitionRef, TableRef
from rules.reading import Mapping, Place
from rules.ruleset import RuleSet, Version
from rules.ruleset.indexed import BASIC_AMOUNT
from rules.verify.remark import Remark, remark


def unused_findings(ruleset: RuleSet, tree: Mapping | None) -> Iterator[Remark]:
    """Find fields that no rule reads, and names that no rule uses, in any version.

    Parameters
    ----------
    ruleset : RuleSet
    tree : Mapping or None
        As it was written, for the places of amounts.
    """
    used: set[str] = set()
    names: set[str] = set()
    for version in ruleset.versions:
        for expr in _all_exprs(version):
            used |= set(fields_of(expr))
            for part in walk(expr):
                names |= _name(part)
        used |= {criterion.field.name for criterion in version.priority if criterion.field is not None}
    for name, field in ruleset.fields.items():
        computed = any(name in version.named for version in ruleset.versions)
        if name not in used and not computed and field.of != "member":
            yield remark(
                "unused-field", name, field.place, f"ingen regel leser feltet {name!r}", f"no rule reads the field {name!r}"
            )
    for version in ruleset.versions:
        for name in version.named:
            if name not in names:
                yield remark("unused-name", name, _place(version, name), f"ingen regel bruker {name!r}", f"no rule uses {name!r}")
    for name in dict.fromkeys(name for version in ruleset.versions for name in version.amounts):
        if name not in names and name != BASIC_AMOUNT:  # used by every amount written in multiples of it
            yield remark(
                "unused-amount", name, _amount_place(tree, name), f"ingen regel bruker {name!r}", f"no rule uses {name!r}"
            )


def _all_exprs(version: Version) -> Iterator[Expr]:
    yield from version.exprs()
    for rule in version.all_rules():
        if rule.ground is not None:
            yield from (piece for piece in (*rule.ground.nb, *rule.ground.en) if not isinstance(piece, str))
    for made in version.named.values():
        if hasattr(made, "body"):
            yield made.body
        else:
            yield from made.inputs
            yield from (output for row in made.rows for output in row.outputs)


def _name(part: Expr) -> set[str]:
    match part:
        case DefinitionRef(definition=definition):
            return {definition.name}
        case TableRef(table=table):
            return {table.name, *(output.name for output in table.outputs)}
        case AmountRef(amount=amount):
            return {amount.name}
    return set()


def _place(version: Version, name: str) -> Place:
    made = version.named[name]
    place: Place = made.body.place if hasattr(made, "body") else made.place
    return place


def _amount_place(tree: Mapping | None, name: str) -> Place | None:
    section = tree.entries.get("amounts") if tree is not None else None
    if section is None or not isinstance(section.node, Mapping) or name not in section.node.entries:
        return None
    return section.node.entries[name].key_place
