"""Somebody who knows all that is published, and wants to know what is withheld."""

from collections.abc import Collection, Mapping

import numpy as np
from scipy.optimize import linprog

Part = tuple[str, str]
WHOLE = ("all", "all")


def span(sizes: Mapping[Part, float], hidden: Collection[Part], parents: Mapping[Part, Part], part: Part) -> tuple[float, float]:
    """Give the least and the most that a part can be, as no number of people is negative.

    Every part is an unknown; every dimension sums to the whole, but for steps, and what lies in a part sums to it.
    """
    places = {of: number for number, of in enumerate(sizes)}
    rows, right = [], []

    def equation(large: Part, parts: list[Part]) -> None:
        row = np.zeros(len(places))
        row[[places[one] for one in parts]] = 1.0
        if large in places:
            row[places[large]] -= 1.0
            rows.append(row)
            right.append(0.0)

    for dimension in {one[0] for one in sizes} - {"all"}:
        parts = [one for one in sizes if one[0] == dimension]
        # A programme beside the ladders has no step: its scheme stands beside the steps of the others.
        schemes = [one for one in sizes if one[0] == "scheme" and dimension == "step"]
        beside = [one for one in schemes if not any(_within(of, one, parents) for of in parts)]
        equation(WHOLE, [*parts, *beside])
        for large in [one for one in sizes if one[0] in ("step", "scheme")]:
            inside = [one for one in parts if _within(one, large, parents)]
            if inside:
                equation(large, inside)
    for published in sizes.keys() - set(hidden):
        row = np.zeros(len(places))
        row[places[published]] = 1.0
        rows.append(row)
        right.append(sizes[published])
    goal = np.zeros(len(places))
    goal[places[part]] = 1.0
    found = [linprog(sign * goal, A_eq=np.array(rows), b_eq=right, bounds=(0, None)) for sign in (1.0, -1.0)]
    least, most = (of.fun if of.status == 0 else -np.inf for of in found)
    return least, -most


def _within(part: Part, large: Part, parents: Mapping[Part, Part]) -> bool:
    up = parents.get(part)
    return up == large or (up is not None and _within(up, large, parents))
