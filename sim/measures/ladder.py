"""Figures of where people stand on the ladders, against what they need."""

from __future__ import annotations

from sim.measures.breakdown import Breakdown
from sim.measures.survival import FloatArray
from sim.measures.tables import Tables, ratio


def lowest_step_share(tables: Tables, by: Breakdown) -> FloatArray:
    """Household-days at step 1 of the main ladder or lately moved out to ordinary housing, among residents and those."""
    people, ask = tables.households, tables.conditions
    lowest = people.total(people.where(ask.at_lowest_step), by.households, by.size)
    return ratio(lowest, people.total(people.where(ask.resident_or_former), by.households, by.size))


def need_lowest_housed_lowest_share(tables: Tables, by: Breakdown) -> FloatArray:
    """Among household-days with a true need of rank 1: at a first step or out in ordinary housing."""
    people, ask = tables.households, tables.conditions
    served = people.total(people.where(ask.needs_and_has_lowest), by.households, by.size)
    return ratio(served, people.total(people.where(ask.needs_lowest), by.households, by.size))


def below_need_share(tables: Tables, by: Breakdown) -> FloatArray:
    """Among resident-days in the ladders: those in a home of less support than the true need."""
    people, ask = tables.households, tables.conditions
    below = people.total(people.where(ask.below_need), by.households, by.size)
    return ratio(below, people.total(people.where(ask.resident), by.households, by.size))
