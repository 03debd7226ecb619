from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rules.language import NEVER, Calendar, Period

START = date(2027, 1, 1)
CALENDAR = Calendar(START)
days = st.integers(-40_000, 20_000)


def day_of(text: str) -> int:
    return (date.fromisoformat(text) - START).days


def test_a_month_that_lacks_the_day_ends_on_its_last_day() -> None:
    assert CALENDAR.add_months(day_of("2027-01-31"), 1) == day_of("2027-02-28")
    assert CALENDAR.add_months(day_of("2028-01-31"), 1) == day_of("2028-02-29")
    assert CALENDAR.add_months(day_of("2028-02-29"), 12) == day_of("2029-02-28")
    assert CALENDAR.completed_years(day_of("2008-02-29"), day_of("2026-02-27")) == 17
    assert CALENDAR.completed_years(day_of("2008-02-29"), day_of("2026-02-28")) == 18
    assert CALENDAR.completed_months(day_of("2026-12-31"), day_of("2027-02-27")) == 1


def test_ages_are_completed_on_the_birthday() -> None:
    born = day_of("1990-06-15")
    assert CALENDAR.completed_years(born, day_of("2030-06-14")) == 39
    assert CALENDAR.completed_years(born, day_of("2030-06-15")) == 40


def test_windows() -> None:
    assert CALENDAR.leaves(10, Period(90, "days")) == 100
    assert CALENDAR.leaves(10, Period(2, "weeks")) == 24
    assert CALENDAR.leaves(day_of("2027-11-30"), Period(3, "months")) == day_of("2028-02-29")
    assert CALENDAR.leaves(day_of("2027-11-30"), Period(1, "years")) == day_of("2028-11-30")
    assert CALENDAR.add_months(0, 12 * 9000) == NEVER


@given(days, st.integers(0, 1_200))
def test_completed_months_are_those_whose_end_has_been_reached(since: int, later: int) -> None:
    months = CALENDAR.completed_months(since, since + later)
    assert CALENDAR.add_months(since, months) <= since + later < CALENDAR.add_months(since, months + 1)


@given(days, st.integers(0, 1_500))
def test_months_keep_close_to_their_mean_length(since: int, months: int) -> None:
    # generate.threshold relies on it: the calendar is asked only in between
    middle = months * 304369 // 10000
    assert middle - 4 <= CALENDAR.add_months(since, months) - since < middle + 5
