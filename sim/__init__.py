"""Boligtrapp: the simulation of a housing ladder."""
