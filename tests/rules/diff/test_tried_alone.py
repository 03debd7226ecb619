"""Which changes are tried alone."""

from rules.diff import Changed, tried_alone


def changed(*names: str, file: str = "a.yaml") -> list[Changed]:
    return [Changed(("eligibility", name), "changed", file, 1, 1) for name in names]


def test_a_single_change_is_all_there_is() -> None:
    assert tried_alone([]) == () and tried_alone(changed("A")) == ()


def test_few_changes_are_tried_one_by_one() -> None:
    assert [part.name for part in tried_alone(changed("A", "B"))] == ["eligibility.A", "eligibility.B"]


def test_many_are_tried_file_by_file() -> None:
    many = [*changed("A", "B"), *changed("C", file="b.yaml")]
    assert [(part.name, len(part.changes)) for part in tried_alone(many, most=2)] == [("a.yaml", 2), ("b.yaml", 1)]


def test_too_many_for_either_are_tried_together_only() -> None:
    assert tried_alone(changed(*"ABCDEFG")) == ()
    assert tried_alone([one for name in "ABC" for one in changed(name, file=name)], most=2) == ()
