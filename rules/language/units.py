"""What units are called in Norwegian bokmål and English, for one and for many."""

#: unit -> ((nb one, nb many), (en one, en many))
UNITS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "days": (("dag", "dager"), ("day", "days")),
    "weeks": (("uke", "uker"), ("week", "weeks")),
    "months": (("måned", "måneder"), ("month", "months")),
    "years": (("år", "år"), ("year", "years")),
    "minutes": (("minutt", "minutter"), ("minute", "minutes")),
    "hours": (("time", "timer"), ("hour", "hours")),
    "persons": (("person", "personer"), ("person", "persons")),
    "rooms": (("rom", "rom"), ("room", "rooms")),
    "homes": (("bolig", "boliger"), ("home", "homes")),
    "households": (("husstand", "husstander"), ("household", "households")),
    "points": (("poeng", "poeng"), ("point", "points")),
    "times": (("gang", "ganger"), ("time", "times")),
    "percent": (("prosent", "prosent"), ("per cent", "per cent")),
    "m2": (("m²", "m²"), ("m²", "m²")),
    "NOK": (("kroner", "kroner"), ("NOK", "NOK")),
}


def unit_text(unit: str | None, number: int | None, lang: str) -> str:
    """Give the word for a unit after a number; the empty text without a unit."""
    if unit is None or unit not in UNITS:
        return unit or ""
    return UNITS[unit][0 if lang == "nb" else 1][0 if number in (1, -1) else 1]
