"""Somebody who is eligible and whom no dwelling of a given stock can ever suit."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rules.decide.conditions import asked
from rules.language import Aggregate, Expr, conjuncts, fields_of
from rules.reading import Finding
from rules.ruleset import RuleSet
from rules.verify.asking import Asking
from rules.verify.cells import MOST_PROFILES, Cells, Factor, Profile, UndecidedError, Value
from rules.verify.remark import remark


@dataclass(frozen=True)
class Home:
    """What does not change of one dwelling and its site.

    Parameters
    ----------
    dwelling, site : mapping of str to value
        By field. A field that is not given may have any value (such as the conflict at the site).
    """

    dwelling: Mapping[str, Value]
    site: Mapping[str, Value]


def stock_findings(
    ruleset: RuleSet,
    homes: Iterable[Home],
    people: Mapping[str, Collection[Value]] | None = None,
    most: int = MOST_PROFILES,
) -> list[Finding]:
    """Find in each version of the rules somebody who is eligible and whom no home can suit.

    Parameters
    ----------
    ruleset : RuleSet
    homes : iterable of Home
        The stock, empty or let: each counts once it falls vacant.
    people : mapping of str to collection of value, optional
        By field the values that applicants may have; a field that is not given may have any of its range.
    most : int
        Of relevant profiles.

    Returns
    -------
    list of Finding
        One at most for each version that rules on matching, with a ready case; ``not-decided`` when there are too many
        profiles, or the profile found rests on sums over members of the household.
    """
    known = list(homes)
    found: dict[tuple[object, ...], Finding] = {}
    for version in ruleset.versions:
        for finding in _of_version(Asking(ruleset, version, most), known, people or {}) if known else ():
            found.setdefault((finding.code, finding.message), finding)
    return list(found.values())


def _of_version(asking: Asking, homes: list[Home], people: Mapping[str, Collection[Value]]) -> Iterator[Finding]:
    version, fields = asking.version, asking.ruleset.fields
    rules = (*version.matching, *version.living_environment)
    if not rules:
        return
    place = rules[0].place
    suits = [part for rule in rules for part in conjuncts(asked(rule))]
    profile, sure = None, True
    try:
        profile = _homeless(suits, asking.eligible(), homes, people, asking.most)
    except UndecidedError:
        sure = False
    if profile is not None and any(isinstance(fields[name].source, Aggregate) for name in profile):
        sure = False
    if not sure:
        nb = "ikke avgjort om alle som oppfyller vilkårene, har en mulig bolig"
        en = "not decided whether everybody who is eligible has a possible dwelling"
        yield remark("not-decided", "matching", place, nb, en)
    elif profile is not None:
        read = {name for part in suits for name in fields_of(part)}
        who = ", ".join(f"{name} = {_said(value)}" for name, value in profile.items() if name in read)
        nb = f"noen oppfyller vilkårene, og ingen bolig i bestanden kan passe: {who}"
        en = f"somebody is eligible, and no dwelling in the stock can suit them: {who}"
        yield remark("no-dwelling", "matching", place, nb, en, case=asking.case("NO_DWELLING", profile, "refused"))


def _homeless(
    suits: list[Expr], eligible: list[Expr], homes: list[Home], people: Mapping[str, Collection[Value]], most: int
) -> Profile | None:
    """Find who meets all of `eligible` and, for every home, fails some of `suits` whatever of the home is left open."""
    fields = {name: field for expr in suits for name, field in fields_of(expr).items()}
    of_home = sorted(name for name, field in fields.items() if field.of in ("dwelling", "site"))
    everybody = Cells([*suits, *eligible], most=most)
    for name, values in people.items():
        if name in everybody.values:
            everybody.values[name] = tuple(values)
    unsuited: list[Factor] = []
    for values in _kinds(homes, of_home):
        cells = Cells(suits, fixed=values, most=most)
        cells.values |= {name: everybody.values[name] for name in fields if name not in of_home}
        suited = cells.join(cells.without(of_home, [cells.factor(part) for part in suits]))
        unsuited.append(Factor(suited.names, ~suited.answers))
    found = everybody.some(eligible, unsuited)
    return None if found is None else {name: value for name, value in found.items() if everybody.fields[name].of == "applicant"}


def _kinds(homes: list[Home], of_home: list[str]) -> list[dict[str, Value | None]]:
    """Give the homes that differ in what is read."""
    kinds: dict[tuple[tuple[str, Value | None], ...], None] = {}
    for home in homes:
        values = {**home.dwelling, **home.site}
        kinds[tuple((name, values[name]) for name in of_home if name in values)] = None
    return [dict(kind) for kind in kinds]


def _said(value: Value | None) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else "-" if value is None else str(value)
