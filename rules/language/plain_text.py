"""An expression as its author would write it."""

from rules.language.form import (
    AmountRef,
    And,
    Arith,
    Compare,
    Const,
    DefinitionRef,
    Expr,
    FieldRef,
    In,
    IsMissing,
    Not,
    Or,
    TableRef,
)

_STRENGTH = {"or": 1, "and": 2, "not": 3, "compare": 4, "+": 5, "-": 5, "*": 6, "//": 6}


def expression_text(expr: Expr) -> str:
    """Give the source text of an expression, with no more brackets than it needs."""
    return _text(expr, 0)


def _text(expr: Expr, around: int) -> str:
    text, strength = _written(expr)
    return f"({text})" if strength < around else text


def _written(expr: Expr) -> tuple[str, int]:
    match expr:
        case Const(value=value, word=word):
            text = word or (repr(value) if not isinstance(value, bool) else "yes" if value else "no")
            return text, 9
        case AmountRef(amount=amount):
            return amount.name, 9
        case FieldRef(field=field):
            return field.name, 9
        case DefinitionRef(definition=definition):
            return definition.name, 9
        case TableRef():
            return expr.output.name, 9
        case Arith(op=op, left=left, right=right):
            own = _STRENGTH[op]
            return f"{_text(left, own)} {op} {_text(right, own + 1)}", own
        case Compare(op=sign, left=left, right=right):
            return f"{_text(left, 5)} {sign} {_text(right, 5)}", 4
        case In(item=item, options=options):
            return f"{_text(item, 5)} in [{', '.join(map(repr, options))}]", 4
        case IsMissing(field=field, what=what):
            return f"{field.name} is {what}", 4
        case Not(item=IsMissing(field=field, what=what)):
            return f"{field.name} is not {what}", 4
        case Not(item=item):
            return f"not {_text(item, 3)}", 3
        case And(items=items):
            return " and ".join(_text(item, 3) for item in items), 2
        case Or(items=items):
            return " or ".join(_text(item, 2) for item in items), 1
