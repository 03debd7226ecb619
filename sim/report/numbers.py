"""Numbers as they are written in Norwegian and English."""

_NO_BREAK = "\N{NO-BREAK SPACE}"
_GROUP = "\N{NARROW NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"
NOTHING = "–"
#: Units of figures between 0 and 1, which are written as per cent.
PROPORTIONS = frozenset({"share", "yes/no"})
_POINTS = {"nb": "prosentpoeng", "en": "percentage points"}
#: Norwegian groups the digits of numbers from here on (Språkrådet: four digits may stand ungrouped).
_GROUPED_FROM = 10_000


def number(value: float | None, decimals: int, lang: str) -> str:
    """Write a number with so many decimals: ``12 345,6`` in nb, ``12,345.6`` in en; a dash where there is none.

    In Norwegian a narrow no-break space parts the thousands from 10 000 on.
    """
    if value is None:
        return NOTHING
    text = f"{abs(value):,.{max(decimals, 0)}f}"
    if lang == "nb":
        grouped = round(abs(value), max(decimals, 0)) >= _GROUPED_FROM
        text = text.replace(",", _GROUP if grouped else "").replace(".", ",")
    return (_MINUS if value < 0 and any(digit in text for digit in "123456789") else "") + text


def plain(value: float, lang: str) -> str:
    """Write a number with the decimals it has, at most nine: ``10``, ``0,2`` in nb, ``0.2`` in en."""
    decimals = next(places for places in range(10) if places == 9 or round(value, places) == round(value, 9))
    return number(value, decimals, lang)


def amount(value: float | None, unit: str, decimals: int, lang: str) -> str:
    """Write a figure of a unit; a share as per cent. Units other than per cent are not written out."""
    if unit not in PROPORTIONS or value is None:
        return number(value, decimals, lang)
    per_cent = number(100 * value, decimals - 2, lang)
    return f"{per_cent}{_NO_BREAK}%" if lang == "nb" else f"{per_cent}%"


def change(value: float | None, unit: str, decimals: int, lang: str, *, signed: bool = True) -> str:
    """Write a difference between two figures of a unit, with its sign; between shares in percentage points."""
    scale, places = (100.0, decimals - 2) if unit in PROPORTIONS else (1.0, decimals)
    text = number(None if value is None else scale * value, places, lang)
    if not signed:
        return text
    plus = "+" if value is not None and value > 0 and any(digit in text for digit in "123456789") else ""
    return plus + text


def change_unit(unit: str, lang: str, words: str) -> str:
    """Give the words for the unit of a difference: percentage points for shares, otherwise those of the unit."""
    return _POINTS[lang] if unit in PROPORTIONS else words


def replications_text(count: int, lang: str) -> str:
    """Write a number of replications with its word: ``1 replikasjon``, ``20 replikasjoner``."""
    one, many = {"nb": ("replikasjon", "replikasjoner"), "en": ("replication", "replications")}[lang]
    return f"{number(count, 0, lang)} {one if count == 1 else many}"


def years_text(years: float, lang: str) -> str:
    """Write a number of years with its word: ``0,2 år``, ``1 year``."""
    one, many = {"nb": ("år", "år"), "en": ("year", "years")}[lang]
    return f"{plain(years, lang)} {one if years == 1 else many}"


def from_to(low: str, high: str, lang: str) -> str:
    """Write an interval of two written numbers."""
    return f"{low} {'til' if lang == 'nb' else 'to'} {high}"
