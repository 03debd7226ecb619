"""Why rules are not met, in words, by generated code: a text with the values of a case put in."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

from rules.decide.grounds import not_met_text
from rules.language import Expr, Layout, MissingFact, ModuleText, Situation, build_module, fields_of, number_text, value_text
from rules.language.form import AmountRef, Const
from rules.ruleset import Rule

Lang = Literal["nb", "en"]
_LANGS: tuple[Lang, ...] = ("nb", "en")


class Words:
    """The grounds of some rules, ready to be filled in.

    Where a ground reads what may be missing, the plain interpreter says it.

    Parameters
    ----------
    rules : sequence of Rule
    layout : Layout
    """

    def __init__(self, rules: Sequence[Rule], layout: Layout) -> None:
        self.rules, self.layout = tuple(rules), layout
        module, known = ModuleText(), dict[str, Any]()
        for lang in _LANGS:
            known[f"_number_{lang}"] = _numbers(lang)
            for number, rule in enumerate(self.rules):
                source = _source(module, rule, lang, known)
                if source:
                    module.function(f"{lang}_{number}", "a, d, s, day", [f"return {source}"])
        made = build_module(module.text(), layout.calendar)
        made.update(known)
        self._say: dict[str, tuple[Callable[..., str] | None, ...]] = {
            lang: tuple(made.get(f"{lang}_{number}") for number in range(len(self.rules))) for lang in _LANGS
        }

    def of(self, number: int, lang: str, facts: tuple[Any, Any, Any]) -> str:
        """Say why a rule is not met.

        Parameters
        ----------
        number : int
            Of the rule, among those given.
        lang : {'nb', 'en'}
        facts : tuple
            Of the applicant, a dwelling and its site.
        """
        say = self._say[lang][number]
        if say is not None:
            try:
                return say(*facts, 0)
            except MissingFact:
                pass
        return not_met_text(self.rules[number], Situation(self.layout.calendar, 0, *facts))[lang]


def _source(module: ModuleText, rule: Rule, lang: Lang, known: dict[str, Any]) -> str:
    """Give the source of a ground as a sum of texts; empty where something in it may be missing."""
    if rule.ground is None:
        return repr(f"Ikke oppfylt: {rule.label.nb}" if lang == "nb" else f"Not met: {rule.label.en}")
    pieces = rule.ground.nb if lang == "nb" else rule.ground.en
    exprs = [piece for piece in pieces if not isinstance(piece, str)]
    if any(field.may_be is not None for expr in exprs for field in fields_of(expr).values()):
        return ""
    parts = [repr(piece) if isinstance(piece, str) else _piece(module, piece, lang, known) for piece in pieces]
    return " + ".join(parts) or "''"


def _piece(module: ModuleText, expr: Expr, lang: Lang, known: dict[str, Any]) -> str:
    if isinstance(expr, Const | AmountRef):
        return repr(value_text(expr, expr.amount.value if isinstance(expr, AmountRef) else expr.value, lang))
    value = module.value(expr)
    if expr.domain.kind == "int":
        return f"_number_{lang}({value})"
    values = (False, True) if expr.domain.kind == "yes/no" else expr.domain.values
    name = f"_told_{len(known)}"
    known[name] = {one: value_text(expr, one, lang) for one in values}
    return f"{name}[{value}]"


def _numbers(lang: Lang) -> Callable[[int], str]:
    return lambda value: str(value) if 0 <= value < 10_000 else number_text(value, None, lang)
