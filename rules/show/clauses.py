"""Conditions, numbers, grounds and legal bases of rules, as lines of a document."""

import re

from rules.language import Expr, Table, describe, unit_of, unit_text, value_text
from rules.language.form import AmountRef, And, Const, DefinitionRef, Or, TableRef
from rules.reading import Label
from rules.ruleset import Basis, Template
from rules.show.document import Lang, Line
from rules.show.wording import TERMS, capital


def named(label: Label, lang: Lang) -> str:
    """Give a label in one language."""
    return label.nb if lang == "nb" else label.en


def has_own_name(label: Label, name: str) -> bool:
    """Say whether the author named it; otherwise the reader made the label of the id."""
    made = name.replace("_", " ").lower()
    return (label.nb, label.en) != (made, made)


def condition(term: str, expr: Expr, lang: Lang) -> Line:
    """Say a condition; three or more parts become a list."""
    words = TERMS[lang]
    match expr:
        case And(items=items) if len(items) > 2:
            return Line(term, words["all"], tuple(describe(item, lang) for item in items))
        case Or(items=items) if len(items) > 2:
            return Line(term, words["any"], tuple(describe(item, lang) for item in items))
    return Line(term, describe(expr, lang))


def counted(expr: Expr, unit: str, lang: Lang, zero: str = "") -> str:
    """Say a number of something: with its unit, by its table, or `zero` for nought where that means something."""
    match expr:
        case Const(value=int() as value):
            return zero if zero and value == 0 else f"{value_text(expr, value, lang)} {unit_text(unit, value, lang)}"
        case TableRef(table=table):
            return TERMS[lang]["see"].format(named(table.label, lang))
    text = describe(expr, lang)
    is_told = isinstance(expr, AmountRef | DefinitionRef) or unit_of(expr) is not None
    return text if is_told else f"{text} {unit_text(unit, None, lang)}"


def ground(template: Template, lang: Lang) -> str:
    """Say a ground: what varies from case to case stands in square brackets, amounts with their value."""
    pieces = template.nb if lang == "nb" else template.en
    return "".join(piece if isinstance(piece, str) else _piece(piece, lang) for piece in pieces)


def bases(basis: Basis, sources: dict[str, Label], lang: Lang, *, must: bool = True) -> tuple[Line, ...]:
    """Say why a rule may be applied.

    Parameters
    ----------
    basis : Basis
    sources : dict of str to Label
        The legal sources of the rule set.
    lang : {'nb', 'en'}
    must : bool
        Whether it is said that nothing is stated.
    """
    words = TERMS[lang]
    found = []
    if basis.legal:
        found.append(Line(words["legal"], "; ".join(legal_text(base, sources, lang) for base in basis.legal)))
    if basis.status:
        found.append(Line(words["status"], words[basis.status]))
    if must and basis.missing:
        found.append(Line(words["legal"], words["no_basis"]))
    return tuple(found)


def legal_text(base: str, sources: dict[str, Label], lang: Lang) -> str:
    """Say a legal base, such as "Lov om husleieavtaler § 11-1"."""
    words = TERMS[lang]
    name, mark, point = base.partition("#")
    if not mark:
        name, _, point = base.partition("/§ ")
        label = sources.get(name)
        return f"{named(label, lang) if label else name} § {point}"
    label = sources.get(name)
    numbered = re.fullmatch(r"[0-9.]+[a-z]?|[a-z]", point)
    place = words["point" if numbered else "catchword"].format(point if numbered else re.sub("[-_]", " ", point))
    return f"{named(label, lang) if label else name}, {place}"


def table_name(table: Table, lang: Lang) -> str:
    """Give the title of a table."""
    return capital(named(table.label, lang))


def _piece(expr: Expr, lang: Lang) -> str:
    if isinstance(expr, AmountRef):
        return value_text(expr, expr.amount.value, lang)
    return f"[{describe(expr, lang)}]"
