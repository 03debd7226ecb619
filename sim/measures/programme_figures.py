"""The figures of what stands beside the ladders: programmes with places, and acute beds. Left out where a scenario has none."""

from __future__ import annotations

from collections.abc import Callable

from sim.measures.breakdown import Breakdown
from sim.measures.definitions import Definition
from sim.measures.records import CountKey, HouseholdCell, PlaceCell
from sim.measures.survival import FloatArray
from sim.measures.tables import Tables, ratio

_ORDINARY = frozenset({"private", "own_home"})
Taken = Callable[[Tables, Breakdown], FloatArray]


def _places(of: str, what: str) -> Taken:
    """Place-days of one kind."""

    def meant(cell: PlaceCell) -> bool:
        return cell.of == of and cell.what == what

    def total(tables: Tables, by: Breakdown) -> FloatArray:
        return tables.places.total(tables.places.where(meant), by.places, by.size)

    return total


def _counted(kind: str, detail: frozenset[str] | None = None) -> Taken:
    """Counts of one kind, of all details or some."""

    def meant(key: CountKey) -> bool:
        return key.kind == kind and (detail is None or key.detail in detail)

    def total(tables: Tables, by: Breakdown) -> FloatArray:
        return tables.counts.total(tables.counts.where(meant), by.counts, by.size)

    return total


def _in_a_bed(cell: HouseholdCell) -> bool:
    return cell.away.startswith("acute_bed:")


def _nights(tables: Tables, by: Breakdown) -> FloatArray:
    return tables.households.total(tables.households.where(_in_a_bed), by.households, by.size)


def _per_day(taken: Taken) -> Taken:
    return lambda tables, by: taken(tables, by) / tables.days


def _per_year(taken: Taken) -> Taken:
    return lambda tables, by: taken(tables, by) / tables.years


def _share(part: Taken, whole: Taken) -> Taken:
    return lambda tables, by: ratio(part(tables, by), whole(tables, by))


_HOUSED = frozenset({"housed"})
_AFTER = {years: f"programme_after_{years}_years" for years in (1, 2)}

PROGRAMME_FIGURES = (
    Definition(
        "programme_participants_mean",
        "households",
        "Deltakere i tilbud utenom boligtrappene",
        "Participants in programmes beside the ladders",
        "Hvor mange som i gjennomsnitt har en plass: de som bor i en av tilbudets boliger, og de som har plass og får en bolig.",
        "How many have a place on average: those who live in one of the programme's homes, and those with a place who are being "
        "found a home.",
        _per_day(_places("programme", "taken")),
        ("programme",),
        "neutral",
        1,
        headline=False,
        needs="programme",
    ),
    Definition(
        "programme_occupancy_mean",
        "share",
        "Plasser i bruk, tilbud utenom boligtrappene",
        "Places in use, programmes beside the ladders",
        "Andelen av plassene (eller hyblene) som er i bruk.",
        "Share of the places (or rooms) that are in use.",
        _share(_places("programme", "taken"), _places("programme", "places")),
        ("programme",),
        "more",
        3,
        headline=False,
        needs="programme",
    ),
    Definition(
        "programme_housed_share",
        "share",
        "Deltakere som har bolig nå",
        "Participants who are housed now",
        "Andelen av deltakernes dager der de bor i en av tilbudets boliger. Resten venter på første bolig eller på en ny.",
        "Share of participants' days on which they live in one of the programme's homes. The rest wait for the first home or for "
        "another one.",
        _share(_places("programme", "housed"), _places("programme", "taken")),
        ("programme",),
        "more",
        3,
        headline=False,
        needs="programme",
    ),
    Definition(
        "programme_retained_1y_share",
        "share",
        "Bor fortsatt i en bolig ett år etter den første",
        "Still housed one year after the first home",
        "Blant dem som fikk sin første bolig i tilbudet for ett år siden: andelen som bor i en kommunal bolig, en privat "
        "leiebolig eller egen bolig den dagen. De som er døde, i institusjon eller flyttet fra kommunen, regnes ikke som boende. "
        "Bare for tilbud med spredte boliger.",
        "Among those who got their first home in the programme a year ago: share who live in a municipal home, a private rental "
        "or an own home on that day. Those who have died, are in an institution or have left the municipality do not count as "
        "housed. Only for programmes with scattered homes.",
        _share(_counted(_AFTER[1], _HOUSED), _counted(_AFTER[1])),
        ("programme",),
        "more",
        3,
        headline=False,
        needs="programme",
    ),
    Definition(
        "programme_retained_2y_share",
        "share",
        "Bor fortsatt i en bolig to år etter den første",
        "Still housed two years after the first home",
        "Som for ett år, men to år etter den første boligen.",
        "As for one year, but two years after the first home.",
        _share(_counted(_AFTER[2], _HOUSED), _counted(_AFTER[2])),
        ("programme",),
        "more",
        3,
        headline=False,
        needs="programme",
    ),
    Definition(
        "programme_entries_per_year",
        "per year",
        "Nye i tilbudets boliger",
        "New in the programme's homes",
        "Husstander som flytter inn i sin første bolig i tilbudet.",
        "Households who move into their first home of the programme.",
        _per_year(_counted("programme_entry")),
        ("programme",),
        "neutral",
        1,
        headline=False,
        needs="programme",
    ),
    Definition(
        "programme_ends_per_year",
        "per year",
        "Avsluttede opphold i tilbud",
        "Stays in programmes ended",
        "Deltakelser som slutter, uansett årsak, fordelt på hvor deltakeren går. Den som mister boligen og fortsatt deltar, er "
        "ikke med.",
        "Stays that end, whatever the cause, by where the participant goes. Who loses the home and still takes part is left out.",
        _per_year(_counted("programme_end")),
        ("programme", "programme_end"),
        "neutral",
        1,
        headline=False,
        needs="programme",
    ),
    Definition(
        "programme_exits_to_ordinary_per_year",
        "per year",
        "Fra tilbud til privat leie eller egen bolig",
        "From programmes to a private or own home",
        "Deltakelser som slutter med at deltakeren flytter til privat leiebolig eller kjøpt bolig.",
        "Stays that end by a move to a private rental or an own home.",
        _per_year(_counted("programme_end", _ORDINARY)),
        ("programme",),
        "more",
        1,
        headline=False,
        needs="programme",
    ),
    Definition(
        "programme_homes_lost_per_year",
        "per year",
        "Tap av bolig blant deltakere",
        "Homes lost by participants",
        "Hvor ofte en deltaker mister boligen og blir med videre. En ny bolig letes opp.",
        "How often a participant loses the home and takes part as before. Another home is looked for.",
        _per_year(_counted("programme_home_lost")),
        ("programme",),
        "less",
        1,
        headline=False,
        needs="programme",
    ),
    Definition(
        "programme_extended_per_year",
        "per year",
        "Forlengede opphold uten neste bolig",
        "Stays extended for lack of a next home",
        "Hvor ofte en leieavtale i tilbudet løper videre fordi neste steg er forfalt og ingen bolig er klar.",
        "How often a lease in the programme runs on because the next step is due and no home is ready.",
        _per_year(_counted("programme_extended")),
        ("programme",),
        "less",
        1,
        headline=False,
        needs="programme",
    ),
    Definition(
        "acute_bed_nights_per_year",
        "nights per year",
        "Døgn på akutte døgnplasser",
        "Nights in acute beds",
        "Døgn i kommunens akutte døgnplasser. Boligen holdes av imens. Ikke med i midlertidig botilbud.",
        "Nights in the municipality's acute beds. The home is held meanwhile. Not part of temporary accommodation.",
        _per_year(_nights),
        ("bed", "group"),
        "neutral",
        0,
        headline=False,
        needs="bed",
    ),
    Definition(
        "acute_bed_occupancy_mean",
        "share",
        "Akutte døgnplasser i bruk",
        "Acute beds in use",
        "Andelen av plassenes døgn der noen ligger i plassen.",
        "Share of the beds' nights on which somebody is in the bed.",
        _share(_places("bed", "taken"), _places("bed", "places")),
        ("bed",),
        "neutral",
        3,
        headline=False,
        needs="bed",
    ),
    Definition(
        "acute_stays_per_year",
        "per year",
        "Opphold på akutte døgnplasser",
        "Stays in acute beds",
        "Opphold som begynner.",
        "Stays that begin.",
        _per_year(_counted("acute_stay")),
        ("bed", "group"),
        "neutral",
        1,
        headline=False,
        needs="bed",
    ),
    Definition(
        "acute_overflow_per_year",
        "per year",
        "Henvist videre fordi akuttplassene er fulle",
        "Sent on because the acute beds are full",
        "Hvor ofte noen trenger en akutt døgnplass mens alle av det slaget er i bruk. De går til sykehus.",
        "How often somebody needs an acute bed while all of that kind are taken. They go to hospital.",
        _per_year(_counted("acute_overflow")),
        ("bed", "group"),
        "less",
        1,
        headline=False,
        needs="bed",
    ),
    Definition(
        "acute_line_per_year",
        "per year",
        "Hjulpet av mestringstelefonen alene",
        "Helped by the coping line alone",
        "Hvor ofte en telefonsamtale er nok, så ingen plass trengs.",
        "How often a telephone call is enough, so that no bed is needed.",
        _per_year(_counted("acute_line")),
        ("bed", "group"),
        "neutral",
        1,
        headline=False,
        needs="bed",
    ),
)  # fmt: skip
