"""What stands under `programmes`: homes beside the ladders, for people whom rules of their own let in."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, RootModel, model_validator
from pydantic_core import PydanticCustomError

from rules.reading import Count, Days, Label, Record, Share, closest
from sim.world.mechanisms.places import Destination, SituationShares
from sim.world.parameters import Duration, Names, Shares, TransitionSpec

KEEPS_HOME = "keeps_home"
_ENDS = (*get_args(Destination), KEEPS_HOME)


Counted = Annotated[
    Literal["yes", "no", "unknown"],
    BeforeValidator(lambda written: _IN_WORDS[written] if isinstance(written, bool) else written),
]
_IN_WORDS = {True: "yes", False: "no"}


class Scattered(Record):
    """Homes found one by one among those of other people.

    A home is looked for, ``search`` long. In a share of cases (``from_stock``) it is then the next vacant home of these
    ``types`` that suits by the programme's rules, before anybody on the list; otherwise one is rented on the private market.
    """

    from_stock: Share
    types: Names = ()
    search: Duration = Field(default="0 days", validate_default=True)

    @model_validator(mode="after")
    def _where(self) -> Scattered:
        if self.from_stock > 0.0 and not self.types:
            raise ValueError("homes from the stock need `types`: those of which the programme may take a home")
        return self


def rented_site(programme: str, number: int) -> str:
    """Give the id of the site at which a programme's home stands that is rented on the private market."""
    return f"{programme}-rented-{number}"


class HomeLoss(TransitionSpec):
    """Loss of the home: its speed is the place for the one factor that tells the programme's effect.

    Who loses the home still takes part, is in one of these ``situations`` meanwhile, and gets another home.
    """

    situations: SituationShares = Field(default={"no_roof": 1.0}, validate_default=True)


class ProgrammeEnd(TransitionSpec):
    """One way to leave the programme: where to, by shares; ``keeps_home`` becomes an ordinary tenant of the same home."""

    to: Shares

    @model_validator(mode="after")
    def _known(self) -> ProgrammeEnd:
        for name in self.to:
            if name not in _ENDS:
                hint = closest(name, _ENDS) or f"known are {', '.join(_ENDS)}"
                raise PydanticCustomError("unknown-word", "knows no destination {name}", {"name": repr(name), "hint": hint})
        return self


class FactChange(TransitionSpec):
    """Something about those who take part that changes with time: stored facts that the programme's rules read."""

    sets: dict[str, Any] = Field(min_length=1)


class ProgrammeSpec(Record):
    """One programme.

    Parameters
    ----------
    rules : str or list of str
        Its own rule set: who may take part, who goes first, which home suits, terms and their renewal, moves, holds.
    homes : str
        The type of its homes. It has the homes that stand in ``sites``; or, where it has ``places``, ``scattered`` ones.
    follow_up : str, optional
        The number in its rules that gives the minutes of follow-up a week; without it, as for everybody else.
    review : days
        How often that number is asked for anew, where it depends on time.
    moves : {'list', 'within'}
        Where a move goes that its rules give: on the municipality's list, or to another home of the programme.
    on_day_0 : mapping of field to value
        Stored facts of those who take part already on day 0.
    next_steps : mapping of destination to field
        Where those go whose term is not renewed: the first whose yes/no is yes.
    not_renewed : shares of situations, optional
        Where the others are then; they apply again at once. Without it they stay, and that is counted.
    counted_in_stock : {'yes', 'no', 'unknown'}
        Whether its homes are counted among the homes that the municipality says it has.
    """

    label: Label | None = None
    rules: Names
    homes: str
    places: Count | None = None
    scattered: Scattered | None = None
    follow_up: str | None = None
    review: Days = Field(default="1 month", validate_default=True)
    moves: Literal["list", "within"] = "list"
    home_loss: HomeLoss | None = None
    ends: dict[str, ProgrammeEnd] = Field(default_factory=dict)
    changes: dict[str, FactChange] = Field(default_factory=dict)
    on_day_0: dict[str, Any] = Field(default_factory=dict)
    next_steps: dict[Destination, str] = Field(default_factory=dict)
    not_renewed: SituationShares | None = None
    counted_in_stock: Counted = "unknown"

    @model_validator(mode="after")
    def _homes(self) -> ProgrammeSpec:
        if (self.places is None) != (self.scattered is None):
            raise ValueError("`places` and `scattered` belong together: a programme has either them, or sites of its own")
        if self.scattered is None and self.home_loss is not None:
            raise ValueError("only scattered homes are lost and found again (`home_loss` needs `scattered`)")
        if self.scattered is not None:
            counted = {"yes": 1.0, "no": 0.0}.get(self.counted_in_stock, self.scattered.from_stock)
            if counted != self.scattered.from_stock:
                raise ValueError("homes from the stock are counted in it and rented ones are not: "
                                 "write `counted_in_stock: unknown`, or the share `from_stock` that follows from it")  # fmt: skip
        return self


class ProgrammesParameters(RootModel[dict[str, ProgrammeSpec]]):
    """Programmes, by name."""

    model_config = {"frozen": True}
