"""Rules, criteria, consequences, definitions, amounts and tables as entries of a document."""

from collections.abc import Iterator
from datetime import date

from rules.language import Definition, Expr, Table, describe, unit_text, value_text
from rules.language.form import Amount, AmountRef, Const, DefinitionRef, FieldRef, Output, Row, TableRef, walk
from rules.reading import Label, Place
from rules.ruleset import Basis, Criterion, Hold, Rule, RuleSet, Trigger, Version, Waiver
from rules.show.clauses import bases, condition, counted, ground, has_own_name, legal_text, named, table_name
from rules.show.document import Entry, Grid, Lang, Line
from rules.show.wording import TERMS, capital, date_text

Sources = dict[str, Label]
NOWHERE = Place("", 0, 0, "")


def rule_entry(rule: Rule, sources: Sources, lang: Lang) -> Entry:
    """Say a rule: whom it concerns, what it requires, its exceptions, its base and its ground."""
    words = TERMS[lang]
    lines = [] if rule.when is None else [condition(words["when"], rule.when, lang)]
    lines.append(condition(words[rule.stage if rule.stage in ("moves", "temporary") else "requires"], rule.requires, lang))
    lines += [_waiver(waiver, sources, lang) for waiver in rule.waivers]
    lines += bases(rule.basis, sources, lang)
    if rule.ground is not None:
        lines.append(Line(words["ground"], ground(rule.ground, lang)))
    return Entry(rule.id, named(rule.label, lang), tuple(lines))


def criterion_entry(criterion: Criterion, number: int, sources: Sources, lang: Lang) -> Entry:
    """Say a criterion of the order of priority; `number` is its place, from 1."""
    words = TERMS[lang]
    term, text = words[criterion.kind], ""
    items: tuple[str, ...] = ()
    if criterion.kind == "class":
        said = (
            (words["otherwise"] if isinstance(when, Const) and when.value is True else describe(when, lang), name)
            for name, when in criterion.classes
        )
        items = tuple(f"{place}. {text} ({name})" for place, (text, name) in enumerate(said, 1))
    elif criterion.kind == "lottery":
        text = words["drawn"]
    elif criterion.field is not None:
        text = named(criterion.field.label, lang)
    elif criterion.expr is not None:
        text = describe(criterion.expr, lang)
    more = tuple(condition(words[key], e, lang) for key in ("capped", "within") if (e := getattr(criterion, key)) is not None)
    lines = (Line(term, text, items), *more, *bases(criterion.basis, sources, lang))
    return Entry("", f"{number}. {named(criterion.label, lang)}", lines)


def trigger_entry(trigger: Trigger, sources: Sources, lang: Lang) -> Entry:
    """Say a condition with a consequence."""
    words = TERMS[lang]
    lines = (condition(words["trigger"], trigger.when, lang), Line(words["outcome"], words[trigger.outcome]))
    return Entry(trigger.id, named(trigger.label, lang), (*lines, *bases(trigger.basis, sources, lang)))


def hold_entry(hold: Hold, sources: Sources, lang: Lang) -> Entry:
    """Say for how long a home is held."""
    words = TERMS[lang]
    lines = (
        condition(words["trigger"], hold.when, lang),
        Line(words["longest_days"], counted(hold.longest_days, "days", lang)),
    )
    return Entry(hold.id, named(hold.label, lang), (*lines, *bases(hold.basis, sources, lang)))


def number_entry(name: str, expr: Expr, lang: Lang) -> Entry:
    """Say the time to reply (`name` = reply) or the term of the lease (term)."""
    words = TERMS[lang]
    text = counted(expr, "days", lang) if name == "reply" else counted(expr, "months", lang, words["endless"])
    if name == "term" and isinstance(expr, TableRef):
        text += words["zero"]
    return Entry("", words[name], (Line("", capital(text) + "."),))


def definition_entry(found: Definition, version: Version, sources: Sources, lang: Lang) -> Entry:
    """Say what a term means, and which rules use it."""
    words = TERMS[lang]
    term = words["means" if found.body.domain.kind == "yes/no" else "equals"]
    basis = version.named_basis.get(found.name, Basis())
    lines = [condition(term, found.body, lang), *bases(basis, sources, lang, must=False)]
    return Entry(found.name, capital(named(found.label, lang)), (*lines, *_used(found.name, version, lang)))


def amount_entry(found: Amount, ruleset: RuleSet, version: Version, lang: Lang) -> Entry:
    """Say an amount with all its values and their dates."""
    words = TERMS[lang]
    history = amount_history(found.name, ruleset)
    if len(history) == 1:
        value = Line(words["value"], _amount_text(found, lang))
    else:
        steps = [
            (words["from"].format(date_text(since, lang)) if since else words["before"].format(date_text(later, lang)))
            + f": {_amount_text(amount, lang)}"
            for (since, amount), later in zip(history, [*(s for s, _ in history[1:] if s), date.max], strict=True)
        ]
        value = Line(words["value"], "", tuple(steps))
    basis = bases(version.named_basis.get(found.name, Basis()), ruleset.sources, lang, must=False)
    return Entry(found.name, capital(named(found.label, lang)), (value, *basis, *_used(found.name, version, lang)))


def amount_history(name: str, ruleset: RuleSet) -> list[tuple[date | None, Amount]]:
    """Give the values of an amount, each with the date it is in force from (None = from the first)."""
    found: list[tuple[date | None, Amount]] = []
    for version in ruleset.versions:
        amount = version.amounts.get(name)
        if amount is not None and (not found or found[-1][1].value != amount.value):
            found.append((version.since, amount))
    return found


def table_entry(table: Table, basis: Basis, sources: Sources, lang: Lang) -> Entry:
    """Say a decision table as a table."""
    words = TERMS[lang]
    lines = [Line("", words["sum"] + ".")] if table.hit == "collect" else []
    lines += bases(basis, sources, lang)
    heads = tuple(describe(part, lang) for part in table.inputs)
    heads += tuple(_column(output, lang) for output in table.outputs)
    rows = tuple(row_cells(table, row, lang) for row in table.rows)
    return Entry(table.name, table_name(table, lang), tuple(lines), Grid(tuple(map(capital, heads)), rows))


def row_cells(table: Table, row: Row, lang: Lang) -> tuple[str, ...]:
    """Say the cells of a row: what each input must be, then the results."""
    words = TERMS[lang]
    said = []
    for part, cell in zip(table.inputs, row.cells, strict=True):
        if cell is None:
            said.append(words["anything"])
            continue
        texts = [
            _interval(part, option[0], option[1], lang) if isinstance(option, tuple) else value_text(part, option, lang)
            for option in cell
        ]
        said.append(f" {words['or']} ".join(texts))
    for part, output in zip(row.outputs, table.outputs, strict=True):
        if isinstance(part, Const):
            said.append(value_text(_as_output(table, output), part.value, lang))
        else:
            text = describe(part, lang)
            said.append(words["same"].format(text) if isinstance(part, FieldRef) else text)
    return tuple(said)


def exprs_of(rule: Rule) -> Iterator[Expr]:
    """Give the expressions of a rule."""
    yield from (rule.requires, *(() if rule.when is None else (rule.when,)))
    yield from (waiver.when for waiver in rule.waivers)


def _waiver(waiver: Waiver, sources: Sources, lang: Lang) -> Line:
    words = TERMS[lang]
    said = describe(waiver.when, lang)
    name = f"{named(waiver.label, lang)} ({waiver.id})" if has_own_name(waiver.label, waiver.id) else f"({waiver.id})"
    why = [f"{words['legal'].lower()}: {legal_text(base, sources, lang)}" for base in waiver.basis.legal]
    why += [words[waiver.basis.status].lower()] if waiver.basis.status else []
    why += [f"{words['legal'].lower()}: {words['no_basis']}"] if waiver.basis.missing else []
    between = ": " if has_own_name(waiver.label, waiver.id) else " "
    text = f"{name}{between}{said}" if between == ": " else f"{said} {name}"
    return Line(words["unless"], f"{text} – {'; '.join(why)}")


def _used(name: str, version: Version, lang: Lang) -> tuple[Line, ...]:
    """Name the rules and criteria that use a definition or an amount, through other definitions too."""
    labels: dict[str, None] = {}
    parts: list[tuple[Label, Iterator[Expr]]] = [(rule.label, exprs_of(rule)) for rule in version.all_rules()]
    parts += [(criterion.label, iter(criterion.exprs)) for criterion in version.priority]
    parts += [(trigger.label, iter((trigger.when,))) for trigger in version.triggers()]
    parts += [(hold.label, iter((hold.when, hold.longest_days))) for hold in version.holds]
    for label, exprs in parts:
        if any(name in _names(expr) for expr in exprs):
            labels[named(label, lang)] = None
    return (Line(TERMS[lang]["used"], "; ".join(labels)),) if labels else ()


def _names(expr: Expr) -> set[str]:
    found = set()
    for part in walk(expr):
        match part:
            case AmountRef(amount=amount):
                found.add(amount.name)
            case DefinitionRef(definition=definition):
                found.add(definition.name)
    return found


def _amount_text(amount: Amount, lang: Lang) -> str:
    digits = value_text(AmountRef(amount, NOWHERE), amount.value, lang)
    return f"{digits} {unit_text(amount.unit, amount.value, lang)}".strip()


def _column(output: Output, lang: Lang) -> str:
    unit = unit_text(output.unit, None, lang)
    label = named(output.label, lang)
    return f"{label} ({unit})" if unit else label


def _as_output(table: Table, output: Output) -> TableRef:
    return TableRef(table, table.outputs.index(output), table.place)


def _interval(part: Expr, lo: int, hi: int, lang: Lang) -> str:
    words, domain = TERMS[lang], part.domain
    low, high = (value_text(part, end, lang) for end in (lo, hi))
    if lo == hi:
        return low
    if lo == domain.lo and hi == domain.hi:
        return words["anything"]
    # An end of the range stands for all beyond it where the range is wide; of a short scale both ends are told.
    if hi == domain.hi and hi - lo > 20:
        return words["or more"].format(low)
    if lo == domain.lo and hi - lo > 20:
        return words["or less"].format(high)
    return f"{low}–{high}"
