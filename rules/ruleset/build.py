"""From the records of a rule set to its rules, as typed expressions in force on a date."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from rules.language import (
    Amount,
    Elapsed,
    Entity,
    Expr,
    Field,
    Kind,
    Scope,
    declare_definition,
    declare_table,
    parse_expression,
    present_when,
)
from rules.language.form import FieldRef
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
from rules.ruleset.model import (
    Basis,
    Criterion,
    CriterionKind,
    Hold,
    Rule,
    Stage,
    Template,
    Trigger,
    Version,
    Waiver,
)
from rules.ruleset.sections import (
    AmountRecord,
    Based,
    CriterionRecord,
    DefinitionRecord,
    RuleRecord,
    RuleSetRecord,
    TableBasis,
)
from rules.ruleset.templates import read_template

_APPLICANT: tuple[Entity, ...] = ("applicant",)
_ALL: tuple[Entity, ...] = ("applicant", "dwelling", "site")


class VersionBuilder:
    """Reads the rules in force on one date.

    Parameters
    ----------
    tree : Mapping
        The merged rule set.
    record : RuleSetRecord
        The same, as records.
    fields : mapping of str to Field
    since : date or None
        From when these rules are in force; None = always.

    Mistakes are collected in `findings`; `build` raises them together.
    """

    def __init__(self, tree: Mapping, record: RuleSetRecord, fields: dict[str, Field], since: date | None) -> None:
        self.tree, self.record, self.since = tree, record, since
        self.findings: list[Finding] = []
        self.scope = Scope(fields, {name: self._amount(name, amount) for name, amount in record.amounts.items()})
        self.basis: dict[str, Basis] = {name: _basis(amount) for name, amount in record.amounts.items()}

    def build(self) -> Version:
        """Give the rules.

        Raises
        ------
        InputError
            With every mistake found in the rules of this date.
        """
        names = [*self._declare_definitions(), *self._declare_tables()]
        named = {}
        for name in names:
            try:
                named[name] = self.scope.declared(name, self.tree.place)
            except InputError as error:
                self.findings += error.findings
        offers, tenancy = self.record.offers, self.record.tenancy
        version = Version(
            since=self.since,
            amounts=dict(self.scope.amounts),
            named=named,
            named_basis=self.basis,
            scope=self._rules("scope", ("scope",), self.record.scope, _APPLICANT),
            eligibility=self._rules("eligibility", ("eligibility",), self.record.eligibility, _APPLICANT),
            exclusion=self._rules("exclusion", ("exclusion",), self.record.exclusion, _APPLICANT),
            matching=self._rules("matching", ("matching",), self.record.matching, _ALL),
            living_environment=self._rules("living_environment", ("living_environment",), self.record.living_environment, _ALL),
            priority=self._criteria(),
            reply_days=self._number(("offers", "reply_days"), offers.reply_days),
            declined=self._triggers(
                (("offers", "declined", index), item.id, item, item.outcome) for index, item in enumerate(offers.declined)
            ),
            term_months=self._number(("tenancy", "term_months"), tenancy.term_months),
            renewal=self._rules("renewal", ("tenancy", "renewal"), tenancy.renewal, _ALL),
            warning=self._one_trigger("warning", tenancy.warning),
            notice=self._one_trigger("notice", tenancy.notice),
            moves=self._rules("moves", ("moves",), self.record.moves, _ALL),
            holds=self._holds(),
            temporary=self._rules("temporary", ("temporary",), self.record.temporary, _APPLICANT),
        )
        self.findings += self.scope.findings
        errors = [finding for finding in self.findings if finding.severity == "error"]
        if errors:
            raise InputError(*dict.fromkeys(errors))
        return version

    # --- names ------------------------------------------------------------------------------------------------

    def _amount(self, name: str, record: AmountRecord) -> Amount:
        value = record.value
        if record.values:
            dated = sorted(record.values.items())
            past = [number for day, number in dated if self.since is not None and day <= self.since]
            value = past[-1] if past else dated[0][1]
        assert value is not None
        return Amount(name, value, _label(record.label, name), record.unit)

    def _declare_definitions(self) -> list[str]:
        names = []
        for name, item in self.record.definitions.items():
            entry = self.tree.entries["definitions"].node
            node = at(entry, (name, "is") if isinstance(item, DefinitionRecord) else (name,))
            record = item if isinstance(item, DefinitionRecord) else None
            if record is not None and not self._in_force(record):
                continue
            label = _label(record.label if record else None, name)
            try:
                declare_definition(self.scope, name, _text(node), node.place, label, record.unit if record else None)
            except InputError as error:
                self.findings += error.findings
                continue
            self.basis[name] = _basis(record) if record else Basis(status="illustrative")
            names.append(name)
        return names

    def _declare_tables(self) -> list[str]:
        names = []
        for name in self.record.tables:
            node = at(self.tree, ("tables", name))
            try:
                kept = declare_table(self.scope, name, node)
                entries = {key: Entry(key, part.place, part) for key, part in kept.items()}
                self.basis[name] = _basis(validate(TableBasis, Mapping(entries, node.place)))
            except InputError as error:
                self.findings += error.findings
                continue
            names.append(name)
        return names

    # --- expressions ------------------------------------------------------------------------------------------

    def _expr(self, path: Path, kind: Kind, visible: tuple[Entity, ...], given: tuple[Expr | None, ...] = ()) -> Expr | None:
        """Read the expression at a path, knowing that the conditions `given` hold; None after a mistake."""
        node = at(self.tree, path)
        known = frozenset[str]().union(*(present_when(when, True) for when in given if when is not None))
        scope = self.scope.seeing(*visible).knowing(known)
        try:
            return parse_expression(_text(node), node.place, scope, kind)
        except InputError as error:
            self.findings += error.findings
            return None

    def _number(self, path: Path, written: Any) -> Expr | None:
        return None if written is None else self._expr(path, "int", _ALL)

    # --- rules ------------------------------------------------------------------------------------------------

    def _rules(
        self, stage: Stage, path: Path, records: "dict[str, RuleRecord] | dict[str, Any]", visible: tuple[Entity, ...]
    ) -> tuple[Rule, ...]:
        found = (self._rule(stage, (*path, name), name, item, visible) for name, item in records.items())
        return tuple(rule for rule in found if rule is not None)

    def _rule(self, stage: Stage, path: Path, name: str, record: RuleRecord, visible: tuple[Entity, ...]) -> Rule | None:
        if not self._in_force(record):
            return None
        when = None if record.when is None else self._expr((*path, "when"), "yes/no", visible)
        requires = self._expr((*path, "requires"), "yes/no", visible, (when,))
        waivers = []
        for other, item in record.unless.items():
            if not self._in_force(item):
                continue
            waived = self._expr((*path, "unless", other, "when"), "yes/no", visible, (when,))
            if waived is not None:
                place = at(self.tree, (*path, "unless", other)).place
                waivers.append(Waiver(other, _label(item.label, other), waived, _basis(item), place))
        ground = None if record.ground is None else self._template((*path, "ground"), record.ground, visible)
        if requires is None:
            return None
        label, place = _label(record.label, name), self._key_place(path)
        return Rule(name, stage, label, when, requires, tuple(waivers), _basis(record), ground, place)

    def _template(self, path: Path, ground: Label, visible: tuple[Entity, ...]) -> Template | None:
        scope = self.scope.seeing(*visible)
        try:
            nb = read_template(ground.nb, at(self.tree, (*path, "nb")).place, scope)
            return Template(nb, read_template(ground.en, at(self.tree, (*path, "en")).place, scope))
        except InputError as error:
            self.findings += error.findings
            return None

    def _criteria(self) -> tuple[Criterion, ...]:
        found = (self._criterion(index, item) for index, item in enumerate(self.record.priority))
        return tuple(criterion for criterion in found if criterion is not None)

    def _criterion(self, index: int, record: CriterionRecord) -> Criterion | None:
        if not self._in_force(record):
            return None
        kind, path = record.kinds[0], ("priority", index)
        place = at(self.tree, (*path, kind)).place
        classes: list[tuple[str, Expr]] = []
        for name in record.class_ or ():
            when = self._expr((*path, "class", name), "yes/no", _ALL)
            if when is not None:
                classes.append((name, when))
        expr = field = None
        if kind in ("points", "highest", "lowest"):
            expr = self._expr((*path, kind), "int", _ALL)
        if record.longest is not None:
            field = self._elapsed(record.longest, place)
        return Criterion(_kind(kind), _label(record.label, kind), tuple(classes), expr, field, _basis(record), place)

    def _elapsed(self, name: str, place: Place) -> Field | None:
        try:
            found = self.scope.seeing(*_APPLICANT).lookup(name, place)
            if not isinstance(found, FieldRef) or not isinstance(found.field.source, Elapsed):
                fail("wrong-type", f"`longest` needs a field whose source is `elapsed`, and {name!r} is none", place,
                     "use highest or lowest for numbers")  # fmt: skip
            return found.field
        except InputError as error:
            self.findings += error.findings
            return None

    def _one_trigger(self, name: str, record: Any) -> Trigger | None:
        if record is None:
            return None
        found = self._triggers([(("tenancy", name), name.upper(), record, name)])
        return found[0] if found else None

    def _triggers(self, items: Iterable[tuple[Path, str, Any, str]]) -> tuple[Trigger, ...]:
        found = []
        for path, name, record, outcome in items:
            when = self._expr((*path, "when"), "yes/no", _ALL) if self._in_force(record) else None
            if when is not None:
                place = at(self.tree, path).place
                found.append(Trigger(name, _label(record.label, name), when, outcome, _basis(record), place))
        return tuple(found)

    def _holds(self) -> tuple[Hold, ...]:
        found = []
        for name, record in self.record.holds.items():
            if not self._in_force(record):
                continue
            when = self._expr(("holds", name, "when"), "yes/no", _ALL)
            days = self._expr(("holds", name, "longest_days"), "int", _ALL, (when,))
            if when is not None and days is not None:
                place = self._key_place(("holds", name))
                found.append(Hold(name, _label(record.label, name), when, days, _basis(record), place))
        return tuple(found)

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


def _kind(kind: str) -> CriterionKind:
    return kind  # type: ignore[return-value]


def _basis(record: Based) -> Basis:
    legal = record.legal
    return Basis((legal,) if isinstance(legal, str) else tuple(legal or ()), record.status)


def _label(label: Label | None, name: str) -> Label:
    return label or Label(nb=name.replace("_", " ").lower(), en=name.replace("_", " ").lower())


def _text(node: Node) -> str:
    if not isinstance(node, Scalar):
        what = "a list" if isinstance(node, Sequence) else "a map"
        fail("wrong-type", f"an expression is needed here, and this is {what}", node.place)
    return node.text
