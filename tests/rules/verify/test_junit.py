"""Worked cases as JUnit XML."""

from xml.etree import ElementTree

from rules.reading import Finding, Place
from rules.verify import junit_xml
from rules.verify.cases import CaseResult


def test_failures_and_counts_stand_in_the_report():
    here, there = Place("r/a.test.yaml", 3, 3, ""), Place("r/b.test.yaml", 7, 3, "")
    failure = Finding("case-failed", "eligible: expected <yes> & \x07no", here)
    results = [CaseResult("GOOD", here, ()), CaseResult("BAD", here, (failure,)), CaseResult("OTHER", there, ())]
    root = ElementTree.fromstring(junit_xml("r", results))
    assert (root.tag, root.get("tests"), root.get("failures")) == ("testsuites", "3", "1")
    assert [(s.get("name"), s.get("tests"), s.get("failures")) for s in root] == [
        ("a.test.yaml", "2", "1"), ("b.test.yaml", "1", "0"),
    ]  # fmt: skip
    [bad] = root.findall(".//testcase[failure]")
    assert (bad.get("classname"), bad.get("name"), bad.get("line")) == ("r.a", "BAD", "3")
    assert bad[0].get("message") == "eligible: expected <yes> & no"
    assert "r/a.test.yaml:3:3" in bad[0].text


def test_no_cases_make_an_empty_report():
    assert ElementTree.fromstring(junit_xml("r", [])).get("tests") == "0"
