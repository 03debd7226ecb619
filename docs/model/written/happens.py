"""What happens: every mechanism that is on, its transitions with their factors, its other settings; and the risk factors."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.world.mechanisms import MECHANISMS
from written.model import Model, labels, leaves
from written.tables import code, page, table

_LEAD = """What moves people, homes and projects: for each mechanism (a key of the scenario, in the order in which they are
assembled) its transitions and its other settings. What a mechanism does is told in [docs/model.md](../../model.md);
numbers are links to their cards. A transition is possible while what stands under *while* holds, and fires when its
duration is used up at a speed, the product of its [factors](#risk-factors)."""
#: Told in tables of exists.md and prices.md.
_TOLD_ELSEWHERE = {"services.teams": "exists.md#teams", "projects": "exists.md#projects-under-way", "money": "prices.md"}
_TIMES = ("after", "begins", "lasts")
_ENDS = ("to", "destination", "ending", "adds", "sets")
#: Labels, and what stands in the path already.
_NOT_SETTINGS = (".nb", ".en", ".id")
_HEADS = ("transition", "while", "after", "lasts", "leads to", "factors", "more")


def page_of(model: Model) -> str:
    """Give the page."""
    return page("What happens", _LEAD, *_blocks(model))


def _blocks(model: Model) -> Iterator[str]:
    off = []
    for kind in MECHANISMS:
        if kind.name in model.raw:
            yield from _mechanism(model, kind)
        else:
            off.append(f"{code(kind.name)} ({_said(kind)})")
    if off:
        yield "## Off\nNot in this scenario; a policy may bring them: " + "; ".join(off) + "."
    yield "## Risk factors\nThe speed that each gives where it holds. A curve is worked out at the representative of each band."
    yield table(("factor", "says", "where or of", "speed", "bands: representative"), _factors(model))
    yield "### What homes alone do"
    yield _EFFECTS
    yield table(("of", "from", "to", "ratio", "made of"), _effects(model))


_EFFECTS = """The largest total hazard ratio of moving a reference person between any two types of homes, for each kind of
transition (all of them: `python run_sim.py check scenarios/baerum.yaml --json`, `effects`)."""


def _said(kind: Any) -> str:
    """Give what a mechanism says of itself, in one line."""
    # From the source: a compiled module keeps no text of its own.
    source = Path(__file__).parents[3].joinpath(*kind.__module__.split(".")).with_suffix(".py")
    said = (ast.get_docstring(ast.parse(source.read_text("utf-8"))) or "").split("\n\n")[0]
    return " ".join(said.split()).rstrip(".")


def _mechanism(model: Model, kind: Any) -> Iterator[str]:
    name, section = kind.name, model.raw[kind.name]
    yield f"## {name}\n{_said(kind)}. Code: `{'/'.join(kind.__module__.split('.'))}.py`."
    if name in _TOLD_ELSEWHERE:
        yield f"Its settings: [{_TOLD_ELSEWHERE[name]}]({_TOLD_ELSEWHERE[name]})."
        return
    found = dict(_transitions(section, name))
    own = len(f"{name}.")
    yield table(_HEADS, (_transition(model, path[own:].removeprefix("transitions."), of) for path, of in found.items()))
    told = (*found, *(path for path in _TOLD_ELSEWHERE if path.startswith(f"{name}.")))
    rows = [
        (code(path.removeprefix(f"{name}.")), _setting(model, path, value))
        for path, value in leaves(section, name)
        if not any(path == one or path.startswith(f"{one}.") for one in told) and not path.endswith(_NOT_SETTINGS)
    ]
    yield table(("setting", "value"), rows)
    elsewhere = [f"[{path}]({link})" for path, link in _TOLD_ELSEWHERE.items() if path.startswith(f"{name}.")]
    if elsewhere:
        yield "Beside these: " + ", ".join(elsewhere) + "."


def _setting(model: Model, path: str, value: Any) -> str:
    return code(value) if path.endswith(("when", "if")) else model.told(value)


def _transitions(node: Any, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Find what has a time of its own, and what it stands in."""
    if isinstance(node, Mapping):
        timed = any(key in node and not _holds_a_transition(node[key]) for key in _TIMES)
        if timed and (node.keys() & {"from", "factors", "lasts", *_ENDS} or node.keys() == {"after"}):
            yield path, node
        else:
            for key, value in node.items():
                yield from _transitions(value, f"{path}.{key}")


def _holds_a_transition(node: Any) -> bool:
    """Say whether something that is called as a time (``crisis.begins``) holds a transition of its own."""
    return isinstance(node, Mapping) and bool(node.keys() & {*_TIMES, "from"})


def _transition(model: Model, name: str, of: Mapping[str, Any]) -> tuple[str, ...]:
    begins = model.told(of["after" if "after" in of else "begins"]) if "after" in of or "begins" in of else ""
    lasts = model.told(of["lasts"]) if "lasts" in of else ""
    leads = "; ".join(("" if key in ("to", "destination") else f"{key}: ") + model.told(of[key]) for key in _ENDS if key in of)
    factors = ", ".join(code(factor) for factor in of.get("factors", ()))
    rest = {key: value for key, value in of.items() if key not in (*_TIMES, *_ENDS, "from", "factors", "label")}
    return code(name), model.told(of.get("from", {})), begins, lasts, leads, factors, model.told(rest)


def _factors(model: Model) -> Iterator[tuple[str, ...]]:
    for name, of in model.raw.get("risk_factors", {}).items():
        if "factor" in of:
            where, speed = code(of.get("when", "")), f"× {model.told(of['factor'])}"
        else:
            exponent = of.get("exp", of.get("power"))
            where = code(of["of"])
            speed = f"exp({model.told(exponent)} × value)" if "exp" in of else f"value to the power {model.told(exponent)}"
        bands = ", ".join(f"from {cut}: {middle}" for cut, middle in of.get("bands", {}).items())
        yield code(name), labels(of.get("label", {})), where, speed, bands


def _effects(model: Model) -> Iterator[tuple[str, ...]]:
    most: dict[str, Mapping[str, Any]] = {}
    for effect in model.said["effects"]:
        best = most.get(effect["of"])
        if effect["ratio"] is not None and (best is None or effect["ratio"] > best["ratio"]):
            most[effect["of"]] = effect
    for of, effect in most.items():
        parts = ", ".join(f"{code(name)} {ratio:.2f}" for name, ratio in effect["parts"].items() if ratio is not None)
        yield of.replace("_", " "), code(effect["from"]), code(effect["to"]), f"{effect['ratio']:.2f}", parts
