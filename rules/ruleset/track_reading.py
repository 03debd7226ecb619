"""What follows from an allocation, and tracks: each has rules of its own for those it concerns, over a stock they share."""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from rules.language import Domain, Expr, Table
from rules.language.form import Cell, Compare, Const, FieldRef, Or, Output, Row, TableRef
from rules.reading import Finding, Label, Path, at
from rules.ruleset.generated import STAGE_PATHS, rules_at
from rules.ruleset.model import Basis, Criterion, Hold, Rule, Stage, Trigger, Version
from rules.ruleset.order_reading import OrderReader
from rules.ruleset.rule_reading import ALL, APPLICANT, basis_of, label_of
from rules.ruleset.sections import HoldRecord, OffersRecord, TenancyRecord, TrackRecord

#: The numbers a track may have of its own: where they stand, their unit, and what a table of them is called.
_NUMBERS: dict[str, tuple[Path, str, Label]] = {
    "reply_days": (("offers", "reply_days"), "days", Label(nb="svarfrist etter spor", en="time to reply by track")),
    "term_months": (("tenancy", "term_months"), "months", Label(nb="leietid etter spor", en="term of the lease by track")),
}


class TrackReader(OrderReader):
    """Reads offers, tenancy and holds, and every track, in force on one date; see `RuleReader`."""

    def _declined(self, above: Path, offers: OffersRecord) -> tuple[Trigger, ...]:
        items = (
            ((*above, "offers", "declined", index), item.id, item, item.outcome) for index, item in enumerate(offers.declined)
        )
        return self._triggers(items)

    def _one_trigger(self, above: Path, name: str, tenancy: TenancyRecord) -> Trigger | None:
        record = getattr(tenancy, name)
        found = () if record is None else self._triggers([((*above, "tenancy", name), name.upper(), record, name)])
        return found[0] if found else None

    def _triggers(self, items: Iterable[tuple[Path, str, Any, str]]) -> tuple[Trigger, ...]:
        found = []
        for path, name, record, outcome in items:
            when = self._expr((*path, "when"), "yes/no", ALL) if self._in_force(record) else None
            if when is not None:
                place = at(self.tree, path).place
                narrowed = self._in_track(when, place)
                assert narrowed is not None
                found.append(Trigger(name, label_of(record.label, name), narrowed, outcome, basis_of(record), place))
        return tuple(found)

    def _holds(self, above: Path, records: dict[str, HoldRecord]) -> tuple[Hold, ...]:
        found = []
        for name, record in records.items():
            if not self._in_force(record):
                continue
            path = (*above, "holds", name)
            place = self._key_place(path)
            when = self._in_track(self._expr((*path, "when"), "yes/no", ALL), place)
            days = self._expr((*path, "longest_days"), "int", ALL, (when,))
            if when is not None and days is not None:
                found.append(Hold(name, label_of(record.label, name), when, days, basis_of(record), place))
        return tuple(found)

    def _with_tracks(self, version: Version) -> Version:
        """Add the rules of every track, each asked of those it concerns; people of two tracks go in the order of the tracks."""
        tracks = [
            (name, record, who)
            for name, record in self.record.tracks.items()
            if self._in_force(record) and (who := self._expr(("tracks", name, "who"), "yes/no", APPLICANT)) is not None
        ]
        if not tracks:
            return version
        for name, record, who in tracks:
            if record.rules is not None:
                place = at(self.tree, ("tracks", name, "rules")).place
                self.findings.append(Finding("late-rules", "a policy cannot name the rules of a track", place,
                                             "write them in the rule set, and change them here"))  # fmt: skip
            self.track = who
            version = self._with_track(version, name, record, who)
            self.track = None
        version = dataclasses.replace(version, priority=self._in_order_of_tracks(version, [(n, w) for n, _, w in tracks]))
        for key in _NUMBERS:
            version = self._number_by_track(version, key, tracks)
        return version

    def _with_track(self, version: Version, name: str, record: TrackRecord, who: Expr) -> Version:
        above: Path = ("tracks", name)
        rules: dict[str, tuple[Rule, ...]] = {}
        for stage, path in STAGE_PATHS.items():
            own = self._rules(stage, (*above, *path), rules_at(record, stage), _seen(stage))
            rules[stage] = (*version.rules(stage), *own)
        criteria = self._criteria((*above, "priority"), record.priority)
        triggers = {
            key: _either(getattr(version, key), self._one_trigger(above, key, record.tenancy)) for key in ("warning", "notice")
        }
        return dataclasses.replace(
            version,
            **rules,  # type: ignore[arg-type]
            **triggers,  # type: ignore[arg-type]
            priority=(*version.priority, *(dataclasses.replace(criterion, within=who) for criterion in criteria)),
            declined=(*version.declined, *self._declined(above, record.offers)),
            holds=(*version.holds, *self._holds(above, record.holds)),
        )

    def _in_order_of_tracks(self, version: Version, classes: list[tuple[str, Expr]]) -> tuple[Criterion, ...]:
        """Put the order of the tracks between the criteria they share and their own."""
        bases = [basis_of(item) for item in self.record.tracks.values()]
        basis = Basis(tuple(dict.fromkeys(base for one in bases for base in one.legal)), bases[0].status)
        place = at(self.tree, ("tracks",)).place
        order = Criterion("class", Label(nb="Spor", en="Track"), tuple(classes), None, None, basis, place)
        shared = tuple(criterion for criterion in version.priority if criterion.within is None)
        return (*shared, order, *(criterion for criterion in version.priority if criterion.within is not None))

    def _number_by_track(self, version: Version, key: str, tracks: Sequence[tuple[str, TrackRecord, Expr]]) -> Version:
        """Let a number that tracks have of their own go before the one they share: as a table, a row for each track."""
        path, unit, label = _NUMBERS[key]
        own = [
            self._number(("tracks", name, *path), getattr(getattr(record, str(path[0])), key), unit) for name, record, _ in tracks
        ]
        if not any(own):
            return version
        place = at(self.tree, ("tracks",)).place
        rest = getattr(version, key) or Const(0, Domain("int"), place)
        inputs, cells = _rows([who for *_, who in tracks])
        results = [expr or rest for expr in own] + [rest] * (len(cells) > len(own))
        domain = Domain("int", min(e.domain.lo for e in results), max(e.domain.hi for e in results))
        name = f"{key}_by_track"
        rows = tuple(Row(row, (expr,), expr.place) for row, expr in zip(cells, results, strict=True))
        table = Table(name, "unique", inputs, (Output(name, domain, label, unit),), rows, label, place)
        legal = tuple(dict.fromkeys(base for _, record, _ in tracks for base in basis_of(record).legal))
        basis = Basis(legal, None if legal else "illustrative")
        return dataclasses.replace(
            version,
            named={**version.named, name: table},
            named_basis={**version.named_basis, name: basis},
            **{key: TableRef(table, 0, place)},  # type: ignore[arg-type]
        )


def _seen(stage: Stage) -> tuple[Any, ...]:
    return APPLICANT if stage in ("scope", "eligibility", "exclusion") else ALL


def _either(shared: Trigger | None, own: Trigger | None) -> Trigger | None:
    """Give a consequence that follows from what is shared, and from what a track says."""
    if shared is None or own is None:
        return own or shared
    basis = Basis(tuple(dict.fromkeys((*shared.basis.legal, *own.basis.legal))), shared.basis.status or own.basis.status)
    return dataclasses.replace(shared, when=Or((shared.when, own.when), shared.place), basis=basis)


def _rows(tracks: list[Expr]) -> tuple[tuple[Expr, ...], list[tuple[Cell, ...]]]:
    """Give the inputs of a table over tracks, and the cells of a row for each track; then those of a row for who is in none.

    Tracks that are told apart by the values of one field make a table of that field; others one of yes and no.
    """
    told = [found for found in map(_value_of_field, tracks) if found is not None]
    taken = dict.fromkeys(value for _, value in told)
    if len({ref.field.name for ref, _ in told}) == 1 and len(taken) == len(tracks):
        ref = told[0][0]
        left = tuple(value for value in ref.field.values if value not in taken)
        return (ref,), [((value,),) for value in taken] + ([(left,)] if left else [])
    number = len(tracks)
    cells: list[tuple[Cell, ...]] = []
    for index in range(number + 1):
        row: list[Cell] = [(False,)] * index
        row += [(True,), *[None] * (number - index - 1)] if index < number else []
        cells.append(tuple(row))
    return tuple(tracks), cells


def _value_of_field(who: Expr) -> tuple[FieldRef, str] | None:
    match who:
        case Compare(op="==", left=FieldRef() as ref, right=Const(value=str() as value)):
            return ref, value
    return None
