"""Expressions in plain Norwegian bokmål and English, for those who decide by the rules."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from rules.language.form import (
    AmountRef,
    And,
    Arith,
    Compare,
    CompareOp,
    Const,
    DefinitionRef,
    Expr,
    FieldRef,
    In,
    IsMissing,
    Not,
    Or,
    TableRef,
    Value,
)
from rules.language.interpret import Situation, attempt
from rules.language.units import unit_of, unit_text
from rules.reading import Label

Lang: TypeAlias = Literal["nb", "en"]

_WORDS: dict[Lang, dict[str, str]] = {
    "nb": {
        "and": "og", "or": "eller", "not": "ikke", "yes": "ja", "no": "nei", "otherwise": "ellers",
        "==": "er", "!=": "er ikke", "<": "er under", "<=": "er høyst", ">": "er over", ">=": "er minst",
        "between": "er fra {lo} til {hi}", "either": "er {lo} eller {hi}", "one up": "er {lo} eller 1 høyere",
        "in": "er {options}", "not in": "er verken {options}",
        "neither": "eller", "is unknown": "er ukjent", "is absent": "finnes ikke",
        "is not unknown": "er kjent", "is not absent": "finnes", "missing": "ukjent",
        "holds": "gjelder", "fails": "gjelder ikke", "untrue": "det stemmer ikke at",
    },
    "en": {
        "and": "and", "or": "or", "not": "not", "yes": "yes", "no": "no", "otherwise": "otherwise",
        "==": "is", "!=": "is not", "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least",
        "between": "is from {lo} to {hi}", "either": "is {lo} or {hi}", "one up": "is {lo} or 1 higher",
        "in": "is {options}", "not in": "is neither {options}",
        "neither": "nor", "is unknown": "is unknown", "is absent": "does not exist",
        "is not unknown": "is known", "is not absent": "exists", "missing": "unknown",
        "holds": "holds", "fails": "does not hold", "untrue": "it is not so that",
    },
}  # fmt: skip
_SIGNS = {"+": "+", "-": "−", "*": "×", "//": "÷"}
_OPPOSITE: dict[CompareOp, CompareOp] = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def describe(expr: Expr, lang: Lang) -> str:
    """Tell what an expression says.

    Parameters
    ----------
    expr : Expr
    lang : {'nb', 'en'}

    Returns
    -------
    str
        A clause without a final full stop, such as "botid er minst 36 måneder".
    """
    words = _WORDS[lang]
    match expr:
        case And(items=items):
            return _between(items, lang) or f" {words['and']} ".join(_bracketed(item, lang, Or) for item in items)
        case Or(items=items):
            return f" {words['or']} ".join(_bracketed(item, lang, And) for item in items)
        case Not(item=item):
            return _opposite(item, lang)
        case Compare(op=op, left=left, right=right):
            return _compared(op, left, right, lang)
        case In(item=item, options=options):
            return f"{describe(item, lang)} {words['in'].format(options=_options(item, options, lang, words['or']))}"
        case IsMissing(field=field, what=what):
            return f"{_label(field.label, lang)} {words[f'is {what}']}"
        case Arith(op=sign, left=left, right=right):
            return f"{_bracketed(left, lang, Arith)} {_SIGNS[sign]} {_bracketed(right, lang, Arith)}"
        case Const(value=value, word=word):
            return words[word] if word else value_text(expr, value, lang)
        case AmountRef(amount=amount):
            written = f"{_decimal(amount.written, lang)}, " if amount.written else ""
            return f"{_label(amount.label, lang)} ({written}{number_text(amount.value, amount.unit, lang)})"
        case FieldRef(field=field):
            return _label(field.label, lang)
        case DefinitionRef(definition=definition):
            return _label(definition.label, lang)
        case TableRef():
            return _label(expr.output.label, lang)


def value_text(expr: Expr, value: Value | None, lang: Lang) -> str:
    """Give a value in words: yes or no, the label of an enum's value, a number without its unit.

    Parameters
    ----------
    expr : Expr
        What has the value; it knows the labels.
    value : int, str, bool or None
        None = missing.
    lang : {'nb', 'en'}
    """
    if value is None:
        return _WORDS[lang]["missing"]
    if isinstance(value, bool):
        return _WORDS[lang]["yes" if value else "no"]
    if isinstance(value, int):
        return number_text(value, None, lang)
    labels: tuple[tuple[str, Label], ...] = ()
    match expr:
        case FieldRef(field=field):
            labels = field.value_labels
        case TableRef():
            labels = expr.output.value_labels
        case DefinitionRef(definition=definition):
            return value_text(definition.body, value, lang)
    found = dict(labels).get(value)
    return _label(found, lang) if found else value.replace("_", " ")


def fill(pieces: Sequence[str | Expr], at: Situation, lang: Lang) -> str:
    """Fill a ground with the values of a case.

    Parameters
    ----------
    pieces : sequence of str or Expr
        Text and expressions, in their order.
    at : Situation
    lang : {'nb', 'en'}

    Returns
    -------
    str
        A value that is missing is told as unknown.
    """
    return "".join(piece if isinstance(piece, str) else value_text(piece, attempt(piece, at), lang) for piece in pieces)


def _compared(op: CompareOp, left: Expr, right: Expr, lang: Lang) -> str:
    if isinstance(left, Const) and not isinstance(right, Const):
        swap: dict[CompareOp, CompareOp] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
        left, right, op = right, left, swap.get(op, op)
    return f"{_bracketed(left, lang, And, Or)} {_WORDS[lang][op]} {_side(right, left, lang)}"


def _side(expr: Expr, other: Expr, lang: Lang) -> str:
    """Give one side of a comparison: a constant takes the unit and the labels of the other side."""
    if isinstance(expr, Const):
        if isinstance(expr.value, int) and not isinstance(expr.value, bool):
            return number_text(expr.value, unit_of(other), lang)
        return value_text(other, expr.value, lang)
    return _bracketed(expr, lang, And, Or)


def _between(items: tuple[Expr, ...], lang: Lang) -> str:
    """Give a chain ``low <= x <= high`` as one clause; empty when it is none."""
    match items:
        case (Compare(op="<=", left=low, right=one), Compare(op="<=", left=other, right=high)) if one == other:
            ends = {"lo": _side(low, Const(0, one.domain, one.place), lang), "hi": _side(high, one, lang)}
            return f"{describe(one, lang)} {_WORDS[lang][_chained(low, high)].format(**ends)}"
    return ""


def _chained(low: Expr, high: Expr) -> Literal["between", "either", "one up"]:
    """Tell two neighbouring whole numbers, which are no stretch from one to the other, apart from the rest."""
    match low, high:
        case Const(value=int() as first), Const(value=int() as last) if last == first + 1:
            return "either"
        case _, Arith(op="+", left=same, right=Const(value=1)) if same == low:
            return "one up"
    return "between"


def _opposite(item: Expr, lang: Lang) -> str:
    words = _WORDS[lang]
    match item:
        case Compare(op=op, left=left, right=right):
            return _compared(_OPPOSITE[op], left, right, lang)
        case In(item=inner, options=(_,) as options):
            return f"{describe(inner, lang)} {words['!=']} {_options(inner, options, lang, '')}"
        case In(item=inner, options=options):
            return f"{describe(inner, lang)} {words['not in'].format(options=_options(inner, options, lang, words['neither']))}"
        case IsMissing(field=field, what=what):
            return f"{_label(field.label, lang)} {words[f'is not {what}']}"
        case Not(item=inner):
            return describe(inner, lang)
        case FieldRef(field=field) if field.negated is not None:
            return _label(field.negated, lang)
        case FieldRef() | DefinitionRef() | TableRef():
            return f"{words['not']} {describe(item, lang)}"
    return f"{words['untrue']} ({describe(item, lang)})"


def _options(item: Expr, options: tuple[Value, ...], lang: Lang, joint: str) -> str:
    texts = [value_text(item, option, lang) for option in options]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} {joint} {texts[-1]}"


def _bracketed(expr: Expr, lang: Lang, *kinds: type) -> str:
    text = describe(expr, lang)
    return f"({text})" if isinstance(expr, kinds) and " " in text else text


def number_text(value: int, unit: str | None, lang: Lang) -> str:
    """Give a whole number with its unit; from 10 000 on its thousands are parted as the language does."""
    digits = f"{abs(value):,}" if abs(value) >= 10_000 else str(abs(value))
    text = ("−" if value < 0 else "") + digits.replace(",", "\N{NARROW NO-BREAK SPACE}" if lang == "nb" else ",")
    word = unit_text(unit, value, lang)
    return f"{text} {word}" if word else text


def _decimal(text: str, lang: Lang) -> str:
    return text.replace(".", ",") if lang == "nb" else text


def _label(label: Label, lang: Lang) -> str:
    return label.nb if lang == "nb" else label.en
