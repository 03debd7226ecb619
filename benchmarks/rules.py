"""What a decision by rules costs beside the same rules written out in Python: ``python benchmarks/rules.py``.

300 candidates for one home under the conditions of rules/baerum (five of eligibility, six of matching, one of living environment)
and its order of priority. Everything is timed in one process, in interleaved rounds; a ratio is the median over rounds of the
ratio in the round, so that another load of the machine meets both sides. Facts are made before the clock starts, on both sides.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from rules import Decisions, Layout, RuleSet, compile_program, grounds, load_ruleset
from rules.library.compiled import order_program, verdicts_program
from rules.library.grounds import Grounds
from rules.library.words import Words
from rules.verify import check_ruleset

BAERUM = ROOT / "rules" / "baerum"
CANDIDATES = 300
DAY = date(2026, 6, 15)
#: Name -> what it may cost at most: times the function written by hand, or seconds.
GOALS = {"ranking": 1.5, "ranking, grounds for everyone": 4.0, "load": 0.5, "check": 5.0}


def candidates(layout: Layout, seed: int = 1, number: int = CANDIDATES) -> list[Any]:
    """Make applicants such as Bærum's: some too short a time in the municipality, some in the wrong ladder, some in a hurry."""
    draw = random.Random(seed)
    found = []
    for _ in range(number):
        a = layout.new_applicant(
            {
                "substance": draw.randint(0, 3), "mental": draw.randint(0, 3), "conflict": draw.choice([0, 0, 0, 1, 2, 3]),
                "motivation": draw.randint(0, 3), "ability": draw.randint(0, 3), "support_need": draw.randint(1, 5),
                "wheelchair": draw.random() < 0.1, "settled_refugee": draw.random() < 0.2, "household_size": 1, "children": 0,
                "income_sufficient": draw.random() < 0.1, "guardian_co_signs": False, "needs_rooms": draw.choice([1, 1, 2, 3]),
                "urgency": draw.choice(["ordinary", "ordinary", "urgent", "critical"]), "applying_as": "newcomer",
                "assessed_scheme": draw.choice(["velferd", "velferd", "velferd", "omsorg"]),
                "assessed_rank": draw.choice([1, 1, 2, 3]),
                "situation": draw.choice(["with_others", "unsuitable", "temporary", "no_roof"]), "in_crisis": False,
                "absence": "none", "own_scheme": "none", "own_rank": 0, "renewals": 0, "taken_follow_up_agreement": False,
                "wished_district": "any", "unwished_district": "none",
            }
        )  # fmt: skip
        layout.mark(a, "born", -draw.randint(17 * 365, 70 * 365))
        layout.mark(a, "moved_to_municipality", -draw.randint(200, 8000))
        layout.mark(a, "listed", -draw.randint(0, 900))
        a.lottery = draw.randint(0, 2**31)
        found.append(a)
    return found


def home(layout: Layout) -> tuple[Any, Any]:
    """Make a vacant single flat and its site."""
    values = {"home_scheme": "velferd", "home_rank": 2, "rooms": 2, "robust": False, "accessible": True, "shielded": False}
    return layout.new_dwelling(values), layout.new_site({"site_limit": 8, "site_conflict_sum": 2, "site_strain": 3})


def by_hand(people: list[Any], d: Any, s: Any, day: int) -> list[Any]:
    """Rank by the same conditions and the same order, as one would write them out for this alone."""
    found = []
    home_scheme, home_rank, rooms, accessible = d.home_scheme, d.home_rank, d.rooms, d.accessible
    sturdy = d.robust or d.shielded
    for a in people:
        scheme, rank, applying = a.assessed_scheme, a.assessed_rank, a.applying_as
        situation = a.situation
        need = rank if scheme == "omsorg" else 1 if a.needs_rooms >= 3 else 5 if rank >= 4 else rank
        if applying != "transfer":
            if scheme == "velferd":
                if a.income_sufficient:
                    continue
                if day - a.residence__since < 1096 and not a.settled_refugee:
                    continue
                if not (
                    a.substance >= 1 or a.mental >= 1 or a.conflict >= 1 or a.support_need >= 2 or a.ability <= 2
                    or a.settled_refugee or situation in ("no_roof", "temporary", "leaving_institution", "notice_to_quit")
                ):  # fmt: skip
                    continue
            elif not (a.substance >= 1 or a.mental >= 1):
                continue
            if not need <= home_rank <= need + 1:
                continue
        elif home_rank != need:
            continue
        if day - a.age__since < 6575 and not a.guardian_co_signs:
            continue
        if scheme != home_scheme or rooms < a.needs_rooms or (a.wheelchair and not accessible):
            continue
        if (a.conflict >= 3 and not sturdy) or (a.conflict >= 1 and a.conflict + s.site_conflict_sum > s.site_limit):
            continue
        if a.conflict >= 2 and s.site_strain > 6:
            continue
        urgency = a.urgency
        if urgency == "critical" or situation == "no_roof":
            group = 0
        elif applying == "transfer" and a.own_rank >= 3 and need < a.own_rank:
            group = 1
        elif (
            urgency == "urgent" or situation in ("temporary", "leaving_institution", "notice_to_quit")
            or (applying == "transfer" and need > a.own_rank)
        ):  # fmt: skip
            group = 2
        else:
            group = 3
        found.append(((group, a.days_waited__since, a.lottery), a))
    found.sort(key=_first)
    return [a for _, a in found]


def _first(pair: tuple[Any, ...]) -> Any:
    return pair[0]


class Contest:
    """The same 300 candidates, asked in several ways."""

    def __init__(self, ruleset: RuleSet, seed: int = 1) -> None:
        self.ruleset = ruleset
        self.layout = Layout(ruleset.fields.values(), DAY)
        self.program = compile_program(ruleset, self.layout).build()
        self.people = candidates(self.layout, seed)
        self.d, self.s = home(self.layout)
        version = ruleset.on(DAY)
        self.rules = (*version.eligibility, *version.exclusion, *version.matching, *version.living_environment)
        self.verdicts = verdicts_program(self.rules, self.layout)
        self.words = Words(self.rules, self.layout)
        self.order = order_program(version, self.layout, with_home=True)

    def hand(self) -> list[Any]:
        return by_hand(self.people, self.d, self.s, 0)

    def generated(self) -> list[Any]:
        people = self.people
        return [people[n] for n in self.order(people, self.d, self.s)]

    def programs(self) -> list[Any]:
        """Ask the functions of the program one by one, as a simulation does of those who come first."""
        program, d, s = self.program, self.d, self.s
        refusals, compatible, suits, key = program.refusals, program.compatible, program.suits, program.key
        found = [(key(a, 0), n, a) for n, a in enumerate(self.people)
                 if compatible(a, d, 0) and suits(a, d, s, 0) and not refusals(a, 0)]  # fmt: skip
        found.sort()
        return [a for _, _, a in found]

    def everyones_grounds(self) -> tuple[list[Any], list[Grounds]]:
        """Rank, and keep the verdict of every condition for everyone; words are made when somebody reads them."""
        people, rules, layout, d, s = self.people, self.rules, self.layout, self.d, self.s
        verdicts = self.verdicts(people, d, s)
        words = self.words
        told = [Grounds(rules, of, layout, (a, d, s), words) for a, of in zip(people, verdicts, strict=True)]
        return self.generated(), told

    def everyones_words(self) -> list[list[str]]:
        """The same, with the words for each condition that somebody fails."""
        return [grounds_.texts("nb") for grounds_ in self.everyones_grounds()[1]]

    def interpreted(self) -> list[Any]:
        """Every ground of everyone by the plain interpreter, in words, met or not: what `explain` does for one decision."""
        return [
            grounds(self.ruleset, self.layout, stage, a, self.d, self.s, 0)
            for a in self.people
            for stage in ("eligibility", "exclusion", "matching", "living_environment")
        ]


def contest(rounds: int, ruleset: RuleSet) -> dict[str, float]:
    """Give the median ratio of each way to the function written by hand."""
    made = Contest(ruleset)
    assert made.generated() == made.hand() == made.everyones_grounds()[0]
    ways: dict[str, tuple[Callable[[], Any], int]] = {
        "ranking": (made.generated, 20),
        "ranking, a call for each question": (made.programs, 20),
        "ranking, grounds for everyone": (made.everyones_grounds, 20),
        "ranking, grounds for everyone, failures in words": (made.everyones_words, 2),
        "every ground of everyone in words, by the interpreter": (made.interpreted, 1),
    }
    ratios: dict[str, list[float]] = {name: [] for name in ways}
    hand = []
    for _ in range(rounds):
        base = timed(made.hand, 20)
        hand.append(base)
        for name, (way, times) in ways.items():
            ratios[name].append(timed(way, times) / base)
    return {"by hand, microseconds": 1e6 * median(hand), **{name: median(found) for name, found in ratios.items()}}


def timed(way: Callable[[], Any], times: int) -> float:
    """Give CPU seconds of one call."""
    begun = time.process_time()
    for _ in range(times):
        way()
    return (time.process_time() - begun) / times


def from_dicts(ruleset: RuleSet) -> float:
    """Give CPU milliseconds of ranking 300 dicts with the library: facts made, judged, ordered."""
    decisions = Decisions(ruleset, DAY)
    draw = random.Random(1)
    row = {
        "substance": 1, "mental": 0, "conflict": 0, "support_need": 2, "ability": 2, "settled_refugee": False, "age": 40,
        "income_sufficient": False, "guardian_co_signs": False, "urgency": "ordinary", "applying_as": "newcomer", "own_rank": 0,
        "assessed_scheme": "velferd", "assessed_rank": 1, "situation": "with_others", "residence": 60,
        "needs_rooms": 1,
    }  # fmt: skip
    table = [row | {"days_waited": draw.randint(0, 900), "residence": draw.randint(0, 200)} for _ in range(CANDIDATES)]
    return 1e3 * min(timed(lambda: decisions.ranking(table), 1) for _ in range(5))


def measured(rounds: int) -> dict[str, float]:
    """Give every figure: ratios to the function by hand, and CPU seconds of loading and checking."""
    loads = [timed(lambda: load_ruleset(BAERUM), 1) for _ in range(max(3, rounds // 4))]
    ruleset = load_ruleset(BAERUM)
    checks = [timed(lambda: check_ruleset(ruleset), 1) for _ in range(3)]
    found = contest(rounds, ruleset)
    dicts = from_dicts(ruleset)
    return {**found, "300 dicts ranked by the library, milliseconds": dicts, "load": median(loads), "check": median(checks)}


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = measured(given.rounds)
    if given.json:
        print(json.dumps(found, indent=2))
        return
    for name, value in found.items():
        goal = GOALS.get(name)
        unit = " s" if name in ("load", "check") else "" if "seconds" in name else " ×"
        verdict = "" if goal is None else f"  goal {goal:g}{unit}: {'reached' if value <= goal else 'missed'}"
        print(f"{name:55} {value:8.2f}{unit}{verdict}")


if __name__ == "__main__":
    main()
