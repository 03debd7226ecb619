"""The contents of a results folder with every table filled, from arithmetic in place of a world."""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.cli.figures import kpi_texts
from sim.cli.summary import summary
from sim.experiment import Key, Sample
from sim.results import ResultsData

GROUPS = {"young": ("Unge", "Young people"), "families": ("Barnefamilier", "Families with children")}
TYPES = {
    "flat": ("Enkeltleilighet i vanlig boligområde med lang gangavstand", "Single flat in an ordinary estate", "velferd", 1),
    "small_unit": ("Firemannsbolig", "Four-unit house", "velferd", 3),
    "care": ("Omsorgsbolig 1", "Care dwelling 1", "omsorg", 1),
}
STEPS = {"velferd_1": 100.0, "velferd_3": 8.0, "omsorg_1": 20.0}
_MOVES = (("temporary", "flat", 30), ("flat", "care", 4), ("flat", "private", 20), ("care", "dead", 3))
_ACCOUNTS = (("running", 9e7), ("rent", -1.4e8), ("odd <b>", 1e6))
_SIZES = {"days": 200.0, "share": 0.4, "NOK per year": 4e7, "NOK": 2e8, "household-nights per year": 5000.0, "yes/no": 0.0}


def comparison(
    policies: Sequence[str] = ("base", "more"),
    *,
    replications: int = 12,
    years: int = 3,
    label: str = "{name}",
    effect: float = 0.9,
    extra: Mapping[str, Any] | None = None,
) -> ResultsData:
    """Make a comparison; every policy multiplies the baseline's figures by `effect` (once more for each after the first).

    Parameters
    ----------
    label : str
        What policies are called; `{name}` is the id.
    extra : mapping, optional
        More of `texts.json`.
    """
    figures = {
        name: {k: dict(_figures(k, years, effect**place)) for k in range(1, replications + 1)}
        for place, name in enumerate(policies)
    }
    samples = {name: _sample(of) for name, of in figures.items()}
    named = {name: {"nb": label.format(name=name), "en": label.format(name=name)} for name in policies}
    run = {
        "kind": "compare" if len(policies) > 1 else "run",
        "policies": [
            {"name": name, "label": named[name], "question": {"nb": "Får flere bolig?", "en": "Do more get a home?"},
             "hash": "ab" * 32, "inputs": {f"{name}.yaml": "cd" * 32}} for name in policies
        ],
        "data": "assumed", "seed": 1, "replications": replications, "asked": replications, "ending": "complete",
        "years": float(years), "command": "python run_sim.py compare", "versions": {"python": "3.11"},
        "started": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip
    tables = {
        "kpis": [(name, k, key.year, key.dimension, key.value, key.kpi, number)
                 for name, of in figures.items() for k, found in of.items() for key, number in found.items()],
        "series": [row for place, name in enumerate(policies) for row in _series(name, replications, years, effect**place)],
        "flows": [(name, k, year, origin, target, n) for name in policies for k in range(1, replications + 1)
                  for year in range(1, years + 1)
                  for origin, target, n in _MOVES],
        "money": [(name, k, year, account, "municipality", nok * (1 + place)) for place, name in enumerate(policies)
                  for k in range(1, replications + 1) for year in range(1, years + 1)
                  for account, nok in (*_ACCOUNTS, ("capital", 2e7 if year == 2 else 0.0))],
        "projects": [(name, k, "plot-1", phase, start + k, None if k == 3 and phase == "building" else start + 200.0 + 10 * k)
                     for name in policies for k in range(1, replications + 1)
                     for phase, start in (("planning", 50.0), *((("appeal", 250.0),) if k % 2 else ()), ("building", 400.0))],
        "households": [],
        "decisions": [],
    }  # fmt: skip
    return ResultsData(run, {**_texts(policies), **(extra or {})}, tables, summary(samples))


def _texts(policies: Sequence[str]) -> dict[str, Any]:
    names = {
        "schemes.velferd": {"nb": "Velferdsbolig", "en": "Welfare dwelling"},
        "schemes.omsorg": {"nb": "Omsorgsbolig", "en": "Care dwelling"},
    }
    names |= {f"groups.{id_}": {"nb": nb, "en": en} for id_, (nb, en) in GROUPS.items()}
    names |= {f"types.{id_}": {"nb": nb, "en": en} for id_, (nb, en, _, _) in TYPES.items()}
    assumption = {
        "label": {"nb": "Botid", "en": "Stay"},
        "value": "2.5 years",
        "kind": "uncertain",
        "source": "assumption",
        "note": "n",
    }
    return {
        "kpis": kpi_texts(),
        "assumptions": [{**assumption, "id": f"stay_{place}", "range": f"[1 years, {place + 2} years]"} for place in range(20)],
        "scenarios": dict.fromkeys(policies, names),
    }


def _figures(k: int, years: int, effect: float) -> Iterator[tuple[Key, float | None]]:
    chance = random.Random(k)
    for kpi, text in kpi_texts().items():
        size = _SIZES.get(text["unit"], 30.0)
        for year in range(years + 1):
            yield Key(year, "all", "all", kpi), size * effect * (1 + 0.02 * chance.gauss(0, 1))
    for kpi, dimension, values in (
        ("wait_days_mean", "group", GROUPS),
        ("below_need_share", "need", ("velferd_1", "velferd_3")),
        ("incidents_per_resident_year_standardised", "type", TYPES),
        ("incidents_per_resident_year", "type", TYPES),
        ("follow_up_adequacy_undeclined_mean", "team", ("close", "ambulatory")),
    ):
        for place, value in enumerate(values):
            turn = effect if place == 0 else 1 / effect
            yield (
                Key(0, dimension, value, kpi),
                _SIZES.get(kpi_texts()[kpi]["unit"], 0.3) * turn * (1 + 0.02 * chance.gauss(0, 1)),
            )
    for step, homes in STEPS.items():
        more = homes * (2 - effect) if step == "velferd_3" else homes
        yield Key(0, "step", step, "homes_mean"), more
        yield Key(0, "step", step, "residents_mean"), more * 0.95
    for cause, share in (("housed", 0.7), ("died", 0.3)):
        yield Key(0, "ending", cause, "wait_ending_share"), share


def _sample(figures: Mapping[int, Mapping[Key, float | None]]) -> Sample:
    sample = Sample()
    for found in figures.values():
        sample.add([(*key, number) for key, number in found.items()])
    return sample


def _series(policy: str, replications: int, years: int, effect: float) -> Iterator[tuple[Any, ...]]:
    for k in range(1, replications + 1):
        for month in range(1, 12 * years + 1):
            for kpi in ("waiting_list_mean", "without_home_mean"):
                yield policy, k, month, kpi, "all", "all", effect * (150 + 10 * math.sin(month + k))
