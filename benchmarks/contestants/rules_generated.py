"""The rules of core_rules.yaml as generated Python, through the rules' public face: what our own world calls too."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from benchmarks.contestants.rules_interpreted import FILE


@cache
def _built() -> tuple[Any, Any]:
    from rules import Layout, compile_program, load_ruleset

    ruleset = load_ruleset(FILE)
    layout = Layout(ruleset.fields.values(), date(2026, 1, 1))
    return layout, compile_program(ruleset, layout).build()


class GeneratedRules:
    """The same questions as ``RulesByHand``, answered by the generated program."""

    def __init__(self) -> None:
        self.layout, program = _built()
        self.refusals = program.refusals
        self.compatible = program.compatible
        self.fits = program.suits
        self.key = program.key
        self.wanted = program.move_wanted

    def applicant(self, values: dict[str, Any], moved_here_day: int) -> Any:
        a = self.layout.new_applicant(values)
        self.layout.mark(a, "moved_to_municipality", moved_here_day)
        return a

    def dwelling(self, values: dict[str, Any]) -> Any:
        return self.layout.new_dwelling(values)

    def site(self, values: dict[str, Any]) -> Any:
        return self.layout.new_site({name: value for name, value in values.items() if name in self.layout.fields})

    def list(self, a: Any, day: int) -> None:
        self.layout.mark(a, "listed", day)

    def eligible(self, a: Any, day: int) -> bool:
        return not self.refusals(a, day)

    def suits(self, a: Any, d: Any, s: Any, day: int) -> bool:
        return bool(self.compatible(a, d, day) and self.fits(a, d, s, day))

    def move_wanted(self, a: Any, d: Any, s: Any, day: int) -> bool:
        return self.wanted(a, d, s, day) is not None
