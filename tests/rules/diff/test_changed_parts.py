"""Parts of rule sets: what differs, where it stands, and old rules with some parts changed."""

from pathlib import Path
from typing import Any

import pytest

from rules.diff import changed_parts, ruleset_text, with_parts, write_ruleset
from rules.reading import read_yaml
from rules.ruleset import load_ruleset
from rules.ruleset.load import ruleset_of
from rules.ruleset.merge import read_ruleset_tree

ROOT = Path(__file__).parents[3]
RULESETS = [ROOT / "rules" / "baerum", *(path for path in sorted((ROOT / "rules" / "examples").iterdir()) if path.is_dir())]


@pytest.mark.parametrize("folder", RULESETS, ids=lambda path: path.name)
def test_a_rule_set_written_as_one_file_is_the_same(folder: Path, tmp_path: Path) -> None:
    tree = read_ruleset_tree(folder)
    again = read_ruleset_tree(write_ruleset(tree, tmp_path / "again"))
    assert ruleset_of(again).hash == load_ruleset(folder).hash


def test_all_parts_changed_are_the_new_rules(tmp_path: Path) -> None:
    before, after = (read_ruleset_tree(ROOT / "rules" / name) for name in ("baerum", "examples/bergen"))
    changes = changed_parts(before, after, str)
    assert {of.kind for of in changes} == {"added", "removed", "changed"}
    made = with_parts(before, after, tuple(of.path for of in changes))
    assert changed_parts(made, after, str) == () and changed_parts(before, before, str) == ()
    assert ruleset_of(made).id == "bergen" or made.entries.keys() == after.entries.keys()


def test_a_change_is_placed_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("eligibility:\n  A: {requires: x, unless: {B: {when: y}}}\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("eligibility:\n  A:\n    requires: x\n    unless:\n      B: {when: z}\n", encoding="utf-8")
    trees = [read_yaml(tmp_path / name) for name in ("a.yaml", "b.yaml")]
    [change] = changed_parts(*trees, lambda file: Path(file).name)  # type: ignore[arg-type]
    assert (change.name, change.file, change.line, change.column) == ("eligibility.A", "b.yaml", 5, 17)


def test_the_order_of_moves_is_a_part(tmp_path: Path) -> None:
    for name, keys in (("a.yaml", "AB"), ("b.yaml", "BA")):
        (tmp_path / name).write_text("moves:\n" + "".join(f"  {key}: {{requires: x}}\n" for key in keys), encoding="utf-8")
    trees: Any = [read_yaml(tmp_path / name) for name in ("a.yaml", "b.yaml")]
    [change] = changed_parts(*trees, str)
    assert change.name == "moves"
    assert ruleset_text(with_parts(*trees, (change.path,))) == ruleset_text(trees[1])
