"""What is refused before an expression meets Python's parser: its length, depth and characters."""

import ast
import re
import unicodedata
import warnings

from rules.language.caret import caret
from rules.reading import Place, fail

MAX_LENGTH = 2_000
MAX_DEPTH = 50

_OPEN, _CLOSE = "([{", ")]}"
_INSTEAD = {"≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "−": "-", "–": "-", "÷": "//", "’": "'", "‘": "'", "“": "'", "”": "'"}
_ASSIGN = re.compile(r"(?<![=!<>:])=(?!=)")
_TWO_CHARACTERS = {"&&": "and", "||": "or", "<>": "!="}


def syntax_tree(text: str, place: Place) -> tuple[ast.expr, int]:
    """Parse the text of an expression as a Python expression, without running anything.

    Returns
    -------
    tuple of (ast.expr, int)
        The tree, and how many characters of white space were cut off in front.

    Raises
    ------
    InputError
        For a text that is empty, longer than `MAX_LENGTH` characters, deeper than `MAX_DEPTH`, with other
        characters than the language has, or not well formed.
    """
    if len(text) > MAX_LENGTH:
        fail("long-expression", f"an expression of {len(text)} characters; {MAX_LENGTH} are allowed", place,
             "give parts of it a name under definitions")  # fmt: skip
    body = text.strip(" \n\t")
    cut = len(text) - len(text.lstrip(" \n\t"))
    if not body:
        fail("empty-expression", "the expression is empty", place)
    _refuse_characters(text, place)
    line = re.sub(r"[\n\t]", " ", body)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's advice on style is not for authors of rules
            tree = ast.parse(line, mode="eval").body
    except SyntaxError as error:
        # Python gives the column in characters for errors of syntax, and in bytes for the tree.
        where = caret(place, text, cut + max(0, min(error.offset or 1, len(line)) - 1))
        fail("bad-expression", _plain(error.msg), where)
    except (RecursionError, MemoryError):
        fail("deep-expression", "the expression is nested too deeply", place)
    except ValueError:
        fail("bad-expression", "this cannot be read as an expression", place)
    if _depth(tree) > MAX_DEPTH:
        fail("deep-expression", f"the expression is nested more than {MAX_DEPTH} deep", place,
             "give parts of it a name under definitions")  # fmt: skip
    return tree, cut


def _refuse_characters(text: str, place: Place) -> None:
    depth, quote = 0, ""
    for index, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
            if char == "\\":
                fail("bad-character", "a backslash cannot stand in an expression", caret(place, text, index))
            continue
        if char in "'\"":
            quote = char
        elif char in _OPEN:
            depth += 1
            if depth > MAX_DEPTH:
                fail("deep-expression", f"brackets stand inside each other more than {MAX_DEPTH} deep",
                     caret(place, text, index))  # fmt: skip
        elif char in _CLOSE:
            depth -= 1
        elif not char.isascii():
            hint = f"write {_INSTEAD[char]} instead" if char in _INSTEAD else None
            name = unicodedata.name(char, f"U+{ord(char):04X}").lower()
            fail("bad-character", f"{char!r} ({name}) cannot stand in an expression; only a to z, digits and signs can",
                 caret(place, text, index), hint)  # fmt: skip
        elif char in "#\\`$?@;{}~^" or (not char.isprintable() and char not in "\n\t"):
            fail("bad-character", f"{char!r} cannot stand in an expression", caret(place, text, index))
        elif char == "=" and _ASSIGN.match(text, index):
            fail("assignment", "one = compares nothing", caret(place, text, index), "write == to compare")
        elif (pair := text[index : index + 2]) in _TWO_CHARACTERS:
            fail("bad-operator", f"{pair} is not an operator here", caret(place, text, index),
                 f"write {_TWO_CHARACTERS[pair]} instead")  # fmt: skip


def _plain(message: str) -> str:
    """Put Python's complaint about syntax in plain words."""
    if "never closed" in message or "unmatched" in message or "does not match" in message:
        return f"a bracket has no partner ({message})"
    if "unterminated string" in message:
        return "a quote has no partner"
    if "leading zeros" in message:
        return "a number cannot begin with zero"
    return "the expression is not well formed here"


def _depth(tree: ast.expr) -> int:
    deepest, level = 0, [tree]
    while level:
        deepest += 1
        level = [child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return deepest
