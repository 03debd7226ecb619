"""Proof that rules have the properties declared of them, or somebody for whom they have not, by the solver z3."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from rules.language import Aggregate, Expr, Field, describe
from rules.reading import Finding, InputError, Label, Mapping, Place, at, fail
from rules.ruleset import RuleSet, Version, load_ruleset
from rules.ruleset.merge import PROOFS_SUFFIX
from rules.verify.answers import Answer, Answers
from rules.verify.cells import Profile, UndecidedError
from rules.verify.proof_file import PropertyRecord, proof_files, read_proof_file
from rules.verify.ready_case import ready_case, ready_order

if TYPE_CHECKING:
    from rules.verify.z3_terms import Person

Result: TypeAlias = Literal["proved", "counterexample", "unknown"]

INSTALL = "pip install 'z3-solver>=4.13'"


@dataclass(frozen=True)
class Proof:
    """What became of one property.

    Parameters
    ----------
    name, kind : str
        Its id, and ``monotone``, ``exclusive``, ``reachable`` or ``same_except``.
    label : Label
    place : Place
    result : {'proved', 'counterexample', 'unknown'}
    shown : tuple of Profile
        The people of a counterexample; of a proved ``reachable`` the one who gets there.
    cases : tuple of str
        The same as worked cases that run as they stand; empty when no case can say it.
    assumptions : tuple of (str, str)
        What the answer takes for granted, in Norwegian and English.
    """

    name: str
    kind: str
    label: Label
    place: Place
    result: Result
    shown: tuple[Profile, ...]
    cases: tuple[str, ...]
    assumptions: tuple[tuple[str, str], ...]


def prove_path(path: str | Path, day: date | None = None, seconds: float = 10.0) -> list[Proof]:
    """Prove the properties declared beside a rule set.

    Parameters
    ----------
    path : str or Path
        A folder of rules, or a file of rules.
    day : date, optional
        The rules in force on it, in place of the day of the file; without either the last that are made.
    seconds : float
        For each property; beyond it is unknown.

    Raises
    ------
    InputError
        When z3 is not installed, and for mistakes in the rules or in the properties.
    """
    _need_solver()
    where = Path(path)
    ruleset = load_ruleset(where)
    files, found = proof_files(where), []
    if not files:
        fail("no-properties", f"no properties (*{PROOFS_SUFFIX}) stand beside these rules", Place(str(path), 1, 1, ""),
             "write for instance `properties: {ANYONE: {label: {nb: …, en: …}, reachable: eligible}}`")  # fmt: skip
    for file in files:
        record, tree = read_proof_file(file)
        on = day or record.day
        version = ruleset.versions[-1] if on is None else ruleset.on(on)
        for name, item in record.properties.items():
            found.append(prove(ruleset, version, name, item, tree, seconds))
    return found


def prove(ruleset: RuleSet, version: Version, name: str, record: PropertyRecord, tree: Mapping, seconds: float = 10.0) -> Proof:
    """Prove one property of one version of the rules; `tree` is the file it stands in. Raises `InputError`."""
    return _Question(ruleset, version, name, record, tree, seconds).proof()


def _need_solver() -> None:
    try:
        import z3  # noqa: F401
    except ImportError:
        raise InputError(Finding("no-solver", "proving needs the solver z3, which is not installed", None,
                                 f"install it with {INSTALL}")) from None  # fmt: skip


class _Question:
    def __init__(
        self, ruleset: RuleSet, version: Version, name: str, record: PropertyRecord, tree: Mapping, seconds: float
    ) -> None:
        self.ruleset, self.version, self.name, self.record, self.tree = ruleset, version, name, record, tree
        self.milliseconds = int(seconds * 1000)
        self.answers = Answers(ruleset, version)
        self.place = at(tree, ("properties", name)).place
        self.where: Expr | None = None
        if record.where is not None:
            self.where = self.answers.condition(record.where, self._place("where"))
        self.codes: dict[str, int] = {}

    def proof(self) -> Proof:
        kind = self.record.kind
        try:
            result, people, of = getattr(self, f"_{kind}")()
        except UndecidedError:
            result, people, of = "unknown", (), ()
        shown = tuple(people)
        cases = self._cases(of, shown)
        assumptions = self._assumed([*of])
        return Proof(self.name, kind, self.record.label, self.place, result, shown, cases, assumptions)

    def _place(self, *path: str | int) -> Place:
        return at(self.tree, ("properties", self.name, *path)).place

    def _person(self, name: str) -> "Person":
        from rules.verify.z3_terms import Person

        return Person(name, self.codes)

    def _asked_of(self, *people: "Person") -> list[Any]:
        """Give what holds of everybody in the question; to be called when every field in it is known."""
        found = [] if self.where is None else [person.term(self.where) for person in people]
        return [*found, *(fact for person in people for fact in person.facts())]

    def _solved(self, people: "Sequence[Person]", *conditions: Any) -> tuple[str, list[Profile]]:
        from rules.verify.z3_terms import solve

        answer, model = solve([*conditions, *self._asked_of(*people)], self.milliseconds)
        return answer, [] if model is None else [person.profile(model) for person in people]

    # --- the kinds --------------------------------------------------------------------------------------------

    def _reachable(self) -> tuple[Result, list[Profile], list[Answer]]:
        written = self.record.reachable
        assert written is not None
        if isinstance(written, list):
            of = [self.answers.find(one, self._place("reachable", number)) for number, one in enumerate(written)]
        else:
            of = [self.answers.find(written, self._place("reachable"))]
        person = self._person("a")
        answer, people = self._solved([person], *(person.term(one.condition) for one in of))
        results: dict[str, Result] = {"sat": "proved", "unsat": "counterexample"}
        return results.get(answer, "unknown"), people, of

    def _exclusive(self) -> tuple[Result, list[Profile], list[Answer]]:
        written = self.record.exclusive or []
        of = [self.answers.find(one, self._place("exclusive", number)) for number, one in enumerate(written)]
        person = self._person("a")
        terms = [person.term(one.condition) for one in of]
        import z3

        answer, people = self._solved([person], z3.AtLeast(*terms, 2))
        return _refuted(answer), people, of

    def _monotone(self) -> tuple[Result, list[Profile], list[Answer]]:
        from rules.verify.z3_terms import before

        record = self.record.monotone
        assert record is not None
        of = self.answers.find(record.of, self._place("monotone", "of"))
        field = self.answers.field(record.in_, self._place("monotone", "in"))
        if field.type == "one of":
            raise InputError(Finding("wrong-type", f"{field.name!r} has no order, so nothing is monotone in it",
                                     self._place("monotone", "in"), "use same_except"))  # fmt: skip
        less, more = self._person("less"), self._person("more")
        one, other = less.answer(of), more.answer(of)
        apart = self._alike(less, more, {field.name: field})
        low, high = _order(less.variable(field)), _order(more.variable(field))
        present = [_opposite(less.missing(field)), _opposite(more.missing(field))]
        worse = before(other, one) if record.direction == "up" else before(one, other)
        answer, people = self._solved([less, more], *apart, *present, low < high, worse)
        return _refuted(answer), people, [of]

    def _same_except(self) -> tuple[Result, list[Profile], list[Answer]]:
        from rules.verify.z3_terms import differ

        record = self.record.same_except
        assert record is not None
        of = self.answers.find(record.of, self._place("same_except", "of"))
        free = {
            name: self.answers.field(name, self._place("same_except", "except", number))
            for number, name in enumerate(record.except_)
        }
        one, other = self._person("one"), self._person("other")
        unlike = differ(one.answer(of), other.answer(of))
        answer, people = self._solved([one, other], unlike, *self._alike(one, other, free))
        return _refuted(answer), people, [of]

    def _alike(self, one: "Person", other: "Person", free: dict[str, Field]) -> list[Any]:
        """Say that two people have everything in common but some fields."""
        if self.where is not None:  # its fields must be known before they are compared
            one.term(self.where), other.term(self.where)
        for name in free:
            one.variable(free[name]), other.variable(free[name])
        shared = [field for name, field in {**one.fields, **other.fields}.items() if name not in free]
        same = [one.variable(field) == other.variable(field) for field in shared]
        return same + [one.missing(field) == other.missing(field) for field in shared if field.may_be]

    # --- how it is told ---------------------------------------------------------------------------------------

    def _cases(self, of: Sequence[Answer], people: Sequence[Profile]) -> tuple[str, ...]:
        keys = [answer.key for answer in of if answer.key is not None] or ["refused"]
        if keys == ["order"]:
            if len(people) != 2:
                return ()
            made = ready_order(self.ruleset, self.version, self.name, people)
            return () if made is None else (made,)
        suffix = [""] if len(people) == 1 else ["_ONE", "_OTHER"]
        cases = [
            ready_case(self.ruleset, self.version, self.name + end, person, dict.fromkeys(keys))
            for end, person in zip(suffix, people, strict=False)
        ]
        return tuple(case for case in cases if case is not None)

    def _assumed(self, of: Sequence[Answer]) -> tuple[tuple[str, str], ...]:
        from rules.verify.z3_terms import fields_of_answer, nested_windows

        fields: dict[str, Field] = {}
        for answer in of:
            fields |= fields_of_answer(answer)
        since = self.version.since
        found = [
            (f"reglene som gjelder fra {since}", f"the rules in force from {since}") if since else
            ("reglene som gjelder uten dato", "the rules in force without a date"),
            ("feltene er uavhengige av hverandre og holder seg innenfor de oppgitte grensene",
             "the fields are independent of each other and within their declared ranges"),
        ]  # fmt: skip
        for short, long in nested_windows(fields):
            found.append((f"{short.name} er høyst {long.name}: samme hendelser i en kortere periode",
                          f"{short.name} is at most {long.name}: the same events in a shorter period"))  # fmt: skip
        for name, field in fields.items():
            if isinstance(field.source, Aggregate):
                found.append((f"{name} kan være et hvilket som helst tall i sitt område, uansett husstanden ellers",
                              f"{name} may be any number of its range, whatever else the household is"))  # fmt: skip
        if any(answer.name == "priority" for answer in of):
            found.append(("loddtrekningen er holdt utenfor; lengst tid regnes i feltets egen enhet",
                          "the lottery is left out; the longest time counts in the unit of its field"))  # fmt: skip
        if self.where is not None:
            found.append((f"gjelder bare når {describe(self.where, 'nb')}", f"only when {describe(self.where, 'en')}"))
        return tuple(found)


def _refuted(answer: str) -> Result:
    """Give the result where the solver was asked for somebody who breaks the property."""
    if answer == "unsat":
        return "proved"
    return "counterexample" if answer == "sat" else "unknown"


def _order(term: Any) -> Any:
    import z3

    return z3.If(term, z3.IntVal(1), z3.IntVal(0)) if z3.is_bool(term) else term


def _opposite(term: Any) -> Any:
    import z3

    return z3.Not(term)
