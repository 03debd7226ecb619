"""`show` and `diff` as their user meets them."""

import json
from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from sim.cli.app import app

ROOT = Path(__file__).parents[3]
BAERUM = str(ROOT / "rules" / "baerum")
SCENARIO = str(ROOT / "scenarios" / "baerum.yaml")
POLICY = str(ROOT / "scenarios" / "need-first.yaml")


def call(*words: str) -> Result:
    return CliRunner().invoke(app, [*words])


def test_show_speaks_norwegian_unless_told_otherwise() -> None:
    nb, en = call("show", BAERUM), call("show", BAERUM, "--lang", "en")
    assert (nb.exit_code, en.exit_code) == (0, 0)
    assert "Krav: botid i kommunen er minst kravet til botid (36 måneder)" in nb.stdout
    assert "Requirement: residence in the municipality" in en.stdout or "Requirement: length of residence" in en.stdout


def test_show_writes_markdown_and_html() -> None:
    assert call("show", BAERUM, "--format", "md").stdout.startswith("# Tildeling av kommunale boliger")
    page = call("show", BAERUM, "--format", "html").stdout.strip()
    assert page.startswith("<!DOCTYPE html>") and page.endswith("</html>")


def test_show_of_a_policy_shows_its_own_rules() -> None:
    assert "Størst behov" in call("show", POLICY).stdout
    assert "Størst behov" not in call("show", SCENARIO).stdout


def test_diff_of_a_scenario_and_its_policy() -> None:
    found = call("diff", SCENARIO, POLICY)
    assert found.exit_code == 0
    assert "Ny: Størst behov" in found.stdout and "need-first.yaml" in found.stdout


def test_diff_with_itself_says_so() -> None:
    found = call("diff", BAERUM, BAERUM, "--lang", "en")
    assert (found.exit_code, "The rule sets say the same." in found.stdout) == (0, True)


def test_mistakes_are_told_without_a_traceback() -> None:
    for words in (("show", str(ROOT / "nowhere")), ("diff", BAERUM, str(ROOT / "scenarios" / "parameters" / "money.yaml"))):
        found = call(*words)
        assert (found.exit_code, found.stdout) == (2, "")
        assert ":1:1: " in found.stderr and "Traceback" not in found.stderr


def test_diff_tells_whose_verdict_changes_and_gives_it_as_data() -> None:
    first, second = str(ROOT / "rules" / "examples" / "trondheim"), str(ROOT / "rules" / "examples" / "asker")
    assert "profiler får en annen avgjørelse" in " ".join(call("diff", first, second).stdout.split())
    found = json.loads(call("diff", first, second, "--json").stdout)
    assert found["version"] == 1 and found["profiles"] and not found["same"]
    same = json.loads(call("diff", BAERUM, BAERUM, "--json").stdout)
    assert (same["same"], same["profiles"]) == (True, [])


def test_diff_in_a_scenario_tells_the_direct_effect() -> None:
    words = ("diff", SCENARIO, POLICY, "--scenario", SCENARIO, "--replications", "2", "--years", "1", "--workers", "1", "--quiet")
    told = " ".join(call(*words).stdout.split())
    assert "Dette er den direkte virkningen" in told and "ikke utfallet på lang sikt" in told
    assert "er ikke sammenliknet her" in told
    assert "Med reglene før:" in told and "Taper" in told
    found = json.loads(call(*words, "--json").stdout)["scenario"]
    assert (found["effect"], found["replications"], found["years"]) == ("direct", 2, 1)
    allocation = found["decisions"]["allocation"]
    assert 0 < allocation["flips"] < allocation["decisions"]
    assert sum(allocation["gains"]["group"].values()) == allocation["flips"]


def test_options_of_a_scenario_need_one() -> None:
    found = call("diff", BAERUM, BAERUM, "--years", "2")
    assert found.exit_code == 2 and "--scenario" in found.stderr
