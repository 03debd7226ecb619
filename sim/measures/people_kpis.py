"""The figures of `people`, with their words; each stands beside the fixed ones."""

from __future__ import annotations

from sim.measures import people
from sim.measures.definitions import Definition

_HOME_AND_GROUP = ("step", "scheme", "type", "group")

PEOPLE = (
    Definition(
        "ready_to_leave_mean",
        "households",
        "Klare for privat leie, venter på bolig",
        "Ready for a private rental, waiting for one",
        "Hvor mange beboere som i gjennomsnitt er klare til å flytte til privat leie, men venter fordi det ikke er noen bolig "
        "å leie. 0 når scenarioet ikke begrenser hvor mange private leieboliger det er.",
        "How many residents on average are ready to move to a private rental and wait because there is none to let. 0 when the "
        "scenario sets no limit to private lettings.",
        people.ready_to_leave_mean,
        _HOME_AND_GROUP,
        "less",
        1,
        headline=False,
    ),
    Definition(
        "private_lettings_unused_per_year",
        "per year",
        "Private leieboliger ingen var klare for",
        "Private lettings nobody was ready for",
        "Private leieboliger som ble ledige uten at noen beboer var klar til å flytte dit.",
        "Private lettings that came up when no resident was ready to move there.",
        people.private_lettings_unused_per_year,
        (),
        "neutral",
        1,
        headline=False,
    ),
    Definition(
        "moves_in_circles_per_year",
        "per year",
        "Beboere som byttet bolig i ring",
        "Residents who moved in a circle",
        "Beboere som ventet på hverandres boliger og flyttet samtidig. Er også med blant flyttingene.",
        "Residents who waited for each other's homes and moved at the same time. They are also among the moves.",
        people.moves_in_circles_per_year,
        _HOME_AND_GROUP,
        "neutral",
        1,
        headline=False,
    ),
    Definition(
        "assessed_wrong_share",
        "share",
        "Tid med feil kartlagt nivå",
        "Time with a wrong assessment",
        "Andelen av tiden da siste kartlegging ikke svarer til det faktiske behovet, fordi kartleggingen var feil eller fordi "
        "behovet har endret seg siden. Med er søkere og beboere. Uten tall når kartleggingen alltid er riktig.",
        "Share of the time in which the last assessment is not the actual need, because it was in error or because the need has "
        "changed since. Applicants and residents are counted. No number when assessments are always right.",
        people.assessed_wrong_share,
        ("group",),
        "less",
        3,
        headline=False,
    ),
    Definition(
        "housed_in_wished_district_share",
        "share",
        "Bor i ønsket bydel",
        "Housed in a wished district",
        "Av beboere som ønsker en bestemt del av kommunen: andelen av tiden de bor der.",
        "Of residents who wish for a part of the municipality: share of the time in which they live there.",
        people.housed_in_wished_district_share,
        _HOME_AND_GROUP,
        "more",
        3,
        headline=False,
    ),
    Definition(
        "housed_in_unwished_district_share",
        "share",
        "Bor i uønsket bydel",
        "Housed in an unwished district",
        "Av beboere som ikke vil bo i en bestemt del av kommunen: andelen av tiden de bor der likevel.",
        "Of residents who do not wish to live in a part of the municipality: share of the time in which they live there anyway.",
        people.housed_in_unwished_district_share,
        _HOME_AND_GROUP,
        "less",
        3,
        headline=False,
    ),
    Definition(
        "household_changes_per_year",
        "per year",
        "Endringer i husstander",
        "Changes of households",
        "Fødsler, barn som flytter ut, samlivsbrudd og andre endringer i husstandene til søkere og beboere.",
        "Births, children who move out, separations and other changes in the households of applicants and residents.",
        people.household_changes_per_year,
        _HOME_AND_GROUP,
        "neutral",
        1,
        headline=False,
    ),
    Definition(
        "applications_answering_supply_per_year",
        "per year",
        "Søknader som svar på ventetiden",
        "Applications in answer to the wait",
        "Hvor mange flere søknader som kommer fordi ventetiden er kort, minus dem som ikke kommer fordi den er lang. 0 når "
        "scenarioet ikke lar etterspørselen svare på tilbudet.",
        "How many more applications come because the wait is short, less those that do not come because it is long. 0 when the "
        "scenario does not let demand answer supply.",
        people.applications_answering_supply_per_year,
        ("group",),
        "neutral",
        1,
        headline=False,
    ),
)
