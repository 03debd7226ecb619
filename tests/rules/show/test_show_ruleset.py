"""A rule set in words: complete, in both languages, in three forms, and harmless whatever its author wrote."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rules import load_ruleset
from rules.reading import parse_yaml
from rules.ruleset import RuleSet, ruleset_of
from rules.show import Document, as_html, as_markdown, as_text, compose
from rules.show.document import Lang
from rules.show.wording import TERMS

RULES = Path(__file__).parents[3] / "rules"
SETS = ["baerum", *(f"examples/{folder.name}" for folder in sorted((RULES / "examples").iterdir()) if folder.is_dir())]
FORMS = [as_text, as_markdown, as_html]

SMALL = """\
ruleset: small
label: {nb: Små regler, en: Small rules}
legal_sources: {lov: {label: {nb: Lov om leie, en: Rent Act}}}
fields:
  age: {of: applicant, type: int, unit: years, range: 0..110, source: stored, label: {nb: alder, en: age}}
  pay: {of: applicant, type: int, unit: NOK, range: 0..900000, source: stored, label: {nb: inntekt, en: income}}
amounts:
  limit:
    label: {nb: inntektsgrensen, en: the income limit}
    unit: NOK
    values: {2025-01-01: 300000, 2026-01-01: 320000}
eligibility:
  INCOME:
    label: {nb: "LABEL", en: "LABEL"}
    requires: pay <= limit
    unless: {OLD: {label: {nb: gammel, en: old}, when: age >= 67, legal: lov/§ 2}}
    legal: lov/§ 1
    ground: {nb: "Inntekten er {pay}, grensen {limit}.", en: "The income is {pay}, the limit {limit}."}
"""


def small(label: str = "Inntekt", more: str = "") -> RuleSet:
    return ruleset_of(parse_yaml(SMALL.replace("LABEL", label) + more, "small.yaml"))  # type: ignore[arg-type]


def said(document: Document) -> list[str]:
    return [
        text
        for section in document.sections
        for entry in section.entries
        for line in entry.lines
        for text in (line.term, line.text, *line.items)
    ]


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("name", SETS)
def test_every_rule_stands_in_every_form(name: str, lang: Lang) -> None:
    ruleset = load_ruleset(RULES / name)
    for version in ruleset.versions:
        document = compose(ruleset, lang, version.since or date.min)
        ids = [rule.id for rule in version.all_rules()] + [trigger.id for trigger in version.triggers()]
        ids += [waiver.id for rule in version.all_rules() for waiver in rule.waivers]
        ids += [hold.id for hold in version.holds] + [*version.named, *version.amounts]
        ids += [name for criterion in version.priority for name, _ in criterion.classes]
        for form in FORMS:
            text = form(document).replace("\\_", "_")
            assert [each for each in ids if not re.search(rf"\b{each}\b", text)] == []


@pytest.mark.parametrize("name", SETS)
def test_the_two_languages_have_the_same_chapters_and_no_empty_words(name: str) -> None:
    nb, en = (compose(load_ruleset(RULES / name), lang) for lang in ("nb", "en"))
    assert [(s.id, [e.id for e in s.entries]) for s in nb.sections] == [(s.id, [e.id for e in s.entries]) for s in en.sections]
    for document in (nb, en):
        assert not [text for text in said(document) if "None" in text or "{" in text or "  " in text]


def test_the_stages_stand_in_the_order_of_a_decision() -> None:
    ids = [section.id for section in compose(load_ruleset(RULES / "baerum"), "nb").sections]
    assert ids == [
        "eligibility", "need", "priority", "matching", "living_environment", "offers", "tenancy", "moves", "holds",
        "temporary", "definitions", "amounts", "fields", "illustrative",
    ]  # fmt: skip


def test_a_rule_is_said_with_scope_exception_base_and_ground() -> None:
    section = next(s for s in compose(small(), "nb", date(2025, 5, 1)).sections if s.id == "eligibility")
    lines = [(line.term, line.text) for line in section.entries[0].lines]
    assert lines == [
        ("Krav", "inntekt er høyst inntektsgrensen (300\N{NARROW NO-BREAK SPACE}000 kroner)"),
        ("Unntak", "gammel (OLD): alder er minst 67 år – hjemmel: Lov om leie § 2"),
        ("Hjemmel", "Lov om leie § 1"),
        ("Begrunnelse når kravet ikke er oppfylt", "Inntekten er [inntekt], grensen 300\N{NARROW NO-BREAK SPACE}000."),
    ]


def test_an_amount_is_said_with_its_dates() -> None:
    document = compose(small(), "en")
    section = next(s for s in document.sections if s.id == "amounts")
    assert section.entries[0].lines[0].items == ("before 1 January 2026: 300,000 NOK", "from 1 January 2026: 320,000 NOK")
    assert [line.text for line in document.lines if line.term == "The rules change"] == ["1 January 2025; 1 January 2026"]


def test_the_rules_of_a_date_are_shown() -> None:
    texts = {year: as_text(compose(small(), "en", date(year, 6, 1))) for year in (2025, 2026)}
    assert "the limit 300,000." in texts[2025] and "the limit 320,000." in texts[2026]


def test_what_is_not_adopted_is_listed_once_at_the_end() -> None:
    ruleset = load_ruleset(RULES / "baerum")
    section = compose(ruleset, "nb").sections[-1]
    grid = section.entries[0].grid
    assert section.id == "illustrative" and grid is not None
    listed = [row[1] for row in grid.rows]
    assert len(listed) == len(set(listed))
    version = ruleset.versions[-1]
    marked = [r for r in version.all_rules() if r.basis.status] + [c for c in version.priority if c.basis.status]
    assert all(part.label.nb in listed for part in marked)
    assert ("Tilbud og svar", "Har takket nei tre ganger på ett år", TERMS["nb"]["legally_disputed"]) in grid.rows
    assert "Botid i kommunen" not in listed


def test_a_stage_without_rules_says_what_the_model_does() -> None:
    priority = next(s for s in compose(small(), "en").sections if s.id == "priority")
    assert priority.entries == () and "whoever was listed first goes first" in priority.lead


def test_html_escapes_what_the_author_wrote() -> None:
    page = as_html(compose(small("<script>alert(1)</script>"), "nb"))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_markdown_escapes_what_the_author_wrote() -> None:
    text = as_markdown(compose(small("<b>a|b*c*</b> [x](y)"), "nb"))
    assert r"\<b\>a\|b\*c\*\</b\> \[x\](y)" in text


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        assert "src" not in found and tag not in ("script", "link", "img")
        if tag != "meta":
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [value for key, value in attrs if key == "id" and value]
        self.links += [value for key, value in attrs if key == "href" and value]
        if tag == "th":
            assert found.get("scope") in ("col", "row")
        if tag == "html":
            assert found["lang"] == "nb"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_accessible_and_loads_nothing() -> None:
    page = Page()
    page.feed(as_html(compose(load_ruleset(RULES / "baerum"), "nb")))
    assert page.open == []
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))
    assert set(page.links) <= {f"#{name}" for name in page.ids}


@pytest.mark.parametrize("name", SETS)
def test_text_keeps_to_its_width(name: str) -> None:
    text = as_text(compose(load_ruleset(RULES / name), "nb"))
    assert max(map(len, text.splitlines())) <= 100
