"""Strict YAML: the useful part of the language, read into a tree with places.

Everything else is refused with a finding: duplicate keys, anchors, aliases, merge keys, tags, directives,
several documents, tabs, and files too large or too deep. The tree is built from PyYAML's event stream: the
composer of libyaml calls itself for every bracket, and 100,000 of them kill the process.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from rules.reading.findings import Finding, InputError, Place, fail
from rules.reading.nodes import Entry, Mapping, Node, Scalar, Sequence
from rules.reading.scalars import SURPRISING_KEYS, resolve
from rules.reading.source_file import MAX_BYTES, read_text
from rules.reading.syntax_errors import MAX_DEPTH, TOO_DEEP, explain

MAX_NODES = 100_000

_UNPRINTABLE = re.compile("[^\\n\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd"
                          "\\U00010000-\\U0010ffff]")  # fmt: skip
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: str | Path) -> Node:
    """Read one YAML file.

    Parameters
    ----------
    path : str or Path
        The file. Its name in findings is the path as given.

    Returns
    -------
    Node

    Raises
    ------
    InputError
        For a file that cannot be read as text, and for everything `parse_yaml` refuses.
    """
    return parse_yaml(read_text(path), str(path))


def parse_yaml(text: str, file: str) -> Node:
    """Parse one YAML document.

    Parameters
    ----------
    text : str
        The document.
    file : str
        Its name in findings.

    Returns
    -------
    Node
        Plain scalars by the core schema of YAML 1.2, and ISO dates; `yes` and `no` stay text. Keys are text;
        an integer or a date as a key becomes its text.

    Raises
    ------
    InputError
        For anything that is not the strict part of YAML, or too large (`MAX_BYTES`, `MAX_NODES`) or too deep
        (`MAX_DEPTH`). Mistakes that leave the structure clear are collected and raised together.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = _Source(file, text.split("\n"))
    if len(text) > MAX_BYTES:
        fail("too-large", f"the text is longer than {MAX_BYTES // 1_000_000} MB", Place(file, 1, 1, ""))
    _refuse_characters(text, source)
    try:
        return _Builder(source, yaml.parse(text, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as error:
        code, message, hint = explain(error.context, error.problem)
        mark = error.context_mark if code == "unclosed-quote" and error.context_mark else error.problem_mark
        raise InputError(Finding(code, message, source.place(mark), hint)) from None
    except yaml.YAMLError:
        raise InputError(Finding("bad-syntax", "this is not YAML", Place(file, 1, 1, ""))) from None


class _Source:
    """The lines of a document, to make places of the parser's marks."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file, self.lines = file, lines

    def place(self, mark: Any) -> Place:
        if mark is None:
            return Place(self.file, 1, 1, "")
        line = min(mark.line, len(self.lines) - 1)
        return Place(self.file, line + 1, mark.column + 1, self.lines[line])


def _refuse_characters(text: str, source: _Source) -> None:
    found = _UNPRINTABLE.search(text)
    if found is None:
        return
    start = found.start()
    line = text.count("\n", 0, start)
    place = Place(source.file, line + 1, start - text.rfind("\n", 0, start), source.lines[line])
    char = found.group()
    if char == "\t":
        fail("tab", "a tab stands here", place, "use spaces instead")
    if char == "\0":
        fail("nul", "a NUL character stands here: this is no text file", place, "save it as UTF-8")
    if char == "\ufeff":
        fail("byte-order-mark", "a byte-order mark stands here", place, 'save as "UTF-8 without BOM"')
    fail("unprintable", f"the invisible character U+{ord(char):04X} stands here", place, "take it away")


class _Builder:
    """Builds the tree from events, and counts while it builds."""

    def __init__(self, source: _Source, events: Iterator[yaml.Event]) -> None:
        self.source, self.events = source, events
        self.nodes = 0
        self.findings: list[Finding] = []

    def document(self) -> Node:
        next(self.events)  # the start of the stream
        start = next(self.events)
        if isinstance(start, yaml.StreamEndEvent):
            fail("empty", "the file is empty", Place(self.source.file, 1, 1, ""))
        self._refuse_directives(start)
        root = self._node(next(self.events), 1)
        next(self.events)  # the end of the document
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            fail("many-documents", "a second document begins here; a file holds one document only",
                 self.source.place(after.start_mark), "take away the line ---, or split it")  # fmt: skip
        if self.findings:
            raise InputError(*self.findings)
        if isinstance(root, Scalar) and root.plain and root.text == "":
            fail("empty", "the file is empty", Place(self.source.file, 1, 1, ""))
        return root

    def _refuse_directives(self, start: Any) -> None:
        if start.version or start.tags:
            fail("directive", "a line that begins with % is not allowed", self.source.place(start.start_mark))

    def _node(self, event: Any, depth: int) -> Node:
        place = self.source.place(event.start_mark)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            fail("too-many-nodes", f"the file holds more than {MAX_NODES} values", place)
        self._refuse_references(event, place)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if depth > MAX_DEPTH:
            fail("too-deep", TOO_DEEP, place)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                items.append(self._node(event, depth + 1))
            return Sequence(tuple(items), place)
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            self._entry(event, entries, depth)
        return Mapping(entries, place)

    def _refuse_references(self, event: Any, place: Place) -> None:
        if isinstance(event, yaml.AliasEvent):
            fail("alias", f"an alias (*{event.anchor}) is not allowed", place,
                 "write the value out, or put text that begins with * in quotes")  # fmt: skip
        if event.anchor is not None:
            fail("anchor", f"an anchor (&{event.anchor}) is not allowed", place,
                 "take it away, or put text that begins with & in quotes")  # fmt: skip
        if event.tag is not None:
            fail("tag", f"a tag ({event.tag}) is not allowed", place,
                 "take it away, or put text that begins with ! in quotes")  # fmt: skip

    def _scalar(self, event: Any, place: Place) -> Scalar:
        text: str = event.value
        if event.style:  # quoted, or a block
            return Scalar(text, text, False, place)
        try:
            return Scalar(resolve(text, place), text, True, place)
        except InputError as error:
            self.findings.extend(error.findings)
            return Scalar(text, text, True, place)

    def _entry(self, event: Any, entries: dict[str, Entry], depth: int) -> None:
        key = self._node(event, depth + 1)
        value = self._node(next(self.events), depth + 1)
        finding = _fault_of_key(key)
        if finding is None and isinstance(key, Scalar):
            first = entries.get(key.text)
            if first is None:
                entries[key.text] = Entry(key.text, key.place, value)
                return
            finding = Finding("duplicate-key", f"the key {key.text!r} stands here a second time; "
                              f"the first is in line {first.key_place.line}", key.place,
                              "keep one of the two")  # fmt: skip
        if finding is not None:
            self.findings.append(finding)


def _fault_of_key(key: Node) -> Finding | None:
    """Say what is wrong with a key, or None."""
    if not isinstance(key, Scalar):
        return Finding("bad-key", "a list or map cannot be a key", key.place, "put the key in quotes")
    if not key.plain:
        return None
    text = key.text
    if text == "<<":
        return Finding("merge-key", "a merge key (<<) is not allowed", key.place, "write the keys out")
    if text == "":
        return Finding("bad-key", "a key is missing before the colon", key.place)
    if text.lower() in SURPRISING_KEYS:
        return Finding("boolean-key", f"{text} cannot be a key, because many YAML readers take it for "
                       f"{'an empty value' if text.lower() in ('null', '~') else 'true or false'}",
                       key.place, f'write it in quotes: "{text}"')  # fmt: skip
    if isinstance(key.value, float):
        return Finding("bad-key", f"the decimal number {text} cannot be a key", key.place, f'write "{text}"')
    return None
