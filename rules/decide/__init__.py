"""Deciding by a rule set: compiled programs, and the plain interpreter that they are tested against."""

from rules.decide.compile import compile_program, compile_programs
from rules.decide.grounds import Ground, grounds
from rules.decide.program import Program, ProgramSource
from rules.decide.scan import scan_key, scan_suits

__all__ = [
    "Ground",
    "Program",
    "ProgramSource",
    "compile_program",
    "compile_programs",
    "grounds",
    "scan_key",
    "scan_suits",
]
