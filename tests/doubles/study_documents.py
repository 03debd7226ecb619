"""Documents of studies, small and whole, from arithmetic in place of a simulation; every text from outside is hostile."""

from collections.abc import Mapping
from typing import Any

from sim.cli.figures import kpi_texts
from sim.results import sealed

HOSTILE = "<script>alert('{name}')</script> Omfattende samlokalisering med døgnbemannet base"
WAIT, FIT, COST, INCIDENTS = "wait_days_mean", "below_need_share", "net_cost_nok_per_year", "incidents_per_year"


def _head(kind: str, names: tuple[str, ...], body: Mapping[str, Any]) -> dict[str, Any]:
    texts = kpi_texts()
    label = {name: HOSTILE.format(name=name) for name in names}
    return sealed(
        {
            "kind": kind,
            "seed": 1,
            "replications": 12,
            "years": 10.0,
            "program": "ab" * 32,
            "partial": False,
            "scenarios": [
                {
                    "name": name,
                    "label": {"nb": label[name], "en": label[name]},
                    "hash": "cd" * 32,
                    "file": f"{name}.yaml",
                    "question": {"nb": "Hvor mange?", "en": "How many?"},
                    "data": "assumed",
                }
                for name in names
            ],
            "kpis": {kpi: dict(texts[kpi]) for kpi in (WAIT, FIT, COST, INCIDENTS)},
            "asked": {},
            "numbers": {"parameters.rate": {"nb": "Om <i>rate</i>", "en": "Of <i>rate</i>"}},
            "said": {lang: ["En setning.", "  Mer av den.", "", "En annen <b>."] for lang in ("nb", "en")},
            **body,
        }
    )


def _parameter(name: str, low: str, high: str, ends: tuple[float, float], at: float, unit: str = "") -> dict[str, Any]:
    return {
        "parameter": name,
        "label": {"nb": f"Om <i>{name}</i>", "en": f"Of <i>{name}</i>"},
        "from": low,
        "to": high,
        "value": low,
        "ends": list(ends),
        "at": at,
        "unit": unit,
        "assumed": name == "rate",
        "topic": "needs",
    }


RATE = _parameter("rate", "2 years", "8 years", (2.0, 8.0), 5.0, "years")
SLOPE = _parameter("slope", "0", "0.02", (0.0, 0.02), 0.008)


def sweep(paths: tuple[str, ...] = ("sites.small.sites",)) -> dict[str, Any]:
    points = [{path: str(1 + 4 * place + n) for n, path in enumerate(paths)} for place in range(3)]
    curves = [
        {
            "point": place,
            "kpi": kpi,
            "mean": size - place * step,
            "low": size - place * step - step,
            "high": size - place * step + step,
            "difference": -place * step,
            "difference_low": -place * step - step / 2,
            "difference_high": -place * step + step / 2,
            "n": 12,
        }
        for kpi, size, step in ((WAIT, 280.0, 12.0), (FIT, 0.07, 0.004), (COST, 4e7, 1e6))
        for place in range(3)
    ]
    openings = [{"point": place, "what": "small", "opens": "2028-01-01" if place else None} for place in range(3)]
    body = {
        "scenario": "small",
        "vary": list(paths),
        "points": points,
        "finished": [0, 1, 2],
        "sobol": len(paths) > 1,
        "shown": [WAIT, FIT, COST],
        "curves": curves,
        "openings": openings,
        "units": {},
    }
    return _head("sweep", ("small",), body)


def sensitivity(method: str = "tornado", *, policies: tuple[str, ...] = ("today", "more", "hours")) -> dict[str, Any]:
    of: dict[str, Any] = {}
    for name in policies[1:] or policies:
        found: dict[str, Any] = {
            "tornado": lambda: {
                "base": {"n": 12, "nulls": 0, "mean": -4.0, "sd": 1.0, "low": -5.0, "high": -3.0},
                "parameters": [
                    {
                        **RATE,
                        "low": {"difference": 6.0, "low": 5.0, "high": 7.0},
                        "high": {"difference": -2.0, "low": -3.0, "high": -1.0},
                        "swing": {"difference": -8.0, "low": -9.0, "high": -7.0},
                        **(
                            {"break_even": {"verdict": "turns", "at": [3.456789], "within": [[3.1, 3.9]]}}
                            if len(policies) > 1
                            else {}
                        ),
                    },
                    {
                        **SLOPE,
                        "low": {"difference": 0.5, "low": 0.1, "high": 0.9},
                        "high": {"difference": -0.5, "low": -0.9, "high": -0.1},
                        "swing": {"difference": -1.0, "low": -1.5, "high": -0.5},
                        **({"break_even": {"verdict": "never", "at": [], "within": []}} if len(policies) > 1 else {}),
                    },
                ],
            },
            "morris": lambda: {
                "parameters": [{**of, "mean": -1.0, "size": 1.5, "spread": 0.5, "noise": 0.25} for of in (RATE, SLOPE)]
            },
            "sobol": lambda: {"parameters": [{**of, "first": 0.4, "total": 0.5} for of in (RATE, SLOPE)], "noise_share": 0.25},
            "spread": lambda: {
                "bands": {
                    "points": 8,
                    "replications": 12,
                    "mean": -4.0,
                    "unknown_low": -6.0,
                    "unknown_high": -2.0,
                    "chance_low": -9.0,
                    "chance_high": 1.0,
                    "unknown_sd": 1.0,
                    "chance_sd": 2.0,
                    "noise_share": 0.2,
                    "above_zero": 0.0,
                }
            },
        }[method]()
        of[name] = found
    body = {
        "method": method,
        "grouped": False,
        "policies": list(policies),
        "kpi": INCIDENTS,
        "points": 8,
        "fixed": {"share": "shares no longer sum to one"},
        "of": of,
    }
    if method == "spread":
        body["information"] = {
            "nok_per_waiting_day": 500.0,
            "evpi_nok_per_year": 120_000.0,
            "evpi_within": [0.0, 450_000.0],
            "uncorrected": 200_000.0,
            "best": "more",
            "regret_nok_per_year": {"today": 0.0, "more": 1_500_000.0, "hours": 2_000_000.0},
            "best_share": {"today": 0.9, "more": 0.1, "hours": 0.0},
            "parameters": [{"parameter": "rate", "label": RATE["label"], "nok_per_year": 90_000.0}],
        }
    return _head("sensitivity", policies, body)


def optimise() -> dict[str, Any]:
    outcomes = ("selected", "dropped", "infeasible")
    plans = [
        {
            "plan": name,
            "label": {"nb": HOSTILE.format(name=name), "en": HOSTILE.format(name=name)},
            "set": {"sites.small.sites": str(n)},
            "outcome": outcome,
            "replications": 12,
            "front": n != 1,
            "surely_off_front": n == 1,
            "kpis": {
                kpi: {"mean": mean, "low": mean * 0.9, "high": mean * 1.1}
                for kpi, mean in ((FIT, 0.07 - 0.01 * n), (COST, 4e7 + 1e6 * n))
            },
        }
        for n, (name, outcome) in enumerate(zip(("a", "b", "c"), outcomes, strict=True))
    ]
    body = {
        "objective": FIT,
        "direction": "minimise",
        "indifference": 0.002,
        "probability": 0.95,
        "constraints": [{"kpi": COST, "limit": 4.2e7, "tolerance": 4e5, "at_most": True}],
        "selected": 0,
        "may_be_best": [0],
        "undecided": [],
        "plans": plans,
        "fronts": [
            {"kpis": [COST, FIT], "plans": [0, 2], "surely_off": [1]},
            {"kpis": [COST, FIT, WAIT], "plans": [0, 1, 2], "surely_off": []},
        ],
        "regret": {
            "points": 6,
            "parameters": ["rate"],
            "fixed": {},
            "best": 0,
            "plans": [{"plan": n, "regret": 0.001 * n, "best_share": 0.5 - 0.1 * n} for n in range(3)],
        },
    }
    return _head("optimise", ("today",), body)


def calibrate(*, left: bool = True) -> dict[str, Any]:
    some = {
        "plausible_from": "3.000123 years",
        "plausible_to": "6.99999 years",
        "plausible": [3.000123, 6.99999],
        "middle_half": ["4.00005 years", "6.0001 years"],
    }
    figure = {"low": 250.0, "high": 310.0, "agrees": True} if left else {}
    body = {
        "scenario": "today",
        "waves": [0.6, 0.4] if left else [0.1, 0.0],
        "points": 40,
        "plausible_share": 0.4 if left else 0.0,
        "parameters": [{**RATE, **some} if left else RATE],
        "fitted": [{"kpi": WAIT, "observed": 300.0, "sd": 36.0, **figure}],
        "validation": [
            {"kpi": FIT, "observed": 0.07, "sd": 0.01, **({"low": 0.08, "high": 0.09, "agrees": False} if left else {})}
        ],
        "hardest": None if left else WAIT,
        "fixed": {},
    }
    return _head("calibrate", ("today",), body)


def every() -> dict[str, dict[str, Any]]:
    """Give one document of each form."""
    return {
        "sweep": sweep(),
        "design": sweep(("sites.small.sites", "services.teams.close.hours_per_week")),
        **{method: sensitivity(method) for method in ("tornado", "morris", "sobol", "spread")},
        "alone": sensitivity("tornado", policies=("today",)),
        "optimise": optimise(),
        "calibrate": calibrate(),
        "nothing": calibrate(left=False),
    }
