from __future__ import annotations

import pickle
import random
import time

from sim.measures import (
    BESIDE,
    HORIZON,
    KPIS,
    OPENING,
    UNITS,
    WINDOWS,
    Amount,
    CountKey,
    DwellingCell,
    HouseholdCell,
    Records,
    Settings,
    TypeInfo,
    Wait,
    measure,
)

FIXED = [
    "wait_days_mean",
    "wait_days_p90",
    "housed_within_limit_share",
    "waiting_list_mean",
    "occupancy_mean",
    "allocations_per_year",
    "lowest_step_share",
    "need_lowest_housed_lowest_share",
    "below_need_share",
    "temporary_nights_per_year",
    "without_home_mean",
    "moves_down_per_year",
    "moves_up_per_year",
    "exits_to_ordinary_per_year",
    "returns_per_year",
    "deaths_per_year",
    "evictions_per_year",
    "incidents_per_year",
    "follow_up_adequacy_mean",
    "net_cost_nok_per_year",
    "net_present_cost_nok",
]


def test_the_fixed_ids_are_all_there():
    assert list(KPIS) == FIXED
    assert not set(KPIS) & set(BESIDE)


def test_every_figure_has_its_words_in_both_languages():
    for definition in (*KPIS.values(), *BESIDE.values()):
        assert definition.unit in UNITS
        for text in (definition.nb, definition.en, definition.means_nb, definition.means_en):
            assert text.strip() and "opp trappa" not in text and "ned trappa" not in text


def test_every_window_that_is_not_a_year_has_its_words():
    assert set(WINDOWS) == {HORIZON, OPENING}
    for words in WINDOWS.values():
        assert words["nb"].strip() and words["en"].strip()


def large_records() -> Records:
    """3,000 household cells by 125 bins: the size of ten years of a municipality."""
    dice = random.Random(4)
    bins = tuple(sorted({30.4375 * month for month in range(121)} | {100.0, 1000.0, 2000.0, 2500.0}))
    months, groups, places = len(bins) - 1, [f"g{n}" for n in range(8)], [f"t{n}" for n in range(12)]
    made = Records(
        bins, types={p: TypeInfo("velferd" if n < 7 else "omsorg", n % 5 + 1, n % 5 + 1, True) for n, p in enumerate(places)}
    )
    for n in range(3000):
        cell = HouseholdCell(
            dice.choice(groups), "housed", "housed", str(n), dice.choice(places), "velferd", n % 5 + 1, "", False, False
        )
        made.household_days[cell] = [dice.random() for _ in range(months)]
    for place in places:
        made.dwelling_days[DwellingCell(place, "let")] = [1.0] * months
        for group in groups:
            made.counts[CountKey("incident", group, place, 1, "")] = [1] * months
        made.amounts += [Amount(n, "running", "municipality", 1.0, True, place) for n in range(months)]
    for n in range(4000):
        decided = dice.uniform(0.0, 3652.5)
        made.waits.append(
            Wait(str(n), dice.choice(groups), "velferd", n % 5 + 1, decided, min(decided + 200.0, 3652.5), "housed")
        )
    return made


def test_measuring_ten_years_takes_a_tenth_of_a_second():
    records = large_records()
    took = []
    for _ in range(3):
        start = time.process_time()
        measure(records, Settings(opening=1000.0))
        took.append(time.process_time() - start)
    assert min(took) < 0.25, "a shared machine may be slow; 0.06 s is usual"


def test_records_travel_between_processes():
    records = large_records()
    again = pickle.loads(pickle.dumps(records))
    assert measure(again) == measure(records)
