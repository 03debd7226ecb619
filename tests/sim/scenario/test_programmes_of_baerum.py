"""Programmes and acute beds of Bærum: what is simulated, how large, and that a policy of theirs leaves the rest alone."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

import pytest

from sim.replication import replicate
from sim.scenario import check_scenario, load_scenario

FOLDER = Path(__file__).parents[3] / "scenarios"
BAERUM = FOLDER / "baerum.yaml"
POLICIES = ("housing-first-doubled", "second-hybelhus", "more-acute-beds")
SYSTEMS = {
    "housing_first": (16, "SEED"),
    "hybelhus": (13, "HYBEL"),
    "acute_reception": (5, "assumption"),
    "acute_long_stay": (8, "assumption"),
    "acute_kad": (2, "assumption"),
    "coping_bed": (1, "assumption"),
}


@pytest.fixture(scope="module")
def today():
    return replicate(load_scenario(BAERUM, years=2.0), 1, 0, keep_records=True)


def test_every_system_is_on_with_its_size_and_source():
    _, summary = check_scenario(BAERUM)
    found = {name: (of["size"], of["source"]) for name, of in summary["systems"].items() if name in SYSTEMS and of["on"]}
    assert found == SYSTEMS
    assert summary["systems"]["temporary_accommodation"]["on"]


def test_each_has_its_figures(today):
    figures = {(row.dimension, row.value, row.kpi): row.number for row in today.figures if row.year == 0}
    assert figures["programme", "housing_first", "programme_participants_mean"] == pytest.approx(16.0, abs=0.5)
    assert 0.5 < figures["programme", "hybelhus", "programme_occupancy_mean"] <= 1.0
    assert figures["all", "all", "programme_retained_1y_share"] is not None
    for bed in ("reception", "long_stay", "kad", "coping_bed"):
        assert figures["bed", bed, "acute_bed_nights_per_year"] > 0.0
        assert ("bed", bed, "acute_overflow_per_year") in figures


def test_participants_stand_outside_the_steps(today):
    by_step = [row for row in today.figures if row.dimension == "step" and row.kpi == "residents_mean" and row.year == 0]
    assert all(row.value.split("_")[0] in ("velferd", "omsorg") for row in by_step)
    inside = sum(row.number or 0.0 for row in by_step)
    everybody = sum(sum(areas) for cell, areas in today.records.household_days.items() if cell.status == "housed")
    beside = sum(sum(areas) for cell, areas in today.records.household_days.items() if cell.place in ("housing_first", "hybel"))
    assert inside * today.records.bins[-1] == pytest.approx(everybody - beside)
    assert beside > 0.0


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_changes_nothing_before_its_day(name, today):
    changed = replicate(load_scenario(FOLDER / f"{name}.yaml", years=2.0), 1, 0, keep_records=True).records
    day = 365.0
    for what in ("moves", "applied"):
        before = [list(takewhile(lambda row: row[0] < day, getattr(of, what))) for of in (today.records, changed)]
        assert before[0] == before[1]
        assert len(before[0]) > 100
    waits = [[w for w in of.waits if w.end is not None and w.end < day] for of in (today.records, changed)]
    assert waits[0] == waits[1]


def test_who_is_untouched_by_more_beds_lives_the_same_life(today):
    """The draws of the ladders are keyed by household: two more beds move hardly anybody else."""
    more = replicate(load_scenario(FOLDER / "more-acute-beds.yaml", years=2.0), 1, 0, keep_records=True).records
    same = {move for move in today.records.moves if move.day > 400.0} & set(more.moves)
    assert len(same) > 0.9 * sum(move.day > 400.0 for move in today.records.moves)
