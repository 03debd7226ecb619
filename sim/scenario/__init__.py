"""Scenarios: YAML files read, checked and made into frozen data that a world is assembled from."""

from sim.scenario.check import check_scenario
from sim.scenario.load import load_comparison, load_scenario
from sim.scenario.parameters import Assumption
from sim.scenario.scenario import PolicyInfo, Scenario

__all__ = ["Assumption", "PolicyInfo", "Scenario", "check_scenario", "load_comparison", "load_scenario"]
