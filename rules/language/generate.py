"""From the intermediate form to Python source: what runs a million times.

Text reaches the compiler only through the form: names of fields and numbers and words that were checked when
they were declared. The code runs without Python's builtins.
"""

from typing import Any
from zlib import crc32

from rules.language.calendar_days import NEVER, Calendar, count_after, next_count
from rules.language.combine import swapped
from rules.language.fields import Aggregate, Count, Domain, Elapsed, Entity, Field, Remaining, Within
from rules.language.form import (
    AmountRef,
    And,
    Arith,
    Compare,
    CompareOp,
    Const,
    Definition,
    DefinitionRef,
    Expr,
    FieldRef,
    In,
    IsMissing,
    Not,
    Or,
    Table,
    TableRef,
    entities,
    reads_time,
)
from rules.language.generate_table import table_lines
from rules.language.layout import MissingFact

#: The local variable that holds the facts of each kind of thing.
VARIABLES: dict[Entity, str] = {"applicant": "a", "dwelling": "d", "site": "s", "member": "m"}

_PER_MONTH = {"months": 1, "years": 12}
_PER_DAY = {"days": 1, "weeks": 7}


class ModuleText:
    """Source of a module under construction: functions, and the expressions to put into them.

    Functions of definitions, tables and aggregates are added when an expression needs them; their names begin
    with an underscore. Functions added by `function` must not.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._names: dict[tuple[str, object], str] = {}

    def text(self) -> str:
        """Give the source."""
        return "\n\n".join(self._parts) + "\n"

    def function(self, name: str, parameters: str, lines: list[str]) -> None:
        """Add a function with these lines as its body."""
        body = "\n".join(f"    {line}" for line in lines)
        self._parts.append(f"def {name}({parameters}):\n{body}")

    def value(self, expr: Expr) -> str:
        """Give the source of an expression over the locals `a`, `d`, `s`, `m` (facts) and `day`."""
        match expr:
            case Const(value=value):
                return f"({value!r})" if isinstance(value, int) and value < 0 else repr(value)
            case AmountRef(amount=amount):
                return f"({amount.value!r})" if amount.value < 0 else repr(amount.value)
            case FieldRef(field=field):
                return self._field(field)
            case DefinitionRef(definition=definition):
                return self._call("d", definition.name, definition, expr)
            case TableRef(table=table, column=column):
                return self._call("t", table.outputs[column].name, (table, column), expr)
            case Arith(op=op, left=left, right=right):
                return f"({self.value(left)} {op} {self.value(right)})"
            case Compare(op=sign, left=left, right=right):
                return threshold(expr) or f"({self.value(left)} {sign} {self.value(right)})"
            case In(item=item, options=options):
                listed = ", ".join(repr(option) for option in options)
                return f"({self.value(item)} in ({listed},))"
            case IsMissing(field=field):
                return f"({_missing_slot(field)} is None)"
            case Not(item=item):
                return f"(not {self.value(item)})"
            case And(items=items):
                return "(" + " and ".join(self.value(item) for item in items) + ")"
            case Or(items=items):
                return "(" + " or ".join(self.value(item) for item in items) + ")"

    def until(self, expr: Expr) -> str:
        """Give the source of `change.next_change`: the first day after `day` on which the value may differ."""
        from rules.language.generate_change import until

        return until(self, expr)

    def shared(self, kind: str, name: str, key: object, parameters: str, lines: list[str]) -> str:
        """Add a helper function unless the same one is there already, and give its name."""
        known = self._names.get((kind, key))
        if known is None:
            known = self._names[kind, key] = f"_{kind}_{name}_{len(self._names)}"
            self.function(known, parameters, lines)
        return known

    def known(self, kind: str, key: object) -> str | None:
        """Give the name of a helper function that was added before."""
        return self._names.get((kind, key))

    def _field(self, field: Field) -> str:
        slot = f"{VARIABLES[field.of]}.{field.name}"
        match field.source:
            case Elapsed():
                return _clamped(_elapsed(field, field.source), field.domain)
            case Remaining(unit=unit):
                return _clamped(f"_remaining({slot}__end, day, {unit!r})", field.domain)
            case Count():
                none = min(max(0, field.domain.lo), field.domain.hi)
                some = _clamped(f"_count_after({slot}__ends, day)", field.domain)
                return f"({some} if {slot}__ends else {none})"
            case Within():
                return f"(day < {slot}__until)"
            case Aggregate():
                return f"{self._aggregate(field, field.source)}(a, day)"
        return slot

    def _aggregate(self, field: Field, source: Aggregate) -> str:
        one = "1" if source.field is None else self._field(source.field)
        add = f"t = _larger(t, {one})" if source.op == "max" else f"t += {one}"
        test = "True" if source.where is None else self.value(source.where)
        lines = ["t = 0", "for m in a.members:", f"    if {test}:", f"        {add}", f"return {_clamped('t', field.domain)}"]
        return self.shared("g", field.name, field, "a, day", lines)

    def _call(self, kind: str, name: str, key: Any, expr: Expr) -> str:
        arguments = parameters_of(expr)
        found = self.known(kind, key)
        if found is None:
            lines = [f"return {self.value(key.body)}"] if isinstance(key, Definition) else self._table(*key)
            found = self.shared(kind, name, key, arguments, lines)
        return f"{found}({arguments})"

    def _table(self, table: Table, column: int) -> list[str]:
        inputs = [f"i{index} = {self.value(part)}" for index, part in enumerate(table.inputs)]
        outputs = [self.value(row.outputs[column]) for row in table.rows]
        constant = all(isinstance(row.outputs[column], Const) for row in table.rows)
        lines, lookup = table_lines(table, outputs, constant)
        if lookup:
            name = f"_rows_{len(self._parts)}"
            self._parts.append(f"{name} = {lookup}")
            lines = [line.replace("_rows_", name) for line in lines]
        return inputs + lines


def parameters_of(expr: Expr) -> str:
    """Give the locals an expression needs, as parameters or arguments: ``a, d, day``."""
    seen = entities(expr)
    names = [name for entity, name in VARIABLES.items() if entity in seen]
    return ", ".join([*names, "day"] if reads_time(expr) else names)


def build_module(text: str, calendar: Calendar) -> dict[str, Any]:
    """Compile source made by `ModuleText`, and give its namespace.

    Parameters
    ----------
    text : str
    calendar : Calendar
        Of the layout whose facts the functions will read.
    """
    namespace: dict[str, Any] = {
        "__builtins__": {},
        "NEVER": NEVER,
        "_reach": calendar.add_months,
        "_months": calendar.completed_months,
        "_remaining": calendar.remaining,
        "_next_elapsed": calendar.next_elapsed,
        "_next_remaining": calendar.next_remaining,
        "_next_count": next_count,
        "_count_after": count_after,
        "_clamp": _clamp,
        "_larger": max,
        "_smaller": min,
        "_no_row": _no_row,
    }
    # A name of its own for each: a profiler counts what has one name as one.
    exec(compile(text, f"<rules {crc32(text.encode()):08x}>", "exec"), namespace)
    return namespace


def held_day(field: Field, source: Elapsed) -> str:
    """Give the source of the day up to which an elapsed time has run."""
    if not source.pauses:
        return "day"
    held = f"{VARIABLES[field.of]}.{field.name}__held"
    return f"(day if day < {held} else {held})"


def threshold(expr: Compare) -> str | None:
    """Give a fast source for a comparison of an elapsed time with a number, or None.

    A month is neither shorter than 28 days nor longer than 31, and n months differ from 30.4369 n days by less than
    4: the calendar is asked only near the threshold.
    """
    for op, side, other in ((expr.op, expr.left, expr.right), (swapped(expr.op), expr.right, expr.left)):
        if isinstance(side, FieldRef) and isinstance(side.field.source, Elapsed) and isinstance(other, Const | AmountRef):
            return _at_least(side.field, side.field.source, op, other.domain.lo)
    return None


def _at_least(field: Field, source: Elapsed, op: CompareOp, value: int) -> str | None:
    if op in ("==", "!="):
        return None
    least = value + 1 if op in (">", "<=") else value
    if not field.domain.lo < least <= field.domain.hi:
        return None
    since, now = f"{VARIABLES[field.of]}.{field.name}__since", held_day(field, source)
    if source.unit in _PER_DAY:
        sign = ">=" if op in (">", ">=") else "<"
        return f"({now} - {since} {sign} {least * _PER_DAY[source.unit]})"
    months = least * _PER_MONTH[source.unit]
    middle = months * 304369 // 10000
    name = "day"
    if source.pauses:
        name, now = "n", f"(n := {now})"
    text = f"((e := {now} - {since}) >= {middle + 5} or e >= {middle - 4} and _reach({since}, {months}) <= {name})"
    return text if op in (">", ">=") else f"(not {text})"


def _elapsed(field: Field, source: Elapsed) -> str:
    since, now = f"{VARIABLES[field.of]}.{field.name}__since", held_day(field, source)
    if source.unit in _PER_DAY:
        days = f"({now} - {since})"
        return days if source.unit == "days" else f"({days} // 7)"
    months = f"_months({since}, {now})"
    return months if source.unit == "months" else f"({months} // 12)"


def _missing_slot(field: Field) -> str:
    slot = f"{VARIABLES[field.of]}.{field.name}"
    if isinstance(field.source, Remaining):
        return f"{slot}__end"
    return f"{slot}__since" if isinstance(field.source, Elapsed) else slot


def _clamped(text: str, domain: Domain) -> str:
    return f"_clamp({text}, {domain.lo}, {domain.hi})"


def _clamp(value: int, lo: int, hi: int) -> int:
    return lo if value < lo else hi if value > hi else value


def _no_row(table: str, values: object) -> None:
    raise MissingFact(f"the table {table!r} has no row for {values}: a value is outside its range")
