"""KOSTRA form 13: figures worked out by hand from a small town's records, and by a world that is run."""

from __future__ import annotations

import pytest
from mechanism_kit import applicants, facts, outcome, people, plan, residents
from world_kit import FakeProgram, build, certain

from sim.measures import CountKey, DwellingCell, Records, Wait
from sim.measures.kostra import GROUPS, KOSTRA, kostra
from sim.measures.records import Stay
from sim.world.blueprint import Arrivals, Regime, SiteSpec
from sim.world.recording import records_of
from sim.world.verbs.leaving import die
from sim.world.verbs.lives import come_back, go_away

YEAR = 365.25
MONTH = YEAR / 12


def count(kind, detail, group, *numbers):
    return {CountKey(kind, group, "flat" if kind == "lease_start" else "", 1, detail): list(numbers)}


@pytest.fixture
def town():
    """Two years in four bins: each year without its last month, and its last month."""
    bins = (0.0, YEAR - MONTH, YEAR, 2 * YEAR - MONTH, 2 * YEAR)
    records = Records(bins)
    records.dwelling_days = {
        DwellingCell("flat", "let"): [900.0, 3 * MONTH, 900.0, 2.5 * MONTH],
        DwellingCell("flat", "held"): [0.0, 0.0, 0.0, 0.5 * MONTH],
        DwellingCell("flat", "turnaround"): [100.0, 1 * MONTH, 100.0, 1 * MONTH],
        DwellingCell("flat", "planned"): [500.0, 7 * MONTH, 0.0, 0.0],
        DwellingCell("flat", "base"): [0.0, 0.0, 50.0, 5 * MONTH],
    }
    records.counts = {
        **count("application", "newcomer", "young", 10, 2, 20, 0),
        **count("refused", "newcomer", "young", 2, 1, 0, 0),
        **count("lease_start", "new", "young", 4, 1, 7, 0),
        **count("lease_start", "new", "old", 2, 0, 0, 3),
        **count("lease_start", "transfer", "old", 1, 0, 2, 0),
        **count("incident", "", "old", 99, 99, 99, 99),
    }
    records.waits = [
        Wait("a", "young", "s", 1, -50.0, 100.0, "housed"),
        Wait("b", "young", "s", 1, 300.0, 400.0, "housed"),
        Wait("c", "young", "s", 1, 300.0, None, ""),
        Wait("d", "young", "s", 1, 500.0, 600.0, "died"),
        Wait("e", "young", "s", 1, 2 * YEAR, None, ""),
    ]
    records.stays = [
        Stay("a", 0.0, 10.0), Stay("a", 20.0, 24.0),  # 14 days in the first year
        Stay("b", 100.0, 115.0),  # 15 days
        Stay("c", 300.0, 400.0),  # 65.25 days, then 34.75
        Stay("d", YEAR + 1, None),  # the rest of the second year
    ]  # fmt: skip
    return records


def numbers(rows, year, group="all"):
    return {row.figure: row.number for row in rows if (row.year, row.group) == (year, group)}


def test_by_hand(town):
    rows = kostra(town, {"young": "other", "old": "mental"})
    first, second = numbers(rows, 1), numbers(rows, 2)
    shown = ("homes", "homes_let", "applications_new", "rejected_new", "rejected_new_share", "waiting", "moved_in_new",
             "moved_in_swap", "temporary", "temporary_short_share", "temporary_long_share")  # fmt: skip
    assert [first[name] for name in shown] == pytest.approx([4, 3, 12, 3, 25.0, 2, 7, 1, 3, 100 / 3, 0])
    assert [second[name] for name in shown] == pytest.approx([4, 3, 20, 0, 0, 2, 10, 2, 2, 0, 50.0])
    assert numbers(rows, 1, "mental") == {"moved_in_new": 2}
    assert numbers(rows, 2, "mental") == {"moved_in_new": 3}
    assert numbers(rows, 1, "other") == {"moved_in_new": 5}


def test_what_is_not_simulated_is_no_zero(town):
    rows = kostra(town, {})
    missing = {row.figure for row in rows if row.number is None}
    assert missing == {name for name, figure in KOSTRA.items() if not figure.simulated}
    assert len(missing) == 9
    nothing = numbers(kostra(Records((0.0, YEAR)), {}), 1)
    assert nothing["temporary_short_share"] is nothing["rejected_new_share"] is None
    assert nothing["temporary"] == nothing["waiting"] == 0


def test_only_whole_years_that_are_measured(town):
    assert {row.year for row in kostra(town, {}, measure_from=YEAR)} == {2}
    assert {row.year for row in kostra(town, {}, measure_from=1.0)} == {2}
    assert kostra(Records((0.0, 300.0)), {}) == []


def test_every_group_of_the_form_is_known_in_both_languages():
    assert all(labels["nb"] and labels["en"] for labels in GROUPS.values())
    assert all(of.nb and of.en and of.means_nb and of.means_en for of in KOSTRA.values())


class Entitled(FakeProgram):
    """Everybody without a roof is given temporary accommodation."""

    def temporary_entitled(self, a, day):
        return True


def test_stays_of_a_world_are_the_days_it_recorded():
    """One comes every day; the one home is free after 100 days, and then the first in line moves in."""
    arriving = people(situation=certain("no_roof"), arrivals=Arrivals(rate=((0.0, 0.05),)))
    world, records = outcome(
        {"temporary": {}, "exits": {"transitions": {"out": {"after": "100 days", "destination": "other"}}}},
        groups={"people": arriving},
        sites=(SiteSpec("a", "home", 1),),
        initial=residents(1),
        regimes=(Regime(0.0, Entitled()),),
        days=2 * YEAR,
        bins=(0.0, YEAR, 2 * YEAR),
    )
    days = sum(sum(areas) for cell, areas in records.household_days.items() if cell.situation == "temporary")
    lived = sum((2 * YEAR if stay.end is None else stay.end) - stay.start for stay in records.stays)
    assert lived == pytest.approx(days)
    assert sum(stay.end is not None for stay in records.stays) == len([move for move in records.moves if move.kind == "new"]) > 3
    arrived = [day for day, _ in records.applied]
    rows = numbers(kostra(records, {}), 1)
    assert rows["temporary"] == sum(day < YEAR for day in arrived) > 10
    assert world.staying


def test_days_in_an_acute_bed_are_no_days_in_temporary_accommodation():
    """Ten days there, five in a bed, five there again: two stays of one household, 15 nights; 14 would be a short one."""
    arriving = people(situation=certain("no_roof"))
    chosen = plan(
        {"temporary": {"price": "100 NOK per night"}},
        groups={"people": arriving},
        sites=(),
        initial=applicants(1),
        regimes=(Regime(0.0, Entitled()),),
        days=YEAR,
        bins=(0.0, YEAR),
    )
    world = build(chosen, layout=facts())
    (household,) = world.households.values()
    world.at(10.0, 3, lambda: go_away(world, household, "acute_bed:kad"))
    world.at(15.0, 3, lambda: come_back(world, household))
    world.at(20.0, 3, lambda: die(world, household))
    world.clock.run(YEAR)
    records = records_of(world)
    assert [(stay.start, stay.end) for stay in records.stays] == [(0.0, 10.0), (15.0, 20.0)]
    rows = numbers(kostra(records, {}), 1)
    assert (rows["temporary"], rows["temporary_short_share"]) == (1.0, 0.0)
    assert sum(amount.nok for amount in records.amounts) == 15 * 100.0
