"""docs/model.md: generated pages are current, every key of the scenario language has its place, no link is dead."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from scripts import script

from sim.scenario import load_scenario
from sim.scenario.model import mechanisms, scenario_model

ROOT = Path(__file__).parents[1]
PAGE, FOLDER = ROOT / "docs" / "model.md", ROOT / "docs" / "model"
PAGES = [PAGE, *sorted(FOLDER.glob("*.md")), *sorted((FOLDER / "baerum").glob("*.md"))]
#: Items of the STRESS-DES checklist (Monks et al. 2019), each of which has its heading.
STRESS = (
    *("1.1 Purpose", "1.2 Outputs", "1.3 Aims of experimentation"),
    *("2.1 Overview", "2.2 Base model logic", "2.3 Scenario logic", "2.4 Algorithms", "2.5 Components"),
    *("2.5.1 Entities", "2.5.2 Activities", "2.5.3 Resources", "2.5.4 Queues", "2.5.5 Entry and exit points"),
    *("3.1 Data sources", "3.2 Preprocessing", "3.3 Input parameters", "3.4 Assumptions"),
    *("4.1 Initialisation", "4.2 Run length", "4.3 Estimation"),
    *("5.1 Software", "5.2 Random sampling", "5.3 Model execution", "5.4 System specification", "6.1 Sharing"),
)


@pytest.fixture(scope="module")
def renew() -> Any:
    return script(FOLDER / "renew.py")


@pytest.fixture(scope="module")
def now(renew: Any) -> dict[str, str]:
    return dict(renew.pages(renew.SCENARIO))


def test_the_pages_say_what_the_scenario_says(renew: Any, now: dict[str, str]) -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in renew.PAGES.glob("*.md")}
    stale = [name for name in sorted(now.keys() | kept.keys()) if now.get(name) != kept.get(name)]
    assert not stale, "run python docs/model/renew.py"


def test_another_number_and_another_factor_make_other_pages(renew: Any, now: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    shutil.copytree(ROOT / "rules", tmp_path / "rules", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    _change(tmp_path / "scenarios" / "parameters" / "needs.yaml", "value: 5 years", "value: 5.25 years")
    _change(tmp_path / "scenarios" / "baerum.yaml", "$better_3}, factors: [right_home, ", "$better_3}, factors: [")
    _change(tmp_path / "rules" / "baerum" / "eligibility.yaml", "value: 36", "value: 37")
    after = renew.pages(tmp_path / "scenarios" / "baerum.yaml")
    assert "5.25 years" in after["numbers.md"]
    assert after["happens.md"] != now["happens.md"]
    assert "37" in after["rules-baerum.md"] and after["rules-baerum.md"] != now["rules-baerum.md"]


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_everything_of_the_scenario_is_told(renew: Any, now: dict[str, str]) -> None:
    scenario = load_scenario(renew.SCENARIO)
    blueprint = scenario.blueprint
    assert all(f'<a id="{of.id}"></a>' in now["numbers.md"] for of in scenario.assumptions)
    assert all(f"## {name}\n" in now["happens.md"] for name in blueprint.mechanisms)
    named = {*blueprint.types, *blueprint.groups, *blueprint.programmes, *blueprint.mechanisms["services"].teams}
    assert all(f"`{name}`" in now["exists.md"] for name in named)
    assert all(f"`{transition}`" in now["happens.md"] for transition in blueprint.mechanisms["needs"].transitions)


def test_every_key_of_the_scenario_language_has_its_place() -> None:
    rows = dict(re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| [^|]+ \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.M))
    places = {key: where for keys, where in rows.items() for key in re.findall(r"`(\w+)`", keys)}
    assert places.keys() == scenario_model().model_fields.keys()
    for kind in mechanisms():
        told = "".join(_section(*target) for target in _links(PAGE, places[kind.name]))
        assert re.search(rf"`{kind.name}\b|^{kind.name}:", told, re.M), f"{kind.name} is not named where its place is said to be"


def test_every_item_of_the_checklist_has_its_heading() -> None:
    heads = re.findall(r"^#+ (\d\.\d.*)$", PAGE.read_text(encoding="utf-8"), re.M)
    assert tuple(heads) == STRESS
    assert all(len(_section(PAGE, _anchor(head))) > len(head) + 20 for head in heads if head != "2.5 Components")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_no_link_points_nowhere(page: Path) -> None:
    wrong = [
        (path.name, anchor)
        for path, anchor in _links(page, page.read_text(encoding="utf-8"))
        if not path.exists() or (anchor and anchor not in _anchors(path))
    ]
    assert not wrong


def _links(page: Path, text: str) -> list[tuple[Path, str]]:
    """Give the file and heading of every link that stays in the project."""
    found = [link.partition("#") for link in re.findall(r"\]\(([^)\s]+)\)", text) if not link.startswith("http")]
    return [((page.parent / file).resolve() if file else page, anchor) for file, _, anchor in found]


def _anchor(head: str) -> str:
    """Give the name under which GitHub finds a heading."""
    return re.sub(r"[^\w\- ]", "", head.strip().lower()).replace(" ", "-")


def _anchors(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    return {_anchor(head) for head in re.findall(r"^#+ (.*)$", text, re.M)} | set(re.findall(r'<a id="([^"]+)"', text))


def _section(path: Path, anchor: str) -> str:
    """Give the text under a heading, down to the next of its own kind; the whole page without one."""
    text = path.read_text(encoding="utf-8")
    if not anchor:
        return text
    blocks = re.split(r"^(?=#+ )", text, flags=re.M)
    first = next(n for n, block in enumerate(blocks) if _anchor(block.partition("\n")[0].lstrip("# ")) == anchor)
    level = len(blocks[first]) - len(blocks[first].lstrip("#"))
    found = [blocks[first]]
    for block in blocks[first + 1 :]:
        if len(block) - len(block.lstrip("#")) <= level:
            break
        found.append(block)
    return "".join(found)
