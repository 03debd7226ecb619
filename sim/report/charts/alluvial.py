"""An alluvial: where people moved from, on the left, and to, on the right, each stream as broad as its moves are many."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sim.report.charts.drawing import drawn, shortened, written
from sim.report.charts.palette import BASELINE, CLEAR, GREEN, OCHRE, POLICY, PURPLE, QUIET

_STREAMS = (BASELINE, POLICY, CLEAR, GREEN, PURPLE, OCHRE)
_LABEL, _NODE, _BETWEEN = 250.0, 10.0, 220.0
_TALL, _LEAST, _GAP = 420.0, 14.0, 5.0
_LETTERS = 29


class Flow(NamedTuple):
    """So many moves from one place to another."""

    source: str
    target: str
    n: float


class _Node(NamedTuple):
    top: float
    height: float


def alluvial(
    flows: Sequence[Flow],
    order: Sequence[str],
    called: Mapping[str, str],
    titles: tuple[str, str],
    text: str,
    show: Callable[[float], str],
) -> str:
    """Draw moves.

    Parameters
    ----------
    flows : sequence of Flow
    order : sequence of str
        The names of places, from the top; both sides keep it.
    called : mapping of str to str
        What each place is called.
    titles : (str, str)
        Above the two sides.
    text : str
        What the picture shows.
    show : callable
        Writes a number of moves.

    Returns
    -------
    str
        An ``svg`` element.
    """
    flows = [flow for flow in flows if flow.n > 0]
    total = sum(flow.n for flow in flows) or 1.0
    scale = _TALL / total
    sources, bottom_left = _nodes([(name, sum(f.n for f in flows if f.source == name)) for name in order], scale)
    targets, bottom_right = _nodes([(name, sum(f.n for f in flows if f.target == name)) for name in order], scale)
    left, right = _LABEL, _LABEL + _NODE + _BETWEEN
    parts = [
        written(left + _NODE, 10, titles[0], "end", QUIET),
        written(right, 10, titles[1], "start", QUIET),
    ]
    colours = {name: _STREAMS[place % len(_STREAMS)] for place, name in enumerate(sources)}
    out, into = {name: node.top for name, node in sources.items()}, {name: node.top for name, node in targets.items()}
    for source in sources:
        parts.append(f'<g fill="{colours[source]}" fill-opacity="0.45">')
        for target in targets:
            broad = scale * sum(f.n for f in flows if (f.source, f.target) == (source, target))
            if broad > 0:
                parts.append(_stream(left + _NODE, out[source], right, into[target], broad))
                out[source] += broad
                into[target] += broad
        parts.append("</g>")
    for side, nodes, x, end in (("source", sources, left, "end"), ("target", targets, right, "start")):
        for name, node in nodes.items():
            colour = colours.get(name, BASELINE) if side == "source" else BASELINE
            parts.append(
                f'<rect x="{x:g}" y="{node.top:.1f}" width="{_NODE:g}" height="{max(node.height, 1):.1f}" fill="{colour}"/>'
            )
            at = x - 6 if side == "source" else x + _NODE + 6
            amount = sum(flow.n for flow in flows if getattr(flow, side) == name)
            label = f"{shortened(called[name], _LETTERS)}: {show(amount)}"
            parts.append(written(at, node.top + node.height / 2, label, end))
    return drawn(parts, right + _NODE + _LABEL, max(bottom_left, bottom_right) + 4, text)


def _nodes(amounts: Sequence[tuple[str, float]], scale: float) -> tuple[dict[str, _Node], float]:
    """Stack the places that anybody moved from or to, none so near another that their names overlap."""
    nodes, at = {}, 24.0
    for name, amount in amounts:
        if amount > 0:
            height = amount * scale
            room = max(height, _LEAST)
            nodes[name] = _Node(at + (room - height) / 2, height)
            at += room + _GAP
    return nodes, at


def _stream(x: float, y: float, to_x: float, to_y: float, broad: float) -> str:
    middle = (x + to_x) / 2
    over = f"M{x:g},{y:.1f}C{middle:g},{y:.1f} {middle:g},{to_y:.1f} {to_x:g},{to_y:.1f}"
    back = f"v{broad:.1f}C{middle:g},{to_y + broad:.1f} {middle:g},{y + broad:.1f} {x:g},{y + broad:.1f}Z"
    return f'<path d="{over}{back}"/>'
