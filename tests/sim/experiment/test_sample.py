"""Figures over replications: a figure that is not there is null."""

from sim.experiment import Key, Sample


def test_missing_figures_are_null_in_their_place() -> None:
    sample = Sample()
    sample.add([(0, "all", "all", "wait", 1.0)])
    sample.add([(0, "all", "all", "wait", None), (0, "group", "a", "wait", 2.0)])
    sample.add([(0, "all", "all", "wait", 3.0)])
    assert sample.size == 3
    assert list(sample) == [Key(0, "all", "all", "wait"), Key(0, "group", "a", "wait")]
    assert sample.numbers(Key(0, "all", "all", "wait")) == [1.0, None, 3.0]
    assert sample.numbers(Key(0, "group", "a", "wait")) == [None, 2.0, None]
    assert sample.numbers(Key(0, "group", "b", "wait")) == [None, None, None]
    assert Key(0, "group", "b", "wait") not in sample
