"""What `check` prints of systems, rates and total effects."""

from sim.cli.honesty import honesty_lines

TOLD = {
    "systems": {
        "beds": {"size": None, "unit": "beds", "source": "SEED", "on": False, "label": {"nb": "Plasser", "en": "Beds"}},
        "homes": {"size": 12.0, "unit": "homes", "source": "assumption", "on": True, "label": {}},
    },
    "rates": [
        {"id": "stay", "value": "4 years", "observation": None, "solidity": "", "identified": False, "bears_on": ("wait",)},
        {"id": "death", "value": "40 years", "observation": "DK", "solidity": "B", "identified": True, "bears_on": ()},
    ],
    "effects": [
        {"from": "a", "to": "b", "of": "exits", "ratio": 0.25, "parts": {"x": 0.25}},
        {"from": "b", "to": "a", "of": "exits", "ratio": 4.0, "parts": {"x": 4.0}},
        {"from": "b", "to": "c", "of": "exits", "ratio": 2.0, "parts": {"x": 2.0}},
        {"from": "a", "to": "b", "of": "recovery", "ratio": None, "parts": {"y": None}},
        {"from": "a", "to": "b", "of": "deaths", "ratio": 1.0, "parts": {}},
    ],
}


def test_in_english() -> None:
    assert list(honesty_lines(TOLD, "en")) == [
        "  Systems (1 of 2 are in the model):",
        "    Beds (beds): no figure, SEED - not in",
        "    homes (homes): 12 homes, assumption",
        "  Rates (1 of 2 are informed by a source; the rest are not identified):",
        "    stay = 4 years: not identified; bears on wait",
        "    death = 40 years: DK (B)",
        "  Total effect of moving the same person, where it is largest (all are in --json):",
        "    exits: from b to a: 4 times (x 4)",
        "    recovery: from a to b: without bound times (y without bound)",
    ]


def test_in_norwegian_and_of_what_is_not_there() -> None:
    lines = list(honesty_lines(TOLD, "nb"))
    assert "    homes (homes): 12 boliger, antakelse" in lines
    assert "    Plasser (beds): uten tall, SEED - ikke med" in lines
    assert list(honesty_lines({}, "nb")) == []
