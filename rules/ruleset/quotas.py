"""Quotas and reservations: how many homes of a stock may, or must first, be let to some people.

`at_most` caps what is let to those it concerns; `at_least` keeps the vacancies for them until as much is let to them. Both
become an ordinary condition on two facts that the world counts for the stock: homes let to them, and homes in all. Shares
are compared in whole numbers: ``100 * let >= share * homes``.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from rules.language import Expr
from rules.language.combine import arithmetic, comparison
from rules.language.fields import Domain, Field, Supplied
from rules.language.form import And, Const, FieldRef, Not
from rules.reading import Finding, Label, Node, Place, Scalar, fail
from rules.ruleset.discretion import generated_name

#: Who supplies the counts.
SUPPLIER = "quotas"
#: The homes that are counted together.
Area: TypeAlias = Literal["site", "district", "stock"]
#: How a size is written.
SIZE = r"^(\d{1,3}(\.\d{1,2})? %|\d{1,6} homes)$"

_MOST = 1_000_000
_AREAS: dict[str, Label] = {
    "site": Label(nb="på stedet", en="at the site"),
    "district": Label(nb="i bydelen", en="in the district"),
    "stock": Label(nb="i alt", en="in all"),
}


@dataclass(frozen=True, slots=True)
class Size:
    """A share of the homes in per cent, or a number of them (`percent` is None)."""

    percent: Fraction | None
    number: int


@dataclass(frozen=True, slots=True)
class Quota:
    """What the world is to count.

    Parameters
    ----------
    id : str
    per : {'site', 'district', 'stock'}
        The homes that are counted together.
    let, homes : str
        The fields of the site for the homes let to those it concerns, and for the homes in all.
    who : Expr
        Whether a household counts; judged when the lease starts.
    stock : Expr or None
        Whether a home belongs to the stock; None = every home.
    """

    id: str
    per: Area
    let: str
    homes: str
    who: Expr
    stock: Expr | None


def quota_size(written: Any) -> str:
    """Check that a size is written as one, for the model of the section."""
    if not isinstance(written, str) or not re.fullmatch(SIZE, written, re.ASCII):
        raise ValueError(f"{str(written)[:40]!r} is no size of a quota; write for example 20 % or 10 homes")
    return written


def read_size(node: Node) -> Size:
    """Read "20 %" or "10 homes"."""
    text = node.text if isinstance(node, Scalar) else ""
    number, unit = text.split(" ")
    if unit == "homes":
        return Size(None, int(number))
    if Fraction(number) > 100:
        fail("bad-quota", f"a share cannot be over 100 %, but this is {text}", node.place)
    return Size(Fraction(number), 0)


def quota_fields(name: str, label: Label, per: Area, place: Place) -> tuple[Field, Field]:
    """Give the fields for the homes let to those a quota concerns, and for the homes in all."""
    area = _AREAS[per]
    let = Label(nb=f"boliger {area.nb} leid ut til {label.nb}", en=f"homes {area.en} let to {label.en}")
    homes = Label(nb=f"boliger {area.nb}", en=f"homes {area.en}")
    domain, source = Domain("int", 0, _MOST), Supplied(SUPPLIER)
    return (
        Field(generated_name("let", name), "site", domain, source, let, place, unit="homes"),
        Field(generated_name("homes", name), "site", domain, source, homes, place, unit="homes"),
    )


def quota_conditions(
    let: Field, homes: Field, size: Size, who: Expr, stock: Expr | None, *, cap: bool, place: Place
) -> tuple[Expr, Expr]:
    """Give the scope of a quota, and what it requires of one more letting."""
    concerned = who if cap else Not(who, place)
    scope = concerned if stock is None else And((stock, concerned), place)
    one_more: Expr = FieldRef(let, place)
    if cap:
        one_more = arithmetic("+", one_more, _number(1, place), place)
    findings: list[Finding] = []
    if size.percent is None:
        limit: Expr = _number(size.number, place)
    else:
        one_more = arithmetic("*", _number(100 * size.percent.denominator, place), one_more, place)
        limit = arithmetic("*", _number(size.percent.numerator, place), FieldRef(homes, place), place)
    return scope, comparison("<=" if cap else ">=", one_more, limit, place, findings)


def quota_ground(let: Field, homes: Field, size: Size, label: Label, *, cap: bool) -> Label:
    """Give the text of the ground where the author writes none."""
    if size.percent is None:
        nb, en = f"{size.number} boliger", f"{size.number} homes"
    else:
        percent = f"{float(size.percent):g}"
        nb, en = f"{percent.replace('.', ',')} prosent", f"{percent} per cent"
    counts_nb = f"{{{let.name}}} av {{{homes.name}}} boliger er leid ut til {_escaped(label.nb)}"
    counts_en = f"{{{let.name}}} of {{{homes.name}}} homes are let to {_escaped(label.en)}"
    if cap:
        return Label(
            nb=f"Kvoten er fylt: {counts_nb}; høyst {nb} kan være det.",
            en=f"The quota is full: {counts_en}; at most {en} may be.",
        )
    return Label(
        nb=f"Boligen er reservert: {counts_nb}; minst {nb} skal være det.",
        en=f"The home is reserved: {counts_en}; at least {en} must be.",
    )


def _number(value: int, place: Place) -> Const:
    return Const(value, Domain("int", value, value), place)


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
