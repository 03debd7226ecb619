"""Numbers as they are written in Norwegian and English."""

_NO_BREAK = "\N{NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"
NOTHING = "–"
_POINTS = {"nb": "prosentpoeng", "en": "percentage points"}


def number(value: float | None, decimals: int, lang: str) -> str:
    """Write a number with so many decimals: ``1 234,5`` in nb, ``1,234.5`` in en; a dash where there is none."""
    if value is None:
        return NOTHING
    text = f"{abs(value):,.{max(decimals, 0)}f}"
    if lang == "nb":
        text = text.replace(",", _NO_BREAK).replace(".", ",")
    return (_MINUS if value < 0 and any(digit in text for digit in "123456789") else "") + text


def amount(value: float | None, unit: str, decimals: int, lang: str) -> str:
    """Write a figure of a unit; a share as per cent. Units other than per cent are not written out."""
    if unit != "share" or value is None:
        return number(value, decimals, lang)
    per_cent = number(100 * value, decimals - 2, lang)
    return f"{per_cent}{_NO_BREAK}%" if lang == "nb" else f"{per_cent}%"


def change(value: float | None, unit: str, decimals: int, lang: str, *, signed: bool = True) -> str:
    """Write a difference between two figures of a unit, with its sign; between shares in percentage points."""
    scale, places = (100.0, decimals - 2) if unit == "share" else (1.0, decimals)
    text = number(None if value is None else scale * value, places, lang)
    if not signed:
        return text
    plus = "+" if value is not None and value > 0 and any(digit in text for digit in "123456789") else ""
    return plus + text


def change_unit(unit: str, lang: str, words: str) -> str:
    """Give the words for the unit of a difference: percentage points for shares, otherwise those of the unit."""
    return _POINTS[lang] if unit == "share" else words
