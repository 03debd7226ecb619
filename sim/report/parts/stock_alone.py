"""How much of a change in the share at the lowest step follows from the number of homes at each step alone."""

from typing import NamedTuple

from sim.report.paired import Interval, interval
from sim.report.reading import Reading

SHARE, RESIDENTS, HOMES = "lowest_step_share", "residents_mean", "homes_mean"


class Split(NamedTuple):
    """A change divided; the parts add up in every replication."""

    change: Interval
    stock: Interval
    rest: Interval


def split(reading: Reading, policy: str) -> Split | None:
    """Divide the change in the share at the lowest step.

    The share is (R1 + F) / (R + F): residents of the lowest step, all residents of the ladders, and former residents F in
    ordinary housing, which follow from the share itself. Had the policy's homes at each step been as occupied as the
    baseline's, and F been the same, the share would have been that of the stock alone.

    Returns
    -------
    Split or None
        Nothing where the folder has not the figures of steps, or where a share is 1.
    """
    steps = reading.values(RESIDENTS, "step") if {SHARE, RESIDENTS, HOMES} <= reading.kpis.keys() else []
    lowest = _lowest(reading, steps)
    if lowest is None:
        return None
    changes, stocks = [], []
    for k, before in sorted(reading.figures(reading.baseline, SHARE).items()):
        after = reading.figures(policy, SHARE).get(k)
        alone = None if before is None else _alone(reading, policy, steps, lowest, k, before)
        if before is not None and after is not None and alone is not None:
            changes.append(after - before)
            stocks.append(alone - before)
    found = (
        interval(changes),
        interval(stocks),
        interval([whole - part for whole, part in zip(changes, stocks, strict=True)]),
    )
    return Split(found[0], found[1], found[2]) if found[0] and found[1] and found[2] else None


def _lowest(reading: Reading, steps: list[str]) -> str | None:
    """Find the lowest step of the main ladder: the first that the folder names, else the scheme named first."""
    ladders = reading.texts.get("ladders") or [
        path.removeprefix("schemes.") for path in reading.names_by_path if path.startswith("schemes.")
    ]
    return next((f"{scheme}_1" for scheme in ladders if f"{scheme}_1" in steps), None)


def _alone(reading: Reading, policy: str, steps: list[str], lowest: str, k: int, share: float) -> float | None:
    def figures(name: str, kpi: str) -> dict[str, float] | None:
        found = {step: reading.figures(name, kpi, "step", step).get(k) for step in steps}
        return {step: number for step, number in found.items() if number is not None} if None not in found.values() else None

    residents, homes, planned = figures(reading.baseline, RESIDENTS), figures(reading.baseline, HOMES), figures(policy, HOMES)
    if residents is None or homes is None or planned is None or share >= 1 or not sum(homes.values()):
        return None  # withheld, or nothing to divide
    former = (share * sum(residents.values()) - residents[lowest]) / (1 - share)
    # A step with no homes in the baseline is taken to be let as the ladders are on average.
    average = sum(residents.values()) / sum(homes.values())
    would = {step: planned[step] * (residents[step] / homes[step] if homes[step] else average) for step in steps}
    total = sum(would.values()) + former
    return (would[lowest] + former) / total if total else None
