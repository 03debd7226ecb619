"""Named conditions compiled to one integer of bits, for whoever keeps a speed for each combination."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from rules.language.cuts import CutPoints, cut_points
from rules.language.form import Expr, entities, reads
from rules.language.generate import ModuleText, build_module
from rules.language.layout import Layout
from rules.language.parse import parse_expression
from rules.language.read_once import read_once
from rules.language.scope import Scope
from rules.reading import Finding, InputError, Place

Judge: TypeAlias = Callable[[Any, Any, Any, int], int]


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions ready to be judged.

    Parameters
    ----------
    names : tuple of str
        Bit i of `bits` is the condition ``names[i]``.
    bits : callable
        ``bits(a, d, s, day)``: facts of the applicant, of the dwelling and its site, and the whole day. Without a
        home `d` and `s` are None, and a condition that reads them is not counted.
    until : callable
        ``until(a, d, s, day)``: the first day on which `bits` may differ with nothing but time; `NEVER` if none.
    reads : dict of str to frozenset of str
        The fields each condition reads.
    cut_points : dict of str to (tuple of int or None)
        For each field the values at which some condition may change; None = every value.
    """

    names: tuple[str, ...]
    bits: Judge
    until: Judge
    reads: dict[str, frozenset[str]]
    cut_points: CutPoints


@dataclass(frozen=True)
class ConditionsSource:
    """Compiled conditions that can be pickled and built in another process."""

    text: str
    layout: Layout
    names: tuple[str, ...]
    reads: dict[str, frozenset[str]]
    cut_points: CutPoints
    expressions: tuple[Expr, ...]

    def build(self) -> Conditions:
        """Make the functions."""
        made = build_module(self.text, self.layout.calendar)
        return Conditions(self.names, made["bits"], made["until"], self.reads, self.cut_points)


def compile_conditions(layout: Layout, conditions: Mapping[str, tuple[str, Place]], scope: Scope) -> ConditionsSource:
    """Compile named conditions.

    Parameters
    ----------
    layout : Layout
        It must hold every field that `scope` offers.
    conditions : mapping of str to (str, Place)
        The text of each condition, and where it begins.
    scope : Scope

    Raises
    ------
    InputError
        With the mistakes in all conditions.
    """
    expressions: list[Expr] = []
    findings: list[Finding] = []
    for text, place in conditions.values():
        try:
            expressions.append(parse_expression(text, place, scope, "yes/no"))
        except InputError as error:
            findings.extend(error.findings)
    if findings:
        raise InputError(*findings)
    module = ModuleText()
    at_home = ["dwelling", "site"]
    bits, until = ["b = 0"], ["u = NEVER"]
    for index, expr in enumerate(expressions):
        homes = [name for name, entity in zip("ds", at_home, strict=True) if entity in entities(expr)]
        guard = "".join(f"{name} is not None and " for name in homes)
        bits += [f"if {guard}{module.value(expr)}:", f"    b |= {1 << index}"]
        change = module.until(expr)
        if change != "NEVER":
            lines = [f"c = {change}", "if c < u:", "    u = c"]
            until += [f"if {guard[:-5]}:", *(f"    {line}" for line in lines)] if guard else lines
    module.function("bits", "a, d, s, day", read_once([*bits, "return b"], "a"))
    module.function("until", "a, d, s, day", [*until, "return u"])
    return ConditionsSource(
        text=module.text(),
        layout=layout,
        names=tuple(conditions),
        reads={name: reads(expr) for name, expr in zip(conditions, expressions, strict=True)},
        cut_points=cut_points(*expressions),
        expressions=tuple(expressions),
    )
