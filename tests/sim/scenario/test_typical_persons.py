"""Typical persons: the same household under every policy, found by the stated rule, and mistakes in naming them."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.reading import InputError
from sim.replication import replicate
from sim.scenario import load_comparison, load_scenario

ROOT = Path(__file__).parents[3]
BAERUM = ROOT / "scenarios" / "baerum.yaml"


def test_the_same_person_meets_every_policy() -> None:
    policies = [ROOT / "scenarios" / name for name in ("need-first.yaml", "four-more-firemannsboliger.yaml")]
    scenarios = load_comparison(BAERUM, policies, (), 4)
    first = next(iter(scenarios.values()))
    assert len(first.typical) >= 3
    homes = set()
    for k in (1, 2):
        rows = {}
        for name, scenario in scenarios.items():
            result = replicate(scenario, 7, k, keep_records=True)
            rows[name] = {row[0]: row for row in result.tables["typical"]}
            assert result.records is not None
            applications = list(zip(result.records.applied, result.records.applicants, strict=True))
            who = {household: of for (_, household), of in reversed(applications)}
            for person in scenario.typical:
                _, household, applied, waited, housed, home, _, after = rows[name][person.id]
                group, scheme, need = who[str(household)]
                assert group == person.group and person.need in (0, need) and person.scheme in ("", scheme)
                assert applied >= person.day
                earlier = [h for (day, h), of in applications if person.day <= day < applied and of == (group, scheme, need)]
                assert all(any(day < person.day and other == h for (day, other), _ in applications) for h in earlier)
                assert (housed is None) == (home == "") and (waited is None or waited >= 0) and after is not None
        # Who it is, and when it applies, is no choice of the policy; what becomes of it is.
        assert len({tuple(row[:3] for row in of.values()) for of in rows.values()}) == 1
        homes |= {tuple(row[3:] for row in of.values()) for of in rows.values()}
    assert len(homes) > 2


def test_the_hash_of_results_does_not_hang_on_whom_one_follows() -> None:
    other = load_scenario(BAERUM, [("typical.young.applies_from", "2028-01-01")])
    assert other.typical != load_scenario(BAERUM).typical and other.hash == load_scenario(BAERUM).hash


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("typical.young.group", "yung", "there is no group 'yung'"),
        ("typical.young.need", "9", "9"),
    ],
)
def test_mistakes(path: str, value: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        load_scenario(BAERUM, [(path, value)])
    assert says in str(caught.value)
