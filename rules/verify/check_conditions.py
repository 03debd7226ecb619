"""Findings about conditions: met by all or none, parts that change nothing, rules and exceptions without effect."""

from collections.abc import Iterator

from rules.decide.conditions import asked, granted
from rules.language import Expr, describe
from rules.language.form import And, Const, IsMissing, Not, Or, walk
from rules.reading import Place
from rules.ruleset import Rule
from rules.verify.asking import Asking
from rules.verify.cells import UndecidedError
from rules.verify.parts import inner, roots
from rules.verify.remark import Remark, remark
from rules.verify.rewrite import rewritten

_PARTS = {"when": "når regelen gjelder", "requires": "kravet"}


def condition_findings(asking: Asking) -> Iterator[Remark]:
    """Find conditions with one answer, exceptions and rules that can never matter, in one version of the rules."""
    version = asking.version
    for rule in version.all_rules():
        if rule.stage != "quotas":  # its condition is made of a share and two counts, and is never miswritten
            yield from _of_rule(asking, rule)
    for name, when, place in [
        *((trigger.id, trigger.when, trigger.place) for trigger in version.triggers()),
        *((hold.id, hold.when, hold.place) for hold in version.holds),
    ]:
        yield from _constant(asking, name, "when", when, place)


def part_findings(asking: Asking) -> Iterator[Remark]:
    """Find parts of `and` and `or` that can be left out without changing any answer."""
    quotas = {rule.id for rule in asking.version.quotas}
    for root in roots(asking.ruleset, asking.version):
        if root.owner.partition(".")[0] in quotas:
            continue
        if root.part not in ("output", "input", "where") and root.expr.domain.kind == "yes/no":
            yield from _needless(asking, root.owner, root.expr)


def _of_rule(asking: Asking, rule: Rule) -> Iterator[Remark]:
    given = () if rule.when is None else (rule.when,)
    if rule.when is not None:
        found = list(_constant(asking, rule.id, "when", rule.when, rule.place))
        yield from found
        if any(finding.code == "never-met" for finding in found):
            return
    found = list(_constant(asking, rule.id, "requires", rule.requires, rule.place, *given))
    yield from found
    if any(finding.code == "always-met" for finding in found):
        return  # its exceptions have nothing to waive
    yield from _exceptions(asking, rule, given)
    whole = granted(rule) if rule.stage in ("moves", "temporary") else asked(rule)
    silent = rule.stage != "moves" and not isinstance(rule.requires, Const) and not found
    if silent and asking.nobody(rule.id, rule, Not(whole, whole.place)):
        yield remark(
            "dead-rule",
            rule.id,
            rule.place,
            f"{rule.id} kan aldri stoppe noen: unntakene dekker alle andre",
            f"{rule.id} can never refuse anybody: its exceptions cover everybody else",
        )


def _exceptions(asking: Asking, rule: Rule, given: tuple[Expr, ...]) -> Iterator[Remark]:
    earlier: tuple[Expr, ...] = (*given, Not(rule.requires, rule.place))
    for waiver in rule.waivers:
        name = f"{rule.id}.{waiver.id}"
        if asking.nobody(name, waiver, waiver.when, *given):
            yield remark(
                "never-met",
                name,
                waiver.place,
                f"{name}: unntaket er aldri oppfylt når regelen gjelder",
                f"{name}: the exception is never met when the rule applies",
            )
        elif asking.nobody(name, waiver, waiver.when, *earlier):
            yield remark(
                "shadowed-exception",
                name,
                waiver.place,
                f"{name} kan aldri ha noe å si: alle det gjelder, oppfyller kravet eller et tidligere unntak",
                f"{name} can never matter: everybody it is for meets what is required, or an earlier exception",
                case=_case(asking, rule, waiver.when, *given),
            )
        earlier = (*earlier, Not(waiver.when, waiver.place))


def _case(asking: Asking, rule: Rule, *conditions: Expr) -> str | None:
    try:
        profile = asking.some(*conditions)
    except UndecidedError:
        return None
    return None if profile is None else asking.case_of(rule, profile)


def _constant(asking: Asking, name: str, part: str, expr: Expr, place: Place, *given: Expr) -> Iterator[Remark]:
    if isinstance(expr, Const):
        return
    nb = _PARTS[part]
    within = (" når regelen gjelder", " when the rule applies") if given else ("", "")
    if asking.nobody(name, expr, expr, *given):
        yield remark(
            "never-met",
            name,
            place,
            f"{name}: {nb} (`{part}`) er aldri oppfylt{within[0]}, uansett verdier",
            f"{name}: the condition `{part}` is never met{within[1]}, whatever the values",
        )
    elif asking.nobody(name, expr, Not(expr, expr.place), *given):
        yield remark(
            "always-met",
            name,
            place,
            f"{name}: {nb} (`{part}`) er alltid oppfylt{within[0]}, uansett verdier",
            f"{name}: the condition `{part}` is always met{within[1]}, whatever the values",
        )


def _needless(asking: Asking, owner: str, whole: Expr) -> Iterator[Remark]:
    opposite = Not(whole, whole.place)
    if not any(isinstance(part, And | Or) for part in inner(whole)):
        return
    if asking.nobody(owner, whole, whole) or asking.nobody(owner, whole, opposite):
        return  # the whole is told already
    for part in inner(whole):
        if not isinstance(part, And | Or):
            continue
        for number, item in enumerate(part.items):
            if isinstance(item, Const) or any(isinstance(piece, IsMissing) for piece in walk(item)):
                continue  # a test for a missing value guards what comes after it
            rest = part.items[:number] + part.items[number + 1 :]
            new = rewritten(whole, {id(part): rest[0] if len(rest) == 1 else type(part)(rest, part.place)})
            if new is not whole and _same(asking, owner, whole, new):
                yield remark(
                    "needless-part",
                    owner,
                    item.place,
                    f"{owner}: «{describe(item, 'nb')}» kan strykes uten at noe svar endres",
                    f'{owner}: "{describe(item, "en")}" can be left out without changing any answer',
                )
                break  # of two that say the same only one can go


def _same(asking: Asking, owner: str, one: Expr, other: Expr) -> bool:
    return asking.nobody(owner, one, one, Not(other, other.place)) and asking.nobody(owner, one, other, Not(one, one.place))
