"""Facts that the world offers to conditions and rules without their being declared in a rule set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rules.language.fields import Domain, Field, Supplied
from rules.reading import Label, Place

_NOWHERE = Place("the world", 1, 1, "")
_YES_NO = Domain("yes/no")

SITUATIONS = (
    "no_roof", "temporary", "leaving_institution", "notice_to_quit", "with_others", "unsuitable", "ordinary", "housed",
)  # fmt: skip
_RENEWALS = 99
_LARGEST_SITE = 10_000


def core_offers(
    schemes: Mapping[str, tuple[int, ...]],
    types: Iterable[str],
    districts: Iterable[str],
    absences: Iterable[str],
    programmes: Iterable[str] = (),
    needs: Iterable[str] = (),
) -> dict[str, Field]:
    """Give the facts that the core of the world supplies, typed for one scenario.

    Parameters
    ----------
    schemes : mapping of scheme to the ranks of its steps
    types, districts : iterable of str
        Ids of dwelling types and districts.
    absences : iterable of str
        Kinds of absence.
    programmes : iterable of str
        Programmes beside the ladders.
    needs : iterable of str
        Schemes that a need can be of: the ladders. Every scheme where none is named.
    """
    steps = max((len(ranks) for ranks in schemes.values()), default=1)
    rank = Domain("int", 1, 5)
    rank_or_none = Domain("int", 0, 5)
    scheme, ladder = _one_of(*schemes), _one_of(*(tuple(needs) or schemes))
    applicant: dict[str, Domain] = {
        "applying_as": _one_of("newcomer", "transfer", "none"),
        "true_scheme": ladder,
        "true_rank": rank,
        "assessed_scheme": ladder,
        "assessed_rank": rank,
        "in_crisis": _YES_NO,
        "housed": _YES_NO,
        "absent": _YES_NO,
        "absence": _one_of("none", *absences),
        "situation": _one_of(*SITUATIONS),
        "own_scheme": _one_of(*ladder.values, "none"),
        "own_rank": rank_or_none,
        "own_step": Domain("int", 0, steps),
        "renewals": Domain("int", 0, _RENEWALS),
        "programme": _one_of("none", *programmes),
        "in_programme": _YES_NO,
        "move_kind": _one_of("none", "down", "up", "sideways"),
    }
    dwelling = {
        "home_type": _one_of(*types),
        "home_scheme": scheme,
        "home_step": Domain("int", 1, steps),
        "home_rank": rank,
    }
    site = {
        "site_size": Domain("int", 0, _LARGEST_SITE),
        "district": _one_of("", *districts),
        "site_type": _one_of(*types),
    }
    found: dict[str, Field] = {}
    for of, domains in (("applicant", applicant), ("dwelling", dwelling), ("site", site)):
        for name, domain in domains.items():
            found[name] = _field(name, of, domain, "world")
    return found


def mechanism_offers(kinds: Iterable[Any]) -> dict[str, Field]:
    """Give the facts that mechanisms supply (their ``facts``)."""
    found = {}
    for kind in kinds:
        for fact in kind.facts:
            found[fact.name] = _field(fact.name, fact.of, _domain(fact), kind.name)
    return found


def place_offers(facts: Iterable[Any]) -> dict[str, Field]:
    """Give the facts of a place that conditions of projects may read."""
    return {fact.name: _field(fact.name, fact.of, _domain(fact), "projects") for fact in facts}


def _field(name: str, of: Any, domain: Domain, by: str) -> Field:
    said = name.replace("_", " ")
    return Field(name, of, domain, Supplied(by), Label(nb=said, en=said), _NOWHERE)


def _one_of(*values: str) -> Domain:
    return Domain("one of", values=tuple(dict.fromkeys(values)))


def _domain(fact: Any) -> Domain:
    if fact.type == "one of":
        return _one_of(*fact.values)
    return _YES_NO if fact.type == "yes/no" else Domain("int", fact.low, fact.high)
