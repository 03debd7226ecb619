"""Being asked to stop: by Ctrl-C, or by the system or a scheduler."""

import signal
from types import FrameType
from typing import NoReturn


def stop_on_signals() -> None:
    """Make SIGINT and SIGTERM end the work as Ctrl-C does: finished replications are kept.

    Shells start background jobs with SIGINT ignored; a long simulation should still be stopped by one that is sent to it.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
