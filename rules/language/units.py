"""Units: what they are called in Norwegian bokmål and English, and which unit an expression has."""

from rules.language.form import AmountRef, Arith, Const, DefinitionRef, Expr, FieldRef, TableRef

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


def unit_of(expr: Expr) -> str | None:
    """Give the unit of an expression, or None: of a sum or difference, that of its parts when they agree."""
    match expr:
        case FieldRef(field=field):
            return field.unit
        case AmountRef(amount=amount):
            return amount.unit
        case DefinitionRef(definition=definition):
            return definition.unit or unit_of(definition.body)
        case TableRef():
            return expr.output.unit
        case Arith(op="+" | "-", left=left, right=right):
            units = {unit_of(part) for part in (left, right) if not isinstance(part, Const)}
            return units.pop() if len(units) == 1 else None
    return None


def unit_clash(left: Expr, right: Expr) -> tuple[str, str] | None:
    """Give the units of two numbers when both have one and they differ; otherwise None.

    A number written out takes the unit of the other side, and so does whatever has none.
    """
    one, other = unit_of(left), unit_of(right)
    return (one, other) if one is not None and other is not None and one != other else None
