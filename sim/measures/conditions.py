"""Yes-or-no questions about cells, as the definitions ask them."""

from __future__ import annotations

from sim.measures.records import CountKey, DwellingCell, HouseholdCell, TypeInfo

WITHOUT_HOME = frozenset({"no_roof", "temporary", "with_others", "leaving_institution"})
EXISTING = frozenset({"let", "held", "vacant", "offered", "turnaround"})
OCCUPIED = frozenset({"let", "held"})
ORDINARY = frozenset({"private", "own_home"})
# Where somebody may be who has lost a home.
NO_HOME = WITHOUT_HOME | {"institution", "homeless"}


class Conditions:
    """Questions whose answer depends on the types of home.

    Parameters
    ----------
    types : dict
        Type id -> `TypeInfo`.
    ladders : tuple of str
        The ladders, from least to most support; the first is the main ladder.
    """

    def __init__(self, types: dict[str, TypeInfo], ladders: tuple[str, ...]) -> None:
        self.types = types
        self.ladder_types = frozenset(name for name, info in types.items() if info.ladder)
        main = ladders[0] if ladders else ""
        self.lowest_types = frozenset(name for name, info in types.items() if info.scheme == main and info.step == 1)
        self.first_steps = frozenset(name for name, info in types.items() if info.ladder and info.step == 1)
        self.height = {scheme: place for place, scheme in enumerate(ladders)}

    # Households

    def resident(self, cell: HouseholdCell) -> bool:
        """Living in a home of the ladders, held homes included."""
        return cell.status == "housed" and cell.place in self.ladder_types

    def tenant(self, cell: HouseholdCell) -> bool:
        """Living in any municipal home."""
        return cell.status == "housed" and cell.place != ""

    def at_lowest_step(self, cell: HouseholdCell) -> bool:
        """Living at step 1 of the main ladder, or a former resident in ordinary housing."""
        return cell.former or (cell.status == "housed" and cell.place in self.lowest_types)

    def resident_or_former(self, cell: HouseholdCell) -> bool:
        """In the ladders, or a former resident in ordinary housing."""
        return cell.former or self.resident(cell)

    def needs_lowest(self, cell: HouseholdCell) -> bool:
        """Whether the true need is of rank 1: of residents in the ladders, former residents, and those without a home.

        Who lost a home (evicted, or a hold that ran out) counts too: losing a home must not improve the figure.
        """
        without = cell.status in ("applied", "waiting") or (cell.status == "outside" and cell.situation in NO_HOME)
        return cell.need == 1 and (cell.former or without or self.resident(cell))

    def needs_and_has_lowest(self, cell: HouseholdCell) -> bool:
        """Whether one of those is at a first step or out in ordinary housing."""
        return self.needs_lowest(cell) and (cell.former or (cell.status == "housed" and cell.place in self.first_steps))

    def below_need(self, cell: HouseholdCell) -> bool:
        """In a ladder home of less support than the true need: a lower rank, or a ladder of less support."""
        if not self.resident(cell):
            return False
        home = self.types[cell.place]
        return home.rank < cell.need or self.height.get(home.scheme, 0) < self.height.get(cell.scheme, 0)

    def waiting_as_new(self, cell: HouseholdCell) -> bool:
        """On the waiting list, not as a resident who is to move."""
        return cell.listed == "newcomer"

    def in_temporary(self, cell: HouseholdCell) -> bool:
        """In paid temporary accommodation this night."""
        return cell.situation == "temporary" and cell.away == "" and cell.status not in ("housed", "gone")

    def without_home(self, cell: HouseholdCell) -> bool:
        """No roof, temporary, with others, or to leave an institution; never one whose home is held."""
        return cell.situation in WITHOUT_HOME and cell.status not in ("housed", "gone")

    # Dwellings

    def existing(self, cell: DwellingCell) -> bool:
        """Whether a ladder home exists: neither planned, nor a base, nor closed."""
        return cell.place in self.ladder_types and cell.state in EXISTING

    def occupied(self, cell: DwellingCell) -> bool:
        """Whether a ladder home is let or held."""
        return cell.place in self.ladder_types and cell.state in OCCUPIED

    # Counts

    def lease_start(self, key: CountKey) -> bool:
        """Whether a tenancy begins in the ladders."""
        return key.kind == "lease_start" and key.place in self.ladder_types

    def move_down(self, key: CountKey) -> bool:
        """Whether it is a move between ladder homes to less support."""
        return key.kind == "move_down"

    def move_up(self, key: CountKey) -> bool:
        """Whether it is a move between ladder homes to more support."""
        return key.kind == "move_up"

    def exit_to_ordinary(self, key: CountKey) -> bool:
        """Whether a tenancy ended by a move to a private or own home."""
        return key.kind == "exit" and key.place != "" and key.detail in ORDINARY

    def tenancy_ended(self, key: CountKey) -> bool:
        """Whether a tenancy ended by death, eviction or exit."""
        return key.place != "" and key.kind in ("death", "eviction", "exit")

    def death(self, key: CountKey) -> bool:
        """Whether the reference person died."""
        return key.kind == "death"

    def eviction(self, key: CountKey) -> bool:
        """Whether it is an executed eviction."""
        return key.kind == "eviction"

    def incident(self, key: CountKey) -> bool:
        """Whether it is an incident at a site of the ladders."""
        return key.kind == "incident" and key.place in self.ladder_types

    def complaint(self, key: CountKey) -> bool:
        """Whether somebody complains of an incident at a site of the ladders."""
        return key.kind == "complaint" and key.place in self.ladder_types

    def strain(self, key: CountKey) -> bool:
        """Whether it is strain that residents of the ladders live with."""
        return key.kind == "strain_resident_days" and key.place in self.ladder_types

    def damage_days(self, key: CountKey) -> bool:
        """Whether it is repair of damage in a home of the ladders."""
        return key.kind == "damage_days" and key.place in self.ladder_types
