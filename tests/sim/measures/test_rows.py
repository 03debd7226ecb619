"""Rows kept by column are the rows that were put in."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measures import rows as rows_module
from sim.measures.records import Wait, new_departures, new_waits
from sim.measures.rows import ANY, BOOL, FEW, FLOAT, INT, OPTIONAL, Rows

times = st.floats(allow_nan=False, width=64)
plain = st.tuples(
    st.integers(-(2**31), 2**31 - 1),
    st.booleans(),
    times,
    st.none() | times,
    st.none() | st.sampled_from(["a", "b"]),
    st.text(max_size=3),
)


@given(st.lists(plain, max_size=40), st.integers(1, 9))
def test_rows_come_out_as_they_went_in(given: list[tuple], together: int) -> None:
    before = rows_module.TOGETHER
    rows_module.TOGETHER = together
    try:
        rows: Rows[tuple] = Rows(tuple, INT + BOOL + FLOAT + OPTIONAL + FEW + ANY, given[:7])
        for row in given[7:]:
            rows.append(row)
    finally:
        rows_module.TOGETHER = before
    assert list(rows) == given and repr(list(rows)) == repr(given)
    assert rows == given and rows == pickle.loads(pickle.dumps(rows)) and len(rows) == len(given)
    assert [rows[n] for n in range(len(given))] == given and rows[1:3] == given[1:3]
    assert rows != [*given, None]


def test_the_last_is_number_minus_one_and_there_is_none_beyond() -> None:
    rows = new_departures()
    rows += [("a/1", "a", 1, 2.0, None, "moved_on"), ("a/2", "a", 2, 3.0, 4.0, "died")]
    assert rows[-1] == ("a/2", "a", 2, 3.0, 4.0, "died")
    with pytest.raises(IndexError):
        rows[2]


def test_named_rows_keep_their_names() -> None:
    rows = new_waits()
    rows.extend(Wait(f"a/{n}", "a", "homes", 1, float(n), None, "") for n in range(rows_module.TOGETHER + 1))
    assert [rows[0].decided, rows[-1].end] == [0.0, None]
    assert [wait.decided for wait in rows] == [float(n) for n in range(rows_module.TOGETHER + 1)]
