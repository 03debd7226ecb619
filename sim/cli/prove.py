"""`prove RULESET`: the properties declared beside the rules, proved or refuted by a solver."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli import options, rulebook
from sim.cli.exits import Code, command

if TYPE_CHECKING:
    from rules.verify.prove import Proof

_WORDS = {
    "nb": {
        "proved": "bevist",
        "counterexample": "motbevist",
        "nobody": "motbevist: ingen kan komme dit",
        "unknown": "ukjent (tiden gikk ut, eller vilkåret er av et slag som ikke kan bevises)",
        "shown": "  eksempel:",
        "assumed": "  forutsatt: ",
        "end": "{proved} av {all} egenskaper er bevist; {refuted} motbevist, {unknown} ukjent",
    },
    "en": {
        "proved": "proved",
        "counterexample": "counterexample",
        "nobody": "refuted: nobody can get there",
        "unknown": "unknown (time ran out, or a kind of condition that cannot be proved)",
        "shown": "  a case:",
        "assumed": "  assumed: ",
        "end": "{proved} of {all} properties are proved; {refuted} refuted, {unknown} unknown",
    },
}


@command
def prove(
    ruleset: Annotated[Path, typer.Argument(metavar="RULESET", help="A rule set: its folder, or its file.")],
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="The rules in force on this date; default the last that are made."),
    ] = None,
    seconds: Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.001, help="For each property.")] = 10.0,
    json: options.Json = False,
    lang: options.Language = options.Lang.nb,
) -> int:
    """Prove the properties declared beside a rule set (*.prove.yaml)."""
    from rules.verify.prove import prove_path
    from sim.cli.documents import printed

    proofs = prove_path(ruleset, rulebook.day(on), seconds)
    if json:
        print(printed(_document(proofs, lang.value)))
    else:
        print("\n".join(_lines(proofs, lang.value)))
    return Code.FINE if all(proof.result == "proved" for proof in proofs) else Code.FAILED


def _lines(proofs: "Sequence[Proof]", lang: str) -> list[str]:
    words, lines = _WORDS[lang], []
    for proof in proofs:
        refuted_reach = proof.kind == "reachable" and proof.result == "counterexample"
        verdict = words["nobody" if refuted_reach else proof.result]
        lines.append(f"{proof.name}: {verdict} – {getattr(proof.label, lang)}")
        if proof.result == "counterexample":
            lines[-1] = f"{proof.place}: {lines[-1]}"
        if proof.cases:
            lines += [words["shown"], *(f"    {line}" for case in proof.cases for line in case.splitlines())]
        lines += [words["assumed"] + said[0 if lang == "nb" else 1] for said in proof.assumptions]
    counts = {result: sum(proof.result == result for proof in proofs) for result in ("proved", "counterexample", "unknown")}
    refuted = counts.pop("counterexample")
    return [*lines, words["end"].format(all=len(proofs), refuted=refuted, **counts)]


def _document(proofs: "Sequence[Proof]", lang: str) -> dict[str, Any]:
    return {
        "version": 1,
        "properties": [
            {
                "name": proof.name,
                "kind": proof.kind,
                "label": {"nb": proof.label.nb, "en": proof.label.en},
                "place": str(proof.place),
                "result": proof.result,
                "shown": [dict(person) for person in proof.shown],
                "cases": list(proof.cases),
                "assumptions": [said[0 if lang == "nb" else 1] for said in proof.assumptions],
            }
            for proof in proofs
        ],
    }
