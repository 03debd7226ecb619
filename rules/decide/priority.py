"""The order of priority as generated code: a key of integers, and the day it expires."""

from collections.abc import Iterable, Sequence

from rules.language import Elapsed, Expr, ModuleText, entities
from rules.language.form import Const
from rules.ruleset.model import Criterion


def reads_home(criterion: Criterion) -> bool:
    """Say whether a criterion reads a dwelling or a site."""
    return any(entities(expr) - {"applicant"} for expr in criterion.exprs)


def full_scan(priority: Iterable[Criterion]) -> bool:
    """Say whether the order depends on the home, so that pools kept in order are no use."""
    return any(reads_home(criterion) for criterion in priority)


def key_lines(module: ModuleText, priority: Sequence[Criterion]) -> list[str]:
    """Give the body of a function for the key; smaller goes first."""
    return ["return (" + "".join(f"{_number(module, criterion)}, " for criterion in priority) + ")"]


def key_until_lines(module: ModuleText, priority: Sequence[Criterion]) -> list[str]:
    """Give the body of a function for the first day after `day` on which the key may differ."""
    lines = ["u = NEVER"]
    for criterion in priority:
        own = _until_lines(module, criterion)
        if criterion.within is not None:
            lines += _earlier(module.until(criterion.within))
            own = [f"if {module.value(criterion.within)}:", *("    " + line for line in own or ["pass"])]
        lines += own
    return [*lines, "return u"]


def _until_lines(module: ModuleText, criterion: Criterion) -> list[str]:
    lines: list[str] = []
    if criterion.kind == "class":
        lines += _class_until(module, criterion)
    elif criterion.kind == "longest":
        lines += _held(criterion)
        lines += [] if criterion.capped is None else _earlier(module.until(criterion.capped))
    return lines if criterion.expr is None else [*lines, *_earlier(module.until(criterion.expr))]


def _number(module: ModuleText, criterion: Criterion) -> str:
    own = _own_number(module, criterion)
    return own if criterion.within is None else f"({own} if {module.value(criterion.within)} else 0)"


def _own_number(module: ModuleText, criterion: Criterion) -> str:
    if criterion.kind == "class":
        text = str(len(criterion.classes))
        for number, (_, when) in reversed(list(enumerate(criterion.classes))):
            text = str(number) if _always(when) else f"({number} if {module.value(when)} else {text})"
        return text
    if criterion.kind == "longest":
        since = _since(criterion)
        return since if criterion.capped is None else f"(-NEVER if {module.value(criterion.capped)} else {since})"
    if criterion.kind == "lottery":
        return "a.lottery"
    assert criterion.expr is not None
    value = module.value(criterion.expr)
    return value if criterion.kind == "lowest" else f"-{value}"


def _since(criterion: Criterion) -> str:
    """Give the day the time would have begun, had it never paused: it stands still as long as no pause goes on."""
    field = criterion.field
    assert field is not None and isinstance(field.source, Elapsed)
    since, held = f"a.{field.name}__since", f"a.{field.name}__held"
    text = f"({since} if {held} > day else {since} + day - {held})" if field.source.pauses else since
    return f"(NEVER if {since} is None else {text})" if field.may_be else text


def _held(criterion: Criterion) -> list[str]:
    field = criterion.field
    assert field is not None and isinstance(field.source, Elapsed)
    if not field.source.pauses:
        return []
    text = f"a.{field.name}__held"
    begun = f" and a.{field.name}__since is not None" if field.may_be else ""
    return [f"if {text} <= day{begun}:", "    u = _smaller(u, day + 1)"]


def _class_until(module: ModuleText, criterion: Criterion) -> list[str]:
    """Judge the classes in order until one holds: only those judged can change the class."""
    lines: list[str] = []
    indent = ""
    for _, when in criterion.classes:
        if _always(when):
            break
        lines += [indent + line for line in _earlier(module.until(when))]
        lines.append(f"{indent}if not {module.value(when)}:")
        indent += "    "
    return [*lines, f"{indent}pass"]


def _always(when: Expr) -> bool:
    return isinstance(when, Const) and when.value is True


def _earlier(change: str) -> list[str]:
    return [] if change == "NEVER" else [f"u = _smaller(u, {change})"]
