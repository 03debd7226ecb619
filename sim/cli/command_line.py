"""The command as it can be typed again."""

import shlex
import sys


def command_line() -> str:
    """Give the command of this process, quoted for a shell: ``python run_sim.py compare …`` or ``boligtrapp compare …``."""
    program = sys.argv[0].replace("\\", "/").rsplit("/", 1)[-1]
    start = ["python", program] if program.endswith(".py") else [program]
    return shlex.join([*start, *sys.argv[1:]])
