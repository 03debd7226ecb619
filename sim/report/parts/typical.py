"""Typical persons followed through: what happens to the same imagined person under each policy, over many courses of events."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from sim.report.blocks import Block, Cell, Column, Paragraph, Part, Table
from sim.report.numbers import NOTHING, number
from sim.report.parts.moves import place_name
from sim.report.reading import Reading

_SAY = {
    "nb": {
        "title": "Typiske personer, fulgt gjennom",
        "lead": (
            "Hver er den første i sin gruppe som søker fra og med en bestemt dato, med et bestemt behov. Det er den samme "
            "husstanden under alle tiltak, i hver replikasjon. Personene er tenkte. Tabellene viser hva som skjer med dem til "
            "vanlig i hele perioden, ikke hvem som vinner eller taper."
        ),
        "policy": "Alternativ",
        "housed": "Får kommunal bolig",
        "waited": "Ventet, midterste replikasjon (dager)",
        "first": "Første bolig, oftest",
        "moves": "Flyttinger på to år",
        "after": "To år etter søknaden, oftest",
        "no_home": "Ikke i kommunal bolig: venter fortsatt, eller har gått av listen",
        "in": "{place} (i {share} av replikasjonene)",
    },
    "en": {
        "title": "Typical persons, followed through",
        "lead": (
            "Each is the first of its group that applies from a certain date on, with a certain need. It is the same household "
            "under all policies, in each replication. The persons are imagined. The tables show what commonly happens to them "
            "over the whole period, not who wins or loses."
        ),
        "policy": "Alternative",
        "housed": "Gets a municipal home",
        "waited": "Waited, middle replication (days)",
        "first": "First home, most often",
        "moves": "Moves in two years",
        "after": "Two years after applying, most often",
        "no_home": "No municipal home: still waiting, or has left the list",
        "in": "{place} (in {share} of the replications)",
    },
}


@dataclass(slots=True)
class _Followed:
    """What happened to a person under a policy, replication by replication; a wait that did not end is endless."""

    waited: list[float] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    moves: list[int] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def typical(reading: Reading) -> Part | None:
    """Tell of each person under each policy; nothing where the folder follows nobody."""
    found: dict[str, dict[str, _Followed]] = defaultdict(lambda: defaultdict(_Followed))
    for policy, _, person, _, _, waited, _, first, moves, after in reading.table("typical"):
        of = found[person][policy]
        of.waited.append(float("inf") if waited is None else waited)
        of.moves.append(moves)
        of.first += [first] if first else []
        of.after += [after] if after is not None else []
    if not found:
        return None
    say = _SAY[reading.lang]
    blocks: list[Block] = [Paragraph(say["lead"])]
    for person, by_policy in found.items():
        called = reading.names_by_path.get(f"typical.{person}", {}).get(reading.lang) or person
        blocks.append(_table(reading, called, by_policy))
    return Part("typical", say["title"], blocks)


def _table(reading: Reading, called: str, by_policy: dict[str, _Followed]) -> Table:
    say = _SAY[reading.lang]
    columns = [Column(say["policy"]), Column(say["housed"], number=True), Column(say["waited"], number=True)]
    columns += [Column(say["first"], apart=True), Column(say["moves"], number=True), Column(say["after"], apart=True)]
    rows: list[list[Cell | str]] = []
    for policy in reading.names:
        if policy not in by_policy:
            continue
        of = by_policy[policy]
        middle = median(of.waited)
        rows.append(
            [
                reading.label(policy),
                _share(len(of.first), len(of.waited), reading.lang),
                NOTHING if middle == float("inf") else number(middle, 0, reading.lang),
                _commonest(reading, of.first),
                number(sum(of.moves) / len(of.moves), 1, reading.lang),
                _commonest(reading, of.after),
            ]
        )
    return Table(called, columns, rows)


def _commonest(reading: Reading, places: Sequence[str]) -> str:
    if not places:
        return NOTHING
    place, count = Counter(places).most_common(1)[0]
    say = _SAY[reading.lang]
    name = place_name(reading, place) if place else say["no_home"]
    return say["in"].format(place=name, share=_share(count, len(places), reading.lang))


def _share(count: int, of: int, lang: str) -> str:
    per_cent = number(100 * count / of, 0, lang)
    return f"{per_cent}\N{NO-BREAK SPACE}%" if lang == "nb" else f"{per_cent}%"
