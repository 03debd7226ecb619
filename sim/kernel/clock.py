"""The clock: a SimPy environment with phases, a total order of events, and one reusable event per owner.

Events are processed in the order of (time, phase, sequence): phases order what happens at one instant,
and the sequence number, given when an event enters the heap, orders the rest. Nothing is ever cancelled.
"""

from collections.abc import Callable
from heapq import heappush
from math import inf

import simpy

CALENDAR = 2
"""Phase of dates: rules that come into force, arrivals and projects that open, ageing."""
PEOPLE = 3
"""Phase of what people do: needs, moves, replies, incidents."""
ALLOCATION = 4
"""Phase of allocation meetings."""
MEASURES = 5
"""Phase of observation: sees an instant after everything else has happened."""


class _Environment(simpy.Environment):
    """A SimPy environment that can also be told the exact time of an event.

    ``Environment.schedule`` takes a delay, and now + (time - now) need not be time in floating point: two
    things due at one instant would come apart, and the phases would no longer order them.
    """

    def push(self, time: float, priority: int, event: simpy.Event) -> None:
        # SimPy declares priorities as a NewType over int; making one costs more than the push.
        heappush(self._queue, (time, priority, next(self._eid), event))  # type: ignore[misc]

    def run_before(self, until: float) -> None:
        # run(until=...) would round the time as schedule does, and leave its own event in the heap.
        queue, step = self._queue, self.step
        while queue and queue[0][0] < until:
            step()
        self._now = until


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
    events : int
        Callbacks called and reusable events fired so far; SimPy processes are not counted.
    stale_pops : int
        Heap entries of reusable events that were met before, or after, their owner's due time.
    """

    __slots__ = ("env", "events", "stale_pops")

    def __init__(self, start: float = 0.0) -> None:
        self.env = _Environment(start)
        self.events = 0
        self.stale_pops = 0

    @property
    def now(self) -> float:
        """The present time in days."""
        return self.env._now

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
        env = self.env
        if not time >= env._now:
            raise ValueError(f"cannot schedule an event at {time}: it is already {env._now}")
        env.push(time, phase, _Call(self, callback))

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
        env = self.env
        if not env._now <= until < inf:
            raise ValueError(f"cannot run until {until}: it is already {env._now}")
        env.run_before(until)


class _Call(simpy.Event):
    """A callback that waits in the heap."""

    __slots__ = ("callback", "callbacks", "clock", "env")
    _ok = True
    _value = None

    def __init__(self, clock: Clock, callback: Callable[[], None]) -> None:
        self.env = clock.env
        self.callbacks = _CALLED  # type: ignore[assignment]
        self.clock = clock
        self.callback = callback


def _call(event: _Call) -> None:
    event.clock.events += 1
    event.callback()


_CALLED = (_call,)  # shared: nobody else can hold the event, so nothing is ever appended


class Standing(simpy.Event):
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
        Called once when the due time has come. Nothing is due then, until `stand` is called again,
        often from `fire` itself.

    Attributes
    ----------
    due : float
        When the event fires; infinite when nothing is due.

    Notes
    -----
    A SimPy process cannot wait for a `Standing`, whose pops are not all firings: SimPy raises
    AttributeError, since the callbacks cannot be appended to.
    """

    __slots__ = ("_entry", "callbacks", "clock", "due", "env", "fire", "phase")
    env: _Environment
    _ok = True
    _value = None

    def __init__(self, clock: Clock, phase: int, fire: Callable[[], None]) -> None:
        self.env = clock.env
        self.callbacks = _POPPED  # type: ignore[assignment]
        self.clock = clock
        self.phase = phase
        self.fire = fire
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
        env = self.env
        if not time >= env._now:
            raise ValueError(f"cannot stand at {time}: it is already {env._now}")
        self.due = time
        if time < self._entry:
            self._entry = time
            env.push(time, self.phase, self)


def _popped(event: Standing) -> None:
    """Fire, or reschedule, or forget: what Environment.step calls at each entry of a Standing."""
    # Environment.step has taken the callbacks away, and the event is to be used again.
    event.callbacks = _POPPED  # type: ignore[assignment]
    now = event.env._now
    if event.due == now:
        event.due = event._entry = inf
        event.clock.events += 1
        event.fire()
        return
    event.clock.stale_pops += 1
    if event._entry == now:
        due = event._entry = event.due
        if due < inf:
            event.env.push(due, event.phase, event)


_POPPED = (_popped,)
