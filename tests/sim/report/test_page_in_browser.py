"""The report in real Chromium: what axe-core finds, what the keyboard reaches, what leaves the page, and how it prints.

Needs playwright, axe-playwright-python and a Chromium of the system; without them the tests fail where CI=true, and are
skipped elsewhere.
"""

import dataclasses
import os
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import study_documents
from results_of_a_comparison import TYPES, comparison

from sim.report import page
from sim.report.studies import study_page
from sim.results import ResultsData

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
LABEL = "<script>alert('{name}')</script> Omfattende samlokalisering med døgnbemannet personalbase"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
OPEN = "document.querySelectorAll('details').forEach(found => { found.open = true })"


def missing(what: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing: the report is not looked at in a browser")
    pytest.skip(f"{what} is missing")


def folder(policies: tuple[str, ...]) -> ResultsData:
    steps = {id_: {"scheme": scheme, "step": step} for id_, (_, _, scheme, step) in TYPES.items()}
    changed = {name: {"nb": ["Unge går først."], "en": ["Young people go first."]} for name in policies[1:]}
    return comparison(policies, years=2, label=LABEL, extra={"types": steps, "rules_changed": changed})


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Reports of a run, of comparisons and of studies, in both languages."""
    whole = {"run": folder(("base",)), "compare": folder(("base", "more", "most")), "piled": piled()}
    found = {}
    for lang in ("nb", "en"):
        made = {kind: page(data, lang) for kind, data in whole.items()}
        made |= {kind: study_page(document, lang) for kind, document in study_documents.every().items()}
        for kind, text in made.items():
            path = tmp_path_factory.mktemp("report") / f"{kind}-{lang}.html"
            path.write_text(text, encoding="utf-8")
            found[kind, lang] = path
    return found


def piled() -> ResultsData:
    """Two policies, and both laid on one another."""
    data = folder(("base", "more", "most", "both"))
    policies = [{**of, "stack": ["more", "most"]} if of["name"] == "both" else of for of in data.run["policies"]]
    return dataclasses.replace(data, run={**data.run, "policies": policies})


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A running browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        missing("Chromium")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Shown:
    """A page as it stands in the browser, with everything it said and asked for."""

    def __init__(self, chromium: Any, path: Path, width: int = 1200, scheme: str = "light", zoom: float = 1.0) -> None:
        # Zoom leaves fewer CSS pixels on the same screen, and draws each with more of its own.
        size = {"width": round(width / zoom), "height": round(900 / zoom)}
        self.tab = chromium.new_page(viewport=size, device_scale_factor=zoom, color_scheme=scheme)
        self.said: list[str] = []
        self.asked: list[str] = []
        self.tab.on("console", lambda message: self.said.append(message.text))
        self.tab.on("pageerror", lambda error: self.said.append(str(error)))
        self.tab.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.tab.on("request", lambda request: self.asked.append(request.url))
        self.tab.goto(path.as_uri())

    def __enter__(self) -> "Shown":
        return self

    def __exit__(self, *_: object) -> None:
        self.tab.close()


def violations(tab: Any) -> list[str]:
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        missing("axe-playwright-python")
    found = Axe().run(tab, options={"runOnly": RULES}).response["violations"]
    return [f"{one['id']}: {one['help']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


VIEWS = [(1200, "light", 1.0), (1200, "dark", 1.0), (320, "light", 1.0), (320, "dark", 1.0), (1200, "light", 2.0)]
SEEN = [(kind, view) for kind in ("run", "compare") for view in VIEWS]
SEEN += [(kind, view) for kind in ("piled", *study_documents.every()) for view in ((1200, "light", 1.0), (320, "dark", 1.0))]


@pytest.mark.parametrize(("kind", "view"), SEEN)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_no_violation_of_wcag(
    chromium: Any, pages: dict[tuple[str, str], Path], kind: str, lang: str, view: tuple[int, str, float]
) -> None:
    with Shown(chromium, pages[kind, lang], *view) as shown:
        shown.tab.evaluate(OPEN)
        assert violations(shown.tab) == []
        assert shown.tab.evaluate("document.documentElement.lang") == lang
        wide = shown.tab.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, "the page itself is scrolled sideways"
        assert shown.said == []
        assert shown.asked == [pages[kind, lang].as_uri()]


def test_axe_finds_what_is_wrong(chromium: Any, pages: dict[tuple[str, str], Path]) -> None:
    with Shown(chromium, pages["compare", "nb"]) as shown:
        shown.tab.evaluate("document.querySelector('svg').removeAttribute('aria-label'); document.documentElement.lang = ''")
        assert {text.split(":")[0] for text in violations(shown.tab)} >= {"svg-img-alt", "html-has-lang"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("kind", "many"), [("compare", 50), ("sweep", 20), ("tornado", 10), ("optimise", 10), ("calibrate", 5)])
def test_words_in_pictures_stand_out_from_the_ground(
    chromium: Any, pages: dict[tuple[str, str], Path], kind: str, many: int, scheme: str
) -> None:
    """axe-core does not measure text in pictures; WCAG asks of it what it asks of other text."""
    script = """() => {
      const parse = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
      const linear = part => { part /= 255; return part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4 };
      const light = colour => { const [r, g, b] = parse(colour).map(linear); return .2126 * r + .7152 * g + .0722 * b };
      const ground = light(getComputedStyle(document.body).backgroundColor);
      return [...document.querySelectorAll('svg text')].map(text => {
        const ink = light(getComputedStyle(text).fill);
        return (Math.max(ink, ground) + .05) / (Math.min(ink, ground) + .05) });
    }"""
    with Shown(chromium, pages[kind, "nb"], scheme=scheme) as shown:
        shown.tab.evaluate(OPEN)
        contrasts = shown.tab.evaluate(script)
        assert len(contrasts) > many
        assert min(contrasts) >= 4.5


def test_the_keyboard_reaches_everything(chromium: Any, pages: dict[tuple[str, str], Path]) -> None:
    with Shown(chromium, pages["compare", "nb"]) as shown:
        shown.tab.evaluate(OPEN)
        wanted = shown.tab.evaluate("document.querySelectorAll('a[href], summary, [tabindex=\"0\"]').length")
        reached = set()
        for _ in range(wanted):
            shown.tab.keyboard.press("Tab")
            reached.add(shown.tab.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
        assert len(reached) == wanted > 30
        closed = shown.tab.locator("details").first
        shown.tab.evaluate("document.querySelector('summary').focus()")
        shown.tab.keyboard.press("Enter")
        assert closed.get_attribute("open") is None


def test_headings_come_in_order(chromium: Any, pages: dict[tuple[str, str], Path]) -> None:
    for path in pages.values():
        with Shown(chromium, path) as shown:
            levels = shown.tab.evaluate(
                "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(found => Number(found.tagName[1]))"
            )
            assert levels[0] == 1
            assert levels.count(1) == 1
            assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("kind", ["compare", "piled", "sweep", "tornado", "spread", "optimise", "calibrate"])
def test_it_prints_within_the_sheet(chromium: Any, pages: dict[tuple[str, str], Path], kind: str) -> None:
    with Shown(chromium, pages[kind, "nb"], width=688) as shown:  # 182 mm between the margins of A4
        shown.tab.emulate_media(media="print")
        widest = shown.tab.evaluate(
            "Math.max(...[...document.querySelectorAll('main *')].filter(found => !found.closest('details:not([open])'))"
            ".map(found => found.getBoundingClientRect().right))"
        )
        assert widest <= 690
        printed = shown.tab.pdf(prefer_css_page_size=True)
        assert printed.startswith(b"%PDF")


def test_narrow_pictures_fit_a_telephone(chromium: Any, pages: dict[tuple[str, str], Path]) -> None:
    with Shown(chromium, pages["compare", "nb"], width=320) as shown:
        widths = shown.tab.evaluate(
            "[...document.querySelectorAll('.panel svg')].map(found => found.getBoundingClientRect().width)"
        )
        assert widths
        assert max(widths) <= 290
