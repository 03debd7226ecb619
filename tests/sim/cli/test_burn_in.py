"""`check --burn-in`: a small scenario that starts empty drifts, and one in balance does not."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from sim.cli.app import app

SCENARIO = """
scenario: small
label: {{nb: Liten, en: Small}}
start: 2026-01-01
horizon: 6 years
rules: [rules.yaml]
parameters: {{}}
schemes: {{only: {{ranks: [1]}}}}
types: {{home: {{scheme: only}}}}
sites: [{{id: a, type: home, dwellings: 400}}]
groups: {{people: {{arrivals: {{rate: 200 per year}}, need: {{only: {{1: 100 %}}}}}}}}
initial: {{residents: {{home: {{occupied: {let}, groups: {{people: 100 %}}}}}}}}
exits: {{transitions: {{out: {{after: {{exponential: 1.5 years}}, destination: private}}}}}}
burn_in: {{tolerance: 25 %}}
"""
RULES = "ruleset: small\nlabel: {nb: Liten, en: Small}\nvalid: {from: 2026-01-01}\n"


def checked(tmp_path, let, *options):
    (tmp_path / "rules.yaml").write_text(RULES)
    file = tmp_path / "small.yaml"
    file.write_text(SCENARIO.format(let=let))
    return CliRunner().invoke(app, ["check", str(file), "--burn-in", "6", "--workers", "1", *options])


def test_a_scenario_that_starts_empty_drifts(tmp_path):
    result = checked(tmp_path, "0 %", "--json", "--lang", "en")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    figures = told["burn_in"]["figures"]
    assert told["burn_in"]["tolerance"] == 0.25
    assert figures["occupancy_mean"]["verdict"] == "drifts"
    (finding,) = [one for one in told["findings"] if "occupancy_mean" in one["message"]]
    assert finding["severity"] == "warning"
    assert "beyond the tolerance of 25 %" in finding["message"]


def test_one_in_balance_does_not_and_it_is_told_in_norwegian(tmp_path):
    result = checked(tmp_path, "75 %", "--lang", "nb")
    assert result.exit_code == 0, result.output
    line = next(line for line in result.stdout.splitlines() if "Belegg" in line)
    assert line.endswith("innenfor")
    assert "occupancy_mean" not in result.stderr


def test_nothing_is_run_unless_asked(tmp_path):
    (tmp_path / "rules.yaml").write_text(RULES)
    file = tmp_path / "small.yaml"
    file.write_text(SCENARIO.format(let="0 %"))
    result = CliRunner().invoke(app, ["check", str(file), "--json"])
    assert "burn_in" not in json.loads(result.stdout)


def test_a_horizon_of_one_year_has_nothing_to_compare(tmp_path):
    (tmp_path / "rules.yaml").write_text(RULES)
    file = tmp_path / "small.yaml"
    file.write_text(SCENARIO.format(let="0 %").replace("6 years", "1 year"))
    result = CliRunner().invoke(app, ["check", str(file), "--burn-in", "2", "--lang", "en"])
    assert result.exit_code == 2
    assert "compares the first year with later ones" in result.stderr
