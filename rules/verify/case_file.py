"""Worked cases as they are written: ``*.test.yaml`` beside the rules."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from rules.reading import Label, Mapping, Record, at, fail, is_folder, read_yaml, validate
from rules.ruleset.merge import CASES_SUFFIX

Value = bool | int | str | None
Values = dict[str, Value]
YesNo = Literal["yes", "no"]
#: What authorities decided at their discretion: everything alike, or by the id of the rule or RULE.EXCEPTION.
Taken = YesNo | dict[str, YesNo | int]


class Case(Record):
    """One worked case: whom it is about, which home, and what the rules should say.

    Values of fields are given by name: stored and supplied ones as they are; an elapsed time, a count or a
    window as it stands on the day. What is not given is missing, and is an error only if a rule reads it.
    ``applied`` is the day of the application, for rules that changed between it and the day of decision.
    ``amounts`` gives amounts other values for this case alone, and ``rules`` changes the rules as a policy would: such a case
    says what other rules would decide, and exercises none of those that stand.
    """

    label: Label | None = None
    note: str | None = None
    day: date | None = None
    applied: date | None = None
    taken: Taken | None = None
    amounts: dict[str, int | str] = Field(default_factory=dict)
    rules: dict[str, Any] = Field(default_factory=dict)
    applicant: Values = Field(default_factory=dict)
    applicants: dict[str, Values] = Field(default_factory=dict)
    members: list[Values] = Field(default_factory=list)
    dwelling: Values | None = None
    site: Values | None = None

    eligible: YesNo | None = None
    refused: list[str] | None = None
    values: dict[str, bool | int | str] = Field(default_factory=dict)
    suits: YesNo | None = None
    unsuitable: list[str] | None = None
    order: list[str] | None = None
    chosen: str | None = None
    grounds: dict[str, Label | str] = Field(default_factory=dict)
    exceptions: dict[str, str] = Field(default_factory=dict)
    move: str | None = None
    reply_days: int | None = None
    after_decline: Literal["keep", "lapse"] | None = None
    term_months: int | None = None
    renewal_refused: list[str] | None = None
    warning: YesNo | None = None
    notice: YesNo | None = None
    hold_days: int | Literal["unlimited"] | None = None
    temporary: YesNo | None = None

    @property
    def has_own_rules(self) -> bool:
        """Whether it is decided by other rules or amounts than those that stand."""
        return bool(self.amounts or self.rules)


class Defaults(Record):
    """Values that every case of the file starts from."""

    applicant: Values = Field(default_factory=dict)
    dwelling: Values = Field(default_factory=dict)
    site: Values = Field(default_factory=dict)
    taken: Taken | None = None


class CaseFile(Record):
    """A file of worked cases. ``rules`` is relative to it; without it, the rules of its folder are tested."""

    rules: str | None = None
    day: date
    defaults: Defaults = Defaults()
    cases: dict[str, Case]


#: The keys of a case that say what is expected.
EXPECTATIONS = (
    "eligible", "refused", "values", "suits", "unsuitable", "order", "chosen", "grounds", "exceptions", "move",
    "reply_days", "after_decline", "term_months", "renewal_refused", "warning", "notice", "hold_days", "temporary",
)  # fmt: skip


def read_case_file(path: Path) -> tuple[CaseFile, Mapping]:
    """Read a file of worked cases, as a record and as a tree with places.

    Raises
    ------
    InputError
        For a file that is not well formed, and for a case that expects nothing.
    """
    tree = read_yaml(path)
    record = validate(CaseFile, tree)
    assert isinstance(tree, Mapping)
    for name in record.cases:
        node = at(tree, ("cases", name))
        if not isinstance(node, Mapping) or not any(key in node.entries for key in EXPECTATIONS):
            fail("no-expectation", f"the case {name!r} expects nothing", node.place,
                 "say for example `eligible: yes` or `chosen: kari`")  # fmt: skip
    return record, tree


def ruleset_path(path: Path, record: CaseFile) -> Path:
    """Give the rule set that a file of worked cases is about."""
    return path.parent / record.rules if record.rules else path.parent


def case_files(path: Path) -> list[Path]:
    """Give the files of worked cases of a rule set: of a folder all, of a file the one beside it, or the file itself."""
    if is_folder(path):
        return sorted(path.glob(f"*{CASES_SUFFIX}"))
    if path.name.endswith(CASES_SUFFIX):
        return [path]
    beside = path.with_name(path.name.removesuffix(path.suffix) + CASES_SUFFIX)
    try:
        return [beside] if beside.exists() else []
    except OSError:  # a name that the system refuses: whoever reads the rules says so
        return []
