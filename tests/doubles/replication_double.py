"""Stand-ins for a replication. They live here, on the path of worker processes, which must import them by name."""

import os
import signal
import time
from typing import Any


def reply(scenario: Any, seed: int, k: int) -> tuple[Any, int, int]:
    """Stand in for a replication; even ones are slow, so that workers finish out of order."""
    time.sleep(0.02 * (k % 2 == 0))
    return scenario, seed, k


def die_at_three(scenario: Any, seed: int, k: int) -> int:
    if k == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return k


def fail_at_two(scenario: Any, seed: int, k: int) -> int:
    if k == 2:
        raise ArithmeticError("the sum is wrong")
    return k


def process(scenario: Any, seed: int, k: int) -> int:
    time.sleep(0.05)
    return os.getpid()


def interrupt_at_three(scenario: Any, seed: int, k: int) -> int:
    if k == 3:
        raise KeyboardInterrupt
    return k


def sleep_from_three(scenario: Any, seed: int, k: int) -> int:
    time.sleep(60 if k >= 3 else 0)
    return k


def die_once(scenario: Any, seed: int, k: int) -> tuple[Any, int, int]:
    """Die in replication 3, but only where nobody did before: `scenario` is the name of a file that says so."""
    if k == 3:
        try:
            os.close(os.open(scenario, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            pass
        else:
            os.kill(os.getpid(), signal.SIGKILL)
    return scenario, seed, k
