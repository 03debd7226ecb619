"""A scenario as the pages read it: what is written in its file, its parameters, and what `check` says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from rules.reading import plain, read_yaml
from sim.scenario import check_scenario, load_scenario
from written.tables import escaped

NUMBERS = "numbers.md"
#: A value of several parts longer than this is told by the name of its parameter alone.
_LONGEST = 44


class Model:
    """Everything that is told of a scenario.

    Attributes
    ----------
    raw : dict
        The file as written, parameters not put in.
    said : dict
        What ``check`` says: systems, rates, effects.
    """

    def __init__(self, path: Path) -> None:
        self.raw: dict[str, Any] = plain(read_yaml(path))
        self.scenario = load_scenario(path)
        self.blueprint = self.scenario.blueprint
        self.parameters = {of.id: of for of in self.scenario.assumptions}
        findings, self.said = check_scenario(path)
        if not self.said:
            raise SystemExit("\n".join(finding.render() for finding in findings))
        sources = self.raw.get("sources")
        self.sources: dict[str, Any] = plain(read_yaml(path.parent / sources)) if sources else {}

    @cached_property
    def used_at(self) -> Mapping[str, list[str]]:
        """Give for each parameter the paths of the scenario at which it stands."""
        found: dict[str, list[str]] = {}
        for path, value in leaves(self.raw):
            if isinstance(value, str) and value.startswith("$"):
                found.setdefault(value[1:], []).append(path)
        return found

    def told(self, value: Any) -> str:
        """Give a written value as Markdown; a parameter by its value, with a link to its card."""
        if isinstance(value, str) and value.startswith("$"):
            of = self.parameters[value[1:]]
            short = len(of.value) <= _LONGEST
            return f"[{escaped(of.value if short else of.id)}]({NUMBERS}#{of.id})"
        if isinstance(value, Mapping):
            return "; ".join(f"{escaped(str(key))}: {self._inner(of)}" for key, of in value.items())
        if isinstance(value, list | tuple):
            return ", ".join(self._inner(of) for of in value)
        return escaped(str(value))

    def _inner(self, value: Any) -> str:
        text = self.told(value)
        return f"({text})" if isinstance(value, Mapping) else text

    def label(self, section: str, name: str, lang: str = "en") -> str:
        """Give the label of something the scenario names."""
        return str(self.scenario.texts.get(f"{section}.{name}", {}).get(lang, ""))

    def both(self, section: str, name: str) -> str:
        """Give a label in English and Norwegian."""
        return labels(self.scenario.texts.get(f"{section}.{name}", {}))


def labels(label: Mapping[str, str]) -> str:
    """Give a label in English, with the Norwegian one in italics."""
    return f"{escaped(label['en'])} (*{escaped(label['nb'])}*)" if label else ""


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Give every single value of a tree with its path; a list's records go by their id."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from leaves(value, f"{path}.{key}".lstrip("."))
    elif isinstance(node, list | tuple) and any(isinstance(item, Mapping) for item in node):
        for number, item in enumerate(node):
            yield from leaves(item, f"{path}.{item.get('id', number) if isinstance(item, Mapping) else number}".lstrip("."))
    elif isinstance(node, list | tuple) and any(isinstance(item, str) and item.startswith("$") for item in node):
        for number, item in enumerate(node):
            yield f"{path}.{number}", item
    else:
        yield path, node
