"""What a scenario says of services: teams and whom they serve, how their hours are shared, and how they are staffed."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from rules.reading import Days, HoursPerWeek, Label, PerDay, Record, Share
from sim.world.mechanisms.sharing import PROPORTIONAL
from sim.world.parameters import Duration, Names, Ranks

MOST_TRAVEL = 0.95


class Serves(Record):
    """Whom a team serves: residents with such a latent scheme and rank, in such types of homes, in such programmes.

    All, where nothing is said. A programme is one beside the ladders that the household takes part in, or ``none``.
    """

    schemes: Names | None = None
    ranks: Ranks | None = None
    types: Names | None = None
    programmes: Names | None = None

    @model_validator(mode="after")
    def _serves_somebody(self) -> Serves:
        for name in ("schemes", "ranks", "types", "programmes"):
            if getattr(self, name) == ():
                raise PydanticCustomError("serves", "serves nobody: `{name}` names none", {"name": name})
        for rank in self.ranks or ():
            if not 1 <= rank <= 5:
                raise PydanticCustomError("serves", "has the rank {rank}; ranks of need are 1 to 5", {"rank": str(rank)})
        return self

    def covers(self, scheme: str, rank: int, kind: str, programme: str) -> bool:
        """Return whether the team serves a resident with this need, in a home of this type."""
        return (
            (self.schemes is None or scheme in self.schemes)
            and (self.ranks is None or rank in self.ranks)
            and (self.types is None or kind in self.types)
            and (self.programmes is None or programme in self.programmes)
        )


class TeamSpec(Record):
    """A team: its hours a week, the share of them that goes to travel, whom it serves, and how many it takes on.

    Hours are written as such, or as ``workers`` of ``hours_per_worker`` each. A ``caseload`` of residents a worker is a
    limit: whoever comes beyond it goes to the next team that fits, or waits. A team that ``adds`` hours gives each resident
    that it covers so many a week, besides the follow-up of the first team that fits.
    """

    label: Label | None = None
    hours_per_week: HoursPerWeek | None = None
    workers: float | None = Field(default=None, ge=0.0, allow_inf_nan=False)
    hours_per_worker: HoursPerWeek | None = None
    caseload: float | None = Field(default=None, gt=0.0, allow_inf_nan=False)
    travel_share: Share = 0.0
    travel_by_type: dict[str, Share] = Field(default_factory=dict)
    serves: Serves = Serves()
    adds: HoursPerWeek | None = None

    @model_validator(mode="after")
    def _has_hours(self) -> TeamSpec:
        if (self.hours_per_week is None) == (self.workers is None):
            raise PydanticCustomError("team", "has either `hours_per_week`, or `workers` with `hours_per_worker`")
        for share in (self.travel_share, *self.travel_by_type.values()):
            if share > MOST_TRAVEL:
                raise PydanticCustomError("team", "travel cannot take more than {most} % of the hours", {"most": "95"})
        return self

    def travel(self, kind: str) -> float:
        """The share of the hours for residents in homes of a type that goes to travel."""
        return self.travel_by_type.get(kind, self.travel_share)


class AcceptsSpec(Record):
    """The share of the offered hours that a resident accepts, by a field of the applicant."""

    by: str
    of: dict[Any, Share]


class RecruitmentSpec(Record):
    """How long a post stands vacant before somebody begins in it, and how often somebody leaves theirs."""

    takes: Duration
    turnover: PerDay = 0.0


class ServicesParameters(Record):
    """Teams, in order: the first whose ``serves`` covers a resident serves it.

    ``required`` names a definition of the rules that gives whole minutes a week. It is asked again when the
    resident's home, need, crisis or absence changes, and, where it depends on time, every ``refresh``.
    With a ``refresh``, residents meet what their team can give as it was at the latest refresh (teams plan by the week);
    without one, at once. The hours recorded are exact either way.

    ``sharing`` says how an overbooked team divides its hours. With ``recruitment``, hours that a decision adds are worked
    when somebody has been found, and posts stand vacant when somebody leaves; without, hours are there at once.
    """

    teams: dict[str, TeamSpec] = Field(default_factory=dict)
    required: str
    accepts: AcceptsSpec | None = None
    refresh: Days | None = None
    sharing: Literal["proportional", "highest_need_first"] = PROPORTIONAL
    hours_per_worker: HoursPerWeek | None = None
    recruitment: RecruitmentSpec | None = None

    @model_validator(mode="after")
    def _knows_its_workers(self) -> ServicesParameters:
        for name, team in self.teams.items():
            for why, needed in (
                ("workers", team.workers is not None),
                ("caseload", team.caseload is not None),
                ("recruitment", self.recruitment is not None),
            ):
                if needed and not self.worker_hours(name):
                    message = "the team {name} has {why}, and nothing says how many hours a worker has (hours_per_worker)"
                    raise PydanticCustomError("team", message, {"name": name, "why": why})
        return self

    def worker_hours(self, team: str) -> float:
        """Hours a week of one worker of a team; 0 where nothing says so."""
        return self.teams[team].hours_per_worker or self.hours_per_worker or 0.0

    def hours(self, team: str) -> float:
        """Hours a week that a team has, as the scenario writes them."""
        spec = self.teams[team]
        return spec.hours_per_week if spec.hours_per_week is not None else (spec.workers or 0.0) * self.worker_hours(team)
