"""`test RULESET`: the worked cases that stand beside the rules, and how much of the rules they prove."""

from collections.abc import Sequence
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rules.reading import Say
from sim.cli import options
from sim.cli.exits import Code, command
from sim.cli.speech import speaker

if TYPE_CHECKING:
    from rules.verify import CoverageReport, MutationReport
    from sim.cli.engine import CaseResult

_WORDS = {
    "nb": {
        "end": "{passed} av {all} eksempler stemmer",
        "coverage": "eksemplene prøver {share} % av grenene",
        "mutants": "{killed} av {all} endringer av reglene ble oppdaget ({share} %); {accepted} godtatt, "
        "{equivalent} uten virkning, {survived} ikke oppdaget",
    },
    "en": {
        "end": "{passed} of {all} worked cases pass",
        "coverage": "the cases exercise {share} % of the branches",
        "mutants": "{killed} of {all} changes of the rules were noticed ({share} %); {accepted} accepted, "
        "{equivalent} without effect, {survived} not noticed",
    },
}


@command
def test(
    ruleset: Annotated[Path, typer.Argument(metavar="RULESET", help="A rule set: its folder, or its file.")],
    coverage: Annotated[bool, typer.Option("--coverage", help="Tell what no case exercises, and why.")] = False,
    mutate: Annotated[
        bool, typer.Option("--mutate", help="Change the rules in small ways; fail when no case notices a change.")
    ] = False,
    junit: Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write the cases as JUnit XML.")] = None,
    json: options.Json = False,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Try the worked cases of a rule set."""
    from rules.verify import run_coverage, run_mutants
    from sim.cli import engine
    from sim.cli.documents import printed
    from sim.cli.kinds import refuse_other_kinds

    refuse_other_kinds(ruleset, "ruleset", "cases")
    results = engine.run_cases(ruleset)
    failed = any(result.failures for result in results)
    if junit is not None:
        _write_junit(junit, ruleset, results)
    covered = run_coverage(ruleset) if coverage else None
    tried = run_mutants(ruleset) if mutate else None
    if json:
        print(printed(_document(results, covered, tried)))
    else:
        say = speaker(lang.value)
        _print_cases(results, lang.value, say)
        if covered is not None:
            _print_coverage(covered, lang.value)
        if tried is not None:
            _print_mutants(tried, lang.value, say)
    survived = tried is not None and bool(tried.having("survived"))
    return Code.FAILED if failed or survived else Code.FINE


def _print_cases(results: "Sequence[CaseResult]", lang: str, say: Say) -> None:
    words = _WORDS[lang]
    failed = [result for result in results if result.failures]
    for result in failed:
        print(f"{result.name}:")
        print("\n".join(finding.render(say) for finding in result.failures))
    print(words["end"].format(passed=len(results) - len(failed), all=len(results)))


def _print_coverage(report: "CoverageReport", lang: str) -> None:
    for part in report.missing:
        print(part.told(lang))
    print(_WORDS[lang]["coverage"].format(share=_percent(report.share)))


def _print_mutants(report: "MutationReport", lang: str, say: Say) -> None:
    from rules.verify.missing_case import survivor_text

    for result in report.having("survived"):
        print(survivor_text(result, lang, report.fields))
    for finding in report.findings:
        print(finding.render(say))
    fates: Any = ("killed", "accepted", "equivalent", "survived")
    counts = {fate: len(report.having(fate)) for fate in fates}
    print(_WORDS[lang]["mutants"].format(all=len(report.results), share=_percent(report.score), **counts))


def _write_junit(file: Path, ruleset: Path, results: Any) -> None:
    from rules.verify import junit_xml

    try:
        file.write_text(junit_xml(str(ruleset), results), encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be written: {error.strerror}", param_hint="--junit") from None


def _document(
    results: "Sequence[CaseResult]", covered: "CoverageReport | None", tried: "MutationReport | None"
) -> dict[str, Any]:
    cases = [
        {"name": of.name, "place": str(of.place), "passed": not of.failures, "failures": [f.message for f in of.failures]}
        for of in results
    ]
    failed = sum(bool(of.failures) for of in results)
    document: dict[str, Any] = {"version": 1, "cases": len(results), "failed": failed, "results": cases}
    if covered is not None:
        document["coverage"] = {
            "share": covered.share,
            "missing": [
                {
                    "owner": p.owner,
                    "kind": p.kind,
                    "text": dict(p.text),
                    "place": str(p.place),
                    "why": list(p.whys),
                    "nearest": [{"case": n.case, "nb": n.told("nb"), "en": n.told("en")} for n in p.nearest],
                }
                for p in covered.missing
            ],
        }
    if tried is not None:
        document["mutants"] = {
            "score": tried.score,
            "results": [
                {"name": r.mutant.name, "kind": r.mutant.kind, "before": r.mutant.before, "after": r.mutant.after,
                 "place": str(r.mutant.place), "fate": r.fate, "killed_by": r.killed_by,
                 "reason": r.reason, "reached": r.reached, "profile": r.profile}
                for r in tried.results
            ],
        }  # fmt: skip
    return document


def _percent(share: float | None) -> str:
    """Give a share in percent, never rounded up to a hundred; a dash where there is nothing to take a share of."""
    if share is None:
        return "–"
    return f"{floor(share * 1000 + 1e-9) / 10:g}"
