"""Figures beside the share of follow-up received: the four hours, one by one, and the load of teams."""

from __future__ import annotations

from sim.measures import follow_up
from sim.measures.definitions import Definition

_HOURS = "hours per week"
_BY = ("team", "step", "scheme", "type")

FOLLOW_UP: tuple[Definition, ...] = (
    Definition(
        "follow_up_required_hours_per_week",
        _HOURS,
        "Oppfølging: timer som trengs",
        "Follow-up: hours required",
        "Timer i uken som beboerne trenger etter reglene. Beboere som er borte, er ikke med.",
        "Hours a week that residents require by the rules. Residents who are away are left out.",
        follow_up.hours_required_per_week,
        _BY,
        "neutral",
        0,
        headline=False,
    ),
    Definition(
        "follow_up_offered_hours_per_week",
        _HOURS,
        "Oppfølging: timer som tilbys",
        "Follow-up: hours offered",
        "De av timene som trengs, som et team tilbyr. Den som ikke hører til noe team, eller venter på plass hos et, får ikke "
        "tilbud.",
        "Those of the required hours that a team offers. Nothing is offered to whoever no team serves, or waits for a place "
        "with one.",
        follow_up.hours_offered_per_week,
        _BY,
        "neutral",
        0,
        headline=False,
    ),
    Definition(
        "follow_up_accepted_hours_per_week",
        _HOURS,
        "Oppfølging: timer beboerne sier ja til",
        "Follow-up: hours accepted",
        "De av timene som tilbys, som beboerne sier ja til.",
        "Those of the offered hours that residents accept.",
        follow_up.hours_accepted_per_week,
        _BY,
        "neutral",
        0,
        headline=False,
    ),
    Definition(
        "follow_up_received_hours_per_week",
        _HOURS,
        "Oppfølging: timer som blir gitt",
        "Follow-up: hours received",
        "De av timene beboerne sier ja til, som teamene har kapasitet til å gi. Reisetid er ikke med.",
        "Those of the accepted hours that teams have the capacity to give. Travel is left out.",
        follow_up.hours_received_per_week,
        _BY,
        "neutral",
        0,
        headline=False,
    ),
    Definition(
        "follow_up_not_offered_share",
        "share",
        "Timer som trengs, men ikke tilbys",
        "Hours required but not offered",
        "Andelen av timene som trengs, som ikke noe team tilbyr: Ikke noe team dekker beboeren, eller teamet har ikke ledig "
        "plass.",
        "Share of the required hours that no team offers: no team covers the resident, or the team has no free place.",
        follow_up.follow_up_not_offered_share,
        _BY,
        "less",
        3,
        headline=False,
    ),
    Definition(
        "team_load",
        "share",
        "Belastning på teamene",
        "Load of the teams",
        "Timene som går med til oppfølgingen beboerne har sagt ja til, reisetid medregnet, delt på timene teamene har. Over "
        "100 prosent er teamene overbooket, og timene må deles. Gjennomsnitt over perioden: Et team kan være overbooket i deler "
        "av den selv om tallet er under 100.",
        "The hours that the accepted follow-up takes, travel included, over the hours that teams have. Above 100 per cent "
        "teams are overbooked, and hours must be shared. A mean over the period: a team may be overbooked in parts of it "
        "although the figure is below 100.",
        follow_up.team_load,
        ("team",),
        "neutral",
        3,
        headline=False,
    ),
)
