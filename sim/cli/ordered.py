"""The options that every simulating command has, given to it as one order instead of written out in each."""

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sim.cli import options
from sim.cli.options import Order

#: Name -> type and default, in the order in which help shows them.
_SHARED: Mapping[str, tuple[Any, Any]] = {
    "replications": (options.Replications, str(options.DEFAULT_REPLICATIONS)),
    "years": (options.Years, None),
    "seed": (options.Seed, options.DEFAULT_SEED),
    "workers": (options.Workers, None),
    "set_": (options.Settings, None),
    "out": (options.Out, None),
    "json": (options.Json, False),
    "quiet": (options.Quiet, False),
    "lang": (options.Language, options.Lang.nb),
    "executor": (options.Executor, "local"),
}
#: Those of the commands that write the results of every replication.
_WITH_RESULTS: Mapping[str, tuple[Any, Any]] = {
    "replications": _SHARED["replications"],
    "max_replications": (options.MaxReplications, options.DEFAULT_MOST),
    "time_limit": (options.TimeLimit, None),
    **_SHARED,
    "check_invariants": (options.Invariants, False),
    "events": (options.Events, False),
    "person_level": (options.PersonLevel, False),
}
#: They say where and how the work is done and shown, not what comes out.
_NOT_OF_RESULTS = frozenset({"resume", "workers", "out", "json", "quiet", "lang", "executor"})


def ordered(
    *, replications: str = str(options.DEFAULT_REPLICATIONS), results: bool = False
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Give a function the shared options after its own; what was asked for reaches it as its parameter ``order``.

    Parameters
    ----------
    replications : str
        How many when nothing is said.
    results : bool
        Whether it writes the results of every replication, and so has the options that concern them.
    """
    shared = {**(_WITH_RESULTS if results else _SHARED)}
    shared["replications"] = (options.Replications, replications)

    def decorate(function: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(function)
        def called(**given: Any) -> int:
            common = {name: given.pop(name) for name in shared}
            asked = {name: value for name, value in {**given, **common}.items() if name not in _NOT_OF_RESULTS}
            order: Order = options.order(settings=common.pop("set_"), **common)
            return function(**given, order=replace(order, asked=asked))

        own = [of for name, of in inspect.signature(function).parameters.items() if name != "order"]
        added = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for name, (annotation, default) in shared.items()
        ]
        parameters = [of.replace(kind=inspect.Parameter.KEYWORD_ONLY) for of in own] + added
        called.__signature__ = inspect.Signature(parameters, return_annotation=int)  # type: ignore[attr-defined]
        called.__annotations__ = {of.name: of.annotation for of in parameters} | {"return": int}
        return called

    return decorate
