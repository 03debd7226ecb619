"""The results of a run of the benchmarks as plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.equivalence import Agreement
from benchmarks.goals import Goal
from benchmarks.growth import Exponent
from benchmarks.registry import CONTESTANTS
from benchmarks.rounds import Cost, Task

Parts = Mapping[str, Mapping[str, tuple[float, float]]]
"""Scenario -> part of the engine -> calls of a model event, and share of the time."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows under a head: the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        first, *others = [c.rjust(w) if i else c.ljust(w) for i, (c, w) in enumerate(zip(cells, widths, strict=True))]
        return "  ".join((first, *others)).rstrip()

    return "\n".join((line(head), line(["-" * w for w in widths]), *(line(row) for row in rows)))


def cost_table(costs: Mapping[Task, Cost], failures: Mapping[Task, str]) -> str:
    """Cost of each contestant: CPU of a run and of a model event, over ours and over an empty timeout."""
    timeout = next((c.microseconds_per_event for t, c in costs.items() if t.contestant == "empty_timeout"), None)
    rows, notes = [], []
    for form in ("memoryless", "competing"):
        ours = next((c for t, c in costs.items() if (t.contestant, t.form, t.scale) == ("ours", form, 1.0)), None)
        for task, cost in costs.items():
            if task.form != form or task.scale != 1.0:
                continue
            claims_model = CONTESTANTS[task.contestant].claims == "the same core model"
            over = "" if ours is None else f"{cost.microseconds_per_event / ours.microseconds_per_event:.2f}"
            rows.append(
                (
                    f"{form}: {CONTESTANTS[task.contestant].label}",
                    f"{cost.cpu_seconds:.3f}", f"{cost.lowest:.3f}-{cost.highest:.3f}", f"{cost.model_events}",
                    f"{cost.microseconds_per_event:.2f}",
                    "" if timeout is None else f"{cost.microseconds_per_event / timeout:.1f}",
                    "" if ours is None or not claims_model else f"{cost.cpu_seconds / ours.cpu_seconds:.2f}", over,
                    f"{cost.peak_mb:.0f}",
                )
            )  # fmt: skip
            if not claims_model and CONTESTANTS[task.contestant].claims != "nothing":
                notes.append(f"{CONTESTANTS[task.contestant].label}: {CONTESTANTS[task.contestant].claims}.")
    notes += [f"{CONTESTANTS[t.contestant].label}, {t.form}: did not run ({message})." for t, message in failures.items()]
    head = ("contestant", "CPU s", "lowest-highest", "model events", "µs/event", "ET", "run/ours", "event/ours", "peak MB")
    return "\n".join((table(head, rows), *notes))


def agreement_table(agreements: Mapping[str, Sequence[Agreement] | str]) -> str:
    """Difference of each KPI from ours in per cent, with the 90 % interval that must lie inside its margin."""
    if not agreements:
        return "Agreement on KPIs: not tested in this run."
    parts = []
    for name, found in agreements.items():
        if isinstance(found, str):
            parts.append(f"{name}: could not be compared ({found}).")
            continue
        rows = [
            (
                a.kpi, f"{a.first:.3f}", f"{a.second:.3f}", f"{100 * a.difference:+.2f} %",
                f"{100 * a.low:+.2f} to {100 * a.high:+.2f}", f"{100 * a.margin:g} %",
                "equivalent" if a.equivalent else "not shown",
            )
            for a in found
        ]  # fmt: skip
        shown = sum(a.equivalent for a in found)
        title = f"agreement of {name}: {shown} of {len(found)} KPIs equivalent (two one-sided tests, 5 % each)"
        parts.append(title + "\n" + table(("KPI", "ours", "theirs", "difference", "90 % interval", "margin", "verdict"), rows))
    return "\n\n".join(parts)


def parts_table(parts: Parts, extra: Mapping[str, float]) -> str:
    """Where a model event of the core and one of Bærum's scenario go, by part of the engine."""
    if not parts:
        return "Where the time goes: not measured in this run."
    core, world = parts["core"], parts["baerum"]
    rows = [
        (part, *(text for of in (core, world) for text in _calls_and_share(of.get(part, (0.0, 0.0)))))
        for part in dict.fromkeys((*world, *core))
    ]
    rows.append(("a model event", *(text for of in (core, world) for text in (f"{sum(n for n, _ in of.values()):.0f}", "100 %"))))
    head = ("where the time goes (as Python)", "core: calls", "share", "Bærum: calls", "share")
    lines = [table(head, rows)]
    for which, name in (("core", "competing core"), ("baerum", "Bærum")):
        if f"{which}_event" in extra:
            run, event, clock = (extra[f"{which}_{what}"] for what in ("run", "event", "clock_events"))
            lines.append(
                f"{name}, as it runs: {run:.2f} s of CPU, {event:.1f} µs and {clock:.1f} events of the clock a model event"
            )
    return "\n".join(lines)


def _calls_and_share(of: tuple[float, float]) -> tuple[str, str]:
    return f"{of[0]:.1f}", f"{100 * of[1]:.0f} %"


def goals_table(reached: Sequence[Goal], sizes: Sequence[Cost], growth: Exponent | None, years: float) -> str:
    """Sizes and goals."""
    rows = [
        (
            f"{1200 * c.task.scale:.0f} homes, {years:g} years", f"{c.cpu_seconds:.2f}", f"{c.model_events}",
            f"{c.microseconds_per_event:.1f}", f"{c.peak_mb:.0f}",
        )
        for c in sizes
    ]  # fmt: skip
    parts = [table(("growth", "CPU s", "model events", "µs/event", "peak MB"), rows)] if rows else []
    if growth is not None:
        parts.append(f"exponent {growth.exponent:.3f}, 95 % limits {growth.low:.3f} to {growth.high:.3f}")
    lines = [
        (
            g.name, "" if g.measured is None else f"{g.measured:.2f} {g.unit}".strip(),
            f"{'at least' if g.at_least else 'at most'} {g.limit:g}", g.verdict,
        )
        for g in reached
    ]  # fmt: skip
    parts.append(table(("goal", "measured", "limit", "verdict"), lines))
    return "\n\n".join(parts)
