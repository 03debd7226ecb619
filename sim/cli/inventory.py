"""What `check` prints for people."""

import sys

from sim.cli.burn_in import burn_in_lines
from sim.cli.checking import Checked
from sim.cli.honesty import honesty_lines
from sim.cli.speech import speaker
from sim.cli.team_loads import team_lines

_WORDS = {
    "nb": {
        "scenario": "scenario",
        "policy": "tiltak",
        "ruleset": "regelsett",
        "topic": "ett emne i et regelsett",
        "cases": "eksempler",
        "accepted": "godtatte funn og endringer",
        "properties": "egenskaper",
        "sources": "kilder",
        "regressions": "det som voktes",
        "scenarios": "mappe med scenarier",
        "parameters": "forutsetninger",
        "unknown": "fil",
        "fine": "{file} ({kind}): ingen feil",
        "wrong": "{file} ({kind}): {errors} feil",
        "other": ", 1 merknad",
        "others": ", {others} merknader",
        "stock": "  Boliger på dag 0, {scheme}: {total} ({steps})",
        "step": "trinn {step}: {n}",
        "sourced": "  Forutsetninger: {assumptions} antakelser, {sourced} med kilde",
    },
    "en": {
        "scenario": "scenario",
        "policy": "policy",
        "ruleset": "rule set",
        "topic": "one topic of a rule set",
        "cases": "worked cases",
        "accepted": "accepted findings and mutants",
        "properties": "properties",
        "sources": "sources",
        "regressions": "what is guarded",
        "scenarios": "folder of scenarios",
        "parameters": "parameters",
        "unknown": "file",
        "fine": "{file} ({kind}): no errors",
        "wrong": "{file} ({kind}): {errors} errors",
        "other": ", 1 remark",
        "others": ", {others} remarks",
        "stock": "  Homes on day 0, {scheme}: {total} ({steps})",
        "step": "step {step}: {n}",
        "sourced": "  Parameters: {assumptions} assumptions, {sourced} with a source",
    },
}


def show(checked: list[Checked], lang: str) -> None:
    """Print findings on stderr, each once however many files share it, and for each file what it is on stdout."""
    say, told = speaker(lang), set[str]()
    for one in checked:
        for text in (finding.render(say) for finding in one.findings):
            if text not in told:
                sys.stderr.write(text + "\n")
            told.add(text)
        sys.stderr.flush()
        print("\n".join(_lines(one, lang)))


def _lines(one: Checked, lang: str) -> list[str]:
    words = _WORDS[lang]
    errors = sum(finding.severity == "error" for finding in one.findings)
    others = len(one.findings) - errors
    head = words["wrong" if errors else "fine"].format(file=one.file, kind=words[one.kind], errors=errors)
    also = "" if not others else words["other" if others == 1 else "others"].format(others=others)
    lines = [head + also]
    for scheme, steps in one.stock.items():
        listed = ", ".join(words["step"].format(step=step, n=n) for step, n in steps.items())
        lines.append(words["stock"].format(scheme=scheme, total=sum(steps.values()), steps=listed))
    if one.is_scenario and not errors:
        lines.append(words["sourced"].format(assumptions=one.assumptions, sourced=one.sourced))
    lines += honesty_lines(one.said, lang)
    lines += team_lines(one.said.get("teams", {}), lang)
    lines += burn_in_lines(one.burn_in, lang)
    return lines
