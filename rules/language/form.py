"""The intermediate form: what an expression means, apart from how it is written, computed or told.

Every back (generated Python, interpreter, change, cut points, prose) reads this form and nothing else.
Nodes are frozen; two nodes are equal when they mean the same, wherever they were written.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rules.language.fields import YES_NO, Aggregate, Domain, Entity, Field, Missing
from rules.reading import Label, Place

Value: TypeAlias = int | bool | str
ArithOp: TypeAlias = Literal["+", "-", "*", "//"]
CompareOp: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Const:
    """A value written out. `word` is how it was written when that is a word, such as ``otherwise``."""

    value: Value
    domain: Domain
    place: Place = dataclasses.field(compare=False)
    word: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A named number, resolved for the day the program is made for.

    `written` is how it was written when that is no plain number, such as ``2.5 G``.
    """

    name: str
    value: int
    label: Label = dataclasses.field(compare=False)
    unit: str | None = None
    written: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class AmountRef:
    """The use of a named number."""

    amount: Amount
    place: Place = dataclasses.field(compare=False)

    @property
    def domain(self) -> Domain:
        """The one value it has."""
        return Domain("int", self.amount.value, self.amount.value)


@dataclass(frozen=True, slots=True)
class FieldRef:
    """The value of a field."""

    field: Field
    place: Place = dataclasses.field(compare=False)

    @property
    def domain(self) -> Domain:
        """The domain of the field."""
        return self.field.domain


@dataclass(frozen=True, slots=True)
class Definition:
    """A named expression. A definition is used by name, and told by its label."""

    name: str
    body: "Expr"
    label: Label = dataclasses.field(compare=False)
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class DefinitionRef:
    """The use of a definition."""

    definition: Definition
    place: Place = dataclasses.field(compare=False)

    @property
    def domain(self) -> Domain:
        """The domain of the definition."""
        return self.definition.body.domain


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results of a decision table; used in expressions by its name."""

    name: str
    domain: Domain
    label: Label = dataclasses.field(compare=False)
    unit: str | None = None
    value_labels: tuple[tuple[str, Label], ...] = dataclasses.field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a decision table.

    Parameters
    ----------
    cells : tuple of (tuple of (int, int) or tuple of str or bool, or None)
        For each input what it must be: closed intervals, or values of an enum or yes/no; None = anything.
    outputs : tuple of Expr
        One for each output column.
    """

    cells: "tuple[Cell, ...]"
    outputs: "tuple[Expr, ...]"
    place: Place = dataclasses.field(compare=False)


Cell: TypeAlias = tuple[tuple[int, int], ...] | tuple[str | bool, ...] | None


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table.

    Parameters
    ----------
    name : str
    hit : {'unique', 'collect'}
        ``unique``: exactly one row answers, proved at load. ``collect``: the sum of all rows that answer.
    inputs : tuple of Expr
    outputs : tuple of Output
    rows : tuple of Row
    """

    name: str
    hit: Literal["unique", "collect"]
    inputs: "tuple[Expr, ...]"
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    label: Label = dataclasses.field(compare=False)
    place: Place = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class TableRef:
    """The value of one output column of a table."""

    table: Table
    column: int
    place: Place = dataclasses.field(compare=False)

    @property
    def output(self) -> Output:
        """The column."""
        return self.table.outputs[self.column]

    @property
    def domain(self) -> Domain:
        """The domain of the column."""
        return self.output.domain


@dataclass(frozen=True, slots=True)
class Arith:
    """Arithmetic on integers; the domain is what interval arithmetic gives."""

    op: ArithOp
    left: "Expr"
    right: "Expr"
    domain: Domain
    place: Place = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison. A chain ``a <= b <= c`` is an `And` of two."""

    op: CompareOp
    left: "Expr"
    right: "Expr"
    place: Place = dataclasses.field(compare=False)

    domain = YES_NO


@dataclass(frozen=True, slots=True)
class In:
    """Whether a value is one of some constants."""

    item: "Expr"
    options: tuple[Value, ...]
    place: Place = dataclasses.field(compare=False)

    domain = YES_NO


@dataclass(frozen=True, slots=True)
class IsMissing:
    """Whether a field has no value."""

    field: Field
    what: Missing
    place: Place = dataclasses.field(compare=False)

    domain = YES_NO


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    item: "Expr"
    place: Place = dataclasses.field(compare=False)

    domain = YES_NO


@dataclass(frozen=True, slots=True)
class And:
    """All of several conditions, judged from the left until one fails."""

    items: "tuple[Expr, ...]"
    place: Place = dataclasses.field(compare=False)

    domain = YES_NO


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of several conditions, judged from the left until one holds."""

    items: "tuple[Expr, ...]"
    place: Place = dataclasses.field(compare=False)

    domain = YES_NO


Expr: TypeAlias = Const | AmountRef | FieldRef | DefinitionRef | TableRef | Arith | Compare | In | IsMissing | Not | And | Or


def children(expr: Expr) -> tuple[Expr, ...]:
    """Give the parts of an expression; of a definition its body, of a table its inputs and outputs."""
    match expr:
        case Arith(left=left, right=right) | Compare(left=left, right=right):
            return left, right
        case And(items=items) | Or(items=items):
            return items
        case Not(item=item) | In(item=item):
            return (item,)
        case DefinitionRef(definition=definition):
            return (definition.body,)
        case TableRef(table=table, column=column):
            return table.inputs + tuple(row.outputs[column] for row in table.rows)
    return ()


def walk(expr: Expr) -> Iterator[Expr]:
    """Give an expression and all its parts, from the outside inwards, definitions and tables included."""
    stack = [expr]
    while stack:
        found = stack.pop()
        yield found
        stack.extend(reversed(children(found)))


def fields_of(expr: Expr) -> dict[str, Field]:
    """Give the fields an expression reads, by name in sorted order.

    A field that aggregates over members stands for itself; the fields of the members are not listed.
    """
    found = {part.field.name: part.field for part in walk(expr) if isinstance(part, FieldRef | IsMissing)}
    return dict(sorted(found.items()))


def reads(expr: Expr) -> frozenset[str]:
    """Give the names of the fields an expression reads."""
    return frozenset(fields_of(expr))


def entities(expr: Expr) -> frozenset[Entity]:
    """Give the kinds of things whose fields an expression reads."""
    return frozenset(found.of for found in fields_of(expr).values())


def reads_time(expr: Expr) -> bool:
    """Say whether the value of an expression may change with nothing but time."""
    return any(found.moves_with_time for found in fields_of(expr).values())


def aggregates(expr: Expr) -> tuple[Field, ...]:
    """Give the fields an expression reads that aggregate over members."""
    return tuple(found for found in fields_of(expr).values() if isinstance(found.source, Aggregate))


def conjuncts(expr: Expr) -> tuple[Expr, ...]:
    """Split a condition into parts that must all hold: through definitions, and by De Morgan through `not`.

    The parts together say the same as the whole when judged from the left.
    """
    match expr:
        case And(items=items):
            return tuple(part for item in items for part in conjuncts(item))
        case DefinitionRef(definition=definition) if definition.body.domain == YES_NO:
            parts = conjuncts(definition.body)
            return parts if len(parts) > 1 else (expr,)
        case Not(item=Or(items=items), place=place):
            return tuple(part for item in items for part in conjuncts(Not(item, place)))
        case Not(item=Not(item=item)):
            return conjuncts(item)
        case Const(value=True):
            return ()
    return (expr,)


def conjunction(items: tuple[Expr, ...], place: Place) -> Expr:
    """Join conditions by `and`; no condition at all is always true."""
    if len(items) == 1:
        return items[0]
    return And(items, place) if items else Const(True, YES_NO, place, "otherwise")
