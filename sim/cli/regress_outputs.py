"""What `regress` found for programs: JSON, JUnit XML, and findings on the lines that caused it."""

import math
from collections.abc import Iterator
from typing import Any, Literal
from xml.etree import ElementTree

from rules.reading import Finding, Place, Say
from rules.show import Document, as_markdown
from sim.cli.regress_run import AloneEffect, GuardReport
from sim.cli.regress_told import Findings, affected, allowed, kpi_label, verdict_text
from sim.experiment.regression import FAILING, Judged

Lang = Literal["nb", "en"]
#: Tells the comment of an earlier run from other comments, so that it can be renewed.
MARK = "<!-- boligtrapp-regress -->"
#: A comment of GitHub holds at most 65,536 characters; an emoji or letter of ours may count for two.
_LONGEST = 60_000


def markdown(document: Document) -> str:
    """Give the report as Markdown fit for a comment: what is longest is left out where all of it has no room."""
    text = as_markdown(document)
    sections = list(document.sections)
    for name in ("explained", "profiles", "alone", "decisions"):
        if len(text) <= _LONGEST:
            break
        sections = [section for section in sections if section.id != name]
        text = as_markdown(Document(document.lang, document.title, document.lines, tuple(sections)))
    return f"{MARK}\n{text[:_LONGEST]}"


def annotated(found: Findings, lang: Lang) -> list[Finding]:
    """Give a finding for each changed part of the rules, when a figure is not as it should be."""
    told = [
        f"{kpi_label(of.of.kpi, lang)}: {verdict_text(of, lang)}"
        for report in found.guards for of in report.comparison.judged if of.verdict != "equivalent"
    ]  # fmt: skip
    if not told:
        return []
    severity: Literal["error", "warning", "note"] = (
        "error" if found.outcome == "failed" else "warning" if found.outcome == "open" else "note"
    )
    groups = affected(found, lang)
    said = "; ".join(dict.fromkeys([*told, *groups]))
    return [
        Finding(f"regression {of.name}", f"{of.name}: {said}", Place(of.file, of.line, of.column, ""), None, severity)
        for of in found.changes
    ]


def junit(found: Findings, lang: Lang) -> str:
    """Give the verdicts as JUnit XML: a suite for each guard, a failure for each surprise, an error for what is undecided."""
    judged = [of for report in found.guards for of in report.comparison.judged]
    root = ElementTree.Element("testsuites", _counts(f"regress {found.against}", judged))
    for report in found.guards:
        suite = ElementTree.SubElement(root, "testsuite", _counts(report.guard.name, list(report.comparison.judged)))
        for of in report.comparison.judged:
            case = ElementTree.SubElement(suite, "testcase", {"classname": report.guard.name, "name": of.of.kpi})
            if of.verdict in FAILING or of.verdict == "undecided":
                kind = "failure" if of.verdict in FAILING else "error"
                message = f"{kpi_label(of.of.kpi, lang)}: {verdict_text(of, lang)} ({allowed(of, lang)})"
                fault = ElementTree.SubElement(case, kind, {"type": of.verdict, "message": message})
                fault.text = "\n".join([message, *(f"{one.name} {one.file}:{one.line}" for one in found.changes)])
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def document(found: Findings, say: Say) -> dict[str, Any]:
    """Give what `--json` prints."""
    return {
        "version": 1,
        "against": found.against,
        "outcome": {"fine": "fine", "same": "fine", "failed": "failed", "open": "undecided"}[found.outcome],
        "seed": found.seed,
        "changes": [{**of._asdict(), "path": of.name} for of in found.changes],
        "guards": {report.guard.name: _guard(report, say) for report in found.guards},
        "cases": [
            {"name": of.name, "place": str(of.place), "before": list(of.before), "after": list(of.after)} for of in found.cases
        ],
        "spent": list(found.spent),
        "scenarios_changed": list(found.scenarios),
        "other_program": found.other_program,
    }


def _guard(report: GuardReport, say: Say) -> dict[str, Any]:
    effect = report.effect
    return {
        "scenario": report.guard.scenario.as_posix(),
        "replications": report.comparison.replications,
        "not_run": report.same or None,
        "differing": report.comparison.differing,
        "kpis": {of.of.kpi: dict(_judged(of)) for of in report.comparison.judged},
        "firing": [{"rule": rule, "before": old, "after": new} for rule, old, new in report.comparison.firing],
        "alone": [_alone(of, say) for of in report.alone],
        "flips": None if effect is None else {
            "replications": effect.replications,
            "decisions": dict(effect.decisions),
            "flips": dict(effect.flips),
            "groups": {
                name: {value: n for (kind, dimension, value), n in sorted(tally.items()) if dimension == "group" and kind == of}
                for of in effect.flips for name, tally in ((f"{of} loses", effect.loses), (f"{of} gains", effect.gains))
            },
            "first": effect.explained,
        },
    }  # fmt: skip


def _judged(of: Judged) -> Iterator[tuple[str, Any]]:
    expected = of.of.expected
    yield "verdict", of.verdict
    yield "margin", of.of.margin
    yield "expected", None if expected is None else [end if math.isfinite(end) else None for end in expected]
    for name in ("n", "nulls", "before", "after", "difference", "low", "high", "needed"):
        yield name, getattr(of, name)


def _alone(of: AloneEffect, say: Say) -> dict[str, Any]:
    effects = {kpi: {"mean": one.mean, "low": one.low, "high": one.high} for kpi, one in of.effects.items()}
    return {"part": of.name, "effects": effects, "no_effect": of.same, "why": say(of.why) if of.why else None}


def _counts(name: str, judged: list[Judged]) -> dict[str, str]:
    failures = sum(of.verdict in FAILING for of in judged)
    errors = sum(of.verdict == "undecided" for of in judged)
    return {"name": name, "tests": str(len(judged)), "failures": str(failures), "errors": str(errors), "skipped": "0"}
