from __future__ import annotations

import pytest

from sim.measures import Records, Settings, Wait, Window, figure, measure, windows

MONTHS = tuple(30.4375 * month for month in range(37))


def test_horizon_years_and_opening():
    got = windows(MONTHS, Settings(opening=400.0))
    assert got == (
        Window(0, 0, 36, 0.0, 1095.75),
        Window(1, 0, 12, 0.0, 365.25),
        Window(2, 12, 24, 365.25, 730.5),
        Window(3, 24, 36, 730.5, 1095.75),
        Window(-1, 14, 36, 426.125, 1095.75),
    )
    assert got[1].years == 1.0


def test_measuring_from_later_cuts_the_years():
    got = windows(tuple(sorted({*MONTHS, 500.0})), Settings(measure_from=500.0))
    assert [(w.year, w.start, w.end) for w in got] == [
        (0, 500.0, 1095.75),
        (2, 500.0, 730.5),
        (3, 730.5, 1095.75),
    ]


def test_nothing_to_measure_is_an_error():
    with pytest.raises(ValueError, match=r"measuring from day 2000, but the run ends on day 1095\.75"):
        windows(MONTHS, Settings(measure_from=2000.0))


def test_empty_records_give_null_figures_and_no_error():
    rows = measure(Records(MONTHS))
    assert {row.number for row in rows if row.kpi == "wait_days_mean"} == {None}
    assert figure(Records(MONTHS), "waiting_list_mean") == 0.0


def test_rows_are_pure_and_in_order():
    records = Records(MONTHS, waits=[Wait("a/1", "a", "velferd", 1, 10.0, 40.0, "housed")])
    assert measure(records) == measure(records)
    assert measure(records, Settings(breakdown=False)) == [row for row in measure(records) if row.dimension == "all"]


def test_unknown_figure_is_an_error():
    with pytest.raises(KeyError):
        figure(Records(MONTHS), "happiness")
