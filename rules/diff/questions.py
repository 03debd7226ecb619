"""What is asked of two versions of the rules: each decision as conditions on its possible outcomes."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from rules.decide.conditions import asked, granted
from rules.language import Domain, Expr, expression_text, value_text
from rules.language.fields import YES_NO
from rules.language.form import And, Compare, CompareOp, Const, DefinitionRef, Not, TableRef
from rules.reading import Label, Place
from rules.ruleset import Criterion, Rule, Version
from rules.show.clauses import counted
from rules.show.compose import tables_of
from rules.show.wording import TERMS

_NOWHERE = Place("profile", 1, 1, "")
_WORDS: dict[str, tuple[str, str]] = {
    "in scope": ("omfattes av reglene", "within the scope of the rules"),
    "out of scope": ("omfattes ikke av reglene", "outside the scope of the rules"),
    "eligible": ("oppfyller vilkårene", "eligible"), "refused": ("får avslag", "refused"),
    "suits": ("boligen passer", "the home suits"), "unsuitable": ("boligen passer ikke", "the home does not suit"),
    "renewed": ("leieavtalen fornyes", "the lease is renewed"), "ends": ("leieavtalen fornyes ikke", "the lease is not renewed"),
    "entitled": ("har rett til midlertidig botilbud", "entitled to temporary accommodation"),
    "not entitled": ("har ikke rett til midlertidig botilbud", "not entitled to temporary accommodation"),
    "warning": ("får en advarsel", "is warned"), "no warning": ("får ingen advarsel", "is not warned"),
    "notice": ("blir sagt opp", "is given notice to quit"), "no notice": ("blir ikke sagt opp", "is not given notice"),
    "none": ("ingen flytting", "no move"), "keep": ("søknaden blir stående", "the application stands"),
    "lapse": ("søknaden faller bort", "the application lapses"), "unlimited": ("boligen holdes uten ende", "held without end"),
    "held": ("holdes av i {0}", "held for {0}"), "rest": ("øvrige søkere", "other applicants"),
    "as before": ("som før", "as before"), "lower": ("lavere enn før", "lower than before"),
    "higher": ("høyere enn før", "higher than before"),
    "reply": ("svarfrist", "time to reply"), "term": ("leieavtalens lengde", "term of the lease"),
    "conditions": ("vilkårene", "the conditions"), "matching": ("om boligen passer", "whether the home suits"),
    "scope": ("hvem reglene gjelder", "whom the rules concern"), "renewal": ("fornyelse", "renewal"),
    "temporary": ("midlertidig botilbud", "temporary accommodation"), "moves": ("flytting", "moves"),
    "holds": ("hvor lenge boligen holdes av", "how long the home is held"), "declined": ("avslått tilbud", "a declined offer"),
}  # fmt: skip


def words(key: str, *parts: Label) -> Label:
    """Give a word of ours in both languages."""
    nb, en = _WORDS[key]
    return Label(nb=nb.format(*(part.nb for part in parts)), en=en.format(*(part.en for part in parts)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer a decision may have.

    Parameters
    ----------
    key : hashable
        Two outcomes of one key are the same verdict.
    label : Label
    conditions : tuple of Expr
        When it is given: all of them.
    """

    key: Hashable
    label: Label
    conditions: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A decision of one version of the rules.

    Parameters
    ----------
    stage : str
        A key of `rules.show.wording.STAGES`.
    key : str
        What it is recognised by in the other version.
    label : Label
    outcomes : tuple of Outcome
        Of every profile exactly one; empty when `number` says it.
    number : Expr or None
        The decision as a number.
    rules : tuple of Rule
        Those that may refuse.
    """

    stage: str
    key: str
    label: Label
    outcomes: tuple[Outcome, ...] = ()
    number: Expr | None = None
    rules: tuple[Rule, ...] = ()

    @property
    def exprs(self) -> tuple[Expr, ...]:
        """Every expression that decides it."""
        own = tuple(condition for outcome in self.outcomes for condition in outcome.conditions)
        return own if self.number is None else (*own, self.number)


def questions(version: Version) -> Iterator[Question]:
    """Give every decision of a version, in the order of a decision."""
    inside = version.scope
    yield _refusing("scope", "scope", inside, "in scope", "out of scope")
    judging = (*inside, *version.eligibility, *version.exclusion)
    yield _refusing("eligibility", "conditions", judging, "eligible", "refused")
    for table in tables_of("need", version):
        for column, output in enumerate(table.outputs):
            ref = TableRef(table, column, table.place)
            yield _valued("need", output.name, output.label, ref)
    yield from _priority(version)
    yield _refusing(
        "matching", "matching", (*version.matching, *version.living_environment, *version.quotas), "suits", "unsuitable"
    )
    yield Question("offers", "reply", words("reply"), number=version.reply_days or _number(0))
    lapses = [(trigger.outcome, words(trigger.outcome), trigger.when) for trigger in version.declined]
    yield Question("offers", "declined", words("declined"), _firsts(lapses, "keep"))
    yield Question("tenancy", "term", words("term"), number=version.term_months or _number(0))
    yield _refusing("tenancy", "renewal", version.renewal, "renewed", "ends")
    for name, trigger in (("warning", version.warning), ("notice", version.notice)):
        when = _truth(False) if trigger is None else trigger.when
        yield Question("tenancy", name, words(name), _two(name, f"no {name}", (when,)))
    wanted = [(rule.id, rule.label, granted(rule)) for rule in version.moves]
    yield Question("moves", "moves", words("moves"), _firsts(wanted, "none"))
    held = [(hold.longest_days, _held(hold.longest_days), hold.when) for hold in version.holds]
    yield Question("holds", "holds", words("holds"), _firsts(held, "unlimited"))
    entitled = tuple(granted(rule) for rule in version.temporary) or (_truth(False),)
    yield Question("temporary", "temporary", words("temporary"), _two("entitled", "not entitled", entitled))


def opposite(conditions: tuple[Expr, ...]) -> Expr:
    """Say that not all of some conditions hold."""
    return Not(conditions[0] if len(conditions) == 1 else And(conditions, _NOWHERE), _NOWHERE)


def differs(op: CompareOp, one: Expr, other: Expr) -> Expr:
    """Compare two numbers."""
    return Compare(op, one, other, _NOWHERE)


def _refusing(stage: str, key: str, rules: tuple[Rule, ...], yes: str, no: str) -> Question:
    conditions = tuple(asked(rule) for rule in rules)
    return Question(stage, key, words(key), _two(yes, no, conditions), rules=rules)


def _two(yes: str, no: str, conditions: tuple[Expr, ...]) -> tuple[Outcome, ...]:
    against = opposite(conditions) if conditions else _truth(False)
    return Outcome(yes, words(yes), conditions), Outcome(no, words(no), (against,))


def _firsts(ways: Iterable[tuple[Hashable, Label, Expr]], otherwise: str) -> tuple[Outcome, ...]:
    """The first that holds decides."""
    found = []
    above: tuple[Expr, ...] = ()
    for key, label, when in ways:
        found.append(Outcome(key, label, (*above, when)))
        above = (*above, Not(when, _NOWHERE))
    return (*found, Outcome(otherwise, words(otherwise), above))


def _priority(version: Version) -> Iterator[Question]:
    seen: dict[str, int] = {}
    for criterion in version.priority:
        if criterion.kind == "class":
            seen["class"] = number = seen.get("class", 0) + 1
            classes = [(name, class_label(criterion, name), when) for name, when in criterion.classes]
            yield Question("priority", f"class {number}", criterion.label, _firsts(classes, "rest"))
        elif criterion.expr is not None:
            text = f"{criterion.kind} {expression_text(criterion.expr)}"
            yield Question("priority", text, criterion.label, number=criterion.expr)


def class_label(criterion: Criterion, name: str) -> Label:
    """Give what a class of priority is called: the definition it asks for, or its name."""
    when = dict(criterion.classes)[name]
    if isinstance(when, Const):
        return words("rest")
    if isinstance(when, DefinitionRef):
        return when.definition.label
    said = name.replace("_", " ").lower()
    return Label(nb=said, en=said)


def _valued(stage: str, key: str, label: Label, expr: TableRef | DefinitionRef) -> Question:
    domain: Domain = expr.domain
    if domain.kind == "int":
        return Question(stage, key, label, number=expr)
    if domain == YES_NO:
        yes, no = (Label(nb=TERMS["nb"]["yes/no"].split()[i], en=TERMS["en"]["yes/no"].split()[i]) for i in (0, 2))
        return Question(stage, key, label, (Outcome(True, yes, (expr,)), Outcome(False, no, (Not(expr, _NOWHERE),))))
    outcomes = []
    for value in domain.values:
        said = Label(nb=value_text(expr, value, "nb"), en=value_text(expr, value, "en"))
        outcomes.append(Outcome(value, said, (Compare("==", expr, Const(value, domain, _NOWHERE), _NOWHERE),)))
    return Question(stage, key, label, tuple(outcomes))


def _held(days: Expr) -> Label:
    return words("held", Label(nb=counted(days, "days", "nb"), en=counted(days, "days", "en")))


def _number(value: int) -> Const:
    return Const(value, Domain("int", value, value), _NOWHERE)


def _truth(value: bool) -> Const:
    return Const(value, YES_NO, _NOWHERE)
