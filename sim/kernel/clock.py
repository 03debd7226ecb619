"""The clock: a SimPy environment with phases, a total order of events, and one reusable event per owner.

Events are processed in the order of (time, phase, sequence): phases order what happens at one instant,
and the sequence number, given when an event enters the heap, orders the rest. Nothing is ever cancelled.

The heap is SimPy's own, and so is the order. Entries of ours are plain objects with the few attributes that
``Environment.step`` reads, so that SimPy can carry them out as well as our own loop, which saves the detour
through a list of callbacks: a test holds the two ways against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from math import inf
from typing import Any, ClassVar

import simpy

CALENDAR = 2
"""Phase of dates: rules that come into force, arrivals and projects that open, ageing."""
PEOPLE = 3
"""Phase of what people do: needs, moves, replies, incidents."""
ALLOCATION = 4
"""Phase of allocation meetings."""
MEASURES = 5
"""Phase of observation: sees an instant after everything else has happened."""


class Clock:
    """Simulated time in days, as floats, and the queue of what is to happen.

    Parameters
    ----------
    start : float
        The time at which the clock starts.

    Attributes
    ----------
    env : simpy.Environment
        Processes in SimPy's own style may live in it; their timeouts have SimPy's priorities 0 and 1, so they
        come before every phase of the same instant.
    now : float
        The present time in days; only the clock sets it. (A process in an environment that SimPy runs itself, and not
        `run`, asks ``env.now``.)
    events : int
        Callbacks called and reusable events fired so far; SimPy processes are not counted.
    stale_pops : int
        Heap entries of reusable events that were met before, or after, their owner's due time.
    """

    __slots__ = ("_heap", "_sequence", "env", "events", "now", "stale_pops")

    def __init__(self, start: float = 0.0) -> None:
        self.env = simpy.Environment(start)
        # SimPy types its heap by its own names, which cost a call each.
        self._heap: list[tuple[float, int, int, Any]] = self.env._queue  # type: ignore[assignment]
        self._sequence: Iterator[int] = self.env._eid
        self.now = float(start)
        self.events = 0
        self.stale_pops = 0

    def push(self, time: float, phase: int, entry: Entry) -> None:
        """Put an entry into the heap, at exactly this time.

        ``Environment.schedule`` takes a delay, and now + (time - now) need not be time in floating point: two
        things due at one instant would come apart, and the phases would no longer order them.
        """
        heappush(self._heap, (time, phase, next(self._sequence), entry))

    def at(self, time: float, phase: int, callback: Callable[[], None]) -> None:
        """Call `callback` at exactly `time`, in the given phase.

        Parameters
        ----------
        time : float
            Absolute time in days, now or later.
        phase : int
            `CALENDAR`, `PEOPLE`, `ALLOCATION` or `MEASURES`.
        callback : callable
            Called once, without arguments.

        Raises
        ------
        ValueError
            If the time has passed, or is not a number.
        """
        if not time >= self.now:
            raise ValueError(f"cannot schedule an event at {time}: it is already {self.now}")
        self.push(time, phase, _Call(self, callback))

    def run(self, until: float) -> None:
        """Process every event strictly before `until`, and leave the clock at `until`.

        Windows are half-open: what is due at exactly `until` stays in the queue, whatever its phase, and is
        the first thing the next call processes. Running in pieces equals running at once.

        Parameters
        ----------
        until : float
            Absolute, finite time in days, now or later.

        Raises
        ------
        ValueError
            If the time has passed, is infinite or is not a number.
        """
        if not self.now <= until < inf:
            raise ValueError(f"cannot run until {until}: it is already {self.now}")
        env, heap = self.env, self._heap
        # run(until=...) of SimPy would round the time as schedule does, and leave its own event in the heap.
        while heap and heap[0][0] < until:
            time = self.now = heap[0][0]
            entry = heap[0][3]
            if isinstance(entry, Entry):
                heappop(heap)
                env._now = time
                entry.pop(time)
            else:
                env.step()
        self.now = env._now = until


class Entry:
    """What stands in the heap. ``callbacks``, ``_ok`` and ``_value`` are what SimPy reads of an event."""

    __slots__ = ("callbacks", "clock")
    _ok: ClassVar[bool] = True
    _value: ClassVar[None] = None

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.callbacks: tuple[Callable[[Any], None], ...] | None = _POPPED

    def pop(self, now: float) -> None:
        """Happen: the entry has been taken from the heap."""
        raise NotImplementedError


def _popped(entry: Entry) -> None:
    """What ``Environment.step`` calls, where SimPy runs the environment itself."""
    entry.callbacks = _POPPED  # step has taken them away, and the entry may be used again
    clock = entry.clock
    clock.now = now = clock.env.now
    entry.pop(now)


_POPPED = (_popped,)  # shared and fixed: a SimPy process cannot wait for an entry, whose pops are not all firings


class _Call(Entry):
    """A callback that waits in the heap."""

    __slots__ = ("callback",)

    def __init__(self, clock: Clock, callback: Callable[[], None]) -> None:
        super().__init__(clock)
        self.callback = callback

    def pop(self, now: float) -> None:
        """Call it."""
        self.clock.events += 1
        self.callback()


class Standing(Entry):
    """The one event of an owner, used again and again: "the next thing that happens to me".

    The owner moves its due time with `stand` as often as it likes. An entry stands in the heap at or before
    the due time. If the due time moves later the entry stays, and reschedules itself when it is popped; if it
    moves earlier a new entry is pushed, and the old one means nothing when it is popped in its turn.

    Parameters
    ----------
    clock : Clock
        Where the event stands.
    phase : int
        The phase in which it fires.
    fire : callable
        Called once, with the owner, when the due time has come. Nothing is due then, until `stand` is called
        again, often from `fire` itself.
    owner : object
        Whose event it is.

    Attributes
    ----------
    due : float
        When the event fires; infinite when nothing is due.

    Notes
    -----
    A SimPy process cannot wait for a `Standing`, whose pops are not all firings: SimPy raises
    AttributeError, since the callbacks cannot be appended to.
    """

    __slots__ = ("_entry", "due", "fire", "owner", "phase")

    def __init__(self, clock: Clock, phase: int, fire: Callable[[Any], None], owner: Any = None) -> None:
        super().__init__(clock)
        self.phase = phase
        self.fire = fire
        self.owner = owner
        self.due = inf
        self._entry = inf  # time of the entry that counts; any other entry is an orphan

    def stand(self, time: float) -> None:
        """Let the event fire at exactly `time` instead of whenever it was due before.

        Parameters
        ----------
        time : float
            Absolute time in days, now or later; infinite for "nothing is due".

        Raises
        ------
        ValueError
            If the time has passed, or is not a number.
        """
        clock = self.clock
        if not time >= clock.now:
            raise ValueError(f"cannot stand at {time}: it is already {clock.now}")
        self.due = time
        if time < self._entry:
            self._entry = time
            clock.push(time, self.phase, self)

    def pop(self, now: float) -> None:
        """Fire, or reschedule, or forget."""
        if self.due == now:
            self.due = self._entry = inf
            self.clock.events += 1
            self.fire(self.owner)
            return
        self.clock.stale_pops += 1
        if self._entry == now:
            due = self._entry = self.due
            if due < inf:
                self.clock.push(due, self.phase, self)
