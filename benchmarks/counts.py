"""Counts that depend on nothing but the code: what one short replication of the core does, and a hash of its KPIs.

Time says how fast a machine is; these say whether the engine does more work than before. They stand in counts.yaml.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from benchmarks.contestants import ours
from sim.measures.records import Records

FILE = Path(__file__).with_name("counts.yaml")
SEED = 1
YEARS = 2.0
FORMS = ("memoryless", "competing")
HASHED = (1, 2, 3)
Counts = dict[str, Any]
COUNTED = (
    "transitions", "arrivals", "replies", "vacancies", "stale_pops", "re_ratings", "draws", "decisions",
    "candidates_examined",
)  # fmt: skip
HEAD = f"""# What {YEARS:g} years of the core do at seed {SEED}, in both forms: work in counts, results as a hash by seed.
# Renewed by `python benchmarks/renew_counts.py`; say in CHANGELOG.md why they changed.
"""


def measured(form: str) -> Counts:
    """Return the counts of one form at the first seed, and a hash of the KPIs of each seed."""
    records = ours.simulated(form, 1.0, YEARS, SEED)
    events = ours.counts(records)
    found: Counts = {name: events[name] for name in ("model_events", *COUNTED)}
    allocations = sum(sum(n) for key, n in records.counts.items() if key.kind == "offer")
    found["candidates_per_decision"] = round(events["candidates_examined"] / allocations, 3)
    found["kpi_hash"] = {seed: _hash(ours.simulated(form, 1.0, YEARS, seed)) for seed in HASHED}
    return found


def _hash(records: Records) -> str:
    """Hash the KPIs to nine digits, which are equal on all platforms."""
    kpis = " ".join(f"{name}={value:.9g}" for name, value in ours.kpis(records).items())
    return sha256(kpis.encode()).hexdigest()[:16]


def stored() -> dict[str, Counts]:
    """Return what counts.yaml says."""
    found: dict[str, Counts] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def text() -> str:
    """Return counts.yaml as it should be now."""
    return HEAD + yaml.safe_dump({form: measured(form) for form in FORMS}, sort_keys=False)
