"""`explain` tells four mistakes apart."""

from typing import Any

import pytest

from sim.cli.unexplained import nothing_on_decision, nothing_on_dwelling, nothing_on_household

HOMES = ["elm-1/1", "elm-1/2", "oak-1/1"]
TABLES: dict[str, Any] = {
    "decisions": [
        (0, 3, "eligibility", "hash", "", "refugees/1", "refused", "RESIDENCE", 1),
        (1, 5, "allocation", "hash", "elm-1/1", "refugees/2", "newcomer", "", 4),
        (2, 9, "renewal", "hash", "oak-1/1", "resident-flat/1", "not_renewed", "", 1),
    ],
    "households": [
        ("resident-flat/1", "other", None, False, 1, "velferd_2", ""),
        ("refugees/1", "refugees", None, False, 2, None, "refused"),
        ("refugees/2", "refugees", 2.0, False, 2, "velferd_1", ""),
        ("refugees/3", "refugees", 99.7, True, 4, None, ""),
    ],
}


@pytest.mark.parametrize(
    ("number", "nb", "en"),
    [
        (3, "Det er ingen avgjørelse 3 i replikasjon 2: den siste er 2", "no decision 3 in replication 2: the last is 2"),
    ],
)
def test_decisions(number: int, nb: str, en: str) -> None:
    assert nb in nothing_on_decision(TABLES, number, 2, "nb")
    assert en in nothing_on_decision(TABLES, number, 2, "en")


def test_no_decision_at_all() -> None:
    assert nothing_on_decision({"decisions": []}, 0, 1, "en") == "No decision was made in replication 1."


@pytest.mark.parametrize(
    ("asked", "nb", "en"),
    [
        ("refuges/3", "Det er ingen husstand refuges/3 i replikasjon 1; mente du refugees/3?", "did you mean refugees/3?"),
        ("zzz", "Id-ene står i decisions.parquet i resultatmappen", "homes like elm-1/1"),
        ("refugees/3", "den venter fortsatt etter 100 dager, på bolig for støttebehov 4", "still waits after 100 days"),
        ("refugees/1", "den sluttet å vente (refused)", "stopped waiting (refused)"),
        ("resident-flat/1", "den bor der den bodde fra før (velferd_2)", "lives where it lived before (velferd_2)"),
    ],
)
def test_households(asked: str, nb: str, en: str) -> None:
    assert nb in nothing_on_household(TABLES, HOMES, asked, 1, "nb")
    assert en in nothing_on_household(TABLES, HOMES, asked, 1, "en")


@pytest.mark.parametrize(
    ("asked", "nb", "en"),
    [
        ("elm-l/2", "Det er ingen bolig elm-l/2 i dette scenariet; mente du elm-1/2?", "There is no home elm-l/2"),
        ("elm-1/2", "Boligen elm-1/2 finnes, men ble ikke tildelt noen", "exists, but was allocated to nobody"),
    ],
)
def test_dwellings(asked: str, nb: str, en: str) -> None:
    assert nb in nothing_on_dwelling(TABLES, HOMES, asked, 1, "nb")
    assert en in nothing_on_dwelling(TABLES, HOMES, asked, 1, "en")
