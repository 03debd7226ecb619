"""A profile told as a worked case that can be put in a ``*.test.yaml`` as it stands, with what the rules say of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from rules.decide.conditions import asked, granted
from rules.language import Aggregate, DefinitionSource, Expr, Field, MissingFact, TableSource, fields_of
from rules.reading import InputError, Place
from rules.reading import Mapping as Tree
from rules.ruleset import RuleSet, Version
from rules.verify.case_file import Case, Defaults
from rules.verify.cells import Profile
from rules.verify.judge import Disagreement, Judgement

_USUAL = date(2026, 6, 15)
_ENTITIES = ("applicant", "dwelling", "site")


def ready_case(ruleset: RuleSet, version: Version, name: str, profile: Profile, keys: Iterable[str]) -> str | None:
    """Write a profile as a worked case, expecting what the rules say now.

    Parameters
    ----------
    ruleset, version : RuleSet, Version
        The version that the profile is about.
    name : str
        Of the case.
    profile : dict of str to value
        By field; None = missing. Fields that the answers read besides get some value.
    keys : iterable of str
        Which expectations of a case to fill in, such as ``refused`` or ``move``; ``values.NAME`` for one value.

    Returns
    -------
    str or None
        YAML of several lines, or None when no case can say it (members of a household, a day that is not in the calendar).
    """
    wanted = list(keys)
    fields = _fields(ruleset, version, profile, wanted)
    values = {name: profile.get(name, _some(field)) for name, field in fields.items()}
    if any(isinstance(field.source, Aggregate) and values[name] for name, field in fields.items()):
        return None
    given: dict[str, dict[str, Any]] = {entity: {} for entity in _ENTITIES}
    for name_, value in values.items():
        field = fields[name_]
        if _is_given(field, field.of) and field.of in given:
            given[field.of][name_] = field.may_be if value is None else value
    day = day_of(ruleset, version)
    case = Case(day=day, applicant=given["applicant"], dwelling=given["dwelling"] or None, site=given["site"] or None)
    judgement = Judgement(ruleset, case, Defaults(), day, Tree({}, Place("profile", 1, 1, "")), name)
    try:
        expected = [_expected(judgement, key) for key in wanted]
    except (InputError, MissingFact, Disagreement):
        return None
    lines = [f"{name}:", f"  day: {day}"]
    lines += [f"  {entity}: {_map(facts)}" for entity, facts in given.items() if facts]
    return "\n".join([*lines, *(f"  {line}" for line in expected)])


def ready_order(ruleset: RuleSet, version: Version, name: str, people: Sequence[Profile]) -> str | None:
    """Write several people and the order of priority among them, for one home, as a worked case; None as `ready_case`."""
    needed: dict[str, Field] = {}
    for criterion in version.priority:
        for expr in criterion.exprs:
            needed |= fields_of(expr)
        if criterion.field is not None:
            needed[criterion.field.name] = criterion.field
    applicants = {}
    home: dict[str, dict[str, Any]] = {"dwelling": {}, "site": {}}
    for letter, person in zip("abcdefgh", people, strict=False):
        known = {name: person.get(name, _some(field)) for name, field in needed.items()}
        if any(isinstance(field.source, Aggregate) and known[name] for name, field in needed.items()):
            return None
        said = {name: needed[name].may_be if value is None else value for name, value in known.items()}
        applicants[letter] = {name: value for name, value in said.items() if _is_given(needed[name], "applicant")}
        for entity, facts in home.items():
            facts |= {name: value for name, value in said.items() if _is_given(needed[name], entity)}
    day = day_of(ruleset, version)
    case = Case(day=day, applicants=applicants, dwelling=None, site=home["site"] or None)
    defaults = Defaults(dwelling=home["dwelling"])
    judgement = Judgement(ruleset, case, defaults, day, Tree({}, Place("profile", 1, 1, "")), name)
    try:
        order = judgement.answer("order")
    except (InputError, MissingFact, Disagreement):
        return None
    if home["dwelling"]:  # with a home in the case, only those whom it suits would be ordered
        return None
    lines = [f"{name}:", f"  day: {day}", "  applicants:"]
    lines += [f"    {letter}: {_map(facts)}" for letter, facts in applicants.items()]
    return "\n".join([*lines, f"  order: [{', '.join(order)}]"])


def _is_given(field: Field, entity: str) -> bool:
    return field.of == entity and not isinstance(field.source, Aggregate | TableSource | DefinitionSource)


def day_of(ruleset: RuleSet, version: Version) -> date:
    """Give a day on which a version is in force, in the middle of a month where that can be."""
    later = [v.since for v in ruleset.versions if v.since is not None and (version.since is None or v.since > version.since)]
    last = min(later) - timedelta(days=1) if later else None
    first = version.since or ruleset.since
    if first is None:
        return _USUAL if last is None or last >= _USUAL else last.replace(day=min(last.day, 15))
    day = _USUAL if first <= _USUAL else first.replace(day=15) if first.day <= 15 else first
    return day if last is None or day <= last else first


def case_name(about: str, suffix: str) -> str:
    """Give the name of a case about a rule."""
    return f"{about.upper().replace('.', '_').replace(' ', '_')}_{suffix}"


def _fields(ruleset: RuleSet, version: Version, profile: Profile, keys: list[str]) -> dict[str, Field]:
    found = {name: ruleset.fields[name] for name in profile if name in ruleset.fields}
    for key in keys:
        for expr in _exprs(version, key):
            found |= fields_of(expr)
    return found


def _exprs(version: Version, key: str) -> list[Expr]:
    refusing = {
        "refused": (*version.scope, *version.eligibility, *version.exclusion),
        "unsuitable": (*version.matching, *version.living_environment, *version.quotas),
        "renewal_refused": version.renewal,
    }
    if key in refusing:
        grounds = [p for r in refusing[key] if r.ground for p in (*r.ground.nb, *r.ground.en) if not isinstance(p, str)]
        return [asked(rule) for rule in refusing[key]] + grounds
    if key in ("move", "temporary"):
        return [granted(rule) for rule in (version.moves if key == "move" else version.temporary)]
    if key == "hold_days":
        return [expr for hold in version.holds for expr in (hold.when, hold.longest_days)]
    if key == "after_decline":
        return [trigger.when for trigger in version.declined]
    if key in ("warning", "notice"):
        trigger = getattr(version, key)
        return [] if trigger is None else [trigger.when]
    named = version.named.get(key.removeprefix("values."))
    if named is None:
        return []
    return [named.body] if hasattr(named, "body") else [*named.inputs, *(out for row in named.rows for out in row.outputs)]


def _some(field: Field) -> Any:
    if field.may_be is not None:
        return None
    if isinstance(field.source, Aggregate):
        return 0
    if field.type == "yes/no":
        return False
    return field.values[0] if field.type == "one of" else max(field.domain.lo, min(0, field.domain.hi))


def _expected(judgement: Judgement, key: str) -> str:
    if key.startswith("values."):
        name = key.removeprefix("values.")
        return f"values: {{{name}: {_said(judgement.value(name, judgement.tree.place))}}}"
    answer = judgement.answer(key)
    return f"{key}: [{', '.join(answer)}]" if isinstance(answer, list) else f"{key}: {answer}"


def _map(facts: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{name}: {_said(value)}" for name, value in facts.items()) + "}"


def _said(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
