"""Findings as workflow commands of GitHub: shown beside the line they are about."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rules.reading import Finding, Say, in_english
from rules.verify.remark import Remark, number_of

_KINDS = {"error": "error", "warning": "warning", "note": "notice"}


def wanted(asked: bool, environ: Mapping[str, str]) -> bool:
    """Say whether annotations are to be written: when asked for, and in a workflow of GitHub."""
    return asked or environ.get("GITHUB_ACTIONS") == "true"


def annotation(finding: Finding, say: Say = in_english) -> str:
    """Write one finding as ``::error file=…,line=…,col=…,title=…::message``.

    Paths are given from the working folder where the file lies below it, as GitHub wants them from the repository.
    """
    place = finding.place
    message, hint = (
        finding.said(say) if isinstance(finding, Remark) else (say(finding.message), finding.hint and say(finding.hint))
    )
    if hint and " " not in hint:
        hint = say(f"did you mean {hint}?")
    about = {"title": number_of(finding)}
    if place is not None:
        about = {"file": _from_here(place.file), "line": str(place.line), "col": str(place.column), **about}
    listed = ",".join(f"{key}={_property(value)}" for key, value in about.items())
    return f"::{_KINDS[finding.severity]} {listed}::{_data(message + (f'; {hint}' if hint else ''))}"


def annotations(findings: Sequence[Finding], say: Say = in_english) -> list[str]:
    """Write all findings, each once."""
    return list(dict.fromkeys(annotation(finding, say) for finding in findings))


def _from_here(file: str) -> str:
    path = Path(file).resolve()
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
