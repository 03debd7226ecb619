"""What a results folder says, found by policy and measure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from sim.report.paired import paired
from sim.results import ResultsData

HORIZON = 0
ALL = "all"
Row = Mapping[str, Any]
#: A figure within a policy: measure, dimension, value.
Key = tuple[str, str, str]
#: Broken-down figures that are needed replication by replication.
_BY_REPLICATION = frozenset({ALL, "step"})


class Reading:
    """A results folder in one language.

    Parameters
    ----------
    data : ResultsData
    lang : {'nb', 'en'}
    """

    def __init__(self, data: ResultsData, lang: str) -> None:
        self.data, self.lang = data, lang
        self.run, self.texts = data.run, data.texts
        self._policies: Mapping[str, Mapping[str, Any]] = {str(policy["name"]): policy for policy in data.run["policies"]}
        #: Policies laid on one another, the smallest first; only all of them together stand among the others, too.
        self.stacks: tuple[str, ...] = tuple(name for name, policy in self._policies.items() if policy.get("stack"))
        self.names: tuple[str, ...] = tuple(name for name in self._policies if name not in self.stacks[:-1])
        self.kpis: Mapping[str, Mapping[str, Any]] = data.texts["kpis"]

    @property
    def baseline(self) -> str:
        """The name of the baseline, or of the only scenario."""
        return self.names[0]

    @property
    def others(self) -> tuple[str, ...]:
        """The names of the policies that are compared with the baseline."""
        return self.names[1:]

    @property
    def compared(self) -> bool:
        """Whether there is anything to compare."""
        return len(self.names) > 1

    @property
    def replications(self) -> int:
        """Finished replications."""
        return int(self.run["replications"])

    def policy(self, name: str) -> Mapping[str, Any]:
        """What `run.json` says of a policy."""
        return self._policies[name]

    def label(self, name: str) -> str:
        """What a policy is called."""
        return str(self.policy(name)["label"][self.lang])

    def kpi_name(self, kpi: str) -> str:
        """What a measure is called."""
        return str(self.kpis[kpi][self.lang])

    def unit(self, kpi: str) -> str:
        """The unit of a measure in words."""
        return str(self.kpis[kpi][f"unit_{self.lang}"])

    @cached_property
    def _rows(self) -> dict[tuple[str, int, Key], Row]:
        return {(row["policy"], row["year"], (row["kpi"], row["dimension"], row["value"])): row for row in self.data.summary}

    def row(self, policy: str, kpi: str, dimension: str = ALL, value: str = ALL, year: int = HORIZON) -> Row | None:
        """The row of `summary.csv`, or nothing where there is none or the measure is unknown."""
        return self._rows.get((policy, year, (kpi, dimension, value))) if kpi in self.kpis else None

    def values(self, kpi: str, dimension: str) -> list[str]:
        """The parts that a measure is broken down into, in the order in which the scenario names them."""
        found = dict.fromkeys(row["value"] for row in self.data.summary if row["kpi"] == kpi and row["dimension"] == dimension)
        order = list(self._texts)
        if dimension in ("step", "need"):
            schemes = {path.removeprefix("schemes."): place for place, path in enumerate(order) if path.startswith("schemes.")}
            return sorted(found, key=lambda value: (schemes.get(value.rpartition("_")[0], len(schemes)), value))
        known = {value: order.index(path) for value in found if (path := self._path(dimension, value)) in self._texts}
        return sorted(found, key=lambda value: known.get(value, len(order)))

    @property
    def years(self) -> list[int]:
        """The years that figures are given for, from 1."""
        return sorted({row["year"] for row in self.data.summary if row["year"] > 0})

    @cached_property
    def _texts(self) -> dict[str, Mapping[str, str]]:
        """What the scenarios call things, the baseline's word first."""
        names: dict[str, Mapping[str, str]] = {}
        for texts in self.texts.get("scenarios", {}).values():
            names = {**names, **{path: text for path, text in texts.items() if path not in names}}
        return names

    @property
    def names_by_path(self) -> Mapping[str, Mapping[str, str]]:
        """Path of a thing in the scenario (`types.tun`) -> its name by language."""
        return self._texts

    def called(self, dimension: str, value: str) -> str:
        """What a part of a breakdown is called; its id where nobody named it."""
        if dimension in ("step", "need"):
            scheme, _, rank = value.rpartition("_")
            named = self._texts.get(f"schemes.{scheme}", {}).get(self.lang)
            return f"{named} {rank}" if named else value
        return str(self._texts.get(self._path(dimension, value), {}).get(self.lang) or value.replace("_", " "))

    @staticmethod
    def _path(dimension: str, value: str) -> str:
        return {"group": "groups.", "type": "types.", "team": "services.teams.", "scheme": "schemes."}.get(dimension, "") + value

    @cached_property
    def _figures(self) -> dict[str, dict[Key, dict[int, float | None]]]:
        found: dict[str, dict[Key, dict[int, float | None]]] = {}
        for policy, replication, _, dimension, value, kpi, number in self.data.horizon(_BY_REPLICATION):
            found.setdefault(policy, {}).setdefault((kpi, dimension, value), {})[replication] = number
        return found

    def figures(self, policy: str, kpi: str, dimension: str = ALL, value: str = ALL) -> dict[int, float | None]:
        """The figure of the horizon in each replication (undivided, or of a step)."""
        return self._figures.get(policy, {}).get((kpi, dimension, value), {})

    def contrast(self, policy: str, other: str, kpi: str) -> Row | None:
        """Compare two policies, the same replications with each other, as a row of `summary.csv` compares with the baseline."""
        before, after = self.figures(other, kpi), self.figures(policy, kpi)
        return paired(before, after) if before and after else None

    def table(self, name: str) -> Iterable[Sequence[Any]]:
        """The rows of a table, of the policies in `names`; none where the folder has no such table."""
        shown = frozenset(self.names)
        return (row for row in self.data.tables.get(name, ()) if row[0] in shown)

    def headlines(self) -> Iterator[str]:
        """The ids of the measures that stand first."""
        return (kpi for kpi, text in self.kpis.items() if text["headline"])
