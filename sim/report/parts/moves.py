"""Moves into, between and out of municipal homes, by step where the folder says which step a type of home is at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.report.charts import Flow
from sim.report.reading import Reading

#: Where people come from and go to outside municipal homes.
_PLACES = {
    "waiting": {"nb": "Søkere uten kommunal bolig", "en": "Applicants without a municipal home"},
    "private": {"nb": "Privat leie", "en": "Private rental"},
    "own_home": {"nb": "Egen bolig", "en": "Own home"},
    "out_of_municipality": {"nb": "Ut av kommunen", "en": "Out of the municipality"},
    "institution": {"nb": "Institusjon", "en": "Institution"},
    "homeless": {"nb": "Uten bolig", "en": "Without a home"},
    "dead": {"nb": "Døde", "en": "Died"},
}
_SITUATIONS = frozenset(
    {"no_roof", "temporary", "with_others", "notice_to_quit", "unsuitable", "leaving_institution", "ordinary", "waiting"}
)


@dataclass(frozen=True, slots=True)
class Moves:
    """Moves a year, the mean over replications.

    Parameters
    ----------
    flows : mapping of str to sequence of Flow
        By policy.
    order : sequence of str
        Ids of places, as they shall stand.
    called : mapping of str to str
        Id of a place -> its name.
    homes : frozenset of str
        The ids that are municipal homes.
    """

    flows: Mapping[str, Sequence[Flow]]
    order: Sequence[str]
    called: Mapping[str, str]
    homes: frozenset[str]

    def counts(self, policy: str) -> tuple[float, float, float]:
        """Moves into, between and out of municipal homes, a year."""
        flows = self.flows[policy]
        into = sum(flow.n for flow in flows if flow.source not in self.homes)
        out = sum(flow.n for flow in flows if flow.target not in self.homes)
        return into, sum(flow.n for flow in flows) - into - out, out


def moves_of(reading: Reading) -> Moves | None:
    """Gather the moves; nothing where the folder has none of any home."""
    types = [path.removeprefix("types.") for path in reading.names_by_path if path.startswith("types.") and path.count(".") == 1]
    steps: Mapping[str, Mapping[str, object]] = reading.texts.get("types", {})
    place_of = {type_: f"{steps[type_]['scheme']}_{steps[type_]['step']}" if type_ in steps else type_ for type_ in types}
    counted: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in reading.names}
    for policy, _, _, origin, destination, n in reading.table("flows"):
        if origin in place_of or destination in place_of:
            counted[policy][_place(origin, place_of), _place(destination, place_of)] += n
    met = {place for moves in counted.values() for pair in moves for place in pair}
    if not met:
        return None
    homes = [place for place in dict.fromkeys(place_of.values()) if place in met]
    if steps:  # by ladder, in the order of the file, and by step
        ladders = list(dict.fromkeys(place.rpartition("_")[0] for place in homes))
        homes.sort(key=lambda place: (ladders.index(place.rpartition("_")[0]), place))
    order = ["waiting", *homes, *(place for place in _PLACES if place != "waiting"), *sorted(met - {*homes, *_PLACES})]
    share = 1 / (reading.replications * float(reading.run["years"]))
    flows = {name: [Flow(*pair, n * share) for pair, n in moves.items()] for name, moves in counted.items()}
    called = {place: _called(reading, place, bool(steps)) for place in order}
    return Moves(flows, [place for place in order if place in met], called, frozenset(homes))


def place_name(reading: Reading, id_: str) -> str:
    """What a type of home, or a place outside municipal homes, is called."""
    return _called(reading, id_, by_step=False)


def _place(id_: str, place_of: Mapping[str, str]) -> str:
    return place_of.get(id_, "waiting" if id_ in _SITUATIONS else id_)


def _called(reading: Reading, place: str, by_step: bool) -> str:
    if place in _PLACES:
        return _PLACES[place][reading.lang]
    return reading.called("step" if by_step else "type", place)
