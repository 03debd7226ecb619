"""`regress` as a branch and its checks would use it: a repository of git with rules, edited on branches."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from typer.testing import CliRunner

from rules.reading import parse_yaml
from sim.cli.app import app
from sim.cli.regress_file import read_regressions
from sim.cli.regress_hook import main, rule_sets
from sim.cli.regress_outputs import MARK
from sim.experiment import Batch, Ending

ROOT = Path(__file__).parents[3]
SCENARIO = """\
scenario: small
label: {nb: Liten by, en: Small town}
question: {nb: Hva skjer?, en: What happens?}
start: 2026-01-01
horizon: 2 years
data: assumed
rules: ../rules/town
schemes: {home: {label: {nb: Bolig, en: Home}, ranks: [1]}}
types: {flat: {label: {nb: Leilighet, en: Flat}, scheme: home, step: 1}}
sites:
  - {id: all, type: flat, sites: 1, dwellings: 20}
groups:
  calm: {label: {nb: Rolige, en: Calm}, arrivals: {rate: 15 per year}, need: {home: {1: 100 %}}, fields: {conflict: 0}}
  wild:
    label: {nb: Urolige, en: Wild}
    arrivals: {rate: 45 per year}
    need: {home: {1: 100 %}}
    fields: {conflict: {2: 20 %, 3: 80 %}}
exits: {transitions: {out: {from: {need: 1}, after: {exponential: 1 year}, destination: private}}}
turnaround: {after: {uniform: [5 days, 20 days]}}
"""
FIELD = "{{of: {of}, type: int, {more}, label: {{nb: {nb}, en: {en}}}}}"
LISTED = "source: {elapsed: {since: listed}}"
RULES = f"""\
ruleset: town
label: {{nb: Byens regler, en: Rules of the town}}
valid: {{from: 2020-01-01}}
fields:
  assessed_rank: {FIELD.format(of="applicant", more="range: 1..5, source: {supplied: {by: world}}", nb="behov", en="need")}
  conflict: {FIELD.format(of="applicant", more="range: 0..3, source: stored", nb="uro", en="unrest")}
  days_waited: {FIELD.format(of="applicant", more=f"unit: days, range: 0..7300, {LISTED}", nb="ventetid", en="wait")}
  home_rank: {FIELD.format(of="dwelling", more="range: 1..5, source: {supplied: {by: world}}", nb="nivå", en="level")}
matching:
  LEVEL: {{requires: assessed_rank == home_rank, status: illustrative, label: {{nb: Rett nivå, en: Right level}}}}
priority:
  - {{longest: days_waited, status: illustrative, label: {{nb: Lengst ventetid, en: Longest wait}}}}
  - {{lottery: per application, status: illustrative, label: {{nb: Loddtrekning, en: Lottery}}}}
"""
CONDITIONS = """\
# Whom the town houses.
eligibility:
  CALM:
    label: {nb: Høyst litt uro, en: At most some unrest}
    status: illustrative
    requires: conflict <= 2
  KNOWN_NEED:
    label: {nb: Kjent behov, en: Known need}
    status: illustrative
    requires: assessed_rank >= 1
"""
CASES = """\
day: 2026-01-01
defaults: {applicant: {assessed_rank: 1}}
cases:
  QUIET: {applicant: {conflict: 0}, eligible: yes}
  UNRULY: {applicant: {conflict: 3}, eligible: no}
"""
GUARDS = """\
replications: 6
max_replications: 24
years: 2
guards:
  town:
    scenario: scenarios/small.yaml
    kpis: {waiting_list_mean: 3, allocations_per_year: 5}
"""


def git(folder: Path, *words: str) -> str:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    found = subprocess.run(
        ["git", *who, *words], cwd=folder, env={**os.environ, **own}, capture_output=True, text=True, check=True
    )
    return found.stdout


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("origin") / "town"
    for name, text in {
        "scenarios/small.yaml": SCENARIO,
        "rules/town/ruleset.yaml": RULES,
        "rules/town/conditions.yaml": CONDITIONS,
        "rules/town/conditions.test.yaml": CASES,
        "regressions.yaml": GUARDS,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "rules")
    return folder


@pytest.fixture
def town(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone, on a branch of its own."""
    folder = tmp_path / "town"
    shutil.copytree(original, folder)
    git(folder, "checkout", "-qb", "branch")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return folder


def edit(file: str, before: str, after: str, *, commit: bool = True) -> None:
    path = Path(file)
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    if commit:
        git(Path.cwd(), "commit", "-qam", "edit")


def call(*words: str, lang: str = "en") -> Any:
    return CliRunner().invoke(app, ["regress", *words, "--workers", "1", "--quiet", "--lang", lang])


def asked(*words: str) -> tuple[int, dict[str, Any]]:
    result = call(*words, "--json")
    assert result.stdout, result.stderr
    return result.exit_code, json.loads(result.stdout)


class TestThreeBranches:
    @pytest.mark.parametrize(
        ("before", "after", "why"),
        [
            ("# Whom the town houses.", "# Whom the town does house.", "compiled"),
            ("At most some unrest", "No great unrest", "compiled"),
            ("requires: conflict <= 2", "requires: not (conflict > 2)", "profiles"),
            ("requires: conflict <= 2", "requires: conflict < 3", "profiles"),
        ],
    )
    def test_a_harmless_edit_is_equivalent_and_needs_no_run(self, town: Path, before: str, after: str, why: str) -> None:
        edit("rules/town/conditions.yaml", before, after)
        code, found = asked("--against", "main")
        assert (code, found["outcome"]) == (0, "fine")
        guard = found["guards"]["town"]
        assert guard["not_run"] == why and guard["replications"] == 0
        assert {of["verdict"] for of in guard["kpis"].values()} == {"equivalent"}
        assert "nothing was run" in call("--against", "main").stdout

    def test_a_swapped_comparison_fails_and_names_the_rule_and_the_groups(self, town: Path) -> None:
        edit("rules/town/conditions.yaml", "conflict <= 2", "conflict >= 2")
        result = call("--against", "main", "--markdown", "comment.md", "--junit", "junit.xml", "--annotations")
        assert result.exit_code == 1, result.stderr
        text = result.stdout
        assert "unexpected effect" in text and "eligibility.CALM (rules/town/conditions.yaml:6)" in text
        assert "Most affected: Wild (" in text and "Calm (0 gain," in text
        assert "::error file=rules/town/conditions.yaml,line=6,col=15,title=regression eligibility.CALM::" in text
        assert "QUIET" in text and "UNRULY" in text and "Eligible → refused" in text
        comment = Path("comment.md").read_text("utf-8")
        assert comment.startswith("<!-- boligtrapp-regress -->\n# Rule change against main (")
        assert "| Measure | Before | After |" in comment
        suites = ElementTree.parse("junit.xml").getroot()
        assert int(suites.get("failures") or 0) >= 1 and {of.get("type") for of in suites.iter("failure")} == {"changed"}

    def test_the_same_for_programs(self, town: Path) -> None:
        edit("rules/town/conditions.yaml", "conflict <= 2", "conflict >= 2")
        code, found = asked("--against", "main")
        assert (code, found["outcome"]) == (1, "failed")
        assert [(of["path"], of["file"], of["line"]) for of in found["changes"]] == [
            ("eligibility.CALM", "rules/town/conditions.yaml", 6)
        ]
        guard = found["guards"]["town"]
        assert guard["kpis"]["waiting_list_mean"]["verdict"] == "changed"
        assert [of["rule"] for of in guard["firing"]] == ["CALM"]
        flips = guard["flips"]
        assert set(flips["groups"]["eligibility loses"]) == {"calm"} and set(flips["groups"]["eligibility gains"]) == {"wild"}
        assert 0 < flips["flips"]["eligibility"] <= flips["decisions"]["eligibility"] and len(flips["first"]) == 10
        assert {of["name"] for of in found["cases"]} == {"QUIET", "UNRULY"}
        assert all(of["before"] == [] and of["after"] for of in found["cases"])

    def test_a_declared_intention_is_as_expected_and_counts_for_its_branch_alone(self, town: Path) -> None:
        edit("rules/town/conditions.yaml", "conflict <= 2", "conflict <= 0", commit=False)
        meant = "  waiting_list_mean: {sign: down, why: Meant}\n  allocations_per_year: {range: [-12, 0.5], why: Meant}\n"
        edit("regressions.yaml", "guards:\n", f"expected:\n{meant}guards:\n")
        code, found = asked("--against", "main")
        verdicts = {kpi: of["verdict"] for kpi, of in found["guards"]["town"]["kpis"].items()}
        assert (code, verdicts) == (0, dict.fromkeys(verdicts, "expected"))
        assert "changed as expected" in call("--against", "main").stdout
        git(town, "branch", "taken-in")
        edit("rules/town/conditions.yaml", "conflict <= 0", "conflict <= 3")
        code, found = asked("--against", "taken-in")
        assert code == 1 and found["spent"] == ["allocations_per_year", "waiting_list_mean"]

    def test_an_intention_that_does_not_come_is_a_surprise(self, town: Path) -> None:
        edit("regressions.yaml", "guards:\n", "expected:\n  waiting_list_mean: {sign: up, why: Meant}\nguards:\n")
        code, found = asked("--against", "main")
        assert (code, found["guards"]["town"]["kpis"]["waiting_list_mean"]["verdict"]) == (1, "missing")


class TestWhatIsTold:
    def test_each_of_several_changes_alone_and_all_together(self, town: Path) -> None:
        edit("rules/town/conditions.yaml", "conflict <= 2", "conflict <= 0", commit=False)
        edit("rules/town/conditions.yaml", "assessed_rank >= 1", "assessed_rank >= 0", commit=False)
        edit("rules/town/ruleset.yaml", "home_rank, status", "home_rank + 0, status")
        _, found = asked("--against", "main")
        alone = {of["part"]: of for of in found["guards"]["town"]["alone"]}
        assert set(alone) == {"eligibility.CALM", "eligibility.KNOWN_NEED", "matching.LEVEL"}
        together = found["guards"]["town"]["kpis"]["waiting_list_mean"]
        assert alone["eligibility.CALM"]["effects"]["waiting_list_mean"]["mean"] < -1
        assert together["difference"] < -1
        for harmless in ("eligibility.KNOWN_NEED", "matching.LEVEL"):
            of = alone[harmless]
            assert of["no_effect"] or of["effects"]["waiting_list_mean"]["mean"] == 0.0
        assert "Each change alone, and all together" in call("--against", "main").stdout

    def test_a_part_that_needs_another_cannot_stand_alone(self, town: Path) -> None:
        edit(
            "rules/town/conditions.yaml",
            "eligibility:",
            "definitions:\n  quiet: {label: {nb: rolig, en: quiet}, is: conflict <= 1}\neligibility:",
            commit=False,
        )
        edit("rules/town/conditions.yaml", "requires: conflict <= 2", "requires: quiet")
        _, found = asked("--against", "main")
        alone = {of["part"]: of for of in found["guards"]["town"]["alone"]}
        assert alone["definitions.quiet"]["no_effect"] is True
        assert "quiet" in alone["eligibility.CALM"]["why"]

    def test_what_is_not_decided_says_what_would_decide(self, town: Path) -> None:
        edit("rules/town/conditions.yaml", "conflict <= 2", "conflict <= 1", commit=False)
        edit("regressions.yaml", "max_replications: 24", "max_replications: 6", commit=False)
        edit("regressions.yaml", "{waiting_list_mean: 3, allocations_per_year: 5}", "{allocations_per_year: 5}")
        code, found = asked("--against", "main")
        of = found["guards"]["town"]["kpis"]["allocations_per_year"]
        assert (code, found["outcome"], of["verdict"]) == (3, "undecided", "undecided")
        assert of["needed"] is None or of["needed"] > 6

    def test_in_norwegian(self, town: Path) -> None:
        edit("rules/town/conditions.yaml", "conflict <= 2", "conflict >= 2")
        result = call("--against", "main", "--markdown", "comment.md", lang="nb")
        assert result.exit_code == 1
        text = result.stdout + Path("comment.md").read_text("utf-8")
        assert "uventet virkning" in text and "Mest berørt" in text and "Vedtak om vilkårene" in text
        assert "unexpected" not in text and "Verdict" not in text

    def test_any_number_of_workers_says_the_same_and_the_tree_is_left_alone(self, town: Path) -> None:
        edit("rules/town/conditions.yaml", "conflict <= 2", "conflict <= 0", commit=False)
        index = (town / ".git" / "index").read_bytes()
        files = {file: file.read_bytes() for file in town.rglob("*.yaml")}
        one = call("--dirty", "--json").stdout
        two = CliRunner().invoke(app, ["regress", "--dirty", "--json", "--workers", "2", "--quiet", "--lang", "en"]).stdout
        assert one == two and json.loads(one)["against"].startswith("HEAD (")
        assert (town / ".git" / "index").read_bytes() == index
        assert {file: file.read_bytes() for file in town.rglob("*.yaml")} == files
        assert git(town, "status", "--porcelain").split() == ["M", "rules/town/conditions.yaml"]

    def test_the_file_says_with_what_where_the_command_does_not(self, town: Path) -> None:
        edit("regressions.yaml", "years: 2", "years: 2\nagainst: main")
        edit("rules/town/conditions.yaml", "requires: conflict <= 2", "requires: conflict < 3")
        assert asked()[1]["against"].startswith("main (") and asked("--against", "HEAD")[1]["against"].startswith("HEAD (")
        edit("regressions.yaml", "against: main", "baseline: kept.yaml")
        assert call("--update", "--reason", "First").exit_code == 0
        assert asked()[1]["against"] == "kept.yaml"

    def test_of_real_people_no_single_decision_is_told(self, town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        edit("rules/town/conditions.yaml", "conflict <= 2", "conflict >= 2")
        monkeypatch.setattr("sim.cli.regress_run.is_real", lambda _: True)
        monkeypatch.setattr("sim.cli.regress_told.is_real", lambda _: True)
        code, found = asked("--against", "main")
        guard = found["guards"]["town"]
        assert (code, guard["flips"], guard["firing"]) == (1, None, [])
        assert "single decisions and counts by rule are left out" in call("--against", "main").stdout

    def test_a_scenario_that_changes_too_is_told_of(self, town: Path) -> None:
        edit("scenarios/small.yaml", "dwellings: 20", "dwellings: 21")
        code, found = asked("--against", "main")
        assert code == 0 and found["scenarios_changed"] == ["scenarios/small.yaml"]


class TestBaselines:
    def test_made_compared_with_and_renewed(self, town: Path) -> None:
        words = ("--baseline", "kept.yaml")
        assert call(*words, "--update", "--reason", "First").exit_code == 0
        text = Path("kept.yaml").read_text("utf-8")
        assert 'reason: "First"' in text and "waiting_list_mean:" in text and len(text) < 10_000
        assert asked(*words)[1]["guards"]["town"]["not_run"] == "compiled"
        edit("rules/town/conditions.yaml", "conflict <= 2", "conflict >= 2")
        code, found = asked(*words)
        assert (code, found["outcome"], found["against"]) == (1, "failed", "kept.yaml")
        assert [of["path"] for of in found["changes"]] == ["rules/town/conditions.yaml"]
        assert [of["rule"] for of in found["guards"]["town"]["firing"]] == ["CALM"]
        assert call(*words, "--update", "--reason", "Meant").exit_code == 0
        assert asked(*words)[0] == 0 and 'reason: "Meant"' in Path("kept.yaml").read_text("utf-8")
        edit("rules/town/conditions.yaml", "conflict >= 2", "conflict <= 2")
        assert call(*words, "--update", "--reason", "First").exit_code == 0
        assert Path("kept.yaml").read_text("utf-8") == text, "the same every time"

    def test_one_made_by_another_program_is_run_and_told(self, town: Path) -> None:
        assert call("--baseline", "kept.yaml", "--update", "--reason", "First").exit_code == 0
        path = Path("kept.yaml")
        lines = ['program: "old"' if line.startswith("program:") else line for line in path.read_text("utf-8").splitlines()]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        code, found = asked("--baseline", "kept.yaml")
        guard = found["guards"]["town"]
        assert code == 0 and found["other_program"] is True and guard["replications"] >= 6 and guard["differing"] == 0

    def test_a_stale_one_is_named_as_such(self, town: Path) -> None:
        assert call("--baseline", "kept.yaml", "--update", "--reason", "First").exit_code == 0
        edit("scenarios/small.yaml", "dwellings: 20", "dwellings: 25", commit=False)
        edit("regressions.yaml", "years: 2", "years: 1\nseed: 3", commit=False)
        result = call("--baseline", "kept.yaml")
        assert result.exit_code == 2
        for says in ("the seed was 1 and is 3", "the years of town were 2 and are 1", "scenarios/small.yaml has changed since"):
            assert f"kept.yaml:1:1: the baseline is stale: {says}" in result.stderr
        assert "--update" in result.stderr

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("baseline: 9\n", "this is a baseline of version 9, and version 1 is read"),
            ("other: 1\n", "this is no baseline of `regress`"),
            ("baseline: 1\nreason: a\n", "the key 'program' is missing"),
        ],
    )
    def test_one_that_is_none(self, town: Path, text: str, says: str) -> None:
        Path("kept.yaml").write_text(text, encoding="utf-8")
        result = call("--baseline", "kept.yaml")
        assert (result.exit_code, result.stdout) == (2, "") and says in result.stderr

    def test_another_file_is_not_written_over(self, town: Path) -> None:
        result = call("--baseline", "scenarios/small.yaml", "--update", "--reason", "So")
        assert result.exit_code == 2 and "is not written over" in result.stderr
        assert Path("scenarios/small.yaml").read_text("utf-8") == SCENARIO


class TestBadInput:
    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (("--against", "mian"), "git knows no commit 'mian'; did you mean main?"),
            (("--against", "--all"), "git knows no commit '--all'"),
            (("--against", ""), "git knows no commit ''"),
            (("--against", "main", "--baseline", "x.yaml"), "it excludes --baseline"),
            (("--baseline", "none.yaml"), "none.yaml"),
            (("--file", "none.yaml"), "there is no such file"),
            (("--file", "scenarios/small.yaml"), "this is a scenario, and a list of what is guarded is asked for"),
            (("--markdown", "none/comment.md"), "there is no folder none"),
            (("--update",), "say why with --reason"),
            (("--reason", "a"), "it belongs to --update"),
            (("--update", "--reason", "a"), "no baseline is named"),
        ],
    )
    def test_options_that_cannot_be(self, town: Path, words: tuple[str, ...], says: str) -> None:
        result = call(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert says in result.stderr.replace("\n", " ") and "Traceback" not in result.stderr

    @pytest.mark.parametrize(
        ("before", "after", "says"),
        [
            ("waiting_list_mean: 3", "waiting_list_man: 3",
             "regressions.yaml:7:30: there is no measure 'waiting_list_man'; did you mean waiting_list_mean?"),
            ("waiting_list_mean: 3", "waiting_list_mean: 3 days", "is no number of the unit of waiting_list_mean"),
            ("waiting_list_mean: 3", "waiting_list_mean: 0", "should be above zero"),
            ("small.yaml", "smal.yaml", "regressions.yaml:6:15: there is no file scenarios/smal.yaml"),
            ("replications: 6\n", "replications: 3\n", "replications"),
            ("max_replications: 24", "max_replications: 5", "'max_replications' is less than 'replications'"),
            ("guards:", "expected: {returns_per_year: {sign: up, why: a}}\nguards:", "no guard holds returns_per_year"),
            ("guards:", "expected: {waiting_list_mean: {why: a}}\nguards:", "needs a 'sign' or a 'range'"),
            ("guards:", "expected: {waiting_list_mean: {range: [3, 1], why: a}}\nguards:", "is no range"),
            ("guards:", "expected: {waiting_list_mean: {range: [-3, 1], sign: up, why: a}}\nguards:", "exclude each other"),
            ("guards:", "expected: {waiting_list_mean: {sign: up, why: a, guards: [twn]}}\nguards:", "did you mean town?"),
            ("guards:", "gards: 1\nguards:", "gards"),
        ],
    )  # fmt: skip
    def test_mistakes_in_what_is_guarded(self, town: Path, before: str, after: str, says: str) -> None:
        edit("regressions.yaml", before, after, commit=False)
        result = call("--against", "main")
        assert (result.exit_code, result.stdout) == (2, "")
        assert says in result.stderr and "regressions.yaml:" in result.stderr

    def test_a_dirty_tree_names_its_files(self, town: Path) -> None:
        edit("rules/town/conditions.yaml", "conflict <= 2", "conflict < 3", commit=False)
        Path("rules/town/æ ny.yaml").write_text("holds: {}\n", encoding="utf-8")
        Path("unrelated.txt").write_text("x")
        result = call("--against", "main")
        assert result.exit_code == 2
        assert (
            "rules/town/conditions.yaml, rules/town/æ ny.yaml; commit them, or take them as they are with --dirty"
            in result.stderr
        )
        assert "unrelated" not in result.stderr
        assert call("--against", "main", "--dirty").exit_code == 0

    def test_no_repository(self, town: Path) -> None:
        shutil.rmtree(town / ".git")
        result = call("--against", "main")
        assert result.exit_code == 2 and "lies in no repository of git" in result.stderr

    def test_rules_that_were_not_there(self, town: Path) -> None:
        git(town, "mv", "rules/town", "rules/city")
        edit("scenarios/small.yaml", "rules/town", "rules/city")
        result = call("--against", "main")
        assert result.exit_code == 2 and "rules/city does not stand in" in result.stderr

    def test_mistakes_in_the_rules_as_they_were_are_told_by_the_name_of_the_commit(self, town: Path) -> None:
        edit("rules/town/conditions.yaml", "conflict <= 2", "conflct <= 2")
        git(town, "branch", "broken")
        edit("rules/town/conditions.yaml", "conflct <= 2", "conflict <= 2")
        result = call("--against", "broken")
        assert result.exit_code == 2 and "broken:rules/town/conditions.yaml:6:" in result.stderr
        assert "/then/" not in result.stderr


def test_help_is_in_norwegian_too(monkeypatch: pytest.MonkeyPatch) -> None:
    text = CliRunner().invoke(app, ["regress", "--help", "--lang", "nb"]).stdout
    assert "Si hva en regelendring gjør" in text and "Hvorfor grunnlaget fornyes." in text
    assert "Usage" not in text and "The rules" not in text and "Renew" not in text


@pytest.mark.parametrize(("ending", "code"), [(Ending.INTERRUPTED, 130), (Ending.WORKER_DIED, 1)])
def test_work_that_is_cut_short_has_no_verdict(town: Path, monkeypatch: pytest.MonkeyPatch, ending: Ending, code: int) -> None:
    edit("rules/town/conditions.yaml", "conflict <= 2", "conflict >= 2")
    monkeypatch.setattr("sim.cli.regress_run.batch", lambda *_, **__: Batch((), 6, ending))
    result = call("--against", "main", "--markdown", "comment.md")
    assert (result.exit_code, result.stdout) == (code, "") and result.stderr.strip()
    assert not Path("comment.md").exists()


class TestHook:
    def test_changed_files_are_taken_for_their_rule_sets(self, town: Path) -> None:
        Path("single.yaml").write_text(RULES.replace("town", "single"), encoding="utf-8")
        Path("broken.yaml").write_text("a: [", encoding="utf-8")
        Path("rules/town/broken.yaml").write_text("a: [", encoding="utf-8")
        names = [
            "rules/town/conditions.yaml",
            "rules/town/ruleset.yaml",
            "rules/town/conditions.test.yaml",
            "rules/town/broken.yaml",
        ]
        assert rule_sets([Path(name) for name in names]) == [Path("rules/town")]
        others = ["single.yaml", "scenarios/small.yaml", "regressions.yaml"]
        assert rule_sets([Path(name) for name in others]) == [Path("single.yaml")]

    def test_a_commit_with_a_broken_case_is_stopped(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = "rules/town/conditions.yaml"
        assert main(["check", file, "--lang", "en"]) == 0 and main(["test", file, "--lang", "en"]) == 0
        edit(file, "conflict <= 2", "conflict <= 3", commit=False)
        assert main(["check", file]) == 0 and main(["test", file]) == 1
        edit(file, "conflict <= 3", "conflct <= 3", commit=False)
        assert main(["check", file]) == 2 and main(["test", file]) == 2
        assert main(["test", "scenarios/small.yaml"]) == 0 and main(["try", file]) == 2
        assert "Traceback" not in capsys.readouterr().err

    def test_the_hooks_that_are_offered_are_those_that_there_are(self) -> None:
        hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
        assert [hook["entry"].split()[-1] for hook in hooks] == ["check", "test"]
        assert all(hook["entry"].startswith("python -m sim.cli.regress_hook ") for hook in hooks)

    def test_the_page_shows_what_is_read(self) -> None:
        page = (ROOT / "docs" / "regress.md").read_text("utf-8")
        shown = page.split("```yaml\n")[1].split("```")[0]
        found = read_regressions(ROOT / "regressions.yaml", parse_yaml(shown, "docs/regress.md"))
        assert found.expected["baerum", "wait_days_mean"] == (-60.0, -20.0) and found.judged == 2

    def test_the_workflow_calls_what_there_is(self) -> None:
        text = (ROOT / "docs" / "workflows" / "regress.yml").read_text("utf-8")
        steps = yaml.safe_load(text)["jobs"]["regress"]["steps"]
        [line] = [step["run"] for step in steps if "regress --against" in step.get("run", "")]
        options = {word for word in line.split() if word.startswith("--")}
        told = CliRunner().invoke(app, ["regress", "--help", "--lang", "en"]).stdout
        assert options and all(option in told for option in options)
        assert MARK in text, "the comment of an earlier run is found by its mark"
