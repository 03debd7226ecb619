"""Every kind of finding has a page; what it says to avoid has the finding, and what it prefers has not."""

import pytest
from finding_pages import HEAD, PAGES, blocks

from rules.reading import InputError, parse_yaml
from rules.ruleset import ruleset_of
from rules.verify import check_path, check_ruleset
from rules.verify.catalogue import BY_NUMBER, KINDS
from rules.verify.proof_file import PROPERTIES
from rules.verify.prove import prove_path
from rules.verify.remark import number_of
from rules.verify.stock import Home, stock_findings

HOMES = [Home({"rank": rank}, {}) for rank in (1, 2, 3)]


def numbers(number, rules, folder):
    """Give the numbers of what is found in an example."""
    if number == "BT902":
        (folder / "rules.yaml").write_text(
            HEAD + "eligibility: {A: {requires: age >= 18, legal: kriterier#1}}\n", encoding="utf-8"
        )
        (folder / "accepted.yaml").write_text(rules, encoding="utf-8")
        return {number_of(finding) for finding in check_path(folder)}
    try:
        tree = parse_yaml(HEAD + rules, "example.yaml")
        ruleset = ruleset_of(tree)
    except InputError as error:
        return {number_of(finding) for finding in error.findings}
    found = check_ruleset(ruleset, tree, 100_000) if number == "BT901" else check_ruleset(ruleset, tree)
    return {number_of(finding) for finding in (*found, *stock_findings(ruleset, HOMES))}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.number)
def test_what_a_page_says_to_avoid_is_found_and_what_it_prefers_is_not(kind, tmp_path):
    avoid, prefer = blocks(PAGES / f"{kind.number}.md")
    assert kind.number in numbers(kind.number, avoid, tmp_path)
    assert kind.number not in numbers(kind.number, prefer, tmp_path)


def test_each_number_and_name_is_given_once_and_no_page_is_left_over():
    assert len(BY_NUMBER) == len(KINDS) == len({kind.name for kind in KINDS})
    assert {file.stem for file in PAGES.glob("BT*.md")} == set(BY_NUMBER)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.number)
def test_the_table_of_pages_says_what_the_catalogue_says(kind):
    row = f"| [{kind.number}]({kind.number}.md) | `{kind.name}` | {kind.severity} | {kind.nb} | {kind.en} |"
    assert row in (PAGES / "README.md").read_text(encoding="utf-8")


def test_the_properties_shown_are_proved(tmp_path):
    pytest.importorskip("z3")
    [written] = [block for block in blocks(PAGES / "README.md") if block.startswith("properties:")]
    rules = "eligibility: {A: {requires: age >= 18 and (residence >= 36 or refugee), legal: kriterier#1}}\n"
    (tmp_path / "rules.yaml").write_text(HEAD + rules, encoding="utf-8")
    (tmp_path / "rules.prove.yaml").write_text(written, encoding="utf-8")
    assert {proof.kind: proof.result for proof in prove_path(tmp_path)} == dict.fromkeys(PROPERTIES, "proved")
