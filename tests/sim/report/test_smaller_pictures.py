"""Pictures in fewer bytes draw the same."""

import re
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from sim.report.charts.smaller import smaller

TENTHS = st.tuples(st.integers(-9999, 9999), st.integers(-9999, 9999))


def absolute(d: str) -> list[tuple[int, int]]:
    """The corners of a line in tenths of a pixel, read as SVG reads it: pairs after a letter go on as that letter, relative."""
    first, _, rest = d.removeprefix("M").rstrip("Z").partition("l")
    numbers = [[round(10 * float(n)) for n in re.findall(r"-?[\d.]+", part)] for part in (first, rest)]
    steps = [*zip(numbers[0][::2], numbers[0][1::2], strict=True), *zip(numbers[1][::2], numbers[1][1::2], strict=True)]
    return list(accumulate(steps, lambda at, step: (at[0] + step[0], at[1] + step[1])))


@given(st.lists(TENTHS, min_size=4, max_size=40), st.booleans())
def test_a_line_keeps_its_corners(points: list[tuple[int, int]], closed: bool) -> None:
    said = [f"{x / 10:g},{y / 10:g}" for x, y in points]
    whole = f'<path d="M{"L".join(said)}{"Z" if closed else ""}" fill="red"/>'
    found = re.fullmatch(r'<path d="(M[^"]*)" fill="red"/>', smaller(whole))
    assert found is not None and found[1].endswith("Z") is closed
    assert absolute(found[1]) == points
    assert "L" not in found[1]


def test_groups_that_say_something_and_curves_are_left() -> None:
    svg = (
        '<g fill="none"><g><g transform="translate(1,2)"><g></g><text>a</text></g></g><path d="M3.9,0A3.9,3.9,0,1,1,-3.9,0"/></g>'
    )
    assert smaller(svg) == (
        '<g fill="none"><g transform="translate(1,2)"><text>a</text></g><path d="M3.9,0A3.9,3.9,0,1,1,-3.9,0"/></g>'
    )
