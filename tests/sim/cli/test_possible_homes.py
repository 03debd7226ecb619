"""The stock of a scenario as `check` sees it: who among the applicants has no possible dwelling."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rules import load_ruleset
from sim.cli.possible_homes import stock_remarks
from sim.kernel import Discrete
from sim.world.blueprint import ByField, ByNeed, Fixed, OneOf, SiteSpec, TypeSpec

RULES = """\
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  needs_rooms: {of: applicant, type: int, range: 1..9, source: stored, label: {nb: behov, en: need}}
  rooms: {of: dwelling, type: int, range: 1..9, source: stored, label: {nb: rom, en: rooms}}
  home_rank: {of: dwelling, type: int, range: 1..5, source: {supplied: {by: world}}, label: {nb: trinn, en: rank}}
  noise: {of: site, type: int, range: 0..9, source: {supplied: {by: incidents}}, label: {nb: uro, en: noise}}
matching:
  ROOMS: {requires: rooms >= needs_rooms and home_rank >= 1, status: illustrative}
  QUIET: {requires: noise <= 3, status: illustrative}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    file = tmp_path / "tiny.yaml"
    file.write_text(RULES, encoding="utf-8")
    return file


def scenario(rules: Path, draw: Any, rooms: int = 3) -> Any:
    kind = TypeSpec("flat", "velferd", 1, 1, True, {"rooms": 2})
    sites = (SiteSpec("one", "flat", 4), SiteSpec("two", "flat", 1, dwelling_attributes={"rooms": rooms}))
    groups = {"all": SimpleNamespace(fields={"needs_rooms": draw})}
    blueprint = SimpleNamespace(types={"flat": kind}, sites=sites, groups=groups)
    return SimpleNamespace(blueprint=blueprint, rulesets={"hash": load_ruleset(rules)})


@pytest.mark.parametrize(
    "draw",
    [
        Fixed(4),
        OneOf(Discrete((1, 4), (0.9, 0.1))),
        ByNeed({("velferd", 1): Discrete((1,), (1.0,)), ("velferd", 2): Discrete((4,), (1.0,))}),
        ByField("other", {1: Fixed(1), 2: OneOf(Discrete((2, 4), (0.5, 0.5)))}),
    ],
)
def test_who_needs_more_rooms_than_any_home_has_is_found(rules: Path, draw: Any) -> None:
    [found] = stock_remarks(scenario(rules, draw))
    assert "needs_rooms = 4" in found.message
    assert stock_remarks(scenario(rules, draw, rooms=4)) == ()


def test_what_nobody_draws_does_not_count(rules: Path) -> None:
    assert stock_remarks(scenario(rules, OneOf(Discrete((1, 3), (0.5, 0.5))))) == ()


def test_it_is_accepted_beside_the_rules(rules: Path) -> None:
    rules.with_name("accepted.yaml").write_text("findings: {BT701 matching: large families are housed elsewhere}\n")
    assert stock_remarks(scenario(rules, Fixed(4))) == ()
