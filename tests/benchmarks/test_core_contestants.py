"""The contestants are one model: three ways of asking the rules decide alike, and the engines agree roughly.

The test of equivalence proper (150 replications) belongs to ``python benchmarks/run.py``; here small runs catch gross drift.
"""

from statistics import mean, stdev

import pytest

from benchmarks.contestants import ours, simpy_process
from benchmarks.contestants.municipality import KPIS
from benchmarks.contestants.rules_by_hand import RulesByHand
from benchmarks.contestants.rules_generated import GeneratedRules
from benchmarks.contestants.rules_interpreted import InterpretedRules
from benchmarks.core_parameters import read_core


@pytest.mark.parametrize("form", ["memoryless", "competing"])
def test_rules_by_hand_generated_and_interpreted_decide_alike(form):
    core = read_core(form, scale=0.25, years=3.0)
    expected, counts = simpy_process.simulate(core, 3, RulesByHand())
    assert counts["model_events"] > 800
    for rules in (GeneratedRules(), InterpretedRules()):
        assert simpy_process.simulate(core, 3, rules)[0] == expected


def samples(form, runs, **changes):
    core = read_core(form, scale=0.25, years=4.0)
    first = [ours.simulate(form, 0.25, 4.0, seed)[0] for seed in range(runs)]
    if changes:
        core = read_core(form, scale=0.25 * changes["homes"], years=4.0)
    second = [simpy_process.simulate(core, 1000 + seed, RulesByHand())[0] for seed in range(runs)]
    return first, second


def scores(first, second):
    found = {}
    for kpi in KPIS:
        a, b = [run[kpi] for run in first], [run[kpi] for run in second]
        found[kpi] = (mean(b) - mean(a)) / ((stdev(a) ** 2 / len(a) + stdev(b) ** 2 / len(b)) ** 0.5)
    return found


@pytest.mark.parametrize("form", ["memoryless", "competing"])
def test_ours_and_a_process_per_resident_agree(form):
    z = scores(*samples(form, 25))
    assert all(abs(value) < 4 for value in z.values()), z


def test_a_larger_municipality_would_be_noticed():
    z = scores(*samples("memoryless", 25, homes=1.1))
    assert max(abs(value) for value in z.values()) > 4
