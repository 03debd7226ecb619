"""`replies.accept_if` from the YAML to who lives where."""

from __future__ import annotations

from collections import Counter

from sim.replication import simulate
from sim.replication.replicate import world_of
from sim.scenario import load_scenario


def test_who_accepts_depends_on_the_applicant_and_on_the_home_offered():
    plan = load_scenario("tests/whole/answers.yaml")
    world = world_of(plan, 1, 1)
    world.clock.run(plan.blueprint.days)
    lives = Counter((h.group, h.home.type.id) for h in world.households.values() if h.home is not None)
    # The keen take what comes; the calm decline every plain home, and take the first green one in the summer.
    assert lives == {("keen", "plain"): 20, ("calm", "green"): 20}
    moved = sorted(move.day for move in world.moves)
    assert (moved[0], moved[-1]) == (1.0, 182.0)
    records = simulate(plan, 1, 1)
    declined = Counter()
    for key, counts in records.counts.items():
        if key.kind == "decline":
            declined[key.group, key.place] += int(sum(counts))
    # Each of the calm has been offered each of the plain homes that the keen left, one a day, and declined it.
    assert declined == {("calm", "plain"): 20 * 40}
