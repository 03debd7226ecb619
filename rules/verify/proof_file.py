"""Properties that rules should have, as they are declared: ``*.prove.yaml`` beside the rules."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from rules.reading import Label, Mapping, Record, read_yaml, validate
from rules.ruleset.merge import PROOFS_SUFFIX
from rules.ruleset.sections import Expression, Name, RuleId

PROPERTIES = ("monotone", "exclusive", "reachable", "same_except")


class MonotoneRecord(Record):
    """More of one field, all else equal, never lowers (or with ``direction: down`` never raises) an answer."""

    of: Expression
    in_: Name = Field(alias="in")
    direction: Literal["up", "down"] = "up"


class SameExceptRecord(Record):
    """Two people who differ in nothing but these fields get the same answer."""

    of: Expression
    except_: Annotated[list[Name], Field(alias="except", min_length=1)]


class PropertyRecord(Record):
    """One property: exactly one of ``monotone exclusive reachable same_except``, for those of whom `where` holds.

    What stands under ``of`` and in the lists is ``eligible``, ``suits``, ``temporary`` or ``priority``, the id of a rule,
    trigger, hold or class of priority, or an expression. Somebody must be able to meet all that is ``reachable``, and
    nobody two of those that are ``exclusive``.
    """

    label: Label
    note: str | None = None
    where: Expression | None = None
    monotone: MonotoneRecord | None = None
    exclusive: Annotated[list[Expression], Field(min_length=2)] | None = None
    reachable: Expression | Annotated[list[Expression], Field(min_length=1)] | None = None
    same_except: SameExceptRecord | None = None

    @property
    def kind(self) -> str:
        """Which of the kinds it is."""
        return next(name for name in PROPERTIES if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _one_kind(self) -> "PropertyRecord":
        if sum(getattr(self, name) is not None for name in PROPERTIES) != 1:
            raise ValueError(f"one of {', '.join(PROPERTIES)} is needed in each property")
        return self


class ProofFile(Record):
    """A file of properties. They are about the rules of its folder, in force on a day (the last that are made)."""

    day: date | None = None
    properties: Annotated[dict[RuleId, PropertyRecord], Field(min_length=1)]


def read_proof_file(path: Path) -> tuple[ProofFile, Mapping]:
    """Read a file of properties, as a record and as a tree with places.

    Raises
    ------
    InputError
        For a file that is not well formed.
    """
    tree = read_yaml(path)
    record = validate(ProofFile, tree)
    assert isinstance(tree, Mapping)
    return record, tree


def proof_files(path: Path) -> list[Path]:
    """Give the files of properties of a rule set: of a folder all, of a file the one beside it."""
    if path.is_dir():
        return sorted(path.glob(f"*{PROOFS_SUFFIX}"))
    beside = path.with_name(path.name.removesuffix(path.suffix) + PROOFS_SUFFIX)
    return [beside] if beside.exists() else []
