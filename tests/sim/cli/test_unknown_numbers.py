"""Which numbers of a scenario are varied, how they are written, and which cannot move alone."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from rules.reading import Finding, InputError, Place, parse_yaml, plain
from sim.cli.varied import varied

TRIED: list[list[tuple[str, str]]] = []


def known(**values: tuple[str, str]) -> list[Any]:
    return [
        SimpleNamespace(
            id=name, label={}, value=value, range=range_, kind="uncertain", source="BK-1", note="Not identified here."
        )
        for name, (value, range_) in values.items()
    ]


def load(settings: Sequence[tuple[str, str]]) -> None:
    """Refuse counts between whole numbers at their place, and `stuck` above 3 somewhere else."""
    TRIED.append(list(settings))
    wrong = [
        Finding("quantity", "a count is a whole number", Place(f"--set {path}", 1, 1, ""))
        for path, text in settings
        if "homes" in path and "." in text
    ]
    if not wrong and any("stuck" in path and float(text) > 3 for path, text in settings):
        wrong = [Finding("full", "more residents than homes", Place("today.yaml", 4, 1, ""))]
    if wrong:
        raise InputError(*wrong)


@pytest.mark.parametrize(
    ("value", "range_", "low", "middle"),
    [
        ("4 years", "[2 years, 6 years]", "2 years", "4 years"),
        ("exponential: 6 years", "[4 years, 8 years]", {"exponential": "4 years"}, {"exponential": "6 years"}),
        (
            "lognormal: {mean: 32 days, sd: 16 days}",
            "[20 days, 40 days]",
            {"lognormal": {"mean": "20 days", "sd": "10 days"}},
            {"lognormal": {"mean": "30 days", "sd": "15 days"}},
        ),
        ("weibull: {mean: 2 years, shape: 1.5}", "[1 year, 3 years]", {"weibull": {"mean": "1 years", "shape": 1.5}}, None),
        ("12 %", "[10 %, 20 %]", "10 %", "15 %"),
    ],
)
def test_values_as_they_are_written(value: str, range_: str, low: Any, middle: Any) -> None:
    [of] = varied(known(x=(value, range_)), (), load).varied
    assert of.assumed
    assert plain(parse_yaml(of.setting(0.0)[1], "x")) == low
    assert middle is None or plain(parse_yaml(of.setting(0.5)[1], "x")) == middle


def test_few_loads_tell_what_is_whole_and_what_cannot_move() -> None:
    TRIED.clear()
    many = {f"x{i}": ("1.5", "[1, 2]") for i in range(40)} | {f"homes{i}": ("10", "[5, 15]") for i in range(20)}
    found = varied(known(**many, stuck=("2", "[1, 5]"), marks=("{a: 1}", "")), (), load)
    assert [of.id for of in found.varied if of.span.whole] == [f"homes{i}" for i in range(20)]
    assert dict(found.fixed) == {"stuck": "more residents than homes", "marks": "it has no range"}
    assert len(TRIED) < 20
    # Between whole numbers nothing is ever tried again.
    assert found.varied[-1].setting(0.26)[1] in {str(n) for n in range(5, 16)}


def test_what_has_no_numbers_has_no_range() -> None:
    told = dict(
        varied(known(x=("1", "[0, 2]"), a=("1", "[2]"), b=("1", "[2, 2]"), c=("1", "low"), d=("z", "[1, 2]")), (), load).fixed
    )
    assert set(told) == {"a", "b", "c", "d"} and "single value" in told["b"]
