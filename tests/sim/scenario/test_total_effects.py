"""What moving between types of homes does to a reference person, against ratios worked out by hand."""

from __future__ import annotations

from math import exp, inf
from pathlib import Path
from typing import Any

import pytest

from sim.scenario import load_scenario
from sim.scenario.check import check_scenario
from sim.scenario.reference_person import Moved, conflict_marks, surroundings
from sim.scenario.total_effects import total_effects

RULES = """
ruleset: plain
label: {nb: Enkle regler, en: Plain rules}
fields:
  conflict: {of: applicant, type: int, range: 0..3, source: stored, label: {nb: konfliktatferd, en: conflict behaviour}}
  robust: {of: dwelling, type: yes/no, source: stored, label: {nb: robust, en: robust}}
"""

#: Sixteen mixed homes in one place, and four for those who are hardest to house; one home that stands alone.
SCENARIO = """
scenario: small
rules: rules.yaml
schemes: {only: {ranks: [1, 2]}}
types:
  large: {scheme: only, step: 1, attributes: {robust: no}}
  small: {scheme: only, step: 2, attributes: {robust: yes}}
  alone: {scheme: only, step: 1, attributes: {robust: no}}
sites:
  - {id: large, type: large, dwellings: 16}
  - {id: small, type: small, dwellings: 4}
  - {id: alone, type: alone, sites: 2, dwellings: 1}
groups:
  people:
    arrivals: {rate: 3 per year}
    need: {only: {1: 60 %, 2: 40 %}}
marks:
  conflict: {by_need: {only: {1: {0: 75 %, 1: 25 %}, 2: {1: 25 %, 2: 75 %}}}}
risk_factors:
  right: {when: own_rank >= true_rank, factor: 1.5}
  conflict: {when: conflict >= 2, factor: 7}
  robust: {when: robust, factor: 0.8}
  neighbours: {of: neighbour_conflict_percent, bands: {0: 0, 50: 75}, exp: SLOPE}
  size: {of: site_size, bands: {1: 1, 4: 4, 16: 16}, power: EXPONENT}
initial:
  residents:
    large: {count: 10, groups: {people: 100 %}, need: {only: {1: 100 %}}}
    small: {count: 4, groups: {people: 100 %}}
needs:
  transitions:
    better: {from: {need: 2}, to: 1, after: {exponential: 5 years}, factors: [right]}
    worse: {from: {need: 1}, to: 2, after: {exponential: 5 years}}
exits:
  transitions:
    leaves: {from: {need: 1}, after: {exponential: 4 years}, destination: private}
incidents: {own: {after: {exponential: 1 year}, factors: [conflict, robust, neighbours, size]}, conflict_from: 2}
"""


def written(tmp_path: Path, slope: float = 0.0, exponent: float = 0.0, more: str = "") -> Path:
    (tmp_path / "rules.yaml").write_text(RULES)
    file = tmp_path / "small.yaml"
    file.write_text(SCENARIO.replace("SLOPE", str(slope)).replace("EXPONENT", str(exponent)) + more)
    return file


def effects(file: Path) -> dict[tuple[str, str, str], Any]:
    scenario = load_scenario(file)
    return {(e.origin, e.destination, e.kind): e for e in total_effects(Moved(scenario.blueprint, scenario.layout))}


def test_who_lives_around(tmp_path: Path) -> None:
    blueprint = load_scenario(written(tmp_path)).blueprint
    assert conflict_marks(blueprint, "large") == {0: 0.75, 1: 0.25}
    assert conflict_marks(blueprint, "small") == {1: 0.25, 2: 0.75}
    around = surroundings(blueprint)
    assert {name: (of.homes, of.conflict_percent) for name, of in around.items()} == {
        "large": (16, 0), "small": (4, 75), "alone": (1, 0),
    }  # fmt: skip
    assert around["small"].conflict_sum == round(3 * (0.25 + 2 * 0.75))


def test_the_ratio_is_the_product_of_what_the_types_differ_in(tmp_path: Path) -> None:
    found = effects(written(tmp_path, slope=0.01, exponent=0.2))
    move = found["large", "small", "own_incidents"]
    assert move.parts == pytest.approx({"robust": 0.8, "neighbours": exp(0.75), "size": 4**0.2 / 16**0.2})
    assert move.ratio == pytest.approx(0.8 * exp(0.75) * 0.25**0.2)  # one's own conflict behaviour is the same in both
    assert found["small", "large", "own_incidents"].ratio == pytest.approx(1.0 / move.ratio)
    better = found["large", "small", "recovery"]
    assert (better.ratio, better.parts, better.need) == (1.5, {"right": 1.5}, 2)
    assert found["alone", "large", "recovery"].ratio == 1.0
    assert not any(kind in ("exits", "worsening") for _, _, kind in found)  # they have no risk factors


@pytest.mark.parametrize(
    ("slope", "exponent", "ratio", "worse"),
    [
        (0.0, 0.0, 0.8, False),
        (0.0, 0.3, 0.8 * 0.25**0.3, False),
        (0.0, -0.3, 0.8 * 4**0.3, True),  # many neighbours see and settle more: 0.8 x 1.516
        (0.012, 0.0, 0.8 * exp(0.9), True),  # four of the hardest to house, next to each other: 0.8 x 2.46
        (0.012, 0.3, 0.8 * exp(0.9) * 0.25**0.3, True),
    ],
)
def test_small_is_able_to_lose(tmp_path: Path, slope: float, exponent: float, ratio: float, worse: bool) -> None:
    move = effects(written(tmp_path, slope, exponent))["large", "small", "own_incidents"]
    assert move.ratio == pytest.approx(ratio)
    assert (move.ratio > 1.0) == worse


def test_an_effect_beyond_the_limit_is_refused_with_its_parts(tmp_path: Path) -> None:
    file = written(tmp_path, slope=0.03)  # 0.8 x exp(2.25) = 7.59
    findings, _ = check_scenario(file)
    [found] = [f for f in findings if f.code == "total-effect"]
    assert found.severity == "error"
    assert "from large to small" in found.message or "from alone to small" in found.message
    assert "multiplies own_incidents (incidents.own) by 7.59" in found.message
    assert "robust 0.8, neighbours 9.49" in found.message


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ("max_total_effect: 8\n", False),
        ("max_total_effect: 7\n", True),
        ("accepted_effects: [{to: small, of: own_incidents, reason: measured}]\n", False),
        ("accepted_effects: [{to: small, of: recovery, reason: measured}]\n", True),
        ("accepted_effects: [{from: large, to: small, reason: measured}]\n", True),  # that from `alone` is not declared
    ],
)
def test_the_limit_and_what_is_declared(tmp_path: Path, more: str, refused: bool) -> None:
    findings, _ = check_scenario(written(tmp_path, slope=0.03, more=more))
    assert any(f.code == "total-effect" for f in findings) == refused


def test_a_clock_that_stands_still_is_an_effect_without_bound(tmp_path: Path) -> None:
    file = written(tmp_path)
    file.write_text(file.read_text().replace("factor: 0.8", "factor: 0"))
    assert effects(file)["small", "large", "own_incidents"].ratio == inf
    findings, told = check_scenario(file)
    assert any("without bound" in f.message for f in findings)
    assert {e["ratio"] for e in told["effects"] if (e["from"], e["of"]) == ("small", "own_incidents")} == {None}


def test_what_is_declared_names_types_and_gives_a_reason(tmp_path: Path) -> None:
    findings, _ = check_scenario(written(tmp_path, more="accepted_effects: [{to: smal, reason: x}]\n"))
    assert [f.code for f in findings] == ["dangling-reference"]
    assert "'smal'" in findings[0].message
    findings, _ = check_scenario(written(tmp_path, more="accepted_effects: [{to: small}]\n"))
    assert "reason" in findings[0].message


def test_what_is_said_of_a_scenario_is_no_part_of_what_decides_results(tmp_path: Path) -> None:
    plain = load_scenario(written(tmp_path)).hash
    said = "max_total_effect: 3\nsystems: {beds: {size: 4, unit: beds, source: assumption, simulated: no}}\n"
    assert load_scenario(written(tmp_path, more=said)).hash == plain
    assert load_scenario(written(tmp_path, slope=0.01)).hash != plain
