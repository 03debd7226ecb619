"""The parts of the page, in the order in which a council member needs them; each says nothing where the folder has nothing."""

from collections.abc import Callable

from sim.report import charts
from sim.report.blocks import Part
from sim.report.parts.answer import answer
from sim.report.parts.assumed import assumed
from sim.report.parts.cumulative import cumulative
from sim.report.parts.environments import environments
from sim.report.parts.fit import fit
from sim.report.parts.follow_up import follow_up
from sim.report.parts.groups import groups
from sim.report.parts.headlines import headlines
from sim.report.parts.ladder import ladder
from sim.report.parts.limits import limits
from sim.report.parts.meanings import meanings
from sim.report.parts.money import money
from sim.report.parts.projects import projects
from sim.report.parts.proposals import proposals
from sim.report.parts.reproduction import reproduction
from sim.report.parts.rules_changed import rules_changed
from sim.report.parts.temporary import temporary
from sim.report.parts.typical import typical
from sim.report.parts.waiting import waiting
from sim.report.reading import Reading

#: Makes a part of what the folder holds.
Maker = Callable[[Reading], Part | None]

PARTS: tuple[Maker, ...] = (
    answer,
    headlines,
    groups,
    waiting,
    ladder,
    fit,
    environments,
    temporary,
    follow_up,
    projects,
    money,
    cumulative,
    proposals,
    rules_changed,
    typical,
    assumed,
    meanings,
    limits,
    reproduction,
)


def parts(reading: Reading) -> list[Part]:
    """Make every part that there is something to say in."""
    with charts.unchecked():
        return [part for make in PARTS if (part := make(reading)) is not None]


__all__ = ["PARTS", "Maker", "parts"]
