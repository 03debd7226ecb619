"""The parts of a rule set that a comparison tells apart, each with what is written in it.

What is written in a part are its own words and nothing that it refers to: an amount, a definition, a table or a
field stands in the rules by its name, so that one change is one change however many rules it touches.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.language import Definition, Expr, Field, Table, expression_text
from rules.reading import Label
from rules.ruleset import Basis, Criterion, Rule, RuleSet, Template, Version
from rules.ruleset.model import Hold, Trigger
from rules.show.clauses import named
from rules.show.compose import field_values, tables_of
from rules.show.document import Entry, Lang, Line
from rules.show.entries import (
    amount_entry,
    criterion_entry,
    definition_entry,
    hold_entry,
    number_entry,
    rule_entry,
    table_entry,
    trigger_entry,
)
from rules.show.wording import TERMS, capital, window_text

Written = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that may be added, removed or changed.

    Parameters
    ----------
    stage : str
        A key of `rules.show.wording.STAGES`.
    key : str
        What it is recognised by in the other rule set.
    written : tuple of (str, str)
        What is written in it, by the key it stands under.
    entry : dict of str to Entry
        How it is said, by language.
    """

    stage: str
    key: str
    written: Written
    entry: dict[Lang, Entry]


LANGS: tuple[Lang, ...] = ("nb", "en")


def parts_of(ruleset: RuleSet, version: Version) -> Iterator[Part]:
    """Give the parts of a version, except the rows of tables, in the order of the rule set."""
    sources = ruleset.sources
    yield from _whole(ruleset, version)
    for rule in version.all_rules():
        stage: str = "tenancy" if rule.stage == "renewal" else rule.stage
        written: Written = (*_rule(rule), *_discretion(rule, version))
        yield Part(stage, rule.id, written, {lang: rule_entry(rule, sources, lang) for lang in LANGS})
    seen: dict[str, int] = {}
    for number, criterion in enumerate(version.priority, 1):
        key = _criterion_key(criterion)
        seen[key] = seen.get(key, 0) + 1
        said = {lang: criterion_entry(criterion, number, sources, lang) for lang in LANGS}
        yield Part("priority", f"{key} {seen[key]}", _criterion(criterion), said)
    for name, stage, expr in (("reply", "offers", version.reply_days), ("term", "tenancy", version.term_months)):
        if expr is not None:
            written = (("is", expression_text(expr)),)
            yield Part(stage, f"({name})", written, {lang: number_entry(name, expr, lang) for lang in LANGS})
    for trigger in version.triggers():
        stage = "offers" if trigger in version.declined else "tenancy"
        yield Part(stage, trigger.id, _trigger(trigger), {k: trigger_entry(trigger, sources, k) for k in LANGS})
    for hold in version.holds:
        yield Part("holds", hold.id, _hold(hold), {lang: hold_entry(hold, sources, lang) for lang in LANGS})
    for name, found in version.named.items():
        if isinstance(found, Definition):
            basis = version.named_basis.get(name, Basis())
            written = (("is", expression_text(found.body)), ("unit", found.unit or ""), *_named(found.label, basis))
            said = {lang: definition_entry(found, version, sources, lang) for lang in LANGS}
            yield Part("definitions", name, written, said)
    for name, amount in version.amounts.items():
        basis = version.named_basis.get(name, Basis())
        written = (("value", str(amount.value)), ("unit", amount.unit or ""), *_named(amount.label, basis))
        alone = RuleSet(ruleset.id, ruleset.label, ruleset.since, ruleset.to, "", ruleset.fields, sources, (version,))
        yield Part("amounts", name, written, {k: amount_entry(amount, alone, version, k) for k in LANGS})
    for name, field in ruleset.fields.items():
        yield Part("fields", name, _field(field), {lang: _field_entry(field, lang) for lang in LANGS})


def tables_by_name(version: Version) -> dict[str, tuple[str, Table]]:
    """Give the tables of a version with the stage each is shown with."""
    stages = ("need", "priority", "offers", "tenancy", "holds")
    return {table.name: (stage, table) for stage in stages for table in tables_of(stage, version)}


def table_part(stage: str, table: Table, ruleset: RuleSet, version: Version) -> Part:
    """Give a whole table as a part; its rows are not among what is written in it, nor the range they amount to."""
    basis = version.named_basis.get(table.name, Basis())
    columns = [(f"outputs {o.name}", f"{o.name} {o.unit or ''} {o.label.nb} / {o.label.en}") for o in table.outputs]
    inputs = ", ".join(expression_text(part) for part in table.inputs)
    written = (("inputs", inputs), ("hit", table.hit), *columns, *_named(table.label, basis))
    said = {lang: table_entry(table, basis, ruleset.sources, lang) for lang in LANGS}
    return Part(stage, table.name, written, said)


def _whole(ruleset: RuleSet, version: Version) -> Iterator[Part]:
    """Give what is said of the rule set as a whole: its name and validity, whom changes meet, and the legal sources."""
    label = ruleset.label
    window = f"{ruleset.since}..{ruleset.to}"
    written = (("label nb", label.nb), ("label en", label.en), ("valid", window), ("transition", version.transition))
    said: dict[Lang, Entry] = {}
    for lang in LANGS:
        words = TERMS[lang]
        window = window_text(ruleset.since, ruleset.to, lang) or words["always"]
        said[lang] = Entry("", named(label, lang), (Line(words["valid"], window),))
    yield Part("ruleset", "(ruleset)", written, said)
    for name, source in ruleset.sources.items():
        told = {lang: Entry(name, named(source, lang), (Line("", TERMS[lang]["source_of_law"] + "."),)) for lang in LANGS}
        yield Part("ruleset", name, (("label nb", source.nb), ("label en", source.en)), told)


def _rule(rule: Rule) -> Written:
    waivers = [
        (f"unless {waiver.id} {key}", text)
        for waiver in rule.waivers
        for key, text in (("when", expression_text(waiver.when)), *_named(waiver.label, waiver.basis))
    ]
    when = "" if rule.when is None else expression_text(rule.when)
    body = (("when", when), ("requires", expression_text(rule.requires)), *waivers)
    return (*body, *_named(rule.label, rule.basis), *_template(rule.ground))


def _discretion(rule: Rule, version: Version) -> Written:
    """Give who decides in the single case, and how often in simulation."""
    return tuple(
        (f"discretion {one.id}", f"{one.authority.nb} / {one.authority.en}: {_shares(one.shares)}")
        for one in version.discretions
        if one.rule == rule.id
    )


def _shares(shares: tuple[tuple[bool | int, float], ...]) -> str:
    return ", ".join(f"{value} {share:.9g}" for value, share in shares)


def _template(template: Template | None) -> Written:
    if template is None:
        return ()
    return tuple(
        (f"ground {lang}", "".join(piece if isinstance(piece, str) else _braced(piece) for piece in pieces))
        for lang, pieces in (("nb", template.nb), ("en", template.en))
    )


def _braced(expr: Expr) -> str:
    return "{" + expression_text(expr) + "}"


def _criterion_key(criterion: Criterion) -> str:
    if criterion.field is not None:
        return f"{criterion.kind} {criterion.field.name}"
    return criterion.kind if criterion.expr is None else f"{criterion.kind} {expression_text(criterion.expr)}"


def _criterion(criterion: Criterion) -> Written:
    classes = "; ".join(f"{name}: {expression_text(when)}" for name, when in criterion.classes)
    capped = "" if criterion.capped is None else expression_text(criterion.capped)
    body = (("by", _criterion_key(criterion)), ("class", classes), ("capped", capped))
    return (*body, *_named(criterion.label, criterion.basis))


def _trigger(trigger: Trigger) -> Written:
    body = (("when", expression_text(trigger.when)), ("outcome", trigger.outcome))
    return (*body, *_named(trigger.label, trigger.basis))


def _hold(hold: Hold) -> Written:
    body = (("when", expression_text(hold.when)), ("longest_days", expression_text(hold.longest_days)))
    return (*body, *_named(hold.label, hold.basis))


def _named(label: Label, basis: Basis) -> Written:
    return (
        ("label nb", label.nb), ("label en", label.en), ("legal", ", ".join(basis.legal)), ("status", basis.status or ""),
    )  # fmt: skip


def _field(field: Field) -> Written:
    labels = "; ".join(f"{value}: {label.nb} / {label.en}" for value, label in field.value_labels)
    negated = f"{field.negated.nb} / {field.negated.en}" if field.negated else ""
    return (
        ("of", field.of), ("type", str(field.domain)), ("unit", field.unit or ""), ("may_be", field.may_be or ""),
        ("source", str(field.source)), ("values", labels), ("negated", negated),
        ("label nb", field.label.nb), ("label en", field.label.en),
    )  # fmt: skip


def _field_entry(field: Field, lang: Lang) -> Entry:
    words = TERMS[lang]
    lines = (Line(words["of"], words[field.of]), Line(words["values"], field_values(field, lang)))
    return Entry(field.name, capital(named(field.label, lang)), lines)
