"""The order of priority of one date, with what stands around it: quotas and overriding claims."""

from collections.abc import Iterable

from rules.language import (
    FORECAST,
    Elapsed,
    Expr,
    Field,
    Supplied,
    walk,
)
from rules.language.combine import comparison
from rules.language.fields import YES_NO
from rules.language.form import And, Const, FieldRef, IsMissing, Not
from rules.reading import (
    Finding,
    InputError,
    Path,
    Place,
    at,
    fail,
)
from rules.ruleset.discretion import generated_name
from rules.ruleset.model import (
    Criterion,
    CriterionKind,
    Rule,
    Template,
    Waiver,
)
from rules.ruleset.quotas import Quota, quota_conditions, quota_ground, read_size
from rules.ruleset.rule_reading import ALL, APPLICANT, RuleReader, basis_of, label_of
from rules.ruleset.sections import (
    ClaimRecord,
    CriterionRecord,
    QuotaRecord,
)
from rules.ruleset.templates import read_template


class OrderReader(RuleReader):
    """Reads quotas, claims and priority in force on one date; see `RuleReader`."""

    def _quotas(self, claims: "list[tuple[str, ClaimRecord, Expr]]") -> tuple[Rule, ...]:
        found = (self._quota(name, item, claims) for name, item in self.record.quotas.items())
        return tuple(rule for rule in found if rule is not None)

    def _quota(self, name: str, record: QuotaRecord, claims: "list[tuple[str, ClaimRecord, Expr]]") -> Rule | None:
        path: Path = ("quotas", name)
        if not self._in_force(record):
            return None
        cap = record.at_most is not None
        who = self._expr((*path, "who"), "yes/no", APPLICANT)
        stock = None if record.homes is None else self._expr((*path, "homes"), "yes/no", ("dwelling", "site"))
        try:
            size = read_size(at(self.tree, (*path, "at_most" if cap else "at_least")))
        except InputError as error:
            self.findings += error.findings
            return None
        if who is None:
            return None
        label, place = label_of(record.label, name), self._key_place(path)
        let, homes = (self.fields[generated_name(word, name)] for word in ("let", "homes"))
        self.counted.append(Quota(name, record.per, let.name, homes.name, who, stock))
        when, requires = quota_conditions(let, homes, size, who, stock, cap=cap, place=place)
        waivers = [Waiver(claim, label_of(item.label, claim), holds, basis_of(item), place) for claim, item, holds in claims]
        for other, item in record.unless.items():
            if (waiver := self._waiver((*path, "unless", other), name, other, item, when, ALL)) is not None:
                waivers.append(waiver)
        if record.ground is not None:
            ground = self._template((*path, "ground"), record.ground, ALL)
        else:
            said = quota_ground(let, homes, size, label, cap=cap)
            ground = Template(read_template(said.nb, place, self.scope), read_template(said.en, place, self.scope))
        return Rule(name, "quotas", label, when, requires, tuple(waivers), basis_of(record), ground, place)

    def _claims(self) -> "list[tuple[str, ClaimRecord, Expr]]":
        found = []
        for name, record in self.record.claims.items():
            if self._in_force(record) and (when := self._expr(("claims", name, "when"), "yes/no", ALL)) is not None:
                self._refuse_forecasts((when,))
                found.append((name, record, when))
        return found

    def _claim(self, name: str, record: ClaimRecord, when: Expr) -> Criterion:
        """Give the criterion that lets a claim go before all that follows."""
        place = self._key_place(("claims", name))
        rest = Const(True, YES_NO, place, "otherwise")
        return Criterion(
            "class", label_of(record.label, name), ((name, when), ("REST", rest)), None, None, basis_of(record), place
        )

    def _criteria(self, path: Path, records: list[CriterionRecord]) -> tuple[Criterion, ...]:
        found = (self._criterion((*path, index), item) for index, item in enumerate(records))
        return tuple(criterion for criterion in found if criterion is not None)

    def _criterion(self, path: Path, record: CriterionRecord) -> Criterion | None:
        if not self._in_force(record):
            return None
        kind = record.kinds[0]
        place = at(self.tree, (*path, kind)).place
        classes: list[tuple[str, Expr]] = []
        for name in record.class_ or ():
            when = self._expr((*path, "class", name), "yes/no", ALL)
            if when is not None:
                classes.append((name, when))
        expr = field = None
        if kind in ("points", "highest", "lowest"):
            expr = self._expr((*path, kind), "int", ALL)
        if record.longest is not None:
            field = self._elapsed(record.longest, place)
        self._refuse_forecasts((*(when for _, when in classes), *(() if expr is None else (expr,))))
        capped = None
        if record.at_most is not None and field is not None:
            most = self._expr((*path, "at_most"), "int", ())
            capped = None if most is None else self._capped(field, most)
        return Criterion(_kind(kind), label_of(record.label, kind), tuple(classes), expr, field, basis_of(record), place, capped)

    def _refuse_forecasts(self, exprs: Iterable[Expr]) -> None:
        """Refuse what is expected where people are ordered: an order by it would change with every vacancy."""
        for part in (part for expr in exprs for part in walk(expr)):
            if isinstance(part, FieldRef) and isinstance(part.field.source, Supplied) and part.field.source.by == FORECAST:
                self.findings.append(Finding("forecast-in-order", f"{part.field.name!r} is a forecast, and orders nobody",
                                             part.place, "ask for it in a condition"))  # fmt: skip

    def _capped(self, field: Field, most: Expr) -> Expr | None:
        """Give whether an elapsed time has come to the most that counts."""
        try:
            reached = comparison(">=", FieldRef(field, most.place), most, most.place, self.scope.findings)
        except InputError as error:
            self.findings += error.findings
            return None
        begun = Not(IsMissing(field, field.may_be, most.place), most.place) if field.may_be else None
        return reached if begun is None else And((begun, reached), most.place)

    def _elapsed(self, name: str, place: Place) -> Field | None:
        try:
            found = self.scope.seeing(*APPLICANT).lookup(name, place)
            if not isinstance(found, FieldRef) or not isinstance(found.field.source, Elapsed):
                fail("wrong-type", f"`longest` needs a field whose source is `elapsed`, and {name!r} is none", place,
                     "use highest or lowest for numbers")  # fmt: skip
            return found.field
        except InputError as error:
            self.findings += error.findings
            return None


def _kind(kind: str) -> CriterionKind:
    return kind  # type: ignore[return-value]
