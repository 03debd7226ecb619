"""The same SVG in fewer bytes: a report of ten policies holds a hundred pictures."""

import re

_GROUP = re.compile(r"<g>|<g [^>]*>|</g>")
#: A line of four corners or more; a curve has other letters.
_PATH = re.compile(r' d="((?=M)(?:[LM]-?[\d.]+,-?[\d.]+){4,})(Z?)"')
_POINT = re.compile(r"([ML])(-?[\d.]+),(-?[\d.]+)")


def smaller(svg: str) -> str:
    """Leave out groups that say nothing, and give the points of a line from one to the next.

    Parameters
    ----------
    svg : str
        Places have a tenth of a pixel at most.

    Returns
    -------
    str
        What draws the same picture.
    """
    return _PATH.sub(_relative, _without_bare_groups(svg))


def _without_bare_groups(svg: str) -> str:
    bare: list[bool] = []

    def kept(found: re.Match[str]) -> str:
        if found[0] != "</g>":
            bare.append(found[0] == "<g>")
            return "" if bare[-1] else found[0]
        return "" if bare.pop() else found[0]

    return _GROUP.sub(kept, svg)


def _relative(found: re.Match[str]) -> str:
    points = [(kind, round(10 * float(x)), round(10 * float(y))) for kind, x, y in _POINT.findall(found[1])]
    told: list[str] = []
    last, at = "", (0, 0)
    for kind, x, y in points:
        # Counted in tenths from where the point before was put: nothing adds up.
        letter = kind if not told else kind.lower()
        step = f"{(x - at[0]) / 10:g}", f"{(y - at[1]) / 10:g}"
        pair = step[0] + ("" if step[1].startswith("-") else ",") + step[1]
        between = letter if letter != last else "" if pair.startswith("-") else " "
        told.append(between + pair)
        # After a move further pairs are lines: each line is named once.
        last, at = letter if letter == "l" else "", (x, y)
    return f' d="{"".join(told)}{found[2]}"'
