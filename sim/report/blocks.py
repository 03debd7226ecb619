"""What a page is made of: plain blocks that say nothing of how they look. Every text in them is escaped when shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a `note` is set apart, `strong` is said loudly."""

    text: str
    note: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences."""

    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `number` stands to the right, `whole` is not broken over lines, `apart` has room before it."""

    title: str
    number: bool = False
    whole: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with smaller print under it, and whether it is said loudly; `code` is a name from a file."""

    text: str
    small: str = ""
    strong: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first cell of a row is its heading. `total` rows are sums.

    Parameters
    ----------
    caption : str
    columns : sequence of Column
    rows : sequence of sequence of Cell or str
    totals : frozenset of int
        Numbers of the rows that are sums.
    dense : bool
        Many columns: smaller print on paper.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell | str]]
    totals: frozenset[int] = frozenset()
    dense: bool = False

    @property
    def figures(self) -> bool:
        """Whether all columns but the first are of numbers: told once for the table, and not in every cell."""
        others = self.columns[1:]
        return all(of.number and not of.apart for of in others) and len({of.whole for of in others}) == 1

    @property
    def kinds(self) -> list[str]:
        """Give what the look of the whole table depends on."""
        whole = self.figures and self.columns[-1].whole
        return [name for name, is_so in (("dense", self.dense), ("figures", self.figures), ("whole", whole)) if is_so]


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms and what they mean: (term, small print beside it, meanings)."""

    items: Sequence[tuple[str, str, Sequence[str]]]
    code: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture of a figure.

    Parameters
    ----------
    name : str
        What it is of, most often the name of a policy; stands above the picture.
    svg : str
        The picture, made by `sim.report.charts`: markup, in which every text is escaped already.
    """

    name: str
    svg: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Pictures side by side under one title.

    Parameters
    ----------
    title : str
        What the pictures show: the finding, no surer than the figures.
    lead : str
        Units, and how the pictures are read.
    panels : sequence of Panel
    tables : sequence of Table
        The same figures as numbers.
    wide : bool
        Pictures that need the whole width, and are scrolled where there is less.
    """

    title: str
    lead: str
    panels: Sequence[Panel]
    tables: Sequence[Table]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Details:
    """Blocks that are opened by whoever wants them; not printed while closed."""

    summary: str
    blocks: Sequence["Block"]


Block = Paragraph | Bullets | Heading | Table | Definitions | Figure | Details


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page under a heading of its own; one for the `screen` is left out on paper."""

    id: str
    title: str
    blocks: Sequence[Block] = field(default_factory=tuple)
    screen: bool = False
