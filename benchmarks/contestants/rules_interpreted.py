"""The rules of core_rules.yaml, interpreted at every question: read with PyYAML, conditions walked as syntax trees.

What one gets by loading the YAML and evaluating it where a decision is needed, without a compiler.
The trees are parsed once, at load.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

FILE = Path(__file__).resolve().parents[1] / "core_rules.yaml"
DAYS_A_MONTH = 30.4375
OPERATORS = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
}  # fmt: skip


class InterpretedRules:
    """The same questions as ``RulesByHand``, answered by walking the YAML."""

    def __init__(self, file: Path = FILE) -> None:
        tree = yaml.safe_load(file.read_text(encoding="utf-8"))
        self.fields = tree["fields"]
        self.eligibility = [_rule(rule) for rule in tree["eligibility"].values()]
        self.requirements = [_rule(rule) for part in ("matching", "living_environment") for rule in tree[part].values()]
        self.moves = [_rule(rule) for rule in tree["moves"].values()]
        self.classes: list[Any] = []
        self.longest: list[str] = []
        for step in tree["priority"]:
            if "class" in step:
                self.classes.append([_parse(when) for when in step["class"].values() if when != "otherwise"])
            elif "longest" in step:
                self.longest.append(step["longest"])

    def applicant(self, values: dict[str, Any], moved_here_day: int) -> Any:
        return SimpleNamespace(**values, moved_to_municipality=moved_here_day, listed=0)

    def dwelling(self, values: dict[str, Any]) -> Any:
        return SimpleNamespace(**values)

    site = dwelling

    def list(self, a: Any, day: int) -> None:
        a.listed = day

    def eligible(self, a: Any, day: int) -> bool:
        return self._all(self.eligibility, {"applicant": a}, day)

    def suits(self, a: Any, d: Any, s: Any, day: int) -> bool:
        return self._all(self.requirements, {"applicant": a, "dwelling": d, "site": s}, day)

    def key(self, a: Any, day: int) -> tuple[int, ...]:
        who = {"applicant": a}
        places = []
        for conditions in self.classes:
            met = (place for place, when in enumerate(conditions) if self._value(when, who, day))
            places.append(next(met, len(conditions)))
        return (*places, *(-self._field(name, who, day) for name in self.longest))

    def move_wanted(self, a: Any, d: Any, s: Any, day: int) -> bool:
        who = {"applicant": a, "dwelling": d, "site": s}
        return any(self._value(rule["requires"], who, day) for rule in self.moves)

    def _all(self, rules: list[dict[str, Any]], who: Mapping[str, Any], day: int) -> bool:
        for rule in rules:
            if rule["when"] is not None and not self._value(rule["when"], who, day):
                continue
            if not self._value(rule["requires"], who, day) and not any(
                self._value(exception, who, day) for exception in rule["unless"]
            ):
                return False
        return True

    def _field(self, name: str, who: Mapping[str, Any], day: int) -> Any:
        spec = self.fields[name]
        facts = who[spec["of"]]
        source = spec["source"]
        if isinstance(source, dict) and "elapsed" in source:
            passed = day - getattr(facts, source["elapsed"]["since"])
            return int(passed // DAYS_A_MONTH) if spec.get("unit") == "months" else passed
        return getattr(facts, name)

    def _value(self, node: ast.expr, who: Mapping[str, Any], day: int) -> Any:
        match node:
            case ast.Name(id=name):
                return self._field(name, who, day)
            case ast.Constant(value=value):
                return value
            case ast.BoolOp(op=ast.And(), values=parts):
                return all(self._value(part, who, day) for part in parts)
            case ast.BoolOp(values=parts):
                return any(self._value(part, who, day) for part in parts)
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                return not self._value(inner, who, day)
            case ast.BinOp(left=left, op=op, right=right):
                return OPERATORS[type(op)](self._value(left, who, day), self._value(right, who, day))
            case ast.Compare(left=left, ops=ops, comparators=others):
                low = self._value(left, who, day)
                for op, other in zip(ops, others, strict=True):
                    high = self._value(other, who, day)
                    if not OPERATORS[type(op)](low, high):
                        return False
                    low = high
                return True
        raise ValueError(f"not interpreted: {ast.dump(node)}")


def _parse(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "when": _parse(rule["when"]) if "when" in rule else None,
        "requires": _parse(rule["requires"]),
        "unless": [_parse(exception["when"]) for exception in rule.get("unless", {}).values()],
    }
