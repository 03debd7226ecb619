"""Moments: the closed list of what can happen to somebody, and who wants to know.

Each moment is a tuple of handlers fixed at assembly, called in the order of the mechanisms. An empty tuple costs nothing.

============================  =====================================================================
moment                        handler is called with
============================  =====================================================================
``arrived``                   world, household
``decided``                   world, household, refusals (ids of failed conditions; empty = eligible)
``listed``                    world, application
``offered``                   world, application, dwelling
``replied``                   world, application, dwelling, accepted
``moved_in``                  world, household, dwelling, kind (new, transfer, initial)
``moved_out``                 world, household, dwelling, cause
``need_changed``              world, household, old scheme, old rank
``assessed``                  world, household (the last assessment differs from the one before)
``household_changed``         world, household (somebody is born, moves out …)
``crisis_changed``            world, household
``incident``                  world, household, site
``warned``                    world, household
``left_list``                 world, household, ending
``programme_changed``         world, household: what its programme asks for it has changed, or it has left with its home
``exited``                    world, household, cause, destination
``absence_changed``           world, household (``household.away`` says which, empty = returned)
``dwelling_changed``          world, dwelling, old state
``opened``                    world, dwelling
``gone``                      world, household (it has left the model)
============================  =====================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.world.state import Handler

MOMENTS = (
    "arrived",
    "decided",
    "listed",
    "offered",
    "replied",
    "moved_in",
    "moved_out",
    "need_changed",
    "assessed",
    "household_changed",
    "crisis_changed",
    "incident",
    "warned",
    "left_list",
    "programme_changed",
    "exited",
    "absence_changed",
    "dwelling_changed",
    "opened",
    "gone",
)


class Moments:
    """The handlers of every moment, as tuples in slots."""

    __slots__ = MOMENTS

    arrived: tuple[Handler, ...]
    decided: tuple[Handler, ...]
    listed: tuple[Handler, ...]
    offered: tuple[Handler, ...]
    replied: tuple[Handler, ...]
    moved_in: tuple[Handler, ...]
    moved_out: tuple[Handler, ...]
    need_changed: tuple[Handler, ...]
    assessed: tuple[Handler, ...]
    household_changed: tuple[Handler, ...]
    crisis_changed: tuple[Handler, ...]
    incident: tuple[Handler, ...]
    warned: tuple[Handler, ...]
    left_list: tuple[Handler, ...]
    programme_changed: tuple[Handler, ...]
    exited: tuple[Handler, ...]
    absence_changed: tuple[Handler, ...]
    dwelling_changed: tuple[Handler, ...]
    opened: tuple[Handler, ...]
    gone: tuple[Handler, ...]

    def __init__(self, handlers: Iterable[Mapping[str, Handler]] = ()) -> None:
        gathered: dict[str, list[Handler]] = {name: [] for name in MOMENTS}
        for table in handlers:
            for name, handler in table.items():
                if name not in gathered:
                    raise ValueError(f"there is no moment {name!r}; the moments are {', '.join(MOMENTS)}")
                gathered[name].append(handler)
        for name, calls in gathered.items():
            setattr(self, name, tuple(calls))
