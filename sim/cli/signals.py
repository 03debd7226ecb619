"""Being asked to stop: by Ctrl-C, or by the system or a scheduler."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def stop_on_signals() -> Iterator[Callable[[], bool]]:
    """Note the first SIGINT or SIGTERM, so that finished replications are kept; a second one ends everything at once.

    The first is noted and not raised: an exception in the middle of writing would leave half a replication behind.
    SIGINT counts even where it was ignored before, as shells do for jobs in the background.

    Yields
    ------
    callable () -> bool
        Whether to stop.
    """
    asked = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
