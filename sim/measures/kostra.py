"""KOSTRA form 13 (municipal housing): the figures that a municipality reports once a year, as far as the model has them.

Each is one number per year and replication. What the model does not simulate stands in the table without a number, so that
nobody takes a figure that is missing for a zero.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sim.measures.records import Records
from sim.measures.settings import YEAR

ALL = "all"
MONTH = YEAR / 12
SHORT_STAY, LONG_STAY = 14.0, 3 * MONTH
_SLACK = 1e-6
_ABSENT = ("planned", "base", "closed")
_LET = ("let", "held")
_COUNTED = frozenset({"application", "refused", "lease_start"})

#: The groups of the form.
GROUPS: Mapping[str, Mapping[str, str]] = {
    "refugee": {"nb": "flyktninger", "en": "refugees"},
    "adapted": {"nb": "behov for tilpasset bolig", "en": "need of an adapted home"},
    "mental": {"nb": "psykisk lidelse", "en": "mental illness"},
    "substance": {"nb": "rusproblemer", "en": "substance use"},
    "both": {"nb": "rus og psykisk lidelse", "en": "substance use and mental illness"},
    "other": {"nb": "andre med behovsprøving", "en": "others, means-tested"},
    "no_means_test": {"nb": "uten behovsprøving", "en": "without a means test"},
}


@dataclass(frozen=True, slots=True)
class KostraFigure:
    """One figure of the form.

    Attributes
    ----------
    unit : str
        homes, applications, households, or per cent.
    nb, en : str
        What it is called.
    means_nb, means_en : str
        Its definition, and how the model takes it.
    simulated : bool
    """

    id: str
    unit: str
    nb: str
    en: str
    means_nb: str
    means_en: str
    simulated: bool = True


class KostraRow(NamedTuple):
    """One figure of one year; ``group`` is one of the form, or all; ``number`` is None where nothing is simulated."""

    year: int
    figure: str
    group: str
    number: float | None


_NOT_HERE = "Modellen skiller ikke mellom disse.", "The model does not tell these apart."
_FIGURES = (
    KostraFigure("homes", "homes", "Kommunalt disponerte boliger", "Homes at the municipality's disposal",
        "Boliger som leies ut eller står tomme ved utgangen av året. Planlagte og nedlagte boliger og personalbaser er ikke med. "
        "I modellen: gjennomsnitt over årets siste måned.",
        "Homes let or empty at the end of the year. Planned and closed homes and staff bases are left out. In the model: mean "
        "over the last month of the year."),
    KostraFigure("homes_owned", "homes", "Kommunalt eide boliger", "Homes owned by the municipality", *_NOT_HERE,
        simulated=False),
    KostraFigure("homes_leased_in", "homes", "Innleide boliger", "Homes leased in", *_NOT_HERE, simulated=False),
    KostraFigure("homes_private_right", "homes", "Private boliger med kommunal disposisjonsrett",
        "Private homes with a municipal right of disposal", *_NOT_HERE, simulated=False),
    KostraFigure("homes_let", "homes", "Utleide boliger 31. desember", "Homes let on 31 December",
        "Boliger med en leier, også når leieren er borte for en tid. I modellen: gjennomsnitt over årets siste måned.",
        "Homes with a tenant, also while the tenant is away. In the model: mean over the last month of the year."),
    KostraFigure("applications_new", "applications", "Søknader, nye", "Applications, new",
        "Søknader mottatt i året fra husstander som ikke bodde i kommunal bolig da de søkte.",
        "Applications received in the year from households that did not live in municipal housing when they applied."),
    KostraFigure("applications_swap", "applications", "Søknader, bytte", "Applications, swap",
        "Søknader om bytte fra husstander i kommunal bolig. Modellen kjenner dem som flytter, ikke hvor mange som søker.",
        "Applications for a swap from households in municipal housing. The model knows who moves, not how many apply.",
        simulated=False),
    KostraFigure("applications_renewal", "applications", "Søknader, fornyelse", "Applications, renewal",
        "Søknader om å fornye en leieavtale. Modellen fornyer uten søknad.",
        "Applications to renew a lease. The model renews without an application.", simulated=False),
    KostraFigure("rejected_new", "applications", "Avslag på nye søknader", "New applications rejected",
        "Nye søknader avslått i året.", "New applications rejected in the year."),
    KostraFigure("rejected_new_share", "per cent", "Avslag, av nye søknader", "Rejected, of new applications",
        "Nye søknader avslått i året, delt på nye søknader mottatt i året, ganger 100.",
        "New applications rejected in the year, divided by new applications received in the year, times 100."),
    KostraFigure("waiting", "households", "På venteliste ved utgangen av året", "On the waiting list at the end of the year",
        "Nye husstander med vedtak om bolig som ikke har flyttet inn.",
        "New households with a decision on a home that have not moved in."),
    KostraFigure("moved_in_new", "households", "Nye husstander flyttet inn", "New households moved in",
        "Husstander som flyttet inn i året og ikke bodde i kommunal bolig da de søkte, etter gruppe. Bytter er ikke med.",
        "Households that moved in during the year and did not live in municipal housing when they applied, by group. Swaps are "
        "left out."),
    KostraFigure("moved_in_swap", "households", "Husstander som byttet bolig", "Households that swapped homes",
        "Husstander i kommunal bolig som flyttet til en annen kommunal bolig i året.",
        "Households in municipal housing that moved to another municipal home in the year."),
    KostraFigure("short_contracts", "households", "Leieavtaler på tre år eller mindre", "Leases of three years or less",
        "Modellen teller ikke avtaler etter lengde.", "The model does not count leases by their length.", simulated=False),
    KostraFigure("temporary", "households", "Husstander i midlertidig botilbud", "Households in temporary accommodation",
        "Husstander som bodde i midlertidig botilbud i året, hver telt én gang. Uten leieavtale; natthjem er ikke med.",
        "Households that lived in temporary accommodation in the year, each counted once. Without a lease; night shelters are "
        "left out."),
    KostraFigure("temporary_short_share", "per cent", "Midlertidig botilbud i 14 dager eller mindre",
        "Temporary accommodation for 14 days or less",
        "Andelen av dem som til sammen bodde der i høyst 14 døgn i året.",
        "Share of them who lived there for at most 14 nights of the year in all."),
    KostraFigure("temporary_long_share", "per cent", "Midlertidig botilbud i mer enn tre måneder",
        "Temporary accommodation for more than three months",
        "Andelen av dem som til sammen bodde der i mer enn tre måneder av året.",
        "Share of them who lived there for more than three months of the year in all."),
    KostraFigure("night_shelter", "households", "Natthjem", "Night shelters",
        "Modellen har ikke natthjem.", "The model has no night shelters.", simulated=False),
    KostraFigure("municipal_housing_allowance", "households", "Kommunal bostøtte", "Municipal housing allowance",
        "Modellen har ikke bostøtte.", "The model has no housing allowance.", simulated=False),
    KostraFigure("guarantees", "households", "Garantier og depositum", "Guarantees and deposits",
        "Modellen har ikke garantier og depositum.", "The model has no guarantees and deposits.", simulated=False),
)  # fmt: skip

KOSTRA: dict[str, KostraFigure] = {figure.id: figure for figure in _FIGURES}


def kostra(records: Records, groups: Mapping[str, str], measure_from: float = 0.0) -> list[KostraRow]:
    """Take every figure for every whole year of the run.

    Parameters
    ----------
    groups : mapping of str to str
        Group of applicants -> group of the form. One that is not named counts in the sum alone.
    measure_from : float
        Years that begin before this day are left out.
    """
    rows: list[KostraRow] = []
    year = 1
    while year * YEAR <= records.bins[-1] + 1.0:
        begins, ends = (year - 1) * YEAR, min(year * YEAR, records.bins[-1])
        if begins >= measure_from - _SLACK:
            taken = dict(_taken(records, groups, begins, ends))
            for id_, figure in KOSTRA.items():
                found = taken.get(id_, {ALL: None}) if figure.simulated else {ALL: None}
                rows += [KostraRow(year, id_, group, number) for group, number in found.items()]
        year += 1
    return rows


Numbers = dict[str, float | None]


def _taken(records: Records, groups: Mapping[str, str], begins: float, ends: float) -> Iterator[tuple[str, Numbers]]:
    month, year = _bins(records, ends - MONTH, ends), _bins(records, begins, ends)
    homes = {cell: float(sum(areas[month])) / MONTH for cell, areas in records.dwelling_days.items()}
    yield "homes", {ALL: sum(n for cell, n in homes.items() if cell.state not in _ABSENT)}
    yield "homes_let", {ALL: sum(n for cell, n in homes.items() if cell.state in _LET)}
    counts = {key: float(sum(numbers[year])) for key, numbers in records.counts.items() if key.kind in _COUNTED}
    received = sum(n for key, n in counts.items() if (key.kind, key.detail) == ("application", "newcomer"))
    rejected = sum(n for key, n in counts.items() if (key.kind, key.detail) == ("refused", "newcomer"))
    yield "applications_new", {ALL: received}
    yield "rejected_new", {ALL: rejected}
    yield "rejected_new_share", {ALL: _percent(rejected, received)}
    waiting = [wait for wait in records.waits if wait.decided <= ends and (wait.end is None or wait.end > ends)]
    yield "waiting", {ALL: float(len(waiting))}
    moved: Numbers = dict.fromkeys((ALL, *(name for name in GROUPS if name in groups.values())), 0.0)
    for key, n in counts.items():
        if (key.kind, key.detail) == ("lease_start", "new"):
            for group in (ALL, groups.get(key.group, "")):
                if group:
                    moved[group] = (moved[group] or 0.0) + n
    yield "moved_in_new", moved
    yield "moved_in_swap", {ALL: sum(n for key, n in counts.items() if (key.kind, key.detail) == ("lease_start", "transfer"))}
    nights = _nights(records, begins, ends)
    yield "temporary", {ALL: float(len(nights))}
    yield "temporary_short_share", {ALL: _percent(sum(n <= SHORT_STAY for n in nights.values()), len(nights))}
    yield "temporary_long_share", {ALL: _percent(sum(n > LONG_STAY for n in nights.values()), len(nights))}


def _bins(records: Records, begins: float, ends: float) -> slice:
    """Give the bins that lie between two days."""
    return slice(bisect_left(records.bins, begins - _SLACK), bisect_left(records.bins, ends - _SLACK))


def _nights(records: Records, begins: float, ends: float) -> dict[str, float]:
    """Give the days in temporary accommodation between two days, by household."""
    found: dict[str, float] = {}
    for stay in records.stays:
        low, high = max(stay.start, begins), min(ends if stay.end is None else stay.end, ends)
        if high > low:
            found[stay.household] = found.get(stay.household, 0.0) + high - low
    return found


def _percent(part: float, whole: float) -> float | None:
    return None if whole == 0 else 100.0 * part / whole
