"""Projects as a Gantt chart: when each phase begins and ends, and how uncertain the end is."""

import math
from collections import defaultdict
from datetime import date, timedelta

import numpy as np

from sim.report.blocks import Block, Cell, Column, Details, Figure, Panel, Part, Table
from sim.report.charts import Bar, gantt
from sim.report.numbers import from_to, number
from sim.report.phases import phase_name
from sim.report.reading import Reading
from sim.report.wording import WORDS

_YEAR = 365.25
#: Years; projects that differ by less go alike, as far as a plan is concerned.
_ALIKE = 1 / 12
_SAY = {
    "nb": {
        "title": "Prosjekter",
        "finding": "Første prosjekt er ferdig bygd om {first} år, siste om {last} år (midterste replikasjon)",
        "only": "Slik går prosjektene",
        "lead": (
            "Søylene går fra start til slutt i den midterste replikasjonen; streken viser hvor ni av ti replikasjoner slutter."
        ),
        "share": "{phase} (i {share} % av replikasjonene)",
        "text": "Fremdriftsplan (Gantt-diagram) for prosjektene med {label}. Tallene står i tabellen under.",
        "table": "Prosjektfaser: år fra start, og der ni av ti replikasjoner slutter",
        "phase": "Fase",
        "start": "Starter",
        "end": "Slutter",
        "latest": "Ni av ti slutter",
        "same": "Prosjektene går likt, innen en måned, i alt som sammenliknes.",
        "others": "Bare prosjekter som går minst en måned annerledes enn i «{label}», eller ikke er der, står her.",
        "project": "Prosjekt",
        "own": "Prosjektene med «{label}»",
        "sites": "Boliger som et tiltak åpner på en fast dato, er ikke prosjekter med faser og står ikke her.",
    },
    "en": {
        "title": "Projects",
        "finding": "The first project is built after {first} years, the last after {last} years (middle replication)",
        "only": "How the projects go",
        "lead": "Bars run from start to end in the middle replication; the line shows where nine in ten replications end.",
        "share": "{phase} (in {share}% of the replications)",
        "text": "Gantt chart of the projects with {label}. The figures stand in the table below.",
        "table": "Phases of projects: years from the start, and where nine in ten replications end",
        "phase": "Phase",
        "start": "Begins",
        "end": "Ends",
        "latest": "Nine in ten end",
        "same": "The projects go alike, within a month, in everything compared.",
        "others": "Only projects that go otherwise than in “{label}” by a month or more, or are not in it, stand here.",
        "project": "Project",
        "own": "The projects with “{label}”",
        "sites": "Homes that a policy opens on a fixed date are no projects with phases, and do not stand here.",
    },
}
Phases = dict[tuple[str, str], list[tuple[float, float]]]


def projects(reading: Reading) -> Part | None:
    """Draw the projects of the baseline, and those of every policy that go otherwise; nothing where there are none."""
    found = _phases(reading)
    if not any(found.values()):
        return None
    say = _SAY[reading.lang]
    base = found[reading.baseline]
    changed = {name: _changed(base, found[name]) for name in reading.others}
    others = [name for name in reading.others if changed[name]]
    lead = say["lead"] + (f" {say['same']}" if reading.compared and not others else "")
    if reading.compared:
        lead += f" {say['sites']}"
    blocks: list[Block] = []
    if base:
        blocks.append(_figure(reading, reading.baseline, base, lead))
        lead = f"{lead} {say['others'].format(label=reading.label(reading.baseline))}"
    for name in others:
        blocks.append(Details(say["own"].format(label=reading.label(name)), [_figure(reading, name, changed[name], lead)]))
    return Part("projects", say["title"], blocks)


def _phases(reading: Reading) -> dict[str, Phases]:
    """Give when each phase began and ended in every replication that had it, in years; cut at the end of the run."""
    found: dict[str, Phases] = {name: defaultdict(list) for name in reading.names}
    end_of_run = float(reading.run["years"])
    for policy, _, project, phase, start, end in reading.table("projects"):
        found[policy][project, phase].append((start / _YEAR, end_of_run if end is None else end / _YEAR))
    return found


def _changed(base: Phases, phases: Phases) -> Phases:
    """Keep the projects of which a phase is not in the baseline, or begins or ends at another time in the middle replication."""
    before = {key: np.median(times, axis=0) for key, times in base.items()}
    other = {
        project
        for (project, phase), times in phases.items()
        if (project, phase) not in before or np.abs(np.median(times, axis=0) - before[project, phase]).max() > _ALIKE
    }
    return {key: times for key, times in phases.items() if key[0] in other}


def _figure(reading: Reading, policy: str, phases: Phases, lead: str) -> Figure:
    say, bars, rows = _SAY[reading.lang], list[Bar](), list[list[Cell | str]]()
    by_project: dict[str, list[str]] = defaultdict(list)
    for project, phase in phases:
        by_project[project].append(phase)
    for project, names in by_project.items():
        bars.append(Bar(_project(reading, project)))
        for phase in sorted(names, key=lambda name: float(np.median([start for start, _ in phases[project, name]]))):
            times = phases[project, phase]
            starts, ends = np.array(times).T
            soonest, latest = (float(end) for end in np.percentile(ends, (5, 95)))
            bar = Bar(_phase(reading, phase, len(times)), float(np.median(starts)), float(np.median(ends)), soonest, latest)
            bars.append(bar)
            rows.append([f"{_project(reading, project)}: {bar.label}", *_years(reading, bar)])
    built = sorted(float(np.median([end for _, end in times])) for (_, phase), times in phases.items() if phase == "building")
    title = say["only"]
    if built:
        title = say["finding"].format(first=number(built[0], 1, reading.lang), last=number(built[-1], 1, reading.lang))
    table = Table(say["table"], [Column(f"{say['project']}: {say['phase'].lower()}"), Column(say["start"], number=True),
                                 Column(say["end"], number=True), Column(say["latest"], number=True)], rows)  # fmt: skip
    span = max(float(reading.run["years"]), *(bar.latest or 0.0 for bar in bars))
    svg = gantt(bars, _ticks(reading, span), span, say["text"].format(label=reading.label(policy)))
    return Figure(title, lead, [Panel(reading.label(policy), svg)], [table], wide=True)


def _project(reading: Reading, project: str) -> str:
    return reading.names_by_path.get(f"projects.{project}", {}).get(reading.lang) or project


def _phase(reading: Reading, phase: str, times: int) -> str:
    name = phase_name(phase, reading.lang)
    if times >= reading.replications:
        return name
    return _SAY[reading.lang]["share"].format(phase=name, share=round(100 * times / reading.replications))


def _years(reading: Reading, bar: Bar) -> list[Cell | str]:
    start, end, soonest, latest = (number(value, 1, reading.lang) for value in bar[1:])
    return [start, end, from_to(soonest, latest, reading.lang)]


def _ticks(reading: Reading, span: float) -> list[tuple[float, str]]:
    """Mark whole years: calendar years where the folder says when the scenario starts, else years from the start."""
    start = reading.run.get("start")
    every = max(1, math.ceil(span / 8))
    if not start:
        return [
            (float(year), f"{WORDS[reading.lang]['year']} {year}")
            for year in range(0, math.ceil(span) + 1, every)
            if year <= span
        ]
    first = date.fromisoformat(start)
    last = first + timedelta(days=span * _YEAR)
    years = range(first.year if (first.month, first.day) == (1, 1) else first.year + 1, last.year + 1, every)
    return [((date(year, 1, 1) - first).days / _YEAR, str(year)) for year in years if date(year, 1, 1) <= last]
