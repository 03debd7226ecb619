"""The profiles whose verdict changes, in words, and everything that differs as plain data."""

from datetime import date
from typing import Any

from rules.diff.changes import Change
from rules.diff.examples import Example
from rules.diff.models import Span
from rules.diff.profiles import Flip, Verdicts
from rules.language import Domain, Expr, Field, describe
from rules.language.fields import YES_NO
from rules.language.form import And, Compare, Const, FieldRef, IsMissing, Not
from rules.reading import Label, Place
from rules.ruleset import RuleSet
from rules.show.clauses import named
from rules.show.document import Document, Entry, Lang, Line, Section
from rules.show.wording import STAGES, capital, date_text

#: Decisions that are all there is to decide in their stage.
_WHOLE = frozenset({"scope", "conditions", "matching", "moves", "holds", "temporary"})
_NOWHERE = Place("profile", 1, 1, "")
_WORDS: dict[Lang, dict[str, str]] = {
    "nb": {
        "title": "Hvem som får en annen avgjørelse",
        "lead": "En profil er én kombinasjon av verdier som reglene før eller etter skiller mellom. Tallene er profiler, ikke "
        "personer: opplysningene er regnet som uavhengige av hverandre, så noen profiler finnes ikke i virkeligheten.",
        "changed": "{0} av {1} profiler får en annen avgjørelse",
        "none": "Ingen av {1} profiler får en annen avgjørelse, selv om det er skrevet på en annen måte",
        "cases": "Ikke avgjort: det er for mange tilfeller å gå gjennom ({1} profiler)",
        "clash": "Ikke avgjort: «{0}» betyr ikke det samme før og etter",
        "count": "{0} profiler", "one": "1 profil",
        "example": "for eksempel når {0}", "everybody": "for eksempel hvem som helst", "and": " og ",
        "refused": "stoppes av {0}", "number": "{0} blir {1}", "since": "fra {0}", "until": "til {0}",
    },
    "en": {
        "title": "Whose verdict changes",
        "lead": "A profile is one combination of values that the rules before or after tell apart. The numbers are profiles, not "
        "people: fields are taken as independent of each other, so that some profiles do not occur.",
        "changed": "{0} of {1} profiles get another verdict",
        "none": "None of {1} profiles gets another verdict, though it is written differently",
        "cases": "Not decided: there are too many cases to go through ({1} profiles)",
        "clash": "Not decided: “{0}” does not mean the same before and after",
        "count": "{0} profiles", "one": "1 profile",
        "example": "for example when {0}", "everybody": "for example anybody", "and": " and ",
        "refused": "stopped by {0}", "number": "{0} becomes {1}", "since": "from {0}", "until": "until {0}",
    },
}  # fmt: skip


def with_profiles(document: Document, verdicts: tuple[Verdicts, ...], lang: Lang) -> Document:
    """Add to the differences in words for whom the verdict changes.

    Parameters
    ----------
    document : Document
        As `rules.diff.tell` gives it.
    verdicts : tuple of Verdicts
    lang : {'nb', 'en'}
    """
    if not verdicts:
        return document
    words = _WORDS[lang]
    order = list(STAGES)
    entries = tuple(_entry(found, lang) for found in sorted(verdicts, key=lambda found: order.index(found.stage)))
    section = Section("profiles", words["title"], words["lead"], entries)
    return Document(document.lang, document.title, document.lines, (*document.sections, section))


def fact_text(field: Field, span: Span, lang: Lang) -> str:
    """Say that a field lies in some cells, such as "botid i kommunen er fra 24 måneder til 35 måneder"."""
    return describe(_condition(field, span), lang)


def diff_data(a: RuleSet, b: RuleSet, changes: tuple[Change, ...], verdicts: tuple[Verdicts, ...]) -> dict[str, Any]:
    """Give everything that differs as plain data for `--json`."""
    return {
        "version": 1,
        "before": {"ruleset": a.id, "hash": a.hash},
        "after": {"ruleset": b.id, "hash": b.hash},
        "same": not changes,
        "changes": [_change(change) for change in changes],
        "profiles": [_verdicts(found) for found in verdicts],
    }


def _entry(found: Verdicts, lang: Lang) -> Entry:
    words = _WORDS[lang]
    key = found.why if found.why == "cases" else "clash" if found.changed is None else "changed" if found.changed else "none"
    total = _number(found.profiles, lang)
    said = words[key].format(found.why if key == "clash" else _number(found.changed or 0, lang), total)
    dates = [
        words[end].format(date_text(day, lang))
        for end, day in (("since", found.since), ("until", found.until))
        if day is not None
    ]
    when = f" ({' '.join(dates)})" if dates else ""
    stage = STAGES[found.stage][lang][0]
    title = f"{stage}{when}" if found.key in _WHOLE else f"{stage}: {named(found.label, lang)}{when}"
    lines = [Line("", f"{said}."), *(_flip(flip, found.fields, lang) for flip in found.flips)]
    return Entry("", title, tuple(lines))


def _flip(flip: Flip, fields: dict[str, Field], lang: Lang) -> Line:
    words = _WORDS[lang]
    count = words["one"] if flip.count == 1 else words["count"].format(_number(flip.count, lang))
    after = named(flip.after, lang)
    in_numbers = any(example.numbers for example in flip.examples)
    term = capital(after) if in_numbers else f"{capital(named(flip.before, lang))} → {after}"
    return Line(term, count, tuple(_example(example, fields, lang) for example in flip.examples))


def _example(example: Example, fields: dict[str, Field], lang: Lang) -> str:
    words = _WORDS[lang]
    facts = [fact_text(fields[name], span, lang) for name, span in example.deciding]
    joined = ", ".join(facts[:-1]) + (words["and"] if len(facts) > 1 else "") + facts[-1] if facts else ""
    text = words["example"].format(joined) if facts else words["everybody"]
    if example.numbers:
        return f"{text}: {words['number'].format(*example.numbers)}"
    stopped = example.before or example.after
    return f"{text} ({words['refused'].format(', '.join(stopped))})" if stopped else text


def _condition(field: Field, span: Span) -> Expr:
    ref = FieldRef(field, _NOWHERE)
    value = span.value
    if value is None:
        return IsMissing(field, field.may_be or "absent", _NOWHERE)
    if isinstance(value, bool):
        return ref if value else Not(ref, _NOWHERE)
    if isinstance(value, str):
        return Compare("==", ref, Const(value, field.domain, _NOWHERE), _NOWHERE)
    low, high = (Const(end, Domain("int", end, end), _NOWHERE) for end in (span.low, span.high))
    if span.low == span.high:
        return Compare("==", ref, low, _NOWHERE)
    if span.high == field.domain.hi:
        return Compare(">=", ref, low, _NOWHERE) if span.low > field.domain.lo else Const(True, YES_NO, _NOWHERE)
    if span.low == field.domain.lo:
        return Compare("<=", ref, high, _NOWHERE)
    return And((Compare("<=", low, ref, _NOWHERE), Compare("<=", ref, high, _NOWHERE)), _NOWHERE)


def _change(change: Change) -> dict[str, Any]:
    shown = change.after or change.before
    assert shown is not None
    return {
        "stage": change.stage,
        "kind": change.kind,
        "key": change.key,
        "title": {lang: shown[lang].title for lang in shown},
        "written": [{"part": part, "before": was, "after": now} for part, was, now in change.written],
        "cells": {lang: {"before": list(was), "after": list(now)} for lang, was, now in change.cells},
        **({"places": list(change.places)} if change.kind == "moved" else {}),
        **_dates(change.since, change.until),
    }


def _verdicts(found: Verdicts) -> dict[str, Any]:
    return {
        "stage": found.stage,
        "decision": found.key,
        "label": _label(found.label),
        "profiles": found.profiles,
        "decided": found.changed is not None,
        "changed": found.changed,
        **({"why": found.why} if found.changed is None else {}),
        "flips": [
            {"before": _label(flip.before), "after": _label(flip.after), "profiles": flip.count,
             "examples": [_example_data(example) for example in flip.examples]}
            for flip in found.flips
        ],
        **_dates(found.since, found.until),
    }  # fmt: skip


def _example_data(example: Example) -> dict[str, Any]:
    deciding = {
        name: [span.low, span.high] if isinstance(span.value, int) and not isinstance(span.value, bool) else span.value
        for name, span in example.deciding
    }
    found: dict[str, Any] = {"deciding": deciding, "profile": example.profile}
    if example.numbers:
        return {**found, "before": example.numbers[0], "after": example.numbers[1]}
    return {**found, "refused_before": list(example.before), "refused_after": list(example.after)}


def _dates(since: date | None, until: date | None) -> dict[str, str]:
    return {key: day.isoformat() for key, day in (("since", since), ("until", until)) if day is not None}


def _label(label: Label) -> dict[str, str]:
    return {"nb": label.nb, "en": label.en}


def _number(value: int, lang: Lang) -> str:
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}" if lang == "nb" else ",")
