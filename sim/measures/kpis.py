"""The registry of figures: every fixed id, in the order in which they are shown."""

from __future__ import annotations

from sim.measures import costs, follow_up, homelessness, ladder, living, moves, stock, waiting
from sim.measures.definitions import Definition

_HOME = ("step", "scheme", "type")
_PEOPLE = ("group", "need")
_HOME_AND_GROUP = (*_HOME, "group")

_HEADLINES = (
    Definition(
        "wait_days_mean",
        "days",
        "Ventetid for nye husstander, gjennomsnitt",
        "Wait of new households, mean",
        "Tid på venteliste fra vedtak til leieforholdet starter. Beregnet slik forventet levealder beregnes: De som alt "
        "ventet da perioden startet, regnes med fra ventetiden de hadde nådd, og de som fortsatt venter når den slutter, "
        "regnes med så langt de er kommet. Alle måter å slutte å vente på teller. Ventetid ut over en øvre grense (1825 "
        "dager hvis ikke annet er oppgitt) regnes ikke med.",
        "Time on the list from decision to lease start. Computed as life expectancy is: those already waiting when the "
        "period begins are counted from the wait they had reached, and those still waiting at its end as far as they have"
        " come. All ways to stop waiting count. Time beyond an upper limit (1,825 days unless stated) is not counted.",
        waiting.wait_days_mean,
        _PEOPLE,
        "less",
        0,
    ),
    Definition(
        "wait_days_p90",
        "days",
        "Ventetid for nye husstander, ni av ti",
        "Wait of new households, nine in ten",
        "Så mange dager går det før ni av ti har sluttet å vente, beregnet på samme måte. Er det ikke nådd innen den øvre"
        " grensen, vises grensen.",
        "So many days pass before nine in ten have stopped waiting, computed in the same way. When that is not reached "
        "within the upper limit, the limit is shown.",
        waiting.wait_days_p90,
        _PEOPLE,
        "less",
        0,
    ),
    Definition(
        "housed_within_limit_share",
        "share",
        "Fått bolig innen fristen",
        "Housed within the limit",
        "Andelen som har fått bolig innen fristen (180 dager hvis ikke annet er oppgitt). De som sluttet å vente av andre"
        " grunner, regnes ikke som bosatt.",
        "Share who are housed within the limit (180 days unless stated). Those who stopped waiting for other reasons are "
        "not counted as housed.",
        waiting.housed_within_limit_share,
        _PEOPLE,
        "more",
        3,
    ),
    Definition(
        "waiting_list_mean",
        "households",
        "Nye husstander på venteliste",
        "New households on the waiting list",
        "Hvor mange nye husstander som i gjennomsnitt står på ventelisten.",
        "How many new households are on the waiting list on average.",
        waiting.waiting_list_mean,
        _PEOPLE,
        "less",
        1,
    ),
    Definition(
        "occupancy_mean",
        "share",
        "Belegg",
        "Occupancy",
        "Andelen av tiden boligene er utleid eller holdes av for leieren. Planlagte og stengte boliger og boliger brukt "
        "som base er ikke med.",
        "Share of the time that homes are let or held for the tenant. Planned and closed homes, and homes used as a base,"
        " are left out.",
        stock.occupancy_mean,
        _HOME,
        "more",
        3,
    ),
    Definition(
        "allocations_per_year",
        "per year",
        "Tildelinger",
        "Allocations",
        "Nye leieforhold i boligtrappene, både for nye husstander og ved bytte. Fornyelser er ikke med.",
        "New leases in the ladders, both of new households and of transfers. Renewals are left out.",
        stock.allocations_per_year,
        (*_HOME_AND_GROUP, "kind"),
        "neutral",
        1,
    ),
    Definition(
        "lowest_step_share",
        "share",
        "På laveste trinn",
        "At the lowest step",
        "Andelen som bor på trinn 1 i hovedtrappen, eller som har flyttet til privat eller egen bolig i kommunen for "
        "høyst 730 dager siden. Regnet av alle i boligtrappene og de samme tidligere beboerne, gjennom hele perioden.",
        "Share who live at step 1 of the main ladder, or have moved to a private or own home in the municipality at most "
        "730 days ago. Of all in the ladders and the same former residents, over the whole period.",
        ladder.lowest_step_share,
        _PEOPLE,
        "more",
        3,
    ),
    Definition(
        "need_lowest_housed_lowest_share",
        "share",
        "Trenger laveste trinn og bor der",
        "Need the lowest step and live at it",
        "Av dem som har et faktisk behov på laveste trinn: andelen som bor på trinn 1 eller i ordinær bolig. "
        "Med er beboere i trappene, de som har flyttet til ordinær bolig for høyst 730 dager siden, søkere og de som har mistet "
        "boligen.",
        "Of those whose actual need is the lowest step: share who live at step 1 or in ordinary housing. "
        "Counted are residents of the ladders, those who moved to ordinary housing at most 730 days ago, applicants, and those "
        "who have lost a home.",
        ladder.need_lowest_housed_lowest_share,
        _PEOPLE,
        "more",
        3,
    ),
    Definition(
        "below_need_share",
        "share",
        "Bor med mindre støtte enn behovet",
        "Housed below need",
        "Andelen av beboerne som bor i en bolig eller boligtrapp med mindre støtte enn deres faktiske behov, i "
        "gjennomsnitt over perioden.",
        "Share of residents who live in a home or a ladder with less support than their actual need, on average over the period.",
        ladder.below_need_share,
        (*_HOME, *_PEOPLE),
        "less",
        3,
    ),
    Definition(
        "temporary_nights_per_year",
        "household-nights per year",
        "Døgn i midlertidig bolig",
        "Nights in temporary accommodation",
        "Døgn som husstander bor i betalt midlertidig bolig. Akuttplasser og sykehus er ikke med.",
        "Nights that households spend in paid temporary accommodation. Acute beds and hospitals are left out.",
        homelessness.temporary_nights_per_year,
        _PEOPLE,
        "less",
        0,
    ),
    Definition(
        "without_home_mean",
        "households",
        "Uten egen bolig",
        "Without a home",
        "Hvor mange husstander som i gjennomsnitt er uten tak over hodet, i midlertidig bolig, midlertidig hos andre, "
        "eller snart skal ut av institusjon uten å ha bolig. De som har en bolig som holdes av, er ikke med.",
        "How many households on average have no roof, are in temporary accommodation, stay with others for a time, or are"
        " about to leave an institution without a home. Those whose home is held are left out.",
        homelessness.without_home_mean,
        _PEOPLE,
        "less",
        1,
    ),
    Definition(
        "moves_down_per_year",
        "per year",
        "Flyttinger til mindre støtte",
        "Moves to less support",
        "Flyttinger fra én bolig i boligtrappene til en annen med mindre støtte. Telles ved innflytting.",
        "Moves from one home in the ladders to another with less support. Counted at move-in.",
        moves.moves_down_per_year,
        _HOME_AND_GROUP,
        "neutral",
        1,
    ),
    Definition(
        "moves_up_per_year",
        "per year",
        "Flyttinger til mer støtte",
        "Moves to more support",
        "Flyttinger fra én bolig i boligtrappene til en annen med mer støtte. Telles ved innflytting.",
        "Moves from one home in the ladders to another with more support. Counted at move-in.",
        moves.moves_up_per_year,
        _HOME_AND_GROUP,
        "neutral",
        1,
    ),
    Definition(
        "exits_to_ordinary_per_year",
        "per year",
        "Utflyttinger til ordinær bolig",
        "Exits to ordinary housing",
        "Leieforhold i kommunal bolig som slutter fordi leieren flytter til privat eller egen bolig. De som kommer "
        "tilbake, er ikke trukket fra; de som søker igjen innen 365 dager, står blant tilleggstallene.",
        "Tenancies in municipal homes that end because the tenant moves to a private or own home. Those who come back are"
        " not subtracted; those who apply again within 365 days are among the additional figures.",
        moves.exits_to_ordinary_per_year,
        _HOME_AND_GROUP,
        "more",
        1,
    ),
    Definition(
        "returns_per_year",
        "per year",
        "Tilbakekomster",
        "Returns",
        "Tidligere beboere som søker igjen.",
        "Former residents who apply again.",
        moves.returns_per_year,
        ("group", "since_exit"),
        "less",
        1,
    ),
    Definition(
        "deaths_per_year",
        "per year",
        "Dødsfall",
        "Deaths",
        "Alle dødsfall i modellen, uansett hvor personen bodde.",
        "All deaths in the model, wherever the person lived.",
        moves.deaths_per_year,
        ("lived", "group"),
        "neutral",
        1,
    ),
    Definition(
        "evictions_per_year",
        "per year",
        "Utkastelser",
        "Evictions",
        "Utkastelser som blir gjennomført. Advarsler og oppsigelser er ikke med.",
        "Evictions that are carried out. Warnings and notices are left out.",
        living.evictions_per_year,
        _HOME_AND_GROUP,
        "less",
        1,
    ),
    Definition(
        "incidents_per_year",
        "per year",
        "Hendelser i bomiljøet",
        "Incidents at sites",
        "Hendelser ved boliger i boligtrappene: faktiske hendelser, også de som ikke meldes.",
        "Incidents at homes in the ladders: actual incidents, also those that are not reported.",
        living.incidents_per_year,
        _HOME_AND_GROUP,
        "less",
        1,
    ),
    Definition(
        "follow_up_adequacy_mean",
        "share",
        "Oppfølging gitt, av det som trengs",
        "Follow-up received, of what is required",
        "Hvor stor del av timene beboerne trenger, de faktisk får. Timer ut over behovet teller ikke, og heller ikke tid "
        "da beboeren er borte. Tre ting senker tallet: at et team har for få timer, at beboeren ikke hører til noe team eller "
        "venter på plass hos et, og at beboeren takker nei. Timer beboeren takker nei til, er ikke en mangel; tallet uten dem "
        "står blant tilleggstallene, sammen med andelen det takkes nei til.",
        "How large a part of the hours that residents need they actually receive. Hours beyond the need do not count, nor"
        " does time when the resident is away. Three things lower the figure: a team has too few hours, no team serves the "
        "resident or it waits for a place with one, and the resident declines. Declined hours are no shortage; the figure "
        "without them stands among the additional figures, with the share that is declined.",
        follow_up.follow_up_adequacy_mean,
        ("team", *_HOME),
        "more",
        3,
    ),
    Definition(
        "net_cost_nok_per_year",
        "NOK per year",
        "Netto kostnad for kommunen",
        "Net cost to the municipality",
        "Drift, personell, midlertidig bolig, skader og en fast årlig kostnad for investeringer (annuitet, etter "
        "tilskudd), minus husleie og refusjoner. I faste priser. Selve investeringsutbetalingen og det staten betaler, er"
        " ikke med.",
        "Running costs, staff, temporary accommodation, damage and a fixed yearly cost of investments (annuity, after "
        "grants), less rent and refunds. In constant prices. The payment of the investment itself and what the state pays"
        " are left out.",
        costs.net_cost_nok_per_year,
        ("account", *_HOME),
        "less",
        0,
    ),
    Definition(
        "net_present_cost_nok",
        "NOK",
        "Nåverdi av netto kostnad",
        "Present value of the net cost",
        "Alle inn- og utbetalinger for kommunen i perioden, investeringer medregnet, regnet om til verdien i dag med "
        "kalkulasjonsrenten. Verdien som er igjen i tomter og bygg når perioden slutter, er trukket fra.",
        "All payments to and from the municipality in the period, investments included, turned into today's value by the "
        "discount rate. The value left in land and buildings at the end is subtracted.",
        costs.net_present_cost_nok,
        ("account", *_HOME),
        "less",
        0,
    ),
)

KPIS: dict[str, Definition] = {definition.id: definition for definition in _HEADLINES}
