"""`change.next_change` as Python source."""

from typing import TYPE_CHECKING

from rules.language.change import bare_clock, option_cuts
from rules.language.cuts import constant, constant_cuts, input_cuts
from rules.language.fields import Aggregate, Count, Elapsed, Field, Remaining, Within
from rules.language.form import (
    And,
    Compare,
    CompareOp,
    DefinitionRef,
    Expr,
    FieldRef,
    In,
    Or,
    TableRef,
    children,
    entities,
    reads_time,
)

if TYPE_CHECKING:
    from rules.language.generate import ModuleText


def until(module: "ModuleText", expr: Expr) -> str:
    """Give the source of the first day after `day` on which the value of an expression may differ."""
    if not reads_time(expr):
        return "NEVER"
    match expr:
        case FieldRef(field=field):
            return _field(module, field, "None")
        case And() | Or() | DefinitionRef() | TableRef():
            return _function(module, expr)
        case Compare(op=op, left=left, right=right):
            bare = bare_clock(op, left, right)
            if bare is not None:
                field, sign, still = bare
                return _field(module, field, _cuts(module, sign, still) if field.type == "int" else "None")
        case In(item=FieldRef(field=field), options=options) if field.type == "int":
            return _field(module, field, repr(option_cuts(options)))
    return _soonest([until(module, part) for part in children(expr)])


def _function(module: "ModuleText", expr: And | Or | DefinitionRef | TableRef) -> str:
    from rules.language.generate import VARIABLES

    seen = entities(expr)
    parameters = ", ".join([*(name for entity, name in VARIABLES.items() if entity in seen), "day"])
    name = module.known("u", expr)
    if name is None:
        match expr:
            case And(items=items) | Or(items=items):
                lines = _joined(module, items, "not " if isinstance(expr, And) else "")
            case DefinitionRef(definition=definition):
                lines = [f"return {until(module, definition.body)}"]
            case TableRef():
                lines = [f"return {_soonest(_table(module, expr))}"]
        name = module.shared("u", "until", expr, parameters, lines)
    return f"{name}({parameters})"


def _joined(module: "ModuleText", items: tuple[Expr, ...], opposite: str) -> list[str]:
    lines = ["u = NEVER"]
    for item in items:
        change = until(module, item)
        lines += [f"c = {change}", f"if {opposite}{module.value(item)}:", "    return c"]
        if change != "NEVER":
            lines += ["if c < u:", "    u = c"]
    return [*lines, "return u"]


def _table(module: "ModuleText", expr: TableRef) -> list[str]:
    found = []
    for index, part in enumerate(expr.table.inputs):
        if isinstance(part, FieldRef) and part.domain.kind == "int":
            found.append(_field(module, part.field, repr(input_cuts(expr.table, index))))
        else:
            found.append(until(module, part))
    return found + [until(module, row.outputs[expr.column]) for row in expr.table.rows]


def _soonest(found: list[str]) -> str:
    timed = list(dict.fromkeys(text for text in found if text != "NEVER"))
    if len(timed) < 2:
        return timed[0] if timed else "NEVER"
    return f"_smaller({', '.join(timed)})"


def _cuts(module: "ModuleText", op: CompareOp, still: Expr) -> str:
    value = constant(still)
    if value is not None:
        return repr(constant_cuts(op, value))
    text = module.value(still)
    if op in (">=", "<"):
        return f"({text},)"
    return f"({text} + 1,)" if op in (">", "<=") else f"({text}, {text} + 1)"


def _field(module: "ModuleText", field: Field, cuts: str) -> str:
    from rules.language.generate import VARIABLES

    slot = f"{VARIABLES[field.of]}.{field.name}"
    ends = f"({field.domain.lo}, {field.domain.hi})"
    match field.source:
        case Elapsed(unit=unit, pauses=pauses):
            held = f"{slot}__held" if pauses else "NEVER"
            return f"_next_elapsed({slot}__since, {held}, day, {unit!r}, {ends}, {cuts})"
        case Remaining(unit=unit):
            return f"_next_remaining({slot}__end, day, {unit!r}, {ends}, {cuts})"
        case Count():
            return f"_next_count({slot}__ends, day, {ends}, {cuts})"
        case Within():
            return f"({slot}__until if {slot}__until > day else NEVER)"
        case Aggregate() if field.moves_with_time:
            return f"{_aggregate(module, field, field.source)}(a, day)"
    return "NEVER"


def _aggregate(module: "ModuleText", field: Field, source: Aggregate) -> str:
    lines = ["u = NEVER", "for m in a.members:"]
    if source.where is not None:
        lines += [f"    u = _smaller(u, {until(module, source.where)})"]
        if source.field is not None:
            lines += [f"    if {module.value(source.where)}:"]
            lines += [f"        u = _smaller(u, {_field(module, source.field, 'None')})"]
    elif source.field is not None:
        lines += [f"    u = _smaller(u, {_field(module, source.field, 'None')})"]
    return module.shared("v", field.name, field, "a, day", [*lines, "return u"])
