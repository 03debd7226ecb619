"""Why there is nothing to explain: mistakes that look alike to whoever made them.

The replication has been run with an observer and no decision fitted. Its register of decisions and of households tells
whether the id or the number exists at all, and what became of the household or the home instead.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rules.reading import closest

_WORDS: dict[str, dict[str, str]] = {
    "nb": {
        "no_household": "Det er ingen husstand {id} i replikasjon {k}{near}",
        "no_dwelling": "Det er ingen bolig {id} i dette scenariet{near}",
        "near": "; mente du {near}?",
        "no_near": ". {how}",
        "how": "Id-ene står i decisions.parquet i resultatmappen; husstander heter som {household}, boliger som {dwelling}.",
        "not_let": "Boligen {id} finnes, men ble ikke tildelt noen i replikasjon {k}.",
        "past": "Det er ingen avgjørelse {number} i replikasjon {k}: den siste er {last}.",
        "none_at_all": "Det ble ikke tatt noen avgjørelse i replikasjon {k}.",
        "nothing": "Husstanden {id} finnes i replikasjon {k}, men fikk ingen bolig tildelt i perioden",
        "waits": ": den venter fortsatt etter {days} dager, på bolig for støttebehov {need}.",
        "left": ": den sluttet å vente ({exit}).",
        "lives": ": den bor der den bodde fra før ({step}).",
        "end": ".",
    },
    "en": {
        "no_household": "There is no household {id} in replication {k}{near}",
        "no_dwelling": "There is no home {id} in this scenario{near}",
        "near": "; did you mean {near}?",
        "no_near": ". {how}",
        "how": (
            "The ids stand in decisions.parquet of the results folder; households are called like {household}, "
            "homes like {dwelling}."
        ),
        "not_let": "The home {id} exists, but was allocated to nobody in replication {k}.",
        "past": "There is no decision {number} in replication {k}: the last is {last}.",
        "none_at_all": "No decision was made in replication {k}.",
        "nothing": "The household {id} exists in replication {k}, but was allocated no home in the period",
        "waits": ": it still waits after {days} days, for a home for support need {need}.",
        "left": ": it stopped waiting ({exit}).",
        "lives": ": it lives where it lived before ({step}).",
        "end": ".",
    },
}

Rows = Sequence[Sequence[Any]]


def nothing_on_decision(tables: Mapping[str, Rows], number: int, k: int, lang: str) -> str:
    """Say why a decision is not explained: there are not so many."""
    words, decisions = _WORDS[lang], tables["decisions"]
    if not decisions:
        return words["none_at_all"].format(k=k)
    return words["past"].format(number=number, k=k, last=len(decisions) - 1)


def nothing_on_dwelling(tables: Mapping[str, Rows], homes: Sequence[str], asked: str, k: int, lang: str) -> str:
    """Say why a home is not explained: there is none of the id, or nobody got it."""
    words = _WORDS[lang]
    known = [*homes, *(str(row[4]) for row in tables["decisions"] if row[4])]
    if asked in known:
        return words["not_let"].format(id=asked, k=k)
    return words["no_dwelling"].format(id=asked, k=k, near=_near(asked, known, tables, homes, lang))


def nothing_on_household(tables: Mapping[str, Rows], homes: Sequence[str], asked: str, k: int, lang: str) -> str:
    """Say why a household is not explained: there is none of the id, or it was allocated nothing, and how it stands."""
    words, households = _WORDS[lang], {str(row[0]): row for row in tables.get("households", ())}
    row = households.get(asked)
    if row is None:
        return words["no_household"].format(id=asked, k=k, near=_near(asked, list(households), tables, homes, lang))
    _, _, waited, censored, need, step, left = row
    head = words["nothing"].format(id=asked, k=k)
    if censored:
        return head + words["waits"].format(days=round(waited), need=need)
    if left:
        return head + words["left"].format(exit=left)
    return head + (words["lives"].format(step=step) if step else words["end"])


def _near(asked: str, known: Sequence[str], tables: Mapping[str, Rows], homes: Sequence[str], lang: str) -> str:
    words = _WORDS[lang]
    if near := closest(asked, _of_like_number(asked, known)):
        return words["near"].format(near=near)
    households = [str(row[0]) for row in tables.get("households", ())]
    how = words["how"].format(household=(households or ["refugees/14"])[-1], dwelling=(list(homes) or ["storgata-1/2"])[0])
    return words["no_near"].format(how=how)


def _of_like_number(asked: str, known: Sequence[str]) -> list[str]:
    """Give the ids with the number that was asked for, if there are any: it is rarely the number that is misspelt."""
    number = asked.rpartition("/")[2]
    return [one for one in known if one.rpartition("/")[2] == number] or list(known)
