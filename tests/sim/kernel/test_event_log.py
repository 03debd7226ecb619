import pytest

from sim.kernel import Log, NullLog


def test_rows_are_kept_per_kind_in_the_order_of_writing() -> None:
    log = Log({"moved_in": ("household", "dwelling"), "left": ("household",)})
    log.write(1.5, "moved_in", "a/1", "site/3")
    log.write(1.5, "left", "a/2")
    log.write(1.0, "moved_in", "a/3", "site/4")
    assert log.rows("moved_in") == [(1.5, "a/1", "site/3"), (1.0, "a/3", "site/4")]
    assert log.rows("left") == [(1.5, "a/2")]
    assert log.columns["moved_in"] == ("time", "household", "dwelling")
    assert (log.kinds, len(log), log.on) == (("moved_in", "left"), 3, True)


def test_kinds_and_columns_are_fixed() -> None:
    log = Log({"left": ("household",)})
    with pytest.raises(KeyError, match="lfet"):
        log.write(1, "lfet", "a/1")
    with pytest.raises(ValueError, match="left has the columns"):
        log.write(1, "left", "a/1", "too much")
    assert len(log) == 0


def test_kinds_without_columns_take_any_values() -> None:
    log = Log(["note"])
    log.write(1, "note")
    log.write(2, "note", 3, "x")
    assert log.rows("note") == [(1,), (2, 3, "x")]


def test_what_is_handed_out_cannot_change_the_log() -> None:
    log = Log(["note"])
    log.rows("note").append((1,))
    assert log.rows("note") == []


def test_a_null_log_takes_everything_and_keeps_nothing() -> None:
    log = NullLog()
    log.write(1, "whatever", 1, 2, 3)
    assert (len(log), log.on, log.kinds) == (0, False, ())
