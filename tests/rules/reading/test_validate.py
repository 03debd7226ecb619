from datetime import date
from typing import Annotated, Literal

import pytest
from pydantic import Field, field_validator

from rules.reading import Days, InputError, Label, Record, parse_yaml, validate


class Fixed(Record):
    kind: Literal["fixed"]
    value: Days


class Spread(Record):
    kind: Literal["spread"]
    low: Days
    high: Days


class Team(Record):
    hours: int
    label: Label | None = None


class Lognormal(Record):
    lognormal: tuple[Days, Days]


class World(Record):
    stay: Annotated[Fixed | Spread, Field(discriminator="kind")] = Fixed(kind="fixed", value="1 day")  # type: ignore[arg-type]
    wait: Days | Lognormal = 0.0
    teams: dict[str, Team] = Field(default={})
    step: Annotated[int, Field(alias="home_step", ge=1, le=5)] = 1
    start: date | None = None
    many: list[int] = Field(default=[])
    even: int = 0
    either: Team | int | None = None

    @field_validator("even")
    @classmethod
    def _is_even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("only even numbers are")
        return value


def findings(text: str) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        validate(World, parse_yaml(text, "f.yaml"))
    return [(str(f.place), f"{f.message}; {f.hint}") for f in caught.value.findings]


def test_a_good_tree_becomes_a_model() -> None:
    text = "{stay: {kind: spread, low: 1 day, high: 2 weeks}, wait: {lognormal: [1 day, 1 week]}, home_step: 3}"
    world = validate(World, parse_yaml(text, "f"))
    assert isinstance(world.stay, Spread)
    assert isinstance(world.wait, Lognormal)
    assert (world.stay.high, world.wait.lognormal, world.step) == (14.0, (1.0, 7.0), 3)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("home_stpe: 3", "f.yaml:1:1", "the key 'home_stpe' is not known here; home_step"),
        ("teams: {north: {hours: 1, huors: 2}}", "f.yaml:1:27", "the key 'huors' is not known here; hours"),
        ("teams:\n  north: {}", "f.yaml:2:10", "the key 'hours' is missing in teams.north; None"),
        ("stay: {kind: spraed}", "f.yaml:1:14", "stay has the unknown kind 'spraed'; spread"),
        ("stay: {value: 1 day}", "f.yaml:1:7", "stay does not say its kind; None"),
        ("stay: {kind: fixed, value: 1 dya}", "f.yaml:1:28", "the unit 'dya' in '1 dya' is not known; day"),
        ("stay: {kind: fixed, value: 1 day, hihg: 2}", "f.yaml:1:35",
         "the key 'hihg' is not known here; known keys are kind, value"),
        ("wait: [1]", "f.yaml:1:7",
         "wait should be a duration such as '90 days' or a map (keys with values), but is a list; None"),
        ("wait: 4 yeras", "f.yaml:1:7", "the unit 'yeras' in '4 yeras' is not known; years"),
        ("wait: {lognormal: [1 day, 2]}", "f.yaml:1:27",
         'a duration needs its unit, but this is 2; write for instance "90 days"'),
        ("wait: {lognormal: [1 day]}", "f.yaml:1:19", "item 2 is missing in wait.lognormal; None"),
        ("home_step: 9", "f.yaml:1:12", "home_step should be 5 or less, but is the number 9; None"),
        ("home_step: x", "f.yaml:1:12", "home_step should be a whole number, but is the text 'x'; None"),
        ("start: next year", "f.yaml:1:8",
         "start should be a date such as 2027-01-31, but is the text 'next year'; None"),
        ("many: [1, 2.5]", "f.yaml:1:11", "many.1 should be a whole number, but is the number 2.5; None"),
        ("even: 3", "f.yaml:1:7", "even is not allowed: only even numbers are; None"),
        ("either: x", "f.yaml:1:9",
         "either should be a map (keys with values) or a whole number, but is the text 'x'; None"),
        ("either: {huors: 3, hours: 1}", "f.yaml:1:10", "the key 'huors' is not known here; hours"),
        ("teams: {north: {hours: 1, label: {nb: 5, en: x}}}", "f.yaml:1:39",
         'teams.north.label.nb should be text, but is the number 5; write it in quotes: "5"'),
        ("[1]", "f.yaml:1:1", "this should be a map (keys with values), but is a list; None"),
    ],
)  # fmt: skip
def test_one_mistake_one_finding_at_its_place(text: str, place: str, message: str) -> None:
    assert findings(text) == [(place, message)]


def test_all_mistakes_are_told_in_the_order_of_places() -> None:
    assert [place for place, _ in findings("home_step: 9\neven: 3\nunknown: 1\n")] == [
        "f.yaml:1:12", "f.yaml:2:7", "f.yaml:3:1",
    ]  # fmt: skip


def test_messages_do_not_speak_of_python() -> None:
    text = "stay: 3\nwait: {}\nteams: [1]\nhome_step: {}\nstart: {}\nmany: x\neven: []\neither: []\n"
    for _, message in findings(text):
        for word in ("valid", "instance of", "dictionary", "Input", "parse", "str", "dict", "int"):
            assert f" {word} " not in f" {message} ".replace("for instance", "")
