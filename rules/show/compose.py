"""A rule set as a document: its stages in the order of a decision, then terms, amounts and facts."""

from collections.abc import Iterator
from datetime import date

from rules.language import Definition, Expr, Field, Stored, Table, number_text, unit_text
from rules.language.form import TableRef, walk
from rules.ruleset import Basis, RuleSet, Version
from rules.show.clauses import named
from rules.show.document import Document, Entry, Grid, Lang, Line, Section
from rules.show.entries import (
    amount_entry,
    criterion_entry,
    definition_entry,
    exprs_of,
    hold_entry,
    number_entry,
    rule_entry,
    table_entry,
    trigger_entry,
)
from rules.show.wording import SILENT, STAGES, TERMS, capital, date_text, window_text

#: The stages beside whose rules a table is shown that no other stage uses.
_OWN_TABLES = ("priority", "offers", "tenancy", "holds")


def compose(ruleset: RuleSet, lang: Lang, on: date | None = None) -> Document:
    """Make a document of a rule set.

    Parameters
    ----------
    ruleset : RuleSet
    lang : {'nb', 'en'}
    on : date, optional
        Show the rules in force on this date; without it, the last that are made.

    Returns
    -------
    Document
    """
    words = TERMS[lang]
    version = ruleset.versions[-1] if on is None else ruleset.on(on)
    lines = [Line("", words["notice_on_use"])]
    if ruleset.since or ruleset.to:
        lines.append(Line(words["valid"], window_text(ruleset.since, ruleset.to, lang)))
    dates = [date_text(v.since, lang) for v in ruleset.versions if v.since]
    if dates:
        lines.append(Line(words["changes"], "; ".join(dates)))
        kept = [date_text(v.since, lang) for v in ruleset.versions if v.since and v.transition == "application_date"]
        if kept:
            every = len(kept) == len(dates)
            text = words["as applied"] if every else words["as applied on"].format("; ".join(kept))
            lines.append(Line(words["in progress"], text))
        shown = on or version.since
        if shown is not None:
            lines.append(Line(words["shown"], date_text(shown, lang)))
    if ruleset.sources:
        lines.append(Line(words["sources"], "", tuple(named(label, lang) for label in ruleset.sources.values())))
    sections = tuple(_section(stage, ruleset, version, lang) for stage in STAGES)
    return Document(lang, named(ruleset.label, lang), tuple(lines), tuple(found for found in sections if found))


def stage_entries(stage: str, ruleset: RuleSet, version: Version, lang: Lang) -> tuple[Entry, ...]:
    """Give what is said of a stage, in the order of the rule set.

    Parameters
    ----------
    stage : str
        A key of `STAGES`.
    ruleset : RuleSet
    version : Version
        One of the rule set's.
    lang : {'nb', 'en'}
    """
    return tuple(_entries(stage, ruleset, version, lang))


def tables_of(stage: str, version: Version) -> tuple[Table, ...]:
    """Give the tables shown with a stage: of ``need``, all that no single later stage has for itself."""
    used = {name: _tables_in(_exprs(name, version)) for name in _WITH_EXPRS}
    found = []
    for name, table in version.named.items():
        if isinstance(table, Table):
            users = [other for other, tables in used.items() if name in tables]
            home = users[0] if len(users) == 1 and users[0] in _OWN_TABLES else "need"
            found += [table] if home == stage else []
    return tuple(found)


_WITH_EXPRS = (
    "scope", "eligibility", "exclusion", "priority", "matching", "living_environment", "quotas", "offers", "tenancy", "moves",
    "holds", "temporary",
)  # fmt: skip


def _section(stage: str, ruleset: RuleSet, version: Version, lang: Lang) -> Section | None:
    title, lead = STAGES[stage][lang]
    entries = stage_entries(stage, ruleset, version, lang)
    if entries:
        return Section(stage, title, lead, entries)
    if stage in SILENT:
        return Section(stage, title, TERMS[lang]["silent"].format(SILENT[stage][lang]), ())
    return None


def _entries(stage: str, ruleset: RuleSet, version: Version, lang: Lang) -> Iterator[Entry]:
    sources = ruleset.sources
    match stage:
        case "scope" | "eligibility" | "exclusion" | "matching" | "living_environment" | "quotas" | "moves" | "temporary":
            yield from (rule_entry(rule, sources, lang) for rule in version.rules(stage))
        case "priority":
            for number, criterion in enumerate(version.priority, 1):
                yield criterion_entry(criterion, number, sources, lang)
        case "offers":
            if version.reply_days is not None:
                yield number_entry("reply", version.reply_days, lang)
            yield from (trigger_entry(trigger, sources, lang) for trigger in version.declined)
        case "tenancy":
            if version.term_months is not None:
                yield number_entry("term", version.term_months, lang)
            yield from _tables(stage, ruleset, version, lang)
            yield from (rule_entry(rule, sources, lang) for rule in version.renewal)
            for trigger in (version.warning, version.notice):
                if trigger is not None:
                    yield trigger_entry(trigger, sources, lang)
        case "holds":
            yield from (hold_entry(hold, sources, lang) for hold in version.holds)
        case "definitions":
            for found in version.named.values():
                if isinstance(found, Definition):
                    yield definition_entry(found, version, sources, lang)
        case "amounts":
            yield from (amount_entry(amount, ruleset, version, lang) for amount in version.amounts.values())
        case "fields":
            yield Entry("", "", (), _facts(ruleset, lang))
        case "illustrative":
            yield Entry("", "", *_unsettled(version, lang))
    if stage != "tenancy":
        yield from _tables(stage, ruleset, version, lang)


def _tables(stage: str, ruleset: RuleSet, version: Version, lang: Lang) -> Iterator[Entry]:
    for table in tables_of(stage, version):
        yield table_entry(table, version.named_basis.get(table.name, Basis()), ruleset.sources, lang)


def _exprs(stage: str, version: Version) -> Iterator[Expr]:
    match stage:
        case "scope" | "eligibility" | "exclusion" | "matching" | "living_environment" | "quotas" | "moves" | "temporary":
            for rule in version.rules(stage):
                yield from exprs_of(rule)
        case "priority":
            for criterion in version.priority:
                yield from criterion.exprs
        case "offers":
            yield from () if version.reply_days is None else (version.reply_days,)
            yield from (trigger.when for trigger in version.declined)
        case "tenancy":
            yield from () if version.term_months is None else (version.term_months,)
            for rule in version.renewal:
                yield from exprs_of(rule)
            yield from (trigger.when for trigger in (version.warning, version.notice) if trigger is not None)
        case "holds":
            for hold in version.holds:
                yield from (hold.when, hold.longest_days)


def _tables_in(exprs: Iterator[Expr]) -> frozenset[str]:
    return frozenset(part.table.name for expr in exprs for part in walk(expr) if isinstance(part, TableRef))


def _facts(ruleset: RuleSet, lang: Lang) -> Grid:
    words = TERMS[lang]
    heads = tuple(words[key] for key in ("fact", "of", "values", "source"))
    rows = (
        (capital(named(field.label, lang)), words[field.of], field_values(field, lang),
         words["Attribute" if field.of in ("dwelling", "site") and isinstance(field.source, Stored)
               else type(field.source).__name__])
        for field in ruleset.fields.values()
    )  # fmt: skip
    return Grid(heads, tuple(rows))


def field_values(field: Field, lang: Lang) -> str:
    """Say what values a field may have, with its unit, and how it may be missing."""
    words = TERMS[lang]
    if field.range is not None:
        ends = "–".join(number_text(end, None, lang) for end in field.range)
        said = f"{ends} {unit_text(field.unit, None, lang)}".strip()
    elif field.values:
        labels = dict(field.value_labels)
        said = ", ".join(named(labels[v], lang) if v in labels else v.replace("_", " ") for v in field.values)
    else:
        said = words["yes/no"]
    return f"{said}; {words[field.may_be]}" if field.may_be else said


def _unsettled(version: Version, lang: Lang) -> tuple[tuple[Line, ...], Grid | None]:
    """List what has a status in place of, or beside, a legal base, and what states neither."""
    words = TERMS[lang]
    rows = []
    for stage, title, basis in _based(version, lang):
        if basis.status is not None or (basis.missing and stage not in ("definitions", "amounts")):
            status = words[basis.status] if basis.status else f"{words['legal']}: {words['no_basis']}"
            rows.append((STAGES[stage][lang][0], capital(title), status))
    if not rows:
        return (Line("", words["nothing"]),), None
    return (), Grid((words["stage"], words["rule"], words["status"]), tuple(rows))


def _based(version: Version, lang: Lang) -> Iterator[tuple[str, str, Basis]]:
    for rule in version.all_rules():
        stage: str = "tenancy" if rule.stage == "renewal" else rule.stage
        yield stage, named(rule.label, lang), rule.basis
        for waiver in rule.waivers:
            yield stage, f"{named(rule.label, lang)}: {named(waiver.label, lang)}", waiver.basis
    yield from (("priority", named(criterion.label, lang), criterion.basis) for criterion in version.priority)
    yield from (("offers", named(trigger.label, lang), trigger.basis) for trigger in version.declined)
    for trigger in (version.warning, version.notice):
        if trigger is not None:
            yield "tenancy", named(trigger.label, lang), trigger.basis
    yield from (("holds", named(hold.label, lang), hold.basis) for hold in version.holds)
    for stage in ("need", *_OWN_TABLES):
        for table in tables_of(stage, version):
            yield stage, named(table.label, lang), version.named_basis.get(table.name, Basis())
    for name, found in version.named.items():
        if isinstance(found, Definition):
            yield "definitions", named(found.label, lang), version.named_basis.get(name, Basis())
    for name, amount in version.amounts.items():
        yield "amounts", named(amount.label, lang), version.named_basis.get(name, Basis())
