"""What the names in an expression may mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from rules.language.fields import ENTITIES, DefinitionSource, Entity, Field, TableSource
from rules.language.form import Amount, AmountRef, Definition, DefinitionRef, Expr, FieldRef, Table, TableRef, entities
from rules.reading import Finding, Place, closest, fail

#: Reads a definition or table when it is first needed, so that the order of declarations means nothing.
Reader: TypeAlias = Callable[["Scope"], Definition | Table]


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
        if name not in self.readers:
            fail("unknown-name", f"there is no definition or table {name!r}", place, closest(name, self.readers))
        if name in self._open:
            circle = " → ".join([*self._open[self._open.index(name) :], name])
            fail("circular-definition", f"{name!r} needs itself ({circle})", place)
        self._open.append(name)
        try:
            whole = replace(self, visible=frozenset(ENTITIES) - {"member"}, present=frozenset())
            self._made[name] = self.readers[name](whole)
        finally:
            self._open.pop()
        return self._made[name]

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
