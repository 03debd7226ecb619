"""Differences as a document in one language."""

from rules.diff.changes import Change
from rules.ruleset import RuleSet
from rules.show.clauses import named
from rules.show.document import Document, Entry, Grid, Lang, Line, Section
from rules.show.wording import STAGES, date_text

_WORDS: dict[Lang, dict[str, str]] = {
    "nb": {
        "title": "Endringer i reglene", "before": "Før", "after": "Etter", "part": "Del", "name": "Navn",
        "added": "Ny", "removed": "Tatt bort", "changed": "Endret", "moved": "Flyttet i rekkefølgen",
        "row_added": "Ny rad", "row_removed": "Rad tatt bort", "row_changed": "Endret rad",
        "none": "Regelsettene sier det samme.", "count": "{0} endringer", "one": "1 endring", "since": "fra {0}",
        "until": "til {0}", "place": "fra {0}. til {1}. plass", "from_set": "Fra", "to_set": "Til",
        "written": "skrevet ({0})", "row": "Rad",
    },
    "en": {
        "title": "Changes in the rules", "before": "Before", "after": "After", "part": "Part", "name": "Name",
        "added": "New", "removed": "Removed", "changed": "Changed", "moved": "Moved in the order",
        "row_added": "New row", "row_removed": "Row removed", "row_changed": "Row changed",
        "none": "The rule sets say the same.", "count": "{0} changes", "one": "1 change", "since": "from {0}",
        "until": "until {0}", "place": "from place {0} to place {1}", "from_set": "From", "to_set": "To",
        "written": "written ({0})", "row": "Row",
    },
}  # fmt: skip


def tell(changes: tuple[Change, ...], a: RuleSet, b: RuleSet, lang: Lang, names: tuple[str, str] | None = None) -> Document:
    """Make a document of the differences of two rule sets.

    Parameters
    ----------
    changes : tuple of Change
    a, b : RuleSet
    lang : {'nb', 'en'}
    names : (str, str), optional
        What the two are called; their labels when nothing is said.
    """
    words = _WORDS[lang]
    one, other = names or (named(a.label, lang), named(b.label, lang))
    said = words["none"] if not changes else words["one"] if len(changes) == 1 else words["count"].format(len(changes))
    lines = (Line(words["from_set"], one), Line(words["to_set"], other), Line("", said.rstrip(".") + "."))
    sections = []
    for stage, title in STAGES.items():
        entries = tuple(_entry(change, lang) for change in changes if change.stage == stage)
        if entries:
            sections.append(Section(stage, title[lang][0], "", entries))
    return Document(lang, words["title"], lines, tuple(sections))


def sentences(changes: tuple[Change, ...], lang: Lang) -> list[str]:
    """Give one sentence for each difference, for a page without room for tables: stage, what has changed, before and after."""
    return [_sentence(change, lang) for change in changes]


def _sentence(change: Change, lang: Lang) -> str:
    entry = _entry(change, lang)
    said = [" ".join((line.term, line.text, "; ".join(line.items))).strip() for line in entry.lines]
    if entry.grid is not None and change.kind == "changed" and not change.cells:
        said += [f"{part}: {was} → {now}" for part, was, now in entry.grid.rows]
    elif entry.grid is not None:
        said += [", ".join(row) for row in entry.grid.rows]
    return ". ".join([f"{STAGES[change.stage][lang][0]}: {entry.title}", *said]).rstrip(".") + "."


def _entry(change: Change, lang: Lang) -> Entry:
    words = _WORDS[lang]
    before = None if change.before is None else change.before[lang]
    after = None if change.after is None else change.after[lang]
    shown = after or before
    assert shown is not None
    dates = [
        words[key].format(date_text(day, lang))
        for key, day in (("since", change.since), ("until", change.until))
        if day is not None
    ]
    title = f"{words[change.kind]}: {_title(shown, change)}" + (f" ({' '.join(dates)})" if dates else "")
    if change.kind == "moved":
        return Entry(shown.id, title, (Line("", words["place"].format(*change.places)),))
    if change.kind in ("added", "removed"):
        return Entry(shown.id, title, shown.lines, shown.grid)
    assert before is not None and after is not None
    return Entry(shown.id, title, (), _cells(change, after, lang) if change.cells else _wordings(change, before, after, lang))


def _title(entry: Entry, change: Change) -> str:
    """Give the name without the number a criterion has in its order."""
    return entry.title.partition(". ")[2] if change.stage == "priority" and not entry.id else entry.title


def _cells(change: Change, table: Entry, lang: Lang) -> Grid:
    words = _WORDS[lang]
    assert table.grid is not None
    _, was, now = next(found for found in change.cells if found[0] == lang)
    rows = ((words["before"], *was) if was else (), (words["after"], *now) if now else ())
    return Grid((words["row"], *table.grid.heads), tuple(row for row in rows if row))


def _wordings(change: Change, before: Entry, after: Entry, lang: Lang) -> Grid:
    """Give what is said differently, side by side; where both say the same here, what is written differently."""
    words = _WORDS[lang]
    was, now = _terms(before, change, words["name"]), _terms(after, change, words["name"])
    rows = []
    for term in dict.fromkeys([*was, *now]):
        old, new = was.get(term, []), now.get(term, [])
        gone, come = [text for text in old if text not in new], [text for text in new if text not in old]
        if gone or come:
            rows.append((term, " / ".join(gone) or "–", " / ".join(come) or "–"))
    if not rows:
        rows = [(words["written"].format(key), old or "–", new or "–") for key, old, new in change.written]
    return Grid((words["part"], words["before"], words["after"]), tuple(rows))


def _terms(entry: Entry, change: Change, name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [_title(entry, change)]}
    for line in entry.lines:
        found.setdefault(line.term, []).append(" ".join((line.text, "; ".join(line.items))).strip())
    return found
