"""Which fields are sure to have a value where they are used."""

from rules.language.form import And, DefinitionRef, Expr, FieldRef, IsMissing, Not, Or, TableRef, children
from rules.reading import Finding


def present_when(expr: Expr, truth: bool) -> frozenset[str]:
    """Give the fields that are known to have a value once `expr` has been found true (or false).

    Fields that were used in judging the expression count too: they could not have been used otherwise.
    """
    match expr:
        case IsMissing(field=field):
            return frozenset() if truth else frozenset({field.name})
        case Not(item=item):
            return present_when(item, not truth)
        case DefinitionRef(definition=definition):
            return present_when(definition.body, truth)
        case And(items=items) | Or(items=items):
            if truth is isinstance(expr, And):
                return frozenset().union(*(present_when(item, truth) for item in items))
            # One item decided, after all before it had the other truth.
            before: frozenset[str] = frozenset()
            sure: frozenset[str] | None = None
            for item in items:
                here = before | present_when(item, truth)
                sure = here if sure is None else sure & here
                before |= present_when(item, not truth)
            return sure or frozenset()
    return _used(expr)


def _used(expr: Expr) -> frozenset[str]:
    """Give the fields that may be missing and must have been used to judge the expression at all."""
    match expr:
        case FieldRef(field=field):
            return frozenset({field.name}) if field.may_be else frozenset()
        case And(items=items) | Or(items=items):
            return _used(items[0])
        case DefinitionRef() | TableRef():
            return frozenset()
    return frozenset().union(*(_used(part) for part in children(expr)))


def untested(expr: Expr, present: frozenset[str] = frozenset()) -> list[Finding]:
    """Find the uses of fields that may be missing and have not been tested where they are used.

    Parameters
    ----------
    expr : Expr
    present : frozenset of str
        Fields known to have a value before `expr` is judged.
    """
    match expr:
        case FieldRef(field=field, place=place):
            if field.may_be is None or field.name in present:
                return []
            return [Finding("untested-missing", f"{field.name!r} may be {field.may_be} and is used without a test", place,
                            f"write `{field.name} is not {field.may_be} and …`")]  # fmt: skip
        case And(items=items) | Or(items=items):
            found = []
            for item in items:
                found += untested(item, present)
                present |= present_when(item, isinstance(expr, And))
            return found
        case DefinitionRef():
            return []  # judged where it is defined, knowing nothing
    return [finding for part in children(expr) for finding in untested(part, present)]
