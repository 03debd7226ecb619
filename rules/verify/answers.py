"""The answers that properties are about: eligible or not, a rule, a class, the order of priority, an expression."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from rules.decide.conditions import asked, granted
from rules.language import Definition, Expr, Field, Scope, Table, conjunction, parse_expression
from rules.language.combine import negation
from rules.reading import Place, closest, fail
from rules.ruleset import Criterion, RuleSet, Version
from rules.verify.asking import firsts

_KEY_OF_STAGE = {
    "scope": "refused", "eligibility": "refused", "exclusion": "refused",
    "matching": "unsuitable", "living_environment": "unsuitable", "quotas": "unsuitable",
    "renewal": "renewal_refused", "moves": "move", "temporary": "temporary",
}  # fmt: skip


@dataclass(frozen=True)
class FirstOf:
    """The number of the first condition that holds; of none of them their number."""

    conditions: tuple[Expr, ...]


@dataclass(frozen=True)
class Elapsed:
    """The value of a time that has passed; a missing one is below all others, one that is `capped` above all."""

    field: Field
    capped: Expr | None = None


@dataclass(frozen=True)
class Within:
    """A part that counts for some only; of all others it is 0."""

    part: "Expr | FirstOf | Elapsed"
    condition: Expr


#: Compared from the left; the larger goes first in the order of priority.
Part: TypeAlias = "Expr | FirstOf | Elapsed | Within"


@dataclass(frozen=True)
class Answer:
    """What a property is about.

    Parameters
    ----------
    name : str
        As it was written.
    parts : tuple of Part
        One, but of ``priority`` one for each criterion (without the lottery). A class counts from the last.
    key : str or None
        The expectation of a worked case that shows it; None when no key does.
    """

    name: str
    parts: tuple[Part, ...]
    key: str | None

    @property
    def condition(self) -> Expr:
        """The answer as a yes or no. Raises `InputError` when it is none."""
        [part] = self.parts if len(self.parts) == 1 else (None,)
        if part is None or isinstance(part, FirstOf | Elapsed | Within) or part.domain.kind != "yes/no":
            fail("wrong-type", f"{self.name!r} is no condition (yes or no)", getattr(part, "place", None))
        return part


class Answers:
    """Finds what the names in a property mean.

    Parameters
    ----------
    ruleset, version : RuleSet, Version
    """

    def __init__(self, ruleset: RuleSet, version: Version) -> None:
        self.ruleset, self.version = ruleset, version
        self.scope = Scope(ruleset.fields, version.amounts)
        for name, made in version.named.items():
            columns = made.outputs if isinstance(made, Table) else ()
            for column in (name, *(output.name for output in columns)):
                self.scope.readers[column] = partial(_made, made)

    def find(self, written: bool | int | str, place: Place) -> Answer:
        """Give an answer by what stands in a property.

        Raises
        ------
        InputError
            For a name that is none, and an expression that is not well formed.
        """
        text = str(written)
        if text in ("eligible", "suits", "temporary", "priority"):
            return self._whole(text, place)
        if text.isupper() and text.isidentifier():
            return self._by_id(text, place)
        expr = parse_expression(text, place, self.scope)
        return Answer(text, (expr,), f"values.{text}" if text in self.version.named else None)

    def condition(self, written: bool | int | str, place: Place) -> Expr:
        """Give what must hold, or raise `InputError` when it is no yes or no."""
        return self.find(written, place).condition

    def field(self, name: str, place: Place) -> Field:
        """Give a field that has a value of its own. Raises `InputError` for one that is computed, and for none."""
        found = self.ruleset.fields.get(name)
        if found is None or name in self.version.named:
            known = [one for one in self.ruleset.fields if one not in self.version.named]
            fail("unknown-field", f"there is no field {name!r} with a value of its own", place, closest(name, known))
        return found

    def _whole(self, name: str, place: Place) -> Answer:
        v = self.version
        if name == "priority":
            parts = tuple(part for criterion in v.priority for part in _parts(criterion))
            return Answer(name, parts, "order")
        if name == "temporary":
            return Answer(name, (conjunction(tuple(granted(rule) for rule in v.temporary), place),), "temporary")
        home = (*v.matching, *v.living_environment, *v.quotas)
        rules = (*v.scope, *v.eligibility, *v.exclusion) if name == "eligible" else home
        key = "refused" if name == "eligible" else "unsuitable"
        return Answer(name, (conjunction(tuple(asked(rule) for rule in rules), place),), key)

    def _by_id(self, name: str, place: Place) -> Answer:
        known = dict(self._ids())
        if name not in known:
            fail("unknown-name", f"there is no rule or class {name!r}", place, closest(name, known))
        expr, key = known[name]
        return Answer(name, (expr,), key)

    def _ids(self) -> Iterator[tuple[str, tuple[Expr, str | None]]]:
        v = self.version
        for rule in v.all_rules():
            if rule.stage != "moves":
                yield rule.id, (granted(rule) if rule.stage == "temporary" else asked(rule), _KEY_OF_STAGE[rule.stage])
        ordered = [
            ([(rule.id, granted(rule)) for rule in v.moves], "move"),
            ([(hold.id, hold.when) for hold in v.holds], "hold_days"),
            ([(trigger.id, trigger.when) for trigger in v.declined], "after_decline"),
            *((list(criterion.classes), None) for criterion in v.priority),
        ]
        for conditions, key in ordered:
            for name, parts in firsts(conditions):
                yield name, (conjunction(parts, parts[0].place), key)
        for trigger, key in ((v.warning, "warning"), (v.notice, "notice")):
            if trigger is not None:
                yield trigger.id, (trigger.when, key)


def _parts(criterion: Criterion) -> Iterator[Part]:
    own: Expr | FirstOf | Elapsed
    if criterion.kind == "class":
        own = FirstOf(tuple(when for _, when in criterion.classes))
    elif criterion.field is not None:
        own = Elapsed(criterion.field, criterion.capped)
    elif criterion.expr is not None:
        own = negation(criterion.expr, criterion.expr.place) if criterion.kind == "lowest" else criterion.expr
    else:
        return  # the lottery
    yield own if criterion.within is None else Within(own, criterion.within)


def _made(made: Definition | Table, _: Scope) -> Definition | Table:
    return made
