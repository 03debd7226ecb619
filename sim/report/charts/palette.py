"""Colours by their role: those of Okabe and Ito, told apart by the colour-blind and in print.

A picture is drawn in the colours of white paper; each is then replaced by a variable of the page, which has another value
on a dark screen. Nothing is said by colour alone: what differs in colour differs in shape, place or words too.
"""

INK = "#1a1a1b"
QUIET = "#4a4a4b"
GRID = "#d8d8d9"
BASELINE = "#5f5f60"
POLICY = "#0072b2"
CLEAR = "#d55e00"
PAPER = "#fffffe"
GREEN = "#00795a"
PURPLE = "#a34d7f"
OCHRE = "#8a6d00"

#: Drawn colour -> variable of the page, its value on a light and on a dark ground.
VARIABLES: dict[str, tuple[str, str, str]] = {
    INK: ("ink", "#1a1a1a", "#f2f2f2"),
    QUIET: ("quiet", "#4a4a4a", "#c8c8c8"),
    GRID: ("grid", "#d8d8d8", "#4a4a4a"),
    BASELINE: ("baseline", "#5f5f5f", "#b4b4b4"),
    POLICY: ("policy", "#0072b2", "#56b4e9"),
    CLEAR: ("clear", "#d55e00", "#e69f00"),
    PAPER: ("paper", "#ffffff", "#161616"),
    GREEN: ("green", "#00795a", "#2cc39a"),
    PURPLE: ("purple", "#a34d7f", "#d991b8"),
    OCHRE: ("ochre", "#8a6d00", "#f0e442"),
}


def with_variables(svg: str) -> str:
    """Replace the drawn colours by the variables of the page."""
    for drawn, (name, _, _) in VARIABLES.items():
        svg = svg.replace(f'"{drawn}"', f'"var(--{name})"')
    return svg


def style(dark: bool) -> str:
    """Give the variables as declarations of CSS."""
    return " ".join(f"--{name}: {at_night if dark else by_day};" for name, by_day, at_night in VARIABLES.values())
