"""PyYAML's complaints about syntax, in words for those who do not know YAML's grammar.

libyaml and the pure Python parser word the same complaint differently; both are listed here.
"""

import re

#: Lists and maps that stand inside each other: no file of ours needs so many, and newer libyaml refuses more of its own accord.
MAX_DEPTH = 64
TOO_DEEP = f"lists and maps stand inside each other more than {MAX_DEPTH} deep"

_COLON = "put text that holds ': ' in quotes, or check the indentation"
_FLOW = "check for a forgotten comma or bracket"

#: (pattern in PyYAML's problem or context, code, message, hint), first match wins.
_TABLE: tuple[tuple[re.Pattern[str], str, str, str | None], ...] = tuple(
    (re.compile(pattern), code, message, hint)
    for pattern, code, message, hint in (
        (r"maximum nesting depth", "too-deep", TOO_DEEP, None),
        (r"scanning a quoted scalar.*(end of stream|document separator)", "unclosed-quote",
         "a quoted text begins here and never ends", "add the closing quote"),
        (r"double-quoted scalar.*(escape|hexadecimal|UTF)|(escape|invalid Unicode character)",
         "bad-escape", "unknown escape after \\ in a text in double quotes", "use single quotes"),
        (r"mapping values are not allowed", "bad-indentation",
         "a key with a value cannot stand here", _COLON),
        (r"could not find expected ':'", "missing-colon",
         "a ':' is missing after the key", "write `key: value`, with a space after the colon"),
        (r"expected ',' or '[]}]'", "unclosed-bracket", "a bracket is not closed before this", _FLOW),
        (r"parsing a flow (sequence|mapping)|flow (sequence|mapping)", "bad-brackets",
         "a list or map in brackets is not well formed", _FLOW),
        (r"mapping keys are not allowed", "bad-syntax", "a '?' cannot stand here", "put the text in quotes"),
        (r"found unexpected ':'", "bad-syntax", "a ':' cannot stand here", "put the text in quotes"),
        (r"sequence entries are not allowed|parsing a block (mapping|collection|sequence)|<block end>",
         "bad-indentation", "the indentation or the brackets do not fit the lines above",
         "the keys of one map begin in the same column"),
        (r"scanning a block scalar|indentation indicator|leading spaces", "bad-block-text",
         "a text block (| or >) is not well formed", None),
        (r"cannot start any token", "bad-character",
         "a text cannot begin with this character", "put the text in quotes"),
        (r"directive|%YAML|incompatible YAML", "directive", "a line that begins with % is not allowed", None),
        (r"expected '?<document start>", "bad-syntax", "this does not belong to what stands before it",
         "check for a bracket too many, or the indentation"),
        (r"tag", "tag", "a tag (!word) is not allowed", "take it away or put the text in quotes"),
        (r"anchor|alias", "anchor", "anchors (&) and aliases (*) are not allowed", "put the text in quotes"),
        (r"document", "many-documents", "a file holds one document only", None),
        (r"unexpected end of|did not find expected node content|expected the node content", "bad-syntax",
         "a value is missing or a character is out of place", None),
    )
)  # fmt: skip


def explain(context: str | None, problem: str | None) -> tuple[str, str, str | None]:
    """Give code, message and hint for a complaint of either parser."""
    complaint = f"{context or ''} {problem or ''}"
    for pattern, code, message, hint in _TABLE:
        if pattern.search(complaint):
            return code, message, hint
    return "bad-syntax", f"this is not well-formed YAML ({complaint.strip()})", None
