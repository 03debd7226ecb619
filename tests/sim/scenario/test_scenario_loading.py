"""A tiny scenario through the public loader: what stands in the blueprint, and what `--set` does."""

from __future__ import annotations

import pickle
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from rules.reading import InputError
from sim.scenario import load_scenario

TINY = Path(__file__).parents[2] / "bad_yaml" / "scenario" / "base.yaml"


def test_sites_are_expanded_and_keep_their_order() -> None:
    sites = load_scenario(TINY).blueprint.sites
    assert [(site.id, site.dwellings) for site in sites] == [("a-1", 2), ("a-2", 2), ("a-3", 2), ("b", 4)]
    assert not any(site.added for site in sites)


def test_the_rank_of_a_type_is_that_of_its_step() -> None:
    types = load_scenario(TINY).blueprint.types
    assert (types["home"].rank, types["other"].rank) == (1, 2)


def test_a_scenario_can_be_sent_to_another_process() -> None:
    scenario = load_scenario(TINY)
    copy = pickle.loads(pickle.dumps(scenario))
    assert copy.hash == scenario.hash
    assert copy.blueprint.sites == scenario.blueprint.sites
    assert copy.blueprint.regimes[0].program.hash == scenario.blueprint.regimes[0].program.hash


def test_a_parameter_is_set_by_its_name_alone() -> None:
    base, changed = load_scenario(TINY), load_scenario(TINY, [("parameters.stay", "2 years")])
    mean = lambda scenario: scenario.blueprint.mechanisms["exits"].transitions["leave"].after.mean  # noqa: E731
    assert mean(base) == 2 * mean(changed) == 4 * 365.25
    assert base.hash != changed.hash


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("parameters.stya", "2 years", ["there is no 'stya' in parameters", "did you mean stay"]),
        ("exits.transitions.leaves.destination", "private", ["'leaves'", "did you mean leave"]),
        ("sites.c.dwellings", "3", ["there is no 'c' in sites"]),
        ("exits..leave", "3", ["is no path"]),
        ("sites.b.dwellings", "-1", ["cannot be below zero", "--set sites.b.dwellings"]),
    ],
)
def test_a_setting_that_hits_nothing_or_is_wrong_is_refused(path: str, value: str, words: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        load_scenario(TINY, [(path, value)])
    for word in words:
        assert word in str(caught.value)


def test_years_replace_the_horizon_and_every_bin_lies_within() -> None:
    bins = load_scenario(TINY, years=2.0).blueprint.bins
    assert bins[0] == 0.0
    assert bins[-1] == 730.5
    assert len(bins) == 25
    assert all(b > a for a, b in pairwise(bins))


def test_every_file_read_is_named_with_its_hash() -> None:
    inputs = load_scenario(TINY).inputs
    assert [Path(name).name for name, _ in inputs] == ["base.yaml", "rules.yaml"]
    assert all(len(digest) == 64 for _, digest in inputs)


def test_unused_parameters_are_known() -> None:
    used = {assumption.id: assumption.used for assumption in load_scenario(TINY).assumptions}
    assert used == {"stay": True, "hours": False}


def test_curves_become_disjoint_bands() -> None:
    text = "{of: site_size, bands: {1: 1, 3: 4, 6: 9}, power: 0.5}"
    scenario = load_scenario(TINY, [("risk_factors.right", text)])
    factor = scenario.blueprint.factors["right"]
    assert [multiplier for _, multiplier in factor.conditions] == [2.0, 3.0]  # 1 ** 0.5 needs no condition
    assert factor.reads_home
    conditions = scenario.blueprint.conditions.build()
    facts = scenario.layout.new_site({"site_size": 4})
    home = scenario.layout.new_dwelling({"rooms": 2, "home_rank": 1})
    person = scenario.layout.new_applicant({"conflict": 0, "assessed_rank": 1})
    assert conditions.bits(person, home, facts, 0) == 1
    assert conditions.bits(person, None, None, 0) == 0


def test_a_neutral_factor_costs_no_condition() -> None:
    scenario = load_scenario(TINY, [("risk_factors.right.factor", "1")])
    assert scenario.blueprint.factors["right"].conditions == ()
    assert scenario.blueprint.conditions.names == ()


def test_the_start_moves_days() -> None:
    scenario = load_scenario(TINY)
    assert scenario.blueprint.start == date(2026, 1, 1)
    assert scenario.blueprint.mechanisms["projects"].root[0].opens == date(2026, 6, 1)
