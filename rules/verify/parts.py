"""The parts of a version of the rules: each root expression with the name of what it belongs to, and its own parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.language import Aggregate, Definition, Expr, Table, fields_of
from rules.language.fields import YES_NO
from rules.language.form import And, Const, DefinitionRef, Not, Or, TableRef, children
from rules.ruleset import Rule, RuleSet, Version


@dataclass(frozen=True, slots=True)
class Root:
    """An expression that stands by itself in the rules.

    Parameters
    ----------
    owner : str
        Id of the rule, or name of the definition or table.
    part : str
        Which part of it: ``when requires unless is priority input output``, or the key.
    expr : Expr
    """

    owner: str
    part: str
    expr: Expr


def roots(ruleset: RuleSet, version: Version) -> Iterator[Root]:
    """Give every root expression of a version once: of rules, of definitions and tables, of filters of members."""
    for rule in version.all_rules():
        yield from _of_rule(rule)
    for number, criterion in enumerate(version.priority, 1):
        yield from (Root(name, "priority", when) for name, when in criterion.classes)
        if criterion.expr is not None:
            yield Root(f"priority {number}", criterion.kind, criterion.expr)
    for key in ("reply_days", "term_months"):
        expr = getattr(version, key)
        if expr is not None:
            yield Root(key, key, expr)
    yield from (Root(trigger.id, "when", trigger.when) for trigger in version.triggers())
    for hold in version.holds:
        yield Root(hold.id, "when", hold.when)
        yield Root(hold.id, "longest_days", hold.longest_days)
    yield from _of_named(version)
    yield from _of_members(ruleset, version)


def inner(expr: Expr) -> Iterator[Expr]:
    """Give an expression and its parts from the outside inwards, but not the inside of definitions and tables."""
    yield expr
    if not isinstance(expr, DefinitionRef | TableRef):
        for part in children(expr):
            yield from inner(part)


def atoms(expr: Expr) -> Iterator[Expr]:
    """Give the atomic conditions of an expression, but not those inside definitions, which are told for themselves."""
    if isinstance(expr, And | Or | Not):
        for part in children(expr):
            yield from atoms(part)
    elif expr.domain == YES_NO and not isinstance(expr, Const | DefinitionRef):
        yield expr
    elif not isinstance(expr, DefinitionRef | TableRef):
        for part in children(expr):
            yield from atoms(part)


def tables_of(version: Version) -> Iterator[Table]:
    """Give every table once, though a table of several columns has several names."""
    seen: set[int] = set()
    for made in version.named.values():
        if isinstance(made, Table) and id(made) not in seen:
            seen.add(id(made))
            yield made


def _of_rule(rule: Rule) -> Iterator[Root]:
    if rule.when is not None:
        yield Root(rule.id, "when", rule.when)
    yield Root(rule.id, "requires", rule.requires)
    yield from (Root(f"{rule.id}.{waiver.id}", "unless", waiver.when) for waiver in rule.waivers)


def _of_named(version: Version) -> Iterator[Root]:
    for made in version.named.values():
        if isinstance(made, Definition):
            yield Root(made.name, "is", made.body)
    for table in tables_of(version):
        yield from (Root(table.name, "input", part) for part in table.inputs)
        yield from (Root(table.name, "output", output) for row in table.rows for output in row.outputs)


def _of_members(ruleset: RuleSet, version: Version) -> Iterator[Root]:
    read = {field.name for expr in version.exprs() for field in fields_of(expr).values()}
    for field in ruleset.fields.values():
        if field.name in read and isinstance(field.source, Aggregate) and field.source.where is not None:
            yield Root(field.name, "where", field.source.where)
