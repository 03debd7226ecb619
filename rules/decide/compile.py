"""From a rule set to a program: Python source with one function for each decision."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import timedelta

from rules.decide.conditions import asked, granted
from rules.decide.priority import full_scan, key_lines, key_until_lines, reads_home
from rules.decide.program import FUNCTIONS, ProgramSource
from rules.decide.split import split_matching
from rules.language import FORECAST, Expr, Layout, ModuleText, Period, Supplied, Table, entities, reads
from rules.language.fields import YES_NO
from rules.language.form import And, Const, DefinitionRef, TableRef, reads_time
from rules.reading import Finding, InputError, Place
from rules.ruleset.model import Rule, RuleSet, Version
from rules.ruleset.quotas import Quota

NOWHERE = Place("rules", 1, 1, "")


def compile_program(ruleset: RuleSet, layout: Layout, day: int = 0, version: Version | None = None) -> ProgramSource:
    """Compile the rules in force on a day.

    Parameters
    ----------
    ruleset : RuleSet
    layout : Layout
        Made of the fields of this rule set, alone or with others'.
    day : int
        Of the layout's calendar.
    version : Version, optional
        Compile this one of the rule set's instead of the one in force on the day.

    Raises
    ------
    InputError
        When a field is not in the layout, or is declared otherwise there.
    """
    _refuse_other_fields(ruleset, layout)
    version = version or ruleset.on(layout.start + timedelta(days=day))
    module = ModuleText()
    holds = ((hold.when, f"_larger(0, {module.value(hold.longest_days)})") for hold in version.holds)
    functions = {
        **_matching(module, version),
        **_priority(module, version),
        "refusals": _refusals(module, version),
        "renewal_refusals": _failed(module, version.renewal),
        "move_wanted": _first(module, ((granted(rule), repr(rule.id)) for rule in version.moves), "None"),
        "move_until": until_first(module, [granted(rule) for rule in version.moves]),
        "reply_days": _number(module, version.reply_days),
        "term_months": _number(module, version.term_months),
        "decline_outcome": _first(module, ((t.when, repr(t.outcome)) for t in version.declined), "'keep'"),
        "warned": [f"return {module.value(version.warning.when) if version.warning else 'False'}"],
        "notice": [f"return {module.value(version.notice.when) if version.notice else 'False'}"],
        "hold_days": _first(module, holds, "NEVER"),
        "quota_stock": [f"return {_tuple(module, (_stock(quota) for quota in version.counted))}"],
        "quota_counts": [f"return {_tuple(module, (And((_stock(q), q.who), NOWHERE) for q in version.counted))}"],
        "temporary_entitled": [f"return {_all(module, (granted(r) for r in version.temporary), 'False')}"],
    }
    for name, parameters in FUNCTIONS.items():
        module.function(name, parameters, functions[name])
    numbers = dict(_numbers(version))
    for name, expr in numbers.items():
        module.function(f"number_{name}", "a, d, s, day", [f"return {module.value(expr)}"])
    text = module.text()
    return ProgramSource(
        text=text,
        hash=hashlib.sha256(f"{layout.start}\n{text}{_beside(version)}".encode()).hexdigest(),
        layout=layout,
        full_scan=full_scan(version.priority),
        suits_timed=any(map(reads_time, split_matching(version.matching, (*version.living_environment, *version.quotas)).soft)),
        has_moves=bool(version.moves),
        numbers=tuple(numbers),
        timed_numbers=frozenset(name for name, expr in numbers.items() if reads_time(expr)),
        reads=frozenset[str]().union(*(reads(expr) for expr in version.exprs()))
        | {c.field.name for c in version.priority if c.field is not None},
        watched=_watched(version),
        transition=version.transition,
        discretions=version.discretions,
        quotas=version.counted,
        forecasts=_forecasts(ruleset),
        kept=_kept(ruleset),
    )


def compile_programs(ruleset: RuleSet, layout: Layout) -> tuple[tuple[int, ProgramSource], ...]:
    """Compile every version of the rules from day 0 on.

    Returns
    -------
    tuple of (int, ProgramSource)
        The first day of each and its program, ascending; the first is day 0.
    """
    later = [(v.since - layout.start).days for v in ruleset.versions if v.since is not None]
    days = [0, *sorted(day for day in set(later) if day > 0)]
    return tuple((day, compile_program(ruleset, layout, day)) for day in days)


def until_first(module: ModuleText, conditions: Iterable[Expr]) -> list[str]:
    """Give the body of a function for the first day on which another condition may be the first that holds."""
    lines = ["u = NEVER"]
    for when in conditions:
        change = module.until(when)
        if change != "NEVER":
            lines += [f"c = {change}", "if c < u:", "    u = c"]
        lines += [f"if {module.value(when)}:", "    return u"]
    return [*lines, "return u"]


def _watched(version: Version) -> frozenset[str]:
    """Give the fields that moves, the applicant's part of hard matching, and priority read."""
    exprs = [granted(rule) for rule in version.moves]
    exprs += split_matching(version.matching, (*version.living_environment, *version.quotas)).cell
    exprs += [expr for criterion in version.priority for expr in criterion.exprs]
    named = {criterion.field.name for criterion in version.priority if criterion.field is not None}
    return frozenset[str]().union(named, *(reads(expr) for expr in exprs))


def _matching(module: ModuleText, version: Version) -> dict[str, list[str]]:
    parts = split_matching(version.matching, (*version.living_environment, *version.quotas))
    return {
        "cell": [f"return {_tuple(module, parts.cell)}"],
        "dwelling_class": [f"return {_tuple(module, parts.dwelling_class)}"],
        "compatible": [f"return {_all(module, parts.hard, 'True')}"],
        "suits": [f"return {_all(module, parts.soft, 'True')}"],
    }


def _priority(module: ModuleText, version: Version) -> dict[str, list[str]]:
    own = [criterion for criterion in version.priority if not reads_home(criterion)]
    return {
        "key": key_lines(module, own),
        "key_until": key_until_lines(module, own),
        "full_key": key_lines(module, version.priority),
    }


def _refusals(module: ModuleText, version: Version) -> list[str]:
    """Who is outside the scope is not judged by the other rules."""
    inside = _failed(module, (*version.eligibility, *version.exclusion))
    if not version.scope:
        return inside
    *outside, answer = _failed(module, version.scope)
    return [*outside, "if r:", f"    {answer}", *inside]


def _failed(module: ModuleText, rules: Iterable[Rule]) -> list[str]:
    lines = ["r = ()"]
    for rule in rules:
        lines += [f"if not {module.value(asked(rule))}:", f"    r += ({rule.id!r},)"]
    return [*lines, "return r"]


def _first(module: ModuleText, choices: Iterable[tuple[Expr, str]], otherwise: str) -> list[str]:
    lines = []
    for when, result in choices:
        lines += [f"if {module.value(when)}:", f"    return {result}"]
    return [*lines, f"return {otherwise}"]


def _number(module: ModuleText, expr: Expr | None) -> list[str]:
    return ["return 0" if expr is None else f"return _larger(0, {module.value(expr)})"]


def _all(module: ModuleText, conditions: Iterable[Expr], otherwise: str) -> str:
    return " and ".join(module.value(when) for when in conditions) or otherwise


def _tuple(module: ModuleText, exprs: Iterable[Expr]) -> str:
    return "(" + "".join(f"{module.value(expr)}, " for expr in exprs) + ")"


def _numbers(version: Version) -> Iterator[tuple[str, Expr]]:
    for name, made in version.named.items():
        if isinstance(made, Table):
            for column, output in enumerate(made.outputs):
                if output.domain.kind == "int" and "member" not in entities(ref := TableRef(made, column, made.place)):
                    yield output.name, ref
        elif made.body.domain.kind == "int":
            yield name, DefinitionRef(made, made.body.place)


def _forecasts(ruleset: RuleSet) -> dict[str, Period]:
    return {
        name: field.source.refresh
        for name, field in ruleset.fields.items()
        if isinstance(field.source, Supplied) and field.source.by == FORECAST and field.source.refresh is not None
    }


def _kept(ruleset: RuleSet) -> dict[str, bool | int]:
    own = {one.field for version in ruleset.versions for one in version.discretions} | set(_forecasts(ruleset))
    own |= {name for version in ruleset.versions for quota in version.counted for name in (quota.let, quota.homes)}
    return {name: False if ruleset.fields[name].type == "yes/no" else 0 for name in sorted(own)}


def _beside(version: Version) -> str:
    """Give what the world does beside calling the functions, where a version asks for it: part of what the hash tells."""
    said: list[str] = [version.transition] if version.transition != "decision_date" else []
    said += [f"{one.field} {one.shares} {one.grants}" for one in version.discretions]
    said += [f"{quota.id} {quota.per}" for quota in version.counted]
    return "\n".join(said)


def _stock(quota: Quota) -> Expr:
    return Const(True, YES_NO, NOWHERE) if quota.stock is None else quota.stock


def _refuse_other_fields(ruleset: RuleSet, layout: Layout) -> None:
    findings = [
        Finding("field-differs", f"the field {name!r} is not the one that the layout holds", field.place)
        for name, field in ruleset.fields.items()
        if layout.fields.get(name) != field
    ]
    if findings:
        raise InputError(*findings)
