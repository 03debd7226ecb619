"""Questions about many people at once as one generated loop: who goes first, and the verdict of every rule for everyone."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from rules.decide.priority import key_lines
from rules.language import Expr, Layout, ModuleText, build_module
from rules.language.form import And, Arith, Compare, DefinitionRef, In, Not, Or
from rules.ruleset import Criterion, Rule, Version

#: Verdicts of a rule: it asks for nothing here; it is met; it is not met; from `WAIVED` on, an exception applies.
OUTSIDE, MET, FAILED, WAIVED = 0, 1, 2, 3

#: A stored field of the dwelling or the site, and a table of the applicant alone, in generated source.
_OF_HOME = re.compile(r"(?<![\w.'])([ds])\.(\w+)")
_TABLE = re.compile(r"_t_\w+\(a\)")

Order: TypeAlias = Callable[[Sequence[Any], Any, Any], list[int]]
Verdicts: TypeAlias = Callable[[Iterable[Any], Any, Any], list[tuple[int, ...]]]


def order_program(version: Version, layout: Layout, with_home: bool) -> Order:
    """Generate the function that puts applicants in order for a home, on day 0.

    Parameters
    ----------
    version : Version
    layout : Layout
    with_home : bool
        Whether matching is asked too.

    Returns
    -------
    callable (applicants, dwelling, site) -> list of int
        Places of the eligible (whom the home suits) in the sequence given, the first in priority first; where no rule tells two
        apart, in the order given.
    """
    rules = [*version.scope, *version.eligibility, *version.exclusion]
    if with_home:
        rules += [*version.matching, *version.living_environment, *version.quotas]
    module = ModuleText()
    scopes: dict[Expr, str] = {}
    conditions = " and ".join(_asked(module, rule, scopes) for rule in rules) or "True"
    [key] = key_lines(module, [_inlined_classes(criterion) for criterion in version.priority])
    # Keys are tuples of integers, and the place settles what they leave open.
    body = [f"if {conditions}:", f"    found.append(({key.removeprefix('return ')}, n))", "n += 1"]
    lines = ["found = []", "n = 0", *_loop(body), "found.sort()", "return [n for _, n in found]"]
    module.function("order", "people, d, s", lines)
    made: Order = build_module(module.text(), layout.calendar)["order"]
    return made


def verdicts_program(rules: Sequence[Rule], layout: Layout) -> Verdicts:
    """Generate the function that gives, for everyone, the verdict of every rule on day 0."""
    module = ModuleText()
    scopes: dict[Expr, str] = {}
    verdicts = "".join(f"{_verdict(module, rule, scopes)}, " for rule in rules)
    lines = ["found = []", *_loop([f"found.append(({verdicts}))"]), "return found"]
    module.function("verdicts", "people, d, s", lines)
    made: Verdicts = build_module(module.text(), layout.calendar)["verdicts"]
    return made


def inlined(expr: Expr) -> Expr:
    """Put what definitions mean in the place of their names: a call less each time they are used."""
    match expr:
        case DefinitionRef(definition=definition):
            return inlined(definition.body)
        case And(items=items, place=place):
            return And(tuple(map(inlined, items)), place)
        case Or(items=items, place=place):
            return Or(tuple(map(inlined, items)), place)
        case Not(item=item, place=place):
            return Not(inlined(item), place)
        case In(item=item, options=options, place=place):
            return In(inlined(item), options, place)
        case Compare(op=op, left=left, right=right, place=place):
            return Compare(op, inlined(left), inlined(right), place)
        case Arith(op=sign, left=left, right=right, domain=domain, place=place):
            return Arith(sign, inlined(left), inlined(right), domain, place)
    return expr


def _asked(module: ModuleText, rule: Rule, scopes: dict[Expr, str]) -> str:
    """Give the source of what a rule asks for; see `rules.decide.conditions.asked`."""
    answers = [module.value(inlined(expr)) for expr in (rule.requires, *(waiver.when for waiver in rule.waivers))]
    outside = [] if rule.when is None else [f"not {_scope(module, rule.when, scopes)}"]
    return "(" + " or ".join([*outside, *answers]) + ")"


def _verdict(module: ModuleText, rule: Rule, scopes: dict[Expr, str]) -> str:
    text = str(FAILED)
    for number, waiver in reversed(list(enumerate(rule.waivers))):
        text = f"{WAIVED + number} if {module.value(inlined(waiver.when))} else {text}"
    text = f"{MET} if {module.value(inlined(rule.requires))} else {text}"
    return f"({text})" if rule.when is None else f"(({text}) if {_scope(module, rule.when, scopes)} else {OUTSIDE})"


def _scope(module: ModuleText, when: Expr, scopes: dict[Expr, str]) -> str:
    """Give the source of a scope. Several rules share one: it is judged where it stands first, which is before the others."""
    if when in scopes:
        return scopes[when]
    scopes[when] = f"w{len(scopes)}"
    return f"({scopes[when]} := {module.value(inlined(when))})"


def _inlined_classes(criterion: Criterion) -> Criterion:
    return replace(criterion, classes=tuple((name, inlined(when)) for name, when in criterion.classes))


def _loop(body: list[str]) -> list[str]:
    """Give a loop over people: what is read of the home is read once, and what a table says of somebody is looked up once."""
    text = "\n".join(body)
    read = sorted(set(_OF_HOME.findall(text)))
    text = _OF_HOME.sub(lambda found: found[0].replace(".", "_"), text)
    calls = [call for call, count in Counter(_TABLE.findall(text)).items() if count > 1]
    for number, call in enumerate(calls):
        text = text.replace(call, f"(k{number} if k{number} is not None else (k{number} := {call}))")
    begin = [f"{name} = None" for name in (f"k{number}" for number in range(len(calls)))]
    inner = [f"    {line}" for line in (*begin, *text.split("\n"))]
    return ["day = 0", *(f"{one}_{name} = {one}.{name}" for one, name in read), "for a in people:", *inner]
