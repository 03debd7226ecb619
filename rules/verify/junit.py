"""Worked cases as JUnit XML, the format in which build servers read tests."""

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from rules.verify.cases import CaseResult


def junit_xml(name: str, results: Sequence[CaseResult]) -> str:
    """Give a report: a suite for each file of cases, and a failure for each case that does not hold.

    Parameters
    ----------
    name : str
        Of the rule set, as it was asked for.
    results : sequence of CaseResult

    Returns
    -------
    str
        XML with its declaration and a final line break.
    """
    files: dict[str, list[CaseResult]] = {}
    for result in results:
        files.setdefault(result.place.file, []).append(result)
    root = ElementTree.Element("testsuites", _counts(name, results))
    for file, inside in files.items():
        suite = ElementTree.SubElement(root, "testsuite", {**_counts(Path(file).name, inside), "file": file})
        for result in inside:
            place = {"file": file, "line": str(result.place.line)}
            case = ElementTree.SubElement(suite, "testcase", {"classname": _class_name(file), "name": result.name, **place})
            if result.failures:
                failure = ElementTree.SubElement(case, "failure", {
                    "type": result.failures[0].code,
                    "message": _clean("; ".join(finding.message for finding in result.failures)),
                })  # fmt: skip
                failure.text = _clean("\n".join(finding.render() for finding in result.failures))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _counts(name: str, results: Sequence[CaseResult]) -> dict[str, str]:
    failed = sum(bool(result.failures) for result in results)
    return {"name": name, "tests": str(len(results)), "failures": str(failed), "errors": "0", "skipped": "0"}


def _class_name(file: str) -> str:
    path = Path(file)
    return f"{path.parent.name}.{path.name.removesuffix('.test.yaml')}"


def _clean(text: str) -> str:
    """Leave out the control characters that XML 1.0 cannot hold."""
    return "".join(char for char in text if char in "\t\n\r" or char.isprintable() or ord(char) >= 160)
