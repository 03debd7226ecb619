"""A team keeps its sums as members come and go; here everything is worked out afresh, from the members, at every step."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel import Bins
from sim.world.mechanisms.sharing import HIGHEST_NEED_FIRST, PROPORTIONAL, sharing_of
from sim.world.mechanisms.team import Ask, Team
from sim.world.mechanisms.team_checks import broken

RULES = (PROPORTIONAL, HIGHEST_NEED_FIRST)
BINS = Bins((0.0, 4.5, 10.0, 11.0, 100.0))
WEEKLY_HOURS = 1.0 / 60.0 / 7.0


class Person:
    """Somebody with an order of creation; compared by identity, as households are."""

    def __init__(self, order):
        self.order = order

    def __repr__(self):
        return f"p{self.order}"


class Plain:
    """The same team, without a memory: who gets what follows from the members alone."""

    def __init__(self, rule, capacity):
        self.rule, self.capacity = rule, capacity
        self.members = {}

    def fractions(self):
        """The part of the accepted hours that each member receives."""
        taken = {who: minutes * share / (1 - travel) for who, (minutes, share, travel, _) in self.members.items()}
        if self.rule == PROPORTIONAL:
            total = sum(taken.values())
            return dict.fromkeys(taken, 0.0 if self.capacity <= 0 else min(1.0, self.capacity / total) if total else 1.0)
        left, found = self.capacity, {}
        for who in sorted(self.members, key=lambda who: (-self.members[who][0], who.order)):
            found[who] = 0.0 if left <= 1e-9 else min(1.0, left / taken[who]) if taken[who] else 1.0
            left -= taken[who] * found[who]
        return found


STEPS = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.sampled_from([None, 30, 60, 90, 240]),
        st.sampled_from([0.0, 0.4, 1.0]),
        st.sampled_from([0.0, 0.2]),
        st.sampled_from(["home", "house"]),
    ),
    max_size=30,
)
CAPACITIES = st.sampled_from([0.0, 50.0, 100.0, 400.0])


@pytest.mark.parametrize("rule", RULES)
@given(steps=STEPS, capacity=CAPACITIES, other=CAPACITIES, switch=st.booleans())
@settings(max_examples=80, deadline=None)
def test_a_team_integrates_what_a_plain_sum_would(rule, steps, capacity, other, switch):
    team, plain = Team("t", capacity, BINS), Plain(rule, capacity)
    team.share_by(0.0, sharing_of(rule, team))
    people = [Person(order) for order in range(7)]
    asks, expected = {}, {}

    def add(what, bins, amount):
        for number, (low, high) in enumerate(zip(BINS.boundaries, BINS.boundaries[1:], strict=False)):
            length = max(0.0, min(high, bins[1]) - max(low, bins[0]))
            expected.setdefault(what, [0.0] * len(BINS))[number] += amount * length

    for step, (which, minutes, share, travel, kind) in enumerate(steps):
        now, who = float(step), people[which]
        if step == len(steps) // 2:
            team.set_capacity(now, other)
            plain.capacity = other
            if switch:
                plain.rule = RULES[1 - RULES.index(rule)]
                team.balance(now)
                team.share_by(now, sharing_of(plain.rule, team))
        if who in plain.members:
            team.remove(now, who, asks.pop(who))
            del plain.members[who]
        if minutes is not None:
            # Travel belongs to the type of home.
            travel = {"home": 0.0, "house": 0.2}[kind]
            asks[who] = Ask(minutes, team.part("scheme", kind, share, travel))
            plain.members[who] = minutes, share, travel, kind
            team.add(now, who, asks[who])
        team.balance(now)
        assert list(broken(team)) == []
        fractions = plain.fractions()
        stretch = now, now + 1.0
        for member, (required, accepts, road, _) in plain.members.items():
            given_now = accepts * fractions[member]
            # Capacity is counted in billionths of a minute: at a boundary of a whole per cent either side is right.
            found = team.sharing.percent_now(member, asks[member])
            assert found in {int(100 * given_now + wobble) for wobble in (-1e-6, 1e-6)}
            add("required", stretch, required * WEEKLY_HOURS)
            add("offered", stretch, required * WEEKLY_HOURS)
            add("accepted", stretch, required * accepts * WEEKLY_HOURS)
            add("booked", stretch, required * accepts / (1 - road) * WEEKLY_HOURS)
            add("received", stretch, required * given_now * WEEKLY_HOURS)
            add("days", stretch, 1.0)
            if abs(given_now - 0.8) > 1e-6:
                add("required_short", stretch, given_now < 0.8)
        add("capacity", stretch, plain.capacity * WEEKLY_HOURS)
    hours = team.hours(float(len(steps)))
    for what, bins in expected.items():
        found = [sum(areas[n] for cell, areas in hours.items() if cell.what == what) for n in range(len(BINS))]
        assert found == pytest.approx(bins, abs=1e-6), what
    for cell, areas in hours.items():
        if cell.what == "met":
            assert areas == hours[cell._replace(what="received")]


def test_the_four_hours_stand_in_their_order():
    """Six hours of which four are accepted, and three of these received."""
    team = Team("t", 180.0, Bins((0.0, 7.0)))
    team.share_by(0.0, sharing_of(PROPORTIONAL, team))
    part = team.part("scheme", "home", 0.5, 0.0)
    whole = team.part("scheme", "home", 1.0, 0.0)
    for order, where in enumerate((part, part, whole)):
        team.add(0.0, Person(order), Ask(120, where))
    team.balance(0.0)
    found = {cell.what: areas[0] for cell, areas in team.hours(7.0).items()}
    assert [found[what] for what in ("required", "offered", "accepted", "received", "met")] == pytest.approx([6, 6, 4, 3, 3])
    assert found["capacity"] == pytest.approx(3.0)
