"""The mechanisms, in the order in which they are assembled: so their handlers are called at every moment, too.

Needs are assessed before anybody asks what the rules say of them. An absence comes before what reads who is away, acute beds
after those that go on elsewhere; who is evicted is known before temporary accommodation is considered; money comes last, since
it prices what the others recorded.
"""

from sim.world.mechanisms.absences import Absences
from sim.world.mechanisms.acute_beds import AcuteBeds
from sim.world.mechanisms.assessment import Assessment
from sim.world.mechanisms.caretakers import Caretakers
from sim.world.mechanisms.case_handling import CaseHandling
from sim.world.mechanisms.circles import Circles
from sim.world.mechanisms.crisis import Crisis
from sim.world.mechanisms.deaths import Deaths
from sim.world.mechanisms.demand import Demand
from sim.world.mechanisms.exits import Exits
from sim.world.mechanisms.household_life import HouseholdLife
from sim.world.mechanisms.incidents import Incidents
from sim.world.mechanisms.mechanism import FactOffer, Mechanism
from sim.world.mechanisms.meetings import Meetings
from sim.world.mechanisms.money import Money
from sim.world.mechanisms.needs import Needs
from sim.world.mechanisms.patience import Patience
from sim.world.mechanisms.planning import Planning
from sim.world.mechanisms.programmes import Programmes
from sim.world.mechanisms.projects import Projects
from sim.world.mechanisms.replies import Replies
from sim.world.mechanisms.returns import Returns
from sim.world.mechanisms.services import Services
from sim.world.mechanisms.strain import Strain
from sim.world.mechanisms.temporary import Temporary
from sim.world.mechanisms.tenancy import Tenancy
from sim.world.mechanisms.turnaround import Turnaround
from sim.world.mechanisms.wishes import Wishes

MECHANISMS: tuple[type[Mechanism], ...] = (
    Demand,
    Assessment,
    CaseHandling,
    Patience,
    Needs,
    Crisis,
    HouseholdLife,
    Exits,
    Returns,
    Deaths,
    Absences,
    AcuteBeds,
    Incidents,
    Strain,
    Turnaround,
    Programmes,
    Meetings,
    Replies,
    Circles,
    Tenancy,
    Temporary,
    Wishes,
    Services,
    Planning,
    Projects,
    Caretakers,
    Money,
)

__all__ = ["MECHANISMS", "FactOffer", "Mechanism"]
