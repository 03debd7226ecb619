"""The event log (`events.csv`): one row an event with case, activity and time, for process mining and animation."""

import csv
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from io import StringIO
from typing import Any, NamedTuple

from sim.results.errors import ResultsError
from sim.results.folder import ResultsData

FILE = "events.csv"


class Event(NamedTuple):
    """One event of one household.

    Attributes
    ----------
    case_id : str
        ``policy/replication/household``: one case is one household in one replication of one policy.
    activity : str
        What happened, see `ACTIVITIES`.
    timestamp : str
        Calendar date and time (ISO 8601, no zone).
    resource : str
        The type of home that it is about; empty without a municipal home.
    """

    case_id: str
    activity: str
    timestamp: str
    resource: str
    policy: str
    replication: int
    household: str
    group: str
    outcome: str
    ground: str
    dwelling: str
    origin: str
    destination: str


#: Columns of the file with their meaning, in order.
COLUMNS: Mapping[str, tuple[str, str]] = {
    "case_id": ("string", "policy/replication/household: one case is one household in one replication of one policy"),
    "activity": ("string", "applied, decided, listed, offered, left_list, moved_in, moved, renewed, not_renewed, left, evicted, "
                 "died, returned"),
    "timestamp": ("datetime", "date and time in the calendar of the scenario, by ISO 8601 without a zone"),
    "resource": ("string", "type of the home that it is about; empty = none"),
    "policy": ("string", "name of the scenario or policy"),
    "replication": ("integer", "number of the replication, from 1"),
    "household": ("string", "id of the household"),
    "group": ("string", "group of applicants"),
    "outcome": ("string", "what was decided, or how a wait ended without a home; empty = neither"),
    "ground": ("string", "ids of the rules that decided; empty = none"),
    "dwelling": ("string", "id of the dwelling, of its type with real data; empty = none or not recorded"),
    "origin": ("string", "type of home, situation or destination moved from; empty = no move"),
    "destination": ("string", "type of home, situation or destination moved to; empty = no move"),
}  # fmt: skip

#: Kind of a row of `events`, or of `decisions`, -> activity. An outcome of a renewal is an activity of its own.
ACTIVITIES: Mapping[str, str] = {
    "applied": "applied",
    "eligibility": "decided",
    "listed": "listed",
    "allocation": "offered",
    "circle": "offered",
    "left_list": "left_list",
    "new": "moved_in",
    "transfer": "moved",
    "exit": "left",
    "eviction": "evicted",
    "death": "died",
    "return": "returned",
}
#: At one instant: whoever loses a home and applies again the same day has left it first.
_ORDER = ("renewed", "not_renewed", "left", "evicted", "returned", "applied", "decided", "listed", "offered")
_RANK = {activity: rank for rank, activity in enumerate(_ORDER)}
_ENTERING = frozenset({"applied", "listed", "return"})


def event_log(data: ResultsData) -> list[Event]:
    """Give the events of all households, by policy and replication in the order of time.

    Decisions are recorded by the day. One on the day on which its household applied or was listed is given that time, so that
    no decision precedes what it is about.

    Raises
    ------
    ResultsError
        When the folder holds nothing about single households.
    """
    if "events" not in data.tables or "decisions" not in data.tables or "start" not in data.run:
        raise ResultsError(
            "run.json: lacks the events of single households: it was written by an earlier version, "
            "or from real data without --person-level"
        )
    groups = {row[:3]: row[3] for row in data.tables["households"]}
    places = {policy["name"]: number for number, policy in enumerate(data.run["policies"])}
    start = datetime.fromisoformat(data.run["start"])
    timed = [*_lives(data), *_decisions(data)]
    timed.sort(key=lambda of: (places[of[1].policy], of[1].replication, of[0], of[1].household, _rank(of[1])))
    return [
        event._replace(
            timestamp=(start + timedelta(days=day)).isoformat(timespec="seconds"),
            group=groups.get((event.policy, event.replication, event.household), ""),
        )
        for day, event in timed
    ]


def event_log_csv(data: ResultsData) -> str:
    """Give the contents of `events.csv`. Raises `ResultsError` as `event_log` does."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(event_log(data))
    return file.getvalue()


def _rank(event: Event) -> int:
    return _RANK.get(event.activity, len(_RANK))


def _event(policy: str, replication: int, household: str, activity: str, **more: str) -> Event:
    blank = dict.fromkeys(Event._fields[7:], "")
    case = f"{policy}/{replication}/{household}"
    resource = more.pop("resource", "")
    return Event(case, activity, "", resource, policy, replication, household, **(blank | more))


def _lives(data: ResultsData) -> Iterator[tuple[float, Event]]:
    for policy, replication, day, household, kind, origin, destination in data.tables["events"]:
        activity = ACTIVITIES.get(kind, kind)
        if kind == "left_list":
            yield day, _event(policy, replication, household, activity, outcome=destination)
            continue
        home = destination if kind in ("new", "transfer") else origin if kind in ("exit", "eviction", "death") else ""
        yield day, _event(policy, replication, household, activity, resource=home, origin=origin, destination=destination)


def _decisions(data: ResultsData) -> Iterator[tuple[float, Event]]:
    entered: dict[tuple[Any, ...], float] = {}
    for policy, replication, day, household, kind, *_ in data.tables["events"]:
        if kind in _ENTERING:
            key = (policy, replication, household, day // 1)
            entered[key] = max(day, entered.get(key, day))
    types = data.texts.get("site_types", {})
    for policy, replication, _, day, kind, _, dwelling, household, outcome, ground, _ in data.tables["decisions"]:
        time = max(day, entered.get((policy, replication, household, day // 1), day))
        activity = outcome if kind == "renewal" else ACTIVITIES.get(kind, kind)
        home = types.get(dwelling.rpartition("/")[0], dwelling if dwelling in types.values() else "")
        said = "" if kind == "renewal" else outcome
        yield (
            time,
            _event(policy, replication, household, activity, outcome=said, ground=ground, dwelling=dwelling, resource=home),
        )
