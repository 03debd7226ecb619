"""A value that a replication happens not to meet counts 0 in sums and is null in ratios."""

from __future__ import annotations

import pytest

from sim.measures import CountKey, HouseholdCell, Records, Settings, figure, measure

VALUES = {"group": ("old", "young"), "need": ("velferd_1", "velferd_5"), "cause": ("death", "eviction"), "lived": ("no_roof",)}


def shown(records: Records, kpi: str, dimension: str, values: dict[str, tuple[str, ...]]) -> dict[str, float | None]:
    rows = measure(records, Settings(values=values))
    return {row.value: row.number for row in rows if (row.kpi, row.dimension, row.year) == (kpi, dimension, 0)}


def test_the_mean_over_replications_is_of_all_of_them(records: Records, resident: HouseholdCell):
    """One of two replications evicts somebody old: .5 x 365.25 / 400 a year, not twice as much."""
    other = Records(records.bins, types=records.types)
    for each in (records, other):
        each.household_days[resident] = [100.0, 300.0]
    records.counts[CountKey("eviction", "old", "flat", 1, "")] = [1, 0]
    taken = [shown(each, "evictions_per_year", "group", VALUES) for each in (records, other)]
    assert taken == [{"old": pytest.approx(365.25 / 400), "young": 0.0}, {"old": 0.0, "young": 0.0}]
    assert "old" not in shown(other, "evictions_per_year", "group", {})


def test_a_ratio_without_a_denominator_stays_null(records: Records, resident: HouseholdCell):
    records.household_days[resident] = [100.0, 300.0]
    assert shown(records, "below_need_share", "need", VALUES) == {"velferd_1": 0.0}
    assert shown(records, "residents_mean", "need", VALUES) == {"velferd_1": 1.0, "velferd_5": 0.0}
    settings = Settings(values=VALUES)
    assert figure(records, "below_need_share", settings, dimension="need", value="velferd_5") is None


def test_values_by_cause_and_by_where_they_lived(records: Records):
    records.counts[CountKey("death", "old", "flat", 1, "")] = [1, 1]
    by_cause = shown(records, "tenancy_ends_per_year", "cause", VALUES)
    assert by_cause == {"death": pytest.approx(2 * 365.25 / 400), "eviction": 0.0}
    lived = shown(records, "deaths_per_year", "lived", VALUES)
    assert lived.keys() == {*records.types, "no_roof"}
    assert sum(number or 0.0 for number in lived.values()) == pytest.approx(2 * 365.25 / 400)
