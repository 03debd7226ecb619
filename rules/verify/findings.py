"""What can be said of a rule set without running it."""

from collections.abc import Iterator

from rules.decide.priority import reads_home
from rules.language import Expr, fields_of, walk
from rules.language.form import AmountRef, Const, DefinitionRef, TableRef
from rules.reading import Finding, Place
from rules.ruleset import Basis, RuleSet, Version
from rules.verify.enumeration import constant_answer

_STAGES_WITH_REASONS = ("scope", "eligibility", "exclusion", "matching", "living_environment", "renewal")


def check_ruleset(ruleset: RuleSet) -> list[Finding]:
    """Find what the author of a rule set should know: warnings and notes; mistakes are found by loading it.

    Returns
    -------
    list of Finding
        In the order of their places. Codes: ``no-legal-base``, ``legally-disputed``, ``no-ground``,
        ``always-met``, ``never-met``, ``unreachable-class``, ``full-scan``, ``unused-field``, ``unused-name``, and those
        that reading expressions makes.
    """
    found = list(ruleset.findings)
    for version in ruleset.versions:
        found += _bases(version)
        found += _reasons(version)
        found += _constants(version)
        found += _order(version)
    found += _unused(ruleset)
    return sorted(dict.fromkeys(found), key=_key)


def _bases(version: Version) -> Iterator[Finding]:
    for name, basis, place in _based(version):
        if basis.missing:
            yield Finding("no-legal-base", f"{name} states neither a legal base nor a status", place,
                          "add `legal: …` or `status: illustrative`", "warning")  # fmt: skip
        if basis.status == "legally_disputed":
            yield Finding("legally-disputed", f"{name} is legally disputed", place, severity="note")


def _based(version: Version) -> Iterator[tuple[str, Basis, Place]]:
    for rule in version.all_rules():
        yield rule.id, rule.basis, rule.place
        for waiver in rule.waivers:
            yield f"the exception {waiver.id} of {rule.id}", waiver.basis, waiver.place
    for trigger in version.triggers():
        yield trigger.id, trigger.basis, trigger.place
    for hold in version.holds:
        yield hold.id, hold.basis, hold.place
    for criterion in version.priority:
        yield f"the criterion {criterion.kind!r}", criterion.basis, criterion.place


def _reasons(version: Version) -> Iterator[Finding]:
    for rule in version.all_rules():
        if rule.stage in _STAGES_WITH_REASONS and rule.ground is None:
            yield Finding("no-ground", f"{rule.id} does not say what is told to those who do not meet it", rule.place,
                          "add `ground: {nb: …, en: …}`", "note")  # fmt: skip


def _constants(version: Version) -> Iterator[Finding]:
    for rule in version.all_rules():
        parts = [("when", rule.when), ("requires", rule.requires), *((w.id, w.when) for w in rule.waivers)]
        yield from _constant(rule.id, rule.place, parts)
    for trigger in version.triggers():
        yield from _constant(trigger.id, trigger.place, [("when", trigger.when)])
    for hold in version.holds:
        yield from _constant(hold.id, hold.place, [("when", hold.when)])


def _constant(name: str, place: Place, parts: list[tuple[str, Expr | None]]) -> Iterator[Finding]:
    for part, expr in parts:
        answer = None if expr is None or isinstance(expr, Const) else constant_answer(expr)
        if answer is not None:
            code, word = ("always-met", "always") if answer else ("never-met", "never")
            yield Finding(code, f"{name}: the condition `{part}` is {word} met, whatever the values", place, severity="warning")


def _order(version: Version) -> Iterator[Finding]:
    for criterion in version.priority:
        if reads_home(criterion):
            yield Finding("full-scan", "this criterion reads the home, so everybody is compared anew for each home (slower)",
                          criterion.place, severity="note")  # fmt: skip
        certain = [i for i, (_, when) in enumerate(criterion.classes) if isinstance(when, Const) and when.value is True]
        if certain and certain[0] < len(criterion.classes) - 1:
            below = ", ".join(name for name, _ in criterion.classes[certain[0] + 1 :])
            yield Finding("unreachable-class", f"nobody comes into the classes below `otherwise`: {below}",
                          criterion.place, severity="warning")  # fmt: skip


def _unused(ruleset: RuleSet) -> Iterator[Finding]:
    used: set[str] = set()
    names: set[str] = set()
    for version in ruleset.versions:
        for expr in _all_exprs(version):
            used |= set(fields_of(expr))
            for part in walk(expr):
                names |= _name(part)
        used |= {criterion.field.name for criterion in version.priority if criterion.field is not None}
    for name, field in ruleset.fields.items():
        computed = any(name in version.named for version in ruleset.versions)
        if name not in used and not computed and field.of != "member":
            yield Finding("unused-field", f"no rule reads the field {name!r}", field.place, severity="note")
    for version in ruleset.versions:
        for name in version.named:
            if name not in names:
                place = _place(version, name)
                yield Finding("unused-name", f"no rule uses {name!r}", place, severity="note")


def _all_exprs(version: Version) -> Iterator[Expr]:
    yield from version.exprs()
    for rule in version.all_rules():
        if rule.ground is not None:
            yield from (piece for piece in (*rule.ground.nb, *rule.ground.en) if not isinstance(piece, str))
    for made in version.named.values():
        if hasattr(made, "body"):
            yield made.body
        else:
            yield from made.inputs
            yield from (output for row in made.rows for output in row.outputs)


def _name(part: Expr) -> set[str]:
    match part:
        case DefinitionRef(definition=definition):
            return {definition.name}
        case TableRef(table=table):
            return {table.name}
        case AmountRef(amount=amount):
            return {amount.name}
    return set()


def _place(version: Version, name: str) -> Place:
    made = version.named[name]
    place: Place = made.body.place if hasattr(made, "body") else made.place
    return place


def _key(finding: Finding) -> tuple[str, int, int]:
    place = finding.place or Place("", 0, 0, "")
    return place.file, place.line, place.column
