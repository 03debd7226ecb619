"""What real data (`data: real`) may leave: which figures count people, and the results with small groups withheld."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.cli.engine import ReplicationResult, Scenario
from sim.cli.figures import kpi_texts, unit_of
from sim.cli.options import Order
from sim.cli.summary import Row
from sim.experiment import Sample
from sim.results import ResultsError
from sim.results.suppression import Figures, Withheld, decide, kept_rows, small_of_form, tables_kept

#: Units of figures that count households -> by what they are divided to give households.
_COUNTS = {"households": 1.0, "per year": 1.0, "household-nights per year": 365.25, "household-days per year": 365.25}
_STATES = frozenset({"households"})
#: Measures -> the counts they are about, or could be computed with. All others are about residents.
_WAITING = ("waiting_list_mean",)
_BASES = {
    "wait_days_mean": _WAITING,
    "wait_days_p90": _WAITING,
    "wait_days_p90_at_limit": _WAITING,
    "wait_days_mean_held_share": _WAITING,
    "housed_within_limit_share": _WAITING,
    "temporary_nights_per_year": (),
    "wait_endings_per_year": (),
    "wait_ending_share": ("wait_endings_per_year",),
    "incidents_per_resident_year": ("incidents_per_year", "residents_mean"),
    "incidents_per_resident_year_standardised": ("incidents_per_year", "residents_mean"),
    "strain_mean": ("incidents_per_year", "residents_mean"),
    "damage_days_per_year": ("incidents_per_year", "residents_mean"),
    "project_opening_days_mean": (),
    "evictions_per_100_tenancy_years": ("evictions_per_year", "residents_mean"),
}
#: Shares that are not of people.
_OF_HOMES = frozenset({"occupancy_mean", "wait_ending_share"})


class RealData:
    """Holds the rows of every replication until it is known what may be told of all of them.

    Parameters
    ----------
    scenarios : mapping of str to scenario
    order : Order
        Whether the tables about single households are asked for.

    Raises
    ------
    ResultsError
        When the event log is asked for without them.
    """

    def __init__(self, scenarios: Mapping[str, Scenario], order: Order) -> None:
        if order.events and not order.person_level:
            raise ResultsError("--events tells of single households: with real data it needs --person-level too")
        self._scenarios = scenarios
        self.tables = tables_kept(person_level=order.person_level)
        self._types = {site.id: site.type for scenario in scenarios.values() for site in scenario.blueprint.sites}
        self._rows: list[tuple[str, int, dict[str, list[Sequence[Any]]]]] = []

    def add(self, policy: str, k: int, result: ReplicationResult) -> None:
        """Keep the rows of one replication that may be told at all."""
        nobody = Withheld(frozenset())
        tables: dict[str, Any] = {"kpis": result.figures, **result.tables}
        kept = {name: kept_rows(rows, name, nobody, self._type_of) for name, rows in tables.items() if name in self.tables}
        self._rows.append((policy, k, kept))

    def withheld(self, summary: Sequence[Row]) -> Withheld:
        """Decide what is withheld, from the summary of all replications."""
        series = [(policy, k, *row) for policy, k, tables in self._rows for row in tables.get("series", ())]
        return decide(summary, series, figures(self._scenarios, summary))

    def rows(self, hidden: Withheld) -> Iterable[tuple[str, int, dict[str, list[Sequence[Any]]]]]:
        """Give the rows that may be told, by policy and replication."""
        form = [(policy, *row) for policy, _, tables in self._rows for row in tables.get("kostra", ())]
        small = small_of_form(form)
        for policy, k, tables in self._rows:
            kept = {name: kept_rows(rows, name, hidden, _same) for name, rows in tables.items()}
            if "kostra" in kept:
                kept["kostra"] = [row for row in kept["kostra"] if row[-3] not in small]
            yield policy, k, kept

    def _type_of(self, dwelling: str) -> str:
        return str(self._types.get(dwelling.rpartition("/")[0], ""))


def _same(dwelling: str) -> str:
    return dwelling


def told_samples(samples: Mapping[str, Sample], hidden: Withheld) -> dict[str, Sample]:
    """Give the figures of every policy without those that are withheld."""
    return {
        policy: sample.only(lambda key: not hidden.hides(key.kpi, key.dimension, key.value)) for policy, sample in samples.items()
    }


def figures(scenarios: Mapping[str, Scenario], summary: Sequence[Row]) -> Figures:
    """Give what suppression must know of the measures and of the types of homes."""
    units = {kpi: unit_of(kpi) for kpi in dict.fromkeys([*kpi_texts(), *(str(row["kpi"]) for row in summary)])}
    parents: dict[tuple[str, str], tuple[str, str]] = {}
    for scenario in scenarios.values():
        for id_, kind in scenario.blueprint.types.items():
            scheme = ("scheme", kind.scheme)
            step = ("step", f"{kind.scheme}_{kind.step}")
            parents["type", id_] = step if kind.ladder else scheme
            if kind.ladder:
                parents[step] = scheme
    return Figures(
        counts={kpi: _COUNTS[unit] for kpi, unit in units.items() if unit in _COUNTS},
        states=frozenset(kpi for kpi, unit in units.items() if unit in _STATES),
        shares=frozenset(kpi for kpi, unit in units.items() if unit == "share" and kpi not in _OF_HOMES),
        bases=_BASES,
        others=("residents_mean",),
        free=frozenset(kpi for kpi, unit in units.items() if unit == "homes"),
        free_dimensions=frozenset({"account"}),
        parents=parents,
    )
