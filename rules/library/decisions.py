"""A rule set in force on a day, asked about people who are given as dicts."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias, TypeVar, overload

from rules.decide import Program, compile_program
from rules.language import Entity, Layout, MissingFact, Table, entities, evaluate
from rules.language.form import TableRef
from rules.language.interpret import Situation
from rules.library.compiled import Order, Verdicts, order_program, verdicts_program
from rules.library.facts import FactError, facts_of, missing
from rules.library.grounds import Eligibility, Grounds
from rules.library.ranking import Ranked, ordered
from rules.library.words import Words
from rules.ruleset import Rule, RuleSet, Stage, Version

Row: TypeAlias = Mapping[str, Any]
T = TypeVar("T")

_NAMES = ("name", "id")
_HOME: tuple[Stage, ...] = ("matching", "living_environment", "quotas")


class Decisions:
    """What the rules in force on a day decide, for dicts and tables (sequences of dicts) of applicants.

    Parameters
    ----------
    ruleset : RuleSet
        As `rules.load_ruleset` gives it.
    on : date
        The day of decision. It chooses the version of the rules, and is the day on which ages and times are counted.

    Notes
    -----
    A row is a dict of facts by the names of the fields. Times, counts and windows may be given as their value on the day
    (``age: 34``) or by dates (``age: date(1992, 3, 1)``). ``members`` holds the members of a household, as dicts.
    The keys ``name`` and ``id`` call a row something and are no facts, unless the rule set declares such a field. Keys
    that are no field are an error that suggests the nearest. Facts that no rule reads may be left out.

    Examples
    --------
    >>> from datetime import date
    >>> from rules import Decisions, load_ruleset
    >>> decisions = Decisions(load_ruleset("rules/examples/melhus"), on=date(2026, 1, 1))  # doctest: +SKIP
    """

    def __init__(self, ruleset: RuleSet, on: date) -> None:
        self.ruleset = ruleset
        self.on = on
        self.layout = Layout(ruleset.fields.values(), on)
        self.version: Version = ruleset.on(on)
        self.program: Program = compile_program(ruleset, self.layout).build()
        self._verdicts: dict[tuple[Rule, ...], tuple[Verdicts, Words]] = {}
        self._orders: dict[bool, Order] = {}

    # --- questions ------------------------------------------------------------------------------------------------

    @overload
    def eligibility(self, applicants: Row) -> Eligibility: ...
    @overload
    def eligibility(self, applicants: Iterable[Row]) -> tuple[Eligibility, ...]: ...
    def eligibility(self, applicants: Row | Iterable[Row]) -> Eligibility | tuple[Eligibility, ...]:
        """Say whether applicants are eligible, with the verdict of every rule.

        Parameters
        ----------
        applicants : dict, or iterable of dict

        Returns
        -------
        Eligibility, or tuple of Eligibility
            One for each row, in their order. True in a condition when eligible.

        Raises
        ------
        FactError
            For a fact that a rule reads and that is not given, and for one that its field cannot hold.
        """
        return self._each(applicants, lambda name, a: self._eligibility(name, a))

    @overload
    def levels(self, applicants: Row) -> dict[str, int | bool | str]: ...
    @overload
    def levels(self, applicants: Iterable[Row]) -> tuple[dict[str, int | bool | str], ...]: ...
    def levels(self, applicants: Any) -> Any:
        """Give what the tables of the rules make of applicants: the level of need, points, required follow-up.

        Parameters
        ----------
        applicants : dict, or iterable of dict

        Returns
        -------
        dict of str to value, or tuple of them
            By column; of every table that reads the applicant alone.

        Raises
        ------
        FactError
        """
        return self._each(applicants, self._levels)

    @overload
    def level(self, applicants: Row, name: str) -> int | bool | str: ...
    @overload
    def level(self, applicants: Iterable[Row], name: str) -> tuple[int | bool | str, ...]: ...
    def level(self, applicants: Any, name: str) -> Any:
        """Give one column of a table, such as the level of need; see `levels`.

        Raises
        ------
        FactError
            Also when no table has a column of this name.
        """
        ref = self._columns().get(name)
        if ref is None:
            known = ", ".join(self._columns()) or "there is none"
            raise FactError(f"no table that reads the applicant alone has a column {name!r} ({known})", self.ruleset.id, name)
        return self._each(applicants, lambda who, a: self._value(who, name, ref, a))

    @overload
    def grounds(self, applicants: Row, stage: Stage, home: Row | None = None, site: Row | None = None) -> Grounds: ...
    @overload
    def grounds(
        self, applicants: Iterable[Row], stage: Stage, home: Row | None = None, site: Row | None = None
    ) -> tuple[Grounds, ...]: ...
    def grounds(self, applicants: Any, stage: Stage, home: Row | None = None, site: Row | None = None) -> Any:
        """Judge every rule of a stage, with its legal base, the values it read and what is said to those who fail.

        Parameters
        ----------
        applicants : dict, or iterable of dict
        stage : str
            ``scope eligibility exclusion matching living_environment renewal moves temporary``.
        home, site : dict, optional
            Facts of a dwelling and of its site, for stages that read them.

        Returns
        -------
        Grounds, or tuple of Grounds

        Raises
        ------
        FactError
        """
        d, s = self._home(home, site)
        rules = self.version.rules(stage)
        return self._each(applicants, lambda name, a: self._judged(name, rules, (a, d, s)))

    def suits(self, applicant: Row, home: Row, site: Row | None = None) -> bool:
        """Say whether a home suits an applicant by every rule of matching, living environment and quotas.

        Raises
        ------
        FactError
        """
        [(name, a)] = self._facts([applicant])
        d, s = self._home(home, site)
        return self._judged(name, self._matching(), (a, d, s)).met

    def ranking(self, applicants: Iterable[Row], home: Row | None = None, site: Row | None = None) -> tuple[Ranked, ...]:
        """Put applicants in the order of priority: of all who are eligible, or of those of them whom a home suits.

        Parameters
        ----------
        applicants : iterable of dict
            ``lottery`` in a row is the number drawn for the application (smaller goes first); 0 when it is left out.
        home, site : dict, optional
            Facts of a vacant dwelling and of its site. Needed where the order itself depends on the home.

        Returns
        -------
        tuple of Ranked
            The first in priority first; those outside the order last, with what they fail in.

        Raises
        ------
        FactError
        """
        if self.program.full_scan and home is None:
            raise FactError("the order of priority depends on the home: give `home`", self.ruleset.id)
        d, s = self._home(home, site)
        people = self._facts(applicants)
        judged = [self._eligibility(name, a) for name, a in people]
        suited = [None if home is None else self._judged(name, self._matching(), (a, d, s)) for name, a in people]
        keys: list[tuple[int, ...] | None] = []
        for (name, a), eligibility, fit in zip(people, judged, suited, strict=True):
            inside = eligibility.eligible and (fit is None or fit.met)
            keys.append(self._asked(name, "the order of priority", self._key, a, d, s) if inside else None)
        return ordered(keys, judged, suited, self.version.priority)

    def order(self, applicants: Iterable[Row], home: Row | None = None, site: Row | None = None) -> tuple[int, ...]:
        """Give the order of `ranking` and nothing else: the rows in it, from 0, the first in priority first.

        Raises
        ------
        FactError
        """
        if self.program.full_scan and home is None:
            raise FactError("the order of priority depends on the home: give `home`", self.ruleset.id)
        people = self._facts(applicants)
        with_home = home is not None
        if with_home not in self._orders:
            self._orders[with_home] = order_program(self.version, self.layout, with_home)
        try:
            return tuple(self._orders[with_home]([a for _, a in people], *self._home(home, site)))
        except MissingFact:
            self.ranking(applicants, home, site)  # says whose it is
            raise

    # --- inside ---------------------------------------------------------------------------------------------------

    def _key(self, a: Any, d: Any, s: Any) -> tuple[int, ...]:
        found: tuple[int, ...] = self.program.full_key(a, d, s, 0)
        return found

    def _eligibility(self, name: str, a: Any) -> Eligibility:
        version = self.version
        facts = (a, None, None)
        grounds = self._judged(name, version.scope, facts)
        if grounds.met:
            grounds = self._judged(name, (*version.scope, *version.eligibility, *version.exclusion), facts)
        return Eligibility(name, grounds.met, grounds.failed, grounds)

    def _matching(self) -> tuple[Rule, ...]:
        return tuple(rule for stage in _HOME for rule in self.version.rules(stage))

    def _judged(self, name: str, rules: tuple[Rule, ...], facts: tuple[Any, Any, Any]) -> Grounds:
        asked = self._verdicts.get(rules)
        if asked is None:
            asked = self._verdicts[rules] = verdicts_program(rules, self.layout), Words(rules, self.layout)
        verdicts, words = asked
        try:
            return Grounds(rules, verdicts(facts[:1], *facts[1:])[0], self.layout, facts, words)
        except MissingFact as error:
            raise missing(error, name, self.layout, self._reader(rules, facts)) from None

    def _reader(self, rules: tuple[Rule, ...], facts: tuple[Any, Any, Any]) -> str:
        """Find the rule that reads what is missing."""
        for rule in rules:
            try:
                verdicts_program((rule,), self.layout)(facts[:1], *facts[1:])
            except MissingFact:
                return rule.id
        return ""

    def _levels(self, name: str, a: Any) -> dict[str, int | bool | str]:
        return {column: self._value(name, column, ref, a) for column, ref in self._columns().items()}

    def _value(self, name: str, column: str, ref: TableRef, a: Any) -> int | bool | str:
        at = Situation(self.layout.calendar, 0, a)
        return self._asked(name, column, lambda: evaluate(ref, at))

    def _columns(self) -> dict[str, TableRef]:
        found = {}
        for made in self.version.named.values():
            for number, output in enumerate(made.outputs if isinstance(made, Table) else ()):
                assert isinstance(made, Table)
                ref = TableRef(made, number, made.place)
                if _of_applicant(ref):
                    found[output.name] = ref
        return found

    def _asked(self, name: str, where: str, answer: Callable[..., T], *facts: Any) -> T:
        try:
            return answer(*facts)
        except MissingFact as error:
            raise missing(error, name, self.layout, where) from None

    def _each(self, applicants: Any, answer: Callable[[str, Any], T]) -> T | tuple[T, ...]:
        if isinstance(applicants, Mapping):
            [(name, a)] = self._facts([applicants])
            return answer(name, a)
        return tuple(answer(name, a) for name, a in self._facts(applicants))

    def _facts(self, rows: Iterable[Row]) -> list[tuple[str, Any]]:
        found = []
        for number, row in enumerate(rows, 1):
            key = next((key for key in _NAMES if key in row and key not in self.layout.fields), None)
            name = f"applicant {number}" if key is None else str(row[key])
            values = {field: value for field, value in row.items() if field not in _NAMES or field in self.layout.fields}
            found.append((name, facts_of(self.layout, "applicant", values, name)))
        return found

    def _home(self, home: Row | None, site: Row | None) -> tuple[Any, Any]:
        kinds: tuple[tuple[Row | None, Entity, str], ...] = ((home, "dwelling", "the home"), (site, "site", "the site"))
        d, s = (facts_of(self.layout, entity, values or {}, who) for values, entity, who in kinds)
        return d, s


def _of_applicant(ref: TableRef) -> bool:
    return entities(ref) <= {"applicant"}
