"""The figures that stand beside the fixed ones: what a headline alone would hide."""

from __future__ import annotations

from sim.measures import costs, follow_up, living, moves, not_borne, places, stock, waiting
from sim.measures.beside_follow_up import FOLLOW_UP
from sim.measures.definitions import Definition
from sim.measures.people_kpis import PEOPLE
from sim.measures.programme_figures import PROGRAMME_FIGURES

_HOME = ("step", "scheme", "type")
_PEOPLE = ("group", "need")
_HOME_AND_GROUP = (*_HOME, "group")

_BESIDE = (
    Definition(
        "wait_days_p90_at_limit",
        "yes/no",
        "Ni av ti: den øvre grensen er nådd",
        "Nine in ten: the upper limit is reached",
        "Hvor ofte tallet for ni av ti bare er den øvre grensen, fordi ventetiden er lengre enn den.",
        "How often the figure for nine in ten is only the upper limit, because the wait is longer than that.",
        waiting.wait_days_p90_at_limit,
        _PEOPLE,
        "less",
        0,
        headline=False,
    ),
    Definition(
        "wait_days_mean_held_share",
        "share",
        "Del av gjennomsnittlig ventetid som ikke er observert",
        "Part of the mean wait that is not observed",
        "Den delen av gjennomsnittet som ligger etter den lengste ventetiden noen har nådd i perioden. Der regnes det som om "
        "ingen flere slutter å vente før den øvre grensen, så gjennomsnittet kan være for høyt.",
        "The part of the mean beyond the longest wait that anybody has reached in the period. There nobody else is taken to stop "
        "waiting before the upper limit, so the mean may be too high.",
        waiting.wait_days_mean_held_share,
        _PEOPLE,
        "neutral",
        3,
        headline=False,
    ),
    Definition(
        "homes_mean",
        "homes",
        "Boliger i boligtrappene",
        "Homes in the ladders",
        "Hvor mange boliger som i gjennomsnitt finnes i boligtrappene.",
        "How many homes there are in the ladders on average.",
        stock.homes_mean,
        _HOME,
        "neutral",
        1,
        headline=False,
    ),
    Definition(
        "residents_mean",
        "households",
        "Husstander i boligtrappene",
        "Households in the ladders",
        "Hvor mange husstander som i gjennomsnitt bor i boligtrappene. De som har en bolig som holdes av, er med.",
        "How many households live in the ladders on average. Those whose home is held are counted.",
        stock.residents_mean,
        (*_HOME, *_PEOPLE),
        "neutral",
        1,
        headline=False,
    ),
    Definition(
        "returns_within_365_days_per_year",
        "per year",
        "Tilbakekomster innen 365 dager",
        "Returns within 365 days",
        "Tidligere beboere som søker igjen høyst 365 dager etter utflytting.",
        "Former residents who apply again at most 365 days after the exit.",
        moves.returns_within_365_days_per_year,
        ("group",),
        "less",
        1,
        headline=False,
    ),
    Definition(
        "tenancy_ends_per_year",
        "per year",
        "Avsluttede leieforhold",
        "Tenancies ended",
        "Leieforhold som slutter, uansett årsak. Viser om en besparelse skyldes at flere mister boligen. "
        "Bytte til en annen kommunal bolig er ikke med.",
        "Tenancies that end, whatever the cause. Shows whether a saving comes from more people losing their home. "
        "Moves to another municipal home are left out.",
        moves.tenancy_ends_per_year,
        ("cause", *_HOME_AND_GROUP),
        "neutral",
        1,
        headline=False,
    ),
    Definition(
        "evictions_per_100_tenancy_years",
        "per 100 tenancy-years",
        "Utkastelser per 100 leieår",
        "Evictions per 100 tenancy-years",
        "Gjennomførte utkastelser for hvert hundre år med leie.",
        "Evictions carried out for each hundred years of tenancy.",
        living.evictions_per_100_tenancy_years,
        _HOME_AND_GROUP,
        "less",
        2,
        headline=False,
    ),
    Definition(
        "incidents_per_resident_year",
        "per resident-year",
        "Hendelser per beboerår",
        "Incidents per resident-year",
        "Faktiske hendelser for hvert år en beboer bor i boligtrappene.",
        "Actual incidents for each year that a resident lives in the ladders.",
        living.incidents_per_resident_year,
        _HOME_AND_GROUP,
        "less",
        3,
        headline=False,
    ),
    Definition(
        "incidents_per_resident_year_standardised",
        "per resident-year",
        "Hendelser per beboerår, justert for hvem som bor der",
        "Incidents per resident-year, adjusted for who lives there",
        "Som om beboerne hadde de samme behovene og hørte til de samme gruppene overalt (indirekte standardisering).",
        "As if residents had the same needs and belonged to the same groups everywhere (indirect standardisation).",
        living.incidents_per_resident_year_standardised,
        _HOME,
        "less",
        3,
        headline=False,
    ),
    Definition(
        "complaints_per_year",
        "per year",
        "Klager",
        "Complaints",
        "Klager over hendelser ved boliger i boligtrappene: fra andre beboere på stedet og fra vanlige naboer. En hendelse "
        "kan gi flere klager.",
        "Complaints of incidents at homes in the ladders: of other residents of the site, and of ordinary neighbours. One "
        "incident can bring several.",
        living.complaints_per_year,
        _HOME_AND_GROUP,
        "less",
        1,
        headline=False,
    ),
    Definition(
        "strain_mean",
        "points",
        "Belastning der beboerne bor",
        "Strain where residents live",
        "Belastningen i bomiljøet, i gjennomsnitt over tid og over husstandene i boligtrappene. Hver hendelse gir ett poeng "
        "(hvis ikke annet er oppgitt), som avtar med tiden.",
        "Strain of the living environment, on average over time and over the households of the ladders. Each incident gives a "
        "point (unless stated otherwise), which fades with time.",
        living.strain_mean,
        _HOME,
        "less",
        2,
        headline=False,
    ),
    Definition(
        "damage_days_per_year",
        "days per year",
        "Dager med reparasjon av skader",
        "Days of repair of damage",
        "Dager som boliger i boligtrappene står tomme lenger enn ellers fordi skader skal repareres. Telles når boligen blir "
        "forlatt.",
        "Days that homes of the ladders stand empty longer than otherwise because damage is repaired. Counted when the home is "
        "left.",
        living.damage_days_per_year,
        _HOME_AND_GROUP,
        "less",
        0,
        headline=False,
    ),
    Definition(
        "project_opening_days_mean",
        "days",
        "Tid til prosjektene åpner",
        "Time until projects open",
        "Dager fra scenariet starter til et prosjekt åpner, i gjennomsnitt over prosjektene med faser. Et prosjekt som ikke er "
        "åpnet når perioden slutter, regnes med hele perioden. Blir boliger pusset opp én for én, regnes til den siste. Et "
        "tiltak med flere prosjekter har et annet gjennomsnitt alt av den grunn. Bare for hele perioden.",
        "Days from the start of the scenario until a project opens, on average over projects with phases. A project that has not "
        "opened at the end counts with the whole period; where homes are rebuilt one by one, the last of them counts. A policy "
        "with more projects has another mean for that reason alone. For the whole period alone.",
        places.project_opening_days_mean,
        (),
        "less",
        0,
        headline=False,
    ),
    Definition(
        "follow_up_adequacy_undeclined_mean",
        "share",
        "Oppfølging gitt, av det som trengs og ikke er takket nei til",
        "Follow-up received, of what is required and not declined",
        "Som hovedtallet, men uten timene beboerne takket nei til: Det som mangler, er bare for lite oppfølging. Den som ikke "
        "har noe team, har ikke fått tilbud og ikke takket nei.",
        "As the headline, but without the hours that residents declined: what is lacking is shortage alone. Who has no team "
        "has been offered nothing and has declined nothing.",
        follow_up.follow_up_adequacy_undeclined_mean,
        ("team", *_HOME),
        "more",
        3,
        headline=False,
    ),
    Definition(
        "follow_up_short_share",
        "share",
        "Dager med under 80 % av oppfølgingen som trengs",
        "Days with under 80% of the follow-up required",
        "Andelen av dagene med behov for oppfølging der beboeren får mindre enn 80 % av timene, "
        "også når det er fordi beboeren takket nei.",
        "Share of days with required follow-up on which the resident receives less than 80% of the hours, "
        "also when that is because the resident declined.",
        follow_up.follow_up_short_share,
        ("team", *_HOME),
        "less",
        3,
        headline=False,
    ),
    Definition(
        "follow_up_declined_share",
        "share",
        "Timer beboer takket nei til",
        "Hours the resident declined",
        "Andelen av timene beboerne fikk tilbud om, som de takket nei til. Det regnes ikke som for lite oppfølging.",
        "Share of the hours offered that residents declined. It does not count as a shortage.",
        follow_up.follow_up_declined_share,
        ("team", *_HOME),
        "neutral",
        3,
        headline=False,
    ),
    Definition(
        "state_cost_nok_per_year",
        "NOK per year",
        "Kostnad for staten",
        "Cost to the state",
        "Det staten betaler: tilskudd til bygg, og refusjoner for ressurskrevende tjenester der modellen har dem. Det er ikke "
        "med i kommunens kostnader. Vises bare når noe som sammenliknes, kan få tilskudd eller refusjon.",
        "What the state pays: grants for building, and refunds of resource-intensive services where the model has them. It is "
        "not part of the municipality's costs. Shown only when something compared can get a grant or a refund.",
        costs.state_cost_nok_per_year,
        ("account",),
        "neutral",
        0,
        headline=False,
    ),
    Definition(
        "housed_days_per_year",
        "household-days per year",
        "Døgn i kommunal bolig",
        "Days in municipal homes",
        "Døgn som husstander bor i en kommunal bolig, også utenfor boligtrappene. De som har en bolig som holdes av, er med.",
        "Days that households live in a municipal home, homes beside the ladders included. Those whose home is held are counted.",
        stock.housed_days_per_year,
        (*_HOME, *_PEOPLE),
        "more",
        0,
        headline=False,
    ),
    Definition(
        "cost_not_borne_nok_per_year",
        "NOK per year",
        "Kostnad som falt bort med dem som døde, ga opp, ble kastet ut eller fikk avslag",
        "Cost that fell away with those who died, gave up, were evicted or refused",
        "Hva de ville ha kostet kommunen ut perioden, til det en husstand som venter eller bor i kommunal bolig koster per døgn "
        "i gjennomsnitt, uten investeringer. Et tak: Boligene leies ut igjen, og den som kastes ut, kan komme tilbake. En lavere "
        "kostnad som ikke er større enn økningen her, er ingen gevinst.",
        "What they would have cost the municipality to the end of the period, at what a household that waits or is housed costs "
        "a day on average, investments apart. A ceiling: homes are let again, and who is evicted may come back. A lower cost "
        "that is no larger than the rise here is no gain.",
        not_borne.cost_not_borne_nok_per_year,
        (),
        "neutral",
        0,
        headline=False,
    ),
)

BESIDE: dict[str, Definition] = {definition.id: definition for definition in (*_BESIDE, *FOLLOW_UP, *PEOPLE, *PROGRAMME_FIGURES)}
