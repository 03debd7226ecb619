from __future__ import annotations

import pytest

from sim.measures import OPENING, HouseholdCell, Records, Settings, Wait, figure, measure


def wait(decided: float, end: float | None, ending: str = "housed", group: str = "young", need: int = 1) -> Wait:
    return Wait("x/1", group, "velferd", need, decided, end, ending if end is not None else "")


def test_mean_of_complete_waits(records: Records):
    records.waits += [wait(10, 20), wait(10, 10), wait(30, 80)]
    assert figure(records, "wait_days_mean") == pytest.approx(20.0)


def test_people_still_waiting_are_censored_never_dropped(records: Records):
    """One of two is housed after 100 days, the other waits on at 350: S = 1, then 1/2, up to tau = 1,825."""
    records.waits += [wait(0, 100), wait(50, None)]
    assert figure(records, "wait_days_mean") == pytest.approx(100 + 0.5 * 1725)
    assert figure(records, "wait_days_mean", Settings(tau=200.0)) == pytest.approx(100 + 50)


def test_those_waiting_on_day_0_enter_at_their_age(records: Records):
    """One has waited 60 days already; the newcomer who was housed after 20 never met that risk set."""
    records.waits += [wait(-60, 30), wait(0, 20), wait(0, 120)]
    assert figure(records, "wait_days_mean") == pytest.approx(20 + 0.5 * 70 + 0.25 * 30)


def test_a_window_sees_its_own_stretch_of_a_wait(records: Records):
    """From day 100 on the wait of [40, 160) is observed between the ages 60 and 120; the other is over before it opens."""
    records.waits += [wait(40, 160), wait(10, 90)]
    assert figure(records, "wait_days_mean", Settings(opening=100.0), year=OPENING) == pytest.approx(120.0)


def test_giving_up_is_an_ending_and_never_looks_like_success(records: Records):
    records.waits += [wait(0, 50), wait(0, 60, "died"), wait(0, 70, "lapsed"), wait(0, 300)]
    assert figure(records, "wait_days_mean") == pytest.approx((50 + 60 + 70 + 300) / 4)
    assert figure(records, "housed_within_limit_share") == pytest.approx(0.25)
    assert figure(records, "housed_within_limit_share", Settings(limit_days=300)) == pytest.approx(0.5)
    shares = {r.value: r.number for r in measure(records) if r.kpi == "wait_ending_share" and r.year == 0}
    assert shares == {"housed": 0.5, "died": 0.25, "lapsed": 0.25}
    counts = {r.value: r.number for r in measure(records) if r.kpi == "wait_endings_per_year" and r.year == 0}
    assert counts["housed"] == pytest.approx(2 * 365.25 / 400)


def test_nine_in_ten(records: Records):
    records.waits += [wait(0, 10 * n) for n in range(1, 11)]
    assert figure(records, "wait_days_p90") == 90.0
    assert figure(records, "wait_days_p90_at_limit") == 0.0
    records.waits += [wait(0, None)] * 5
    assert figure(records, "wait_days_p90") == 1825.0
    assert figure(records, "wait_days_p90_at_limit") == 1.0


def test_broken_down_by_group_and_need(records: Records):
    records.waits += [wait(0, 10), wait(0, 30, group="old", need=3)]
    assert figure(records, "wait_days_mean", dimension="group", value="old") == 30.0
    assert figure(records, "wait_days_mean", dimension="need", value="velferd_1") == 10.0


def test_waiting_list_counts_new_households_alone(records: Records, resident: HouseholdCell):
    waiting = resident._replace(status="waiting", situation="with_others", place="", listed="newcomer")
    records.household_days[waiting] = [200.0, 1000.0]
    records.household_days[resident._replace(listed="transfer")] = [70.0, 70.0]
    assert figure(records, "waiting_list_mean") == pytest.approx(1200 / 400)


def test_what_lies_beyond_the_oldest_wait_observed_is_said(records: Records):
    """S is 1 to 100 days and 1/2 after it; nobody is seen older than 350: the mean holds 1/2 from there to tau = 1,000."""
    records.waits += [wait(0, 100), wait(50, None)]
    settings = Settings(tau=1000.0)
    assert figure(records, "wait_days_mean", settings) == pytest.approx(100 + 0.5 * 900)
    assert figure(records, "wait_days_mean_held_share", settings) == pytest.approx(0.5 * 650 / 550)
    assert figure(records, "wait_days_mean_held_share", Settings(tau=350.0)) == 0.0


def test_a_mean_that_is_observed_to_its_end_holds_nothing(records: Records):
    records.waits += [wait(0, 100), wait(50, 350)]
    assert figure(records, "wait_days_mean_held_share") == 0.0
    assert figure(Records(records.bins), "wait_days_mean_held_share") is None


def test_an_ending_that_this_replication_did_not_meet_counts_as_0(records: Records):
    """Left out, its mean over replications would be that of those in which somebody died."""
    records.waits += [wait(0, 50), wait(0, 150, "lapsed")]
    settings = Settings(values={"ending": ("housed", "died", "lapsed")})
    shares = {r.value: r.number for r in measure(records, settings) if r.kpi == "wait_ending_share" and r.year == 0}
    assert shares == {"housed": 0.5, "died": 0.0, "lapsed": 0.5}
    counts = {r.value: r.number for r in measure(records, settings) if r.kpi == "wait_endings_per_year" and r.year == 0}
    assert counts["died"] == 0.0
