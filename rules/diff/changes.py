"""The differences of two rule sets, as data."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from rules.diff.order import moved
from rules.diff.parts import LANGS, Part, parts_of, table_part, tables_by_name
from rules.language import Table, expression_text
from rules.language.form import Row
from rules.ruleset import RuleSet, Version
from rules.show.document import Entry, Lang
from rules.show.entries import row_cells
from rules.show.wording import STAGES

ChangeKind: TypeAlias = Literal["added", "removed", "changed", "moved", "row_added", "row_removed", "row_changed"]

#: The stages in which the order of the rules decides something.
_ORDERED = ("priority", "moves")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Parameters
    ----------
    stage : str
        A key of `rules.show.wording.STAGES`.
    kind : str
        ``moved`` is a rule or criterion with a new place in an order that decides. A row belongs to the table `key`.
    key : str
        What has changed; unique in its stage, but for the rows of one table.
    before, after : dict of str to Entry, or None
        How it is said in the two rule sets, by language. Of a row: the whole table's entry.
    written : tuple of (str, str, str)
        What is written differently: key, before, after.
    cells : dict of str to (tuple of str, tuple of str)
        Of a row: its cells before and after, by language; empty for none.
    places : (int, int)
        Of ``moved``: its places before and after, from 1.
    since, until : date or None
        From which date, and before which date, the two differ so; None = no limit.
    """

    stage: str
    kind: ChangeKind
    key: str
    before: dict[Lang, Entry] | None
    after: dict[Lang, Entry] | None
    written: tuple[tuple[str, str, str], ...] = ()
    cells: tuple[tuple[Lang, tuple[str, ...], tuple[str, ...]], ...] = ()
    places: tuple[int, int] = (0, 0)
    since: date | None = None
    until: date | None = None


def compare(a: RuleSet, b: RuleSet) -> tuple[Change, ...]:
    """Give what differs between two rule sets, on every date on which either changes.

    Parameters
    ----------
    a, b : RuleSet
        Before and after.

    Returns
    -------
    tuple of Change
        By stage, in the order of a decision. A difference that lasts over several dates is given once, with the
        dates between which it lasts. Two rule sets that say the same give none. An amount, definition, table or
        field that changes is one change, not one in each rule that uses it.
    """
    dates = sorted({v.since for v in (*a.versions, *b.versions) if v.since is not None})
    starts: list[date | None] = [None, *dates]
    found: list[Change] = []
    running: dict[int, Change] = {}
    for start, until in zip(starts, [*dates, None], strict=True):
        day = start or date.min
        going: dict[int, Change] = {}
        for change in _between(a, a.on(day), b, b.on(day)):
            same = next((n for n, old in running.items() if replace(old, since=None, until=None) == change), None)
            if same is None:
                found.append(replace(change, since=start, until=until))
                going[len(found) - 1] = found[-1]
            else:
                found[same] = going[same] = replace(found[same], until=until)
        running = going
    order = list(STAGES)
    return tuple(sorted(found, key=lambda change: order.index(change.stage)))


def _between(a: RuleSet, one: Version, b: RuleSet, other: Version) -> Iterator[Change]:
    before = {(part.stage, part.key): part for part in parts_of(a, one)}
    after = {(part.stage, part.key): part for part in parts_of(b, other)}
    before, after = _same_place(before, after)
    for place, part in before.items():
        new = after.get(place)
        if new is None:
            yield Change(part.stage, "removed", part.key, part.entry, None)
        elif dict(part.written) != dict(new.written):
            yield _changed(part, new)
    for place, part in after.items():
        if place not in before:
            yield Change(part.stage, "added", part.key, None, part.entry)
    yield from _tables(a, one, b, other)
    for stage in _ORDERED:
        keys = [[key for of, key in parts if of == stage] for parts in (before, after)]
        for key in moved(*keys):
            old, new = before[stage, key], after[stage, key]
            places = (keys[0].index(key) + 1, keys[1].index(key) + 1)
            yield Change(stage, "moved", key, old.entry, new.entry, places=places)


_Parts: TypeAlias = dict[tuple[str, str], Part]


def _same_place(before: _Parts, after: _Parts) -> tuple[_Parts, _Parts]:
    """Take a criterion for the old one in its place when both would otherwise be new and gone."""
    rows = [[part for part in parts.values() if part.stage == "priority"] for parts in (before, after)]
    renamed = {
        new.key: old.key
        for old, new in zip(*rows, strict=False)
        if ("priority", old.key) not in after and ("priority", new.key) not in before
    }
    told = (replace(part, key=renamed.get(part.key, part.key)) if part.stage == "priority" else part
            for part in after.values())  # fmt: skip
    return before, {(part.stage, part.key): part for part in told}


def _changed(old: Part, new: Part) -> Change:
    was, now = dict(old.written), dict(new.written)
    keys = dict.fromkeys([*was, *now])
    written = tuple((key, was.get(key, ""), now.get(key, "")) for key in keys if was.get(key, "") != now.get(key, ""))
    return Change(new.stage, "changed", new.key, old.entry, new.entry, written)


def _tables(a: RuleSet, one: Version, b: RuleSet, other: Version) -> Iterator[Change]:
    before, after = tables_by_name(one), tables_by_name(other)
    for name, (stage, table) in before.items():
        if name not in after:
            yield Change(stage, "removed", name, table_part(stage, table, a, one).entry, None)
            continue
        stage, changed = after[name]
        old, new = table_part(stage, table, a, one), table_part(stage, changed, b, other)
        if dict(old.written) != dict(new.written):
            yield _changed(old, new)
        if [value for key, value in old.written if key == "inputs"] == [v for k, v in new.written if k == "inputs"]:
            yield from _rows(old, table, new, changed)
    for name, (stage, table) in after.items():
        if name not in before:
            yield Change(stage, "added", name, None, table_part(stage, table, b, other).entry)


def _rows(old: Part, table: Table, new: Part, changed: Table) -> Iterator[Change]:
    """Compare rows by what they ask of the inputs; of those left over, the first with the first when as many."""
    kept = {_row_key(row) for row in table.rows} & {_row_key(row) for row in changed.rows}
    gone = [row for row in table.rows if _row_key(row) not in kept]
    come = [row for row in changed.rows if _row_key(row) not in kept]
    pairs = [(row, other) for row in gone for other in come if row.cells == other.cells]
    rest = [row for row in gone if all(row is not one for one, _ in pairs)]
    fresh = [row for row in come if all(row is not one for _, one in pairs)]
    if len(rest) == len(fresh):
        pairs, rest, fresh = [*pairs, *zip(rest, fresh, strict=True)], [], []
    made: list[tuple[ChangeKind, Row | None, Row | None]] = [
        *(("row_changed", was, now) for was, now in pairs),
        *(("row_removed", was, None) for was in rest),
        *(("row_added", None, now) for now in fresh),
    ]
    for kind, was, now in made:
        said = tuple((lang, _said(table, was, lang), _said(changed, now, lang)) for lang in LANGS)
        yield Change(new.stage, kind, new.key, old.entry, new.entry, cells=said)


def _row_key(row: Row) -> tuple[object, ...]:
    return row.cells, tuple(expression_text(output) for output in row.outputs)


def _said(table: Table, row: Row | None, lang: Lang) -> tuple[str, ...]:
    return () if row is None else row_cells(table, row, lang)
