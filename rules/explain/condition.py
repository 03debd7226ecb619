"""One condition in words: its verdict, what it says, the values it was judged on, and its basis."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from rules.decide import Ground
from rules.language import Expr, Field, Value, describe, expression_text, number_text, unit_of, value_text
from rules.language.form import FieldRef

Lang: TypeAlias = Literal["nb", "en"]

_WORDS: dict[Lang, dict[str, str]] = {
    "nb": {
        "met": "oppfylt",
        "failed": "ikke oppfylt",
        "waived": "oppfylt ved unntak",
        "exception": "{label} (unntak: {text})",
        "disputed": "rettslig omstridt",
        "illustrative": "eget eksempel",
    },
    "en": {
        "met": "met",
        "failed": "not met",
        "waived": "met by an exception",
        "exception": "{label} (exception: {text})",
        "disputed": "legally disputed",
        "illustrative": "our own example",
    },
}


def verdict(ground: Ground) -> Literal["met", "failed", "waived"]:
    """Say whether a condition is met, and whether by itself or by an exception."""
    return "failed" if not ground.met else "waived" if ground.exception else "met"


def condition_line(ground: Ground, fields: Mapping[str, Field], lang: Lang) -> str:
    """Give a condition as one line: the verdict, the condition, the values used, the rule with its bases.

    Parameters
    ----------
    ground : Ground
    fields : mapping of str to Field
        Of the rule set.
    lang : {'nb', 'en'}
    """
    words = _WORDS[lang]
    text = ground.text[lang]
    if ground.exception:
        text = words["exception"].format(label=ground.label[lang], text=text)
    values = "; ".join(f"{name}: {value}" for name, value in used(ground, fields, lang))
    told = f" ({values})" if values else ""
    return f"{words[verdict(ground)]}: {text}{told} [{'; '.join(_bases(ground, lang))}]"


def ground_line(ground: Ground, lang: Lang) -> str:
    """Give a ground as one line: what is said, the rule, its legal bases, and its status where it has one."""
    return f"{ground.text[lang]} [{'; '.join(_bases(ground, lang))}]"


def used(ground: Ground, fields: Mapping[str, Field], lang: Lang) -> list[tuple[str, str]]:
    """Give what a condition was judged on, in words: each fact, amount and limit with its value."""
    facts = [
        (_named(field, lang), _told(FieldRef(field, field.place), value, field.unit, lang))
        for field, value in ((fields[name], value) for name, value in ground.reads.items())
    ]
    limits = [
        (amount.label.nb if lang == "nb" else amount.label.en, number_text(amount.value, amount.unit, lang))
        for amount in ground.amounts.values()
    ]
    results = [(describe(expr, lang), _told(expr, value, unit_of(expr), lang)) for expr, value in ground.derived]
    return [*results, *facts, *limits]


def condition_record(ground: Ground, fields: Mapping[str, Field]) -> dict[str, object]:
    """Give a condition as plain data for JSON, its texts in both languages."""
    return {
        "rule": ground.rule,
        "stage": ground.stage,
        "verdict": verdict(ground),
        "exception": ground.exception,
        "label": dict(ground.label),
        "text": dict(ground.text),
        "facts": dict(ground.reads),
        "amounts": {name: amount.value for name, amount in ground.amounts.items()},
        "derived": {expression_text(expr): value for expr, value in ground.derived},
        "used": {lang: [{"what": what, "value": value} for what, value in used(ground, fields, lang)] for lang in _WORDS},
        "legal": list(ground.legal),
        "status": ground.status,
    }


def _bases(ground: Ground, lang: Lang) -> list[str]:
    words = _WORDS[lang]
    status = {"legally_disputed": words["disputed"], "illustrative": words["illustrative"]}.get(ground.status or "")
    rule = f"{ground.rule}.{ground.exception}" if ground.exception else ground.rule
    return [rule, *ground.legal, *([status] if status else [])]


def _named(field: Field, lang: Lang) -> str:
    return field.label.nb if lang == "nb" else field.label.en


def _told(expr: Expr, value: Value | None, unit: str | None, lang: Lang) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return number_text(value, unit, lang)
    return value_text(expr, value, lang)
