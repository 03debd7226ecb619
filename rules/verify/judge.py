"""What the rules say of one worked case: by the compiled program, checked against the plain interpreter."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any

from rules.decide import Ground, Program, compile_program, grounds, scan_key, scan_suits
from rules.decide.grounds import ELIGIBILITY
from rules.language import NEVER, Definition, Expr, Layout, Scope, Situation, Table, evaluate
from rules.reading import Mapping, Place
from rules.ruleset import RuleSet, Stage, Version
from rules.verify.case_facts import make_facts, place_in, taken_values
from rules.verify.case_file import Case, Defaults


class Disagreement(Exception):  # noqa: N818 - it names what was found
    """The compiled program and the interpreter answer differently: a mistake in the engine, not in the rules."""


@dataclass
class Judgement:
    """The answers of the rules to one case, each computed when it is asked for.

    Parameters
    ----------
    ruleset : RuleSet
    case : Case
    defaults : Defaults
    day : date
    tree : Mapping
        The file of cases.
    name : str
        Of the case.
    """

    ruleset: RuleSet
    case: Case
    defaults: Defaults
    day: date
    tree: Mapping
    name: str
    layout: Layout = field(init=False)

    def __post_init__(self) -> None:
        self.layout = Layout(self.ruleset.fields.values(), self.day)

    @cached_property
    def program(self) -> Program:
        """The program in force on the day of the case."""
        return self.program_of(self.ruleset.on(self.day))

    @cached_property
    def case_program(self) -> Program:
        """The program by which eligibility is judged: that of the application where the transition says so."""
        version = self.version("eligibility")
        return self.program if version is self.ruleset.on(self.day) else self.program_of(version)

    def program_of(self, version: Version) -> Program:
        """Make the program of a version of the rules."""
        return compile_program(self.ruleset, self.layout, version=version).build()

    def version(self, stage: Stage) -> Version:
        """Give the rules by which a stage of the case is judged."""
        if self.case.applied is not None and stage in ELIGIBILITY:
            return self.ruleset.for_case(self.case.applied, self.day)
        return self.ruleset.on(self.day)

    def place(self, *path: str) -> Place:
        """Give the place of something in the case, or of the case."""
        return place_in(self.tree, ("cases", self.name, *path))

    @cached_property
    def applicant(self) -> Any:
        """Facts of the one applicant."""
        return self._applicant(self.case.applicant, "applicant")

    @cached_property
    def applicants(self) -> dict[str, Any]:
        """Facts of several applicants, by name."""
        return {
            name: self._applicant(self.case.applicant | values, "applicants", name)
            for name, values in self.case.applicants.items()
        }

    @cached_property
    def home(self) -> tuple[Any, Any]:
        """Facts of the dwelling and of its site."""
        dwelling = self.defaults.dwelling | (self.case.dwelling or {})
        site = self.defaults.site | (self.case.site or {})
        return (
            make_facts(self.layout, "dwelling", dwelling, self.place("dwelling")),
            make_facts(self.layout, "site", site, self.place("site")),
        )

    @property
    def facts(self) -> tuple[Any, Any, Any, int]:
        """What every function of a program over a home takes."""
        return self.applicant, *self.home, 0

    # --- answers ----------------------------------------------------------------------------------------------

    def refused(self) -> list[str]:
        """Ids of failed conditions of scope, or else of eligibility and exclusion."""
        stages: tuple[Stage, ...] = ("scope",) if self._failed(None, "scope") else ("eligibility", "exclusion")
        return self._failed(list(self.case_program.refusals(self.applicant, 0)), *stages)

    def unsuitable(self) -> list[str]:
        """Ids of failed conditions of matching, living environment and quotas."""
        failed = self._failed(None, "matching", "living_environment", "quotas")
        self._agree("suits", self.suits(self.applicant), not failed)
        return failed

    def renewal_refused(self) -> list[str]:
        """Ids of failed conditions of renewal."""
        return self._failed(list(self.program.renewal_refusals(*self.facts)), "renewal")

    def suits(self, applicant: Any) -> bool:
        """Say whether an applicant may be offered the home."""
        program, (d, s) = self.program, self.home
        found = bool(program.compatible(applicant, d, 0) and program.suits(applicant, d, s, 0))
        self._agree("suits", found, scan_suits(self.ruleset, self.layout, applicant, d, s, 0))
        return found

    def order(self) -> list[str]:
        """Names of the applicants in the order of priority; with a dwelling only of those whom it suits."""
        d, s = self.home
        people = self.applicants
        if self.case.dwelling is not None:
            people = {name: facts for name, facts in people.items() if self.suits(facts)}
        keys = {name: self.program.full_key(facts, d, s, 0) for name, facts in people.items()}
        for name, facts in people.items():
            self._agree("priority", keys[name], scan_key(self.ruleset, self.layout, facts, d, s, 0))
        return sorted(people, key=lambda name: keys[name])

    def chosen(self) -> str:
        """Name of the first in order, or ``none``."""
        return (self.order() or ["none"])[0]

    def ground(self, rule: str) -> Ground | None:
        """What a rule says of the applicant; None when there is no such rule, or the case lies out of its scope."""
        stage = next((r.stage for v in self.ruleset.versions for r in v.all_rules() if r.id == rule), None)
        found = self._grounds(stage) if stage is not None else ()
        return next((ground for ground in found if ground.rule == rule), None)

    def value(self, name: str, place: Place) -> int | bool | str:
        """Value of a field, a definition or a table."""
        found = evaluate(self.named(name, place), Situation(self.layout.calendar, 0, self.applicant, *self.home))
        if name in self.program.numbers:
            self._agree(name, self.program.number(name, self.applicant, *self.home, 0), found)
        return found

    def named(self, name: str, place: Place) -> Expr:
        """Give the use of a field, a definition or a table. Raises `InputError` for a name that is none."""
        version = self.ruleset.on(self.day)
        scope = Scope(self.ruleset.fields, version.amounts)
        for made_name, made in version.named.items():
            columns = made.outputs if isinstance(made, Table) else ()
            for column in (made_name, *(output.name for output in columns)):
                scope.readers[column] = partial(_made, made)
        return scope.lookup(name, place)

    def hold_days(self) -> int | str:
        """Days the home is held, or ``unlimited``."""
        days: int = self.program.hold_days(*self.facts)
        return "unlimited" if days == NEVER else days

    def answer(self, name: str) -> Any:
        """Give the answer to one of the expectations that have a function of their own."""
        simple: dict[str, Callable[[], Any]] = {
            "eligible": lambda: _yes_no(not self.refused()),
            "refused": self.refused,
            "suits": lambda: _yes_no(not self.unsuitable()),
            "unsuitable": self.unsuitable,
            "order": self.order,
            "chosen": self.chosen,
            "move": lambda: self.program.move_wanted(*self.facts) or "none",
            "reply_days": lambda: self.program.reply_days(*self.facts),
            "after_decline": lambda: self.program.decline_outcome(*self.facts),
            "term_months": lambda: self.program.term_months(*self.facts),
            "renewal_refused": self.renewal_refused,
            "warning": lambda: _yes_no(self.program.warned(*self.facts)),
            "notice": lambda: _yes_no(self.program.notice(*self.facts)),
            "hold_days": self.hold_days,
            "temporary": lambda: _yes_no(self.program.temporary_entitled(self.applicant, 0)),
        }
        return simple[name]()

    # --- inside -----------------------------------------------------------------------------------------------

    def _applicant(self, values: dict[str, Any], *path: str) -> Any:
        members = [make_facts(self.layout, "member", m, self.place("members")) for m in self.case.members]
        return make_facts(self.layout, "applicant", self.defaults.applicant | self._taken() | values, self.place(*path), members)

    def _taken(self) -> dict[str, Any]:
        """Give what was decided at discretion, by the file's defaults and by the case."""
        every = [one for version in self.ruleset.versions for one in version.discretions]
        own = taken_values(every, self.case.taken, self.place("taken"))
        return taken_values(every, self.defaults.taken, place_in(self.tree, ("defaults", "taken"))) | own

    def _grounds(self, stage: Stage) -> tuple[Ground, ...]:
        applied = None if self.case.applied is None else (self.case.applied - self.day).days
        return grounds(self.ruleset, self.layout, stage, self.applicant, *self.home, 0, applied)

    def _failed(self, compiled: list[str] | None, *stages: Stage) -> list[str]:
        found = [g.rule for stage in stages for g in self._grounds(stage) if not g.met]
        return found if compiled is None else self._agree(" and ".join(stages), compiled, found)

    def _agree(self, what: str, compiled: Any, interpreted: Any) -> Any:
        if compiled != interpreted:
            raise Disagreement(f"{what}: the program says {compiled!r}, the interpreter {interpreted!r}")
        return compiled


def _made(made: Definition | Table, _: Scope) -> Definition | Table:
    return made


def _yes_no(answer: bool) -> str:
    return "yes" if answer else "no"
