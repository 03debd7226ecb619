"""Names and rules of one date: amounts, definitions and tables declared, conditions read, discretion and exclusions woven in."""

from datetime import date
from typing import Any

from rules.language import (
    Amount,
    Entity,
    Expr,
    Field,
    Kind,
    Scope,
    declare_definition,
    declare_table,
    parse_expression,
    present_when,
    unit_of,
)
from rules.language.form import And, Const, FieldRef
from rules.reading import (
    Entry,
    Finding,
    InputError,
    Label,
    Mapping,
    Node,
    Path,
    Place,
    Scalar,
    Sequence,
    at,
    fail,
    validate,
)
from rules.ruleset.discretion import Discretion, generated_name
from rules.ruleset.exclusions import conditions as exclusion_conditions
from rules.ruleset.exclusions import read_exclusion_period, read_length
from rules.ruleset.generated import GRANTING
from rules.ruleset.indexed import BASIC_AMOUNT, resolved
from rules.ruleset.lookups import lookup_table
from rules.ruleset.model import (
    Basis,
    Rule,
    Stage,
    Template,
    Waiver,
)
from rules.ruleset.quotas import Quota
from rules.ruleset.sections import (
    AmountRecord,
    Based,
    DefinitionRecord,
    DiscretionRecord,
    ExceptionRecord,
    ExclusionRecord,
    RuleRecord,
    RuleSetRecord,
    TableBasis,
)
from rules.ruleset.templates import read_template

APPLICANT: tuple[Entity, ...] = ("applicant",)
ALL: tuple[Entity, ...] = ("applicant", "dwelling", "site")


class RuleReader:
    """Reads names and rules in force on one date; mistakes are collected in `findings`.

    Parameters
    ----------
    tree : Mapping
        The merged rule set.
    record : RuleSetRecord
        The same, as records.
    fields : mapping of str to Field
        The declared and the generated ones.
    since : date or None
        From when these rules are in force; None = always.
    """

    def __init__(self, tree: Mapping, record: RuleSetRecord, fields: dict[str, Field], since: date | None) -> None:
        self.tree, self.record, self.since = tree, record, since
        self.findings: list[Finding] = []
        self.fields = fields
        self.discretions: list[Discretion] = []
        self.counted: list[Quota] = []
        self.track: Expr | None = None
        self.scope = Scope(fields, self._amounts())
        self.basis: dict[str, Basis] = {name: basis_of(amount) for name, amount in record.amounts.items()}

    def _amounts(self) -> dict[str, Amount]:
        """Give the amounts of the date that are not looked up by a field; multiples of G in whole kroner."""
        basic = self.record.amounts.get(BASIC_AMOUNT)
        one = self._written(basic)[1] if basic is not None else None
        found = {}
        for name, record in self.record.amounts.items():
            path, value = self._written(record)
            if isinstance(value, dict):
                continue
            try:
                number = resolved(value, one if isinstance(one, int) else None, at(self.tree, ("amounts", name, *path)).place)
            except InputError as error:
                self.findings += error.findings
                number = 0
            written = value if isinstance(value, str) else ""
            found[name] = Amount(name, number, label_of(record.label, name), record.unit, written)
        return found

    def _written(self, record: AmountRecord) -> tuple[Path, int | str | dict[str, int | str]]:
        """Give the value in force on the date, as written, and the path to it; before the first date, the first."""
        if record.value is not None:
            return ("value",), record.value
        assert record.values
        dated = sorted(record.values.items())
        past = [item for item in dated if self.since is not None and item[0] <= self.since]
        day, value = past[-1] if past else dated[0]
        return ("values", day.isoformat()), value

    def _declare_lookups(self) -> list[str]:
        """Declare amounts looked up by a field as tables of one input."""
        names = []
        for name, record in self.record.amounts.items():
            path, value = self._written(record)
            if isinstance(value, dict):
                basic = self.scope.amounts.get(BASIC_AMOUNT)
                node = at(self.tree, ("amounts", name))
                try:
                    assert isinstance(node, Mapping)
                    declare_table(self.scope, name, lookup_table(name, node, path, value, basic.value if basic else None))
                except InputError as error:
                    self.findings += error.findings
                    continue
                names.append(name)
        return names

    def _declare_definitions(self) -> list[str]:
        names = []
        for name, item in self.record.definitions.items():
            entry = self.tree.entries["definitions"].node
            node = at(entry, (name, "is") if isinstance(item, DefinitionRecord) else (name,))
            record = item if isinstance(item, DefinitionRecord) else None
            if record is not None and not self._in_force(record):
                continue
            label = label_of(record.label if record else None, name)
            try:
                declare_definition(self.scope, name, text_of(node), node.place, label, record.unit if record else None)
            except InputError as error:
                self.findings += error.findings
                continue
            self.basis[name] = basis_of(record) if record else Basis(status="illustrative")
            names.append(name)
        return names

    def _declare_tables(self) -> list[str]:
        names = []
        for name in self.record.tables:
            node = at(self.tree, ("tables", name))
            try:
                kept = declare_table(self.scope, name, node)
                entries = {key: Entry(key, part.place, part) for key, part in kept.items()}
                self.basis[name] = basis_of(validate(TableBasis, Mapping(entries, node.place)))
            except InputError as error:
                self.findings += error.findings
                continue
            names.append(name)
        return names

    def _expr(self, path: Path, kind: Kind, visible: tuple[Entity, ...], given: tuple[Expr | None, ...] = ()) -> Expr | None:
        """Read the expression at a path, knowing that the conditions `given` hold; None after a mistake."""
        node = at(self.tree, path)
        known = frozenset[str]().union(*(present_when(when, True) for when in given if when is not None))
        scope = self.scope.seeing(*visible).knowing(known)
        try:
            return parse_expression(text_of(node), node.place, scope, kind)
        except InputError as error:
            self.findings += error.findings
            return None

    def _number(self, path: Path, written: Any, unit: str) -> Expr | None:
        """Read a number that the world takes in a unit."""
        expr = None if written is None else self._expr(path, "int", ALL)
        own = None if expr is None else unit_of(expr)
        if expr is not None and own not in (None, unit):
            self.findings.append(Finding("unit-mismatch", f"this is in {own}, and {unit} are needed", expr.place,
                                         f"give it the unit {unit}"))  # fmt: skip
        return expr

    def _rules(
        self, stage: Stage, path: Path, records: "dict[str, RuleRecord] | dict[str, Any]", visible: tuple[Entity, ...]
    ) -> tuple[Rule, ...]:
        found = (self._rule(stage, (*path, name), name, item, visible) for name, item in records.items())
        return tuple(rule for rule in found if rule is not None)

    def _rule(self, stage: Stage, path: Path, name: str, record: RuleRecord, visible: tuple[Entity, ...]) -> Rule | None:
        if not self._in_force(record):
            return None
        label, place = label_of(record.label, name), self._key_place(path)
        when = self._in_track(None if record.when is None else self._expr((*path, "when"), "yes/no", visible), place)
        requires: Expr | None
        if isinstance(record, ExclusionRecord) and record.after is not None:
            when, requires = self._lasting(path, name, record, when, place)
        else:
            if record.discretion is not None:
                when = self._at_discretion(name, None, record.discretion, when, place, grants=stage in GRANTING)
            requires = self._expr((*path, "requires"), "yes/no", visible, (when,))
        waivers = [
            waiver
            for key in ("unless", "cured_by")
            for other, item in getattr(record, key, {}).items()
            if (waiver := self._waiver((*path, key, other), name, other, item, when, visible)) is not None
        ]
        ground = None if record.ground is None else self._template((*path, "ground"), record.ground, visible)
        if requires is None:
            return None
        return Rule(name, stage, label, when, requires, tuple(waivers), basis_of(record), ground, place)

    def _waiver(
        self, path: Path, rule: str, name: str, record: ExceptionRecord, given: Expr | None, visible: tuple[Entity, ...]
    ) -> Waiver | None:
        if not self._in_force(record):
            return None
        place = at(self.tree, path).place
        when = None if record.when is None else self._expr((*path, "when"), "yes/no", visible, (given,))
        if record.when is not None and when is None:
            return None
        if record.discretion is not None:
            when = self._at_discretion(rule, name, record.discretion, when, place)
        assert when is not None
        return Waiver(name, label_of(record.label, name), when, basis_of(record), place)

    def _at_discretion(
        self, rule: str, exception: str | None, record: DiscretionRecord, when: Expr | None, place: Place, *, grants: bool = False
    ) -> Expr:
        """Join a condition with the decision of the authority."""
        name = generated_name("taken", rule, exception or "")
        shares = () if record.taken is None else ((True, record.taken), (False, 1.0 - record.taken))
        self.discretions.append(Discretion(name, rule, exception, grants, record.authority, shares, place))
        taken = FieldRef(self.fields[name], place)
        return taken if when is None or (isinstance(when, Const) and when.value is True) else And((when, taken), place)

    def _in_track(self, when: Expr | None, place: Place) -> Expr | None:
        """Narrow a condition to those of the track that is being read."""
        if self.track is None:
            return when
        return self.track if when is None else And((self.track, when), place)

    def _lasting(self, path: Path, name: str, record: ExclusionRecord, when: Expr | None, place: Place) -> tuple[Expr, Expr]:
        """Give scope and requirement of an exclusion for a time after an event."""
        since = self.fields[generated_name("since", name)]
        period, _ = read_exclusion_period(at(self.tree, (*path, "period")))
        length = self.fields.get(generated_name("set", name))
        given = record.discretion
        if length is not None and given is not None:
            shares = tuple((read_length(text, period, place), share) for text, share in (given.set or {}).items())
            self.discretions.append(Discretion(length.name, name, None, False, given.authority, shares, place, True))
        return exclusion_conditions(since, length, when, period, place)

    def _template(self, path: Path, ground: Label, visible: tuple[Entity, ...]) -> Template | None:
        scope = self.scope.seeing(*visible)
        try:
            nb = read_template(ground.nb, at(self.tree, (*path, "nb")).place, scope)
            return Template(nb, read_template(ground.en, at(self.tree, (*path, "en")).place, scope))
        except InputError as error:
            self.findings += error.findings
            return None

    def _key_place(self, path: Path) -> Place:
        above = at(self.tree, path[:-1])
        return above.entries[str(path[-1])].key_place if isinstance(above, Mapping) else above.place

    def _in_force(self, record: Based) -> bool:
        window = record.valid
        if window is None:
            return True
        if self.since is None:
            return window.from_ is None
        return (window.from_ is None or window.from_ <= self.since) and (window.to is None or self.since <= window.to)


def basis_of(record: Based) -> Basis:
    """Give the legal bases and the status that a record states."""
    legal = record.legal
    return Basis((legal,) if isinstance(legal, str) else tuple(legal or ()), record.status)


def label_of(label: Label | None, name: str) -> Label:
    """Give what something is called; where the author does not say, its id in small letters."""
    return label or Label(nb=name.replace("_", " ").lower(), en=name.replace("_", " ").lower())


def text_of(node: Node) -> str:
    """Give the text of an expression. Raises `InputError` for a list or a map."""
    if not isinstance(node, Scalar):
        what = "a list" if isinstance(node, Sequence) else "a map"
        fail("wrong-type", f"an expression is needed here, and this is {what}", node.place)
    return node.text
