"""Texts with ``{expression}`` in them."""

from rules.language import Expr, Scope, caret, parse_expression
from rules.reading import Place, fail


def read_template(text: str, place: Place, scope: Scope) -> tuple[str | Expr, ...]:
    """Read a text with expressions in braces.

    Parameters
    ----------
    text : str
        The text; ``{{`` and ``}}`` stand for single braces.
    place : Place
        Where it begins.
    scope : Scope
        What the names mean. Fields that may be missing can be used untested.

    Returns
    -------
    tuple of str or Expr
        Pieces of text and expressions, in their order.

    Raises
    ------
    InputError
        For braces without a partner, and for what is no expression.
    """
    pieces: list[str | Expr] = []
    plain, index = "", 0
    while index < len(text):
        char = text[index]
        if text[index : index + 2] in ("{{", "}}"):
            plain += char
            index += 2
            continue
        if char == "}":
            fail("bad-template", "a } has no partner", caret(place, text, index), "write }} for a single brace")
        if char != "{":
            plain += char
            index += 1
            continue
        end = text.find("}", index)
        if end < 0:
            fail("bad-template", "a { has no partner", caret(place, text, index), "write {{ for a single brace")
        inner = text[index + 1 : end]
        if plain:
            pieces.append(plain)
            plain = ""
        pieces.append(parse_expression(inner, caret(place, text, index + 1), scope, may_miss=True))
        index = end + 1
    if plain:
        pieces.append(plain)
    return tuple(pieces)
