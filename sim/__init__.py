"""Boligtrapp: the simulation of a housing ladder."""

from sim.native import use

use()
