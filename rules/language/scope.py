"""What the names in an expression may mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from rules.language.fields import ENTITIES, DefinitionSource, Entity, Field, TableSource
from rules.language.form import Amount, AmountRef, Definition, DefinitionRef, Expr, FieldRef, Table, TableRef, children, entities
from rules.reading import Finding, InputError, Place, closest, fail

#: Reads a definition or table when it is first needed, so that the order of declarations means nothing.
Reader: TypeAlias = Callable[["Scope"], Definition | Table]

#: A definition or table may not unfold to more parts than this, with all that it uses written out.
MOST_PARTS = 5_000
#: Nor more deeply than this.
MOST_DEPTH = 120


@dataclass(frozen=True)
class Scope:
    """Fields, amounts, definitions and tables, and whose fields may be read here.

    Parameters
    ----------
    fields : mapping of str to Field
    amounts : mapping of str to Amount
    readers : dict of str to callable
        Definitions and tables not read yet, by the names used in expressions (`declare_definition`,
        `declare_table` fill it).
    visible : frozenset of str
        Kinds of things whose fields may be read.
    present : frozenset of str
        Fields that may be missing but are known to have a value here.
    findings : list of Finding
        Warnings made while reading expressions are added here.
    """

    fields: Mapping[str, Field]
    amounts: Mapping[str, Amount] = field(default_factory=dict)
    readers: dict[str, Reader] = field(default_factory=dict)
    visible: frozenset[Entity] = frozenset({"applicant", "dwelling", "site"})
    present: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    _made: dict[str, Definition | Table] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _measures: dict[str, tuple[int, int]] = field(default_factory=dict)
    _refused: dict[str, InputError] = field(default_factory=dict)

    def seeing(self, *visible: Entity) -> "Scope":
        """Give the same scope with only the fields of these kinds of things."""
        return replace(self, visible=frozenset(visible))

    def knowing(self, present: frozenset[str]) -> "Scope":
        """Give the same scope where more fields are known to have a value."""
        return replace(self, present=self.present | present)

    def names(self) -> list[str]:
        """Give every name that may be used."""
        seen = [name for name, found in self.fields.items() if found.of in self.visible]
        return [*seen, *self.amounts, *self.readers]

    def declare(self, name: str, reader: Reader, place: Place) -> None:
        """Add a definition or table; its name must be free, unless a field says that it comes from there."""
        known = self.fields.get(name)
        computed = known is not None and isinstance(known.source, DefinitionSource | TableSource)
        if name in self.amounts or name in self.readers or (known is not None and not computed):
            fail("name-taken", f"the name {name!r} is already in use", place)
        self.readers[name] = reader

    def declared(self, name: str, place: Place) -> Definition | Table:
        """Give the definition or table of a name, reading it when it has not been read yet.

        Raises
        ------
        InputError
            When there is none, or when it needs itself.
        """
        if name in self._made:
            return self._made[name]
        if name in self._refused:
            raise self._refused[name]
        if name not in self.readers:
            fail("unknown-name", f"there is no definition or table {name!r}", place, closest(name, self.readers))
        if name in self._open:
            circle = " → ".join([*self._open[self._open.index(name) :], name])
            fail("circular-definition", f"{name!r} needs itself ({circle})", place)
        if len(self._open) > MOST_DEPTH // 2:
            fail("large-definition", f"definitions use each other more than {MOST_DEPTH // 2} deep", place)
        self._open.append(name)
        try:
            whole = replace(self, visible=frozenset(ENTITIES) - {"member"}, present=frozenset())
            made = self.readers[name](whole)
            self._refuse_unfolding(made)
        except InputError as error:
            if any(finding.code == "large-definition" for finding in error.findings):
                self._refused[name] = error  # told once, not again for all that use it
            raise
        finally:
            self._open.pop()
        self._made[name] = made
        return made

    def _refuse_unfolding(self, made: Definition | Table) -> None:
        """Refuse definitions that use each other so often or so deeply that, written out, they would be out of all measure."""
        parts = (made.body,) if isinstance(made, Definition) else (*made.inputs, *(o for row in made.rows for o in row.outputs))
        measured = [self._measure(part) for part in parts]
        size, depth = sum(size for size, _ in measured), max(depth for _, depth in measured)
        self._measures[made.name] = size, depth
        message = None
        if size > MOST_PARTS:
            message = f"{made.name!r} unfolds to {size} parts; {MOST_PARTS} are allowed"
        elif depth > MOST_DEPTH:
            message = f"{made.name!r} unfolds {depth} deep; {MOST_DEPTH} are allowed"
        if message is not None:
            fail("large-definition", message, parts[0].place)

    def _measure(self, expr: Expr) -> tuple[int, int]:
        """Give how many parts an expression unfolds to, and how deep."""
        if isinstance(expr, DefinitionRef | TableRef):
            name = expr.definition.name if isinstance(expr, DefinitionRef) else expr.table.name
            size, depth = self._measures.get(name, (1, 1))
            return size, depth + 1
        measured = [self._measure(part) for part in children(expr)]
        return 1 + sum(size for size, _ in measured), 1 + max((depth for _, depth in measured), default=0)

    def lookup(self, name: str, place: Place) -> Expr:
        """Give what a name means.

        Raises
        ------
        InputError
            For an unknown name, and for one whose fields may not be read here.
        """
        found = self.fields.get(name)
        if found is not None and found.of not in self.visible and not isinstance(found.source, TableSource | DefinitionSource):
            here = " and ".join(sorted(self.visible))
            fail("not-visible", f"{name!r} belongs to the {found.of}; here only the {here} can be read", place)
        if found is not None and not isinstance(found.source, TableSource | DefinitionSource):
            return FieldRef(found, place)
        if name in self.amounts:
            return AmountRef(self.amounts[name], place)
        if found is None and name not in self.readers:
            fail("unknown-name", f"there is no {name!r}", place, closest(name, self.names()))
        return self._computed(name, found, place)

    def _computed(self, name: str, found: Field | None, place: Place) -> Expr:
        key = found.source.name if found and isinstance(found.source, TableSource | DefinitionSource) else name
        made = self.declared(key, place)
        ref: Expr
        if isinstance(made, Definition):
            ref = DefinitionRef(made, place)
        else:
            columns = [output.name for output in made.outputs]
            wanted = name if name in columns else key
            if wanted not in columns:
                fail("unknown-column", f"the table {made.name!r} has no column {wanted!r}", place, closest(wanted, columns))
            ref = TableRef(made, columns.index(wanted), place)
        hidden = entities(ref) - self.visible
        if hidden:
            here = " and ".join(sorted(self.visible))
            fail("not-visible", f"{name!r} reads the {' and '.join(sorted(hidden))}; here only the {here} can be read", place)
        return ref
