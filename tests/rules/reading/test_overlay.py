import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.reading import InputError, Node, at, changed_paths, conflicts, overlay, parse_yaml, plain

BASE = """\
homes: 40
stay: 4 years
cost: 3.8 million NOK
arrivals: 9.5 per year
services:
  north: {hours_per_week: 120, share: 20 %}
projects:
  - {id: fm-1, start: 2027-01-01}
  - {id: fm-2, start: 2027-07-01}
levels: [1, 2, 3]
time: {lognormal: {mean: 4 years}}
"""


def tree(text: str, file: str = "policy.yaml") -> Node:
    return parse_yaml(text, file)


def result(changes: str) -> dict[str, object]:
    data: dict[str, object] = plain(overlay(tree(BASE, "base.yaml"), tree(changes)))
    return data


def test_maps_merge_scalars_and_plain_lists_replace() -> None:
    base = plain(tree(BASE))
    base["homes"] = 41
    base["levels"] = [9]
    base["services"]["north"]["share"] = "30 %"
    assert result("{homes: 41, levels: [9], services: {north: {share: 30 %}}}") == base


def test_records_go_by_id() -> None:
    changed = result("projects: {add: [{id: fm-3}], fm-1: {start: 2028-01-01}, fm-2: {remove: true}}")
    from datetime import date

    assert changed["projects"] == [{"id": "fm-1", "start": date(2028, 1, 1)}, {"id": "fm-3"}]


def test_keys_of_maps_are_added_and_removed() -> None:
    changed = result("{add: {new: 1}, homes: {remove: true}, time: {lognormal: {remove: true}, add: {fixed: 2}}}")
    assert changed["new"] == 1
    assert "homes" not in changed
    assert changed["time"] == {"fixed": 2}


def test_a_number_may_become_a_distribution_and_back() -> None:
    assert result("stay: {lognormal: 3}")["stay"] == {"lognormal": 3}
    assert result("time: 3 years")["time"] == "3 years"


@pytest.mark.parametrize(
    ("key", "change", "value"),
    [
        ("homes", "+80", 120), ("homes", "+-10", 30), ("homes", "+10 %", 44), ("homes", "+1 %", 40.4),
        ("stay", "+4 years", "8 years"), ("stay", "+6 months", "4.5 years"), ("stay", "+1", "5 years"),
        ("cost", "+200 thousand NOK", "4 million NOK"), ("cost", "+200 000 NOK", "4 million NOK"),
        ("arrivals", "+10 %", "10.45 per year"), ("arrivals", "+1 per month", "21.5 per year"),
    ],
)  # fmt: skip
def test_plus_adds_and_keeps_the_unit(key: str, change: str, value: object) -> None:
    assert result(f"{key}: {change}")[key] == value


def test_percent_multiplies_a_share_and_points_add() -> None:
    assert result("services: {north: {share: +10 %}}")["services"]["north"]["share"] == "22 %"  # type: ignore[index]
    assert result("services: {north: {share: +10 points}}")["services"]["north"]["share"] == "30 %"  # type: ignore[index]


def test_a_quoted_plus_replaces() -> None:
    assert result("homes: '+80'")["homes"] == "+80"


def test_values_keep_the_place_where_they_were_written() -> None:
    merged = overlay(tree(BASE, "base.yaml"), tree("homes: +1\nservices: {north: {share: 1 %}}"))
    assert str(at(merged, ("homes",)).place) == "policy.yaml:1:8"
    assert str(at(merged, ("services", "north", "share")).place) == "policy.yaml:2:27"
    assert at(merged, ("services", "north", "hours_per_week")).place.file == "base.yaml"


def test_all_that_hits_nothing_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        result("{homse: 1, services: {south: {}}, projects: {fm-9: {remove: true}}}")
    assert [f.code for f in caught.value.findings] == ["overlay-hits-nothing"] * 3


def test_changed_paths_name_what_is_touched() -> None:
    changes = tree("projects: {add: [{id: fm-3}], fm-1: {start: 1}, fm-2: {remove: true}}\nadd: {new: 1}\nhomes: 40")
    assert changed_paths(tree(BASE), changes) == [
        ("projects", "fm-3"), ("projects", "fm-1", "start"), ("projects", "fm-2"), ("new",), ("homes",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("homes: 41", "stay: 1 day", 0), ("homes: 41", "homes: 42", 1), ("homes: +1", "homes: +1", 1),
        ("projects: {fm-1: {remove: true}}", "projects: {fm-1: {start: 1}}", 1),
        ("projects: {fm-1: {start: 1}}", "projects: {fm-2: {start: 1}}", 0),
        ("projects: {add: [{id: a}]}", "projects: {add: [{id: a}]}", 1),
        ("projects: {add: [{id: a}]}", "projects: {add: [{id: b}]}", 0),
        ("time: 3 years", "time: {lognormal: {mean: 1}}", 1),
    ],
)  # fmt: skip
def test_conflicts_are_changes_on_one_path(first: str, second: str, count: int) -> None:
    assert len(conflicts([tree(first, "a.yaml"), tree(second, "b.yaml")])) == count


DATA = st.recursive(
    st.integers(0, 9) | st.text("xyz", min_size=1, max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("abcdef"), inner, min_size=1, max_size=3),
    max_leaves=8,
)
MAPS = st.dictionaries(st.sampled_from("abcdef"), DATA, min_size=1, max_size=4)


@given(MAPS)
def test_a_tree_laid_over_itself_changes_nothing(data: dict[str, object]) -> None:
    from rules.reading import Place, from_plain

    node = from_plain(data, Place("f", 1, 1, ""))
    assert plain(overlay(node, node)) == data


@given(MAPS, st.sampled_from("ghi"))
def test_a_key_that_is_not_there_is_never_set_silently(data: dict[str, object], key: str) -> None:
    from rules.reading import Place, from_plain

    node = from_plain(data, Place("f", 1, 1, ""))
    with pytest.raises(InputError, match="there is no"):
        overlay(node, from_plain({key: 1}, node.place))
    added = plain(overlay(node, from_plain({"add": {key: 1}}, node.place)))
    assert added == data | {key: 1}
