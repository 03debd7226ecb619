"""What can have no effect is told of: a comparison must never say "no difference" because of a slip of the pen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from rules.reading import Finding, InputError
from sim.scenario import Scenario, check_scenario, load_comparison, load_scenario

BASE = """
scenario: base
label: {nb: I dag, en: Today}
start: 2026-01-01
horizon: 5 years
rules: rules.yaml
parameters:
  hours:
    label: {nb: Timer, en: Hours}
    value: 40 hours per week
    range: [20 hours per week, 60 hours per week]
    kind: decision
    source: assumption
  price:
    label: {nb: Pris, en: Price}
    value: 2 million NOK
    range: [1 500 000 NOK, 3 million NOK]
    kind: fact
    source: assumption
  unused: {label: {nb: Ubrukt, en: Unused}, value: 3, kind: decision, source: assumption}
schemes: {only: {ranks: [1, 2]}, second: {ranks: [1, 2, 3]}}
types: {home: {scheme: only}, large: {scheme: only, step: 2}, third: {scheme: only, step: 2}}
sites: [{id: a, type: home, sites: 3}, {id: l, type: large}, {id: t, type: third}]
groups:
  people: {need: {only: {1: 100 %}}, arrivals: {rate: 3 per year}}
  others: {need: {second: {1: 100 %}}, arrivals: {rate: 3 per year}}
risk_factors: {crowd: {when: true_rank == 1, factor: 2}}
needs: {transitions: {worse: {from: {scheme: only, need: 1}, to: 2, after: {exponential: 4 years}, factors: [crowd]}}}
services: {required: minutes, teams: {north: {hours_per_week: $hours}}}
projects: []
money: {capital: {home: {building: $price}}}
"""
RULES = """
ruleset: tiny
label: {nb: Liten, en: Tiny}
definitions:
  minutes: {is: "60", status: illustrative}
"""
HEAD = "extends: base.yaml\nname: {name}\nquestion: {{nb: Hva?, en: What?}}\npolicy_from: {since}\n"
# One line of the base scenario -> what stands there instead.
PEOPLE = "  people: {need: {only: {1: 100 %}}, arrivals: {rate: 3 per year}}"
SITES = "sites: [{id: a, type: home, sites: 3}, {id: l, type: large}, {id: t, type: third}]"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path


def policy(folder: Path, changes: str, since: str = "2027-01-01", name: str = "policy", more: str = "") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(HEAD.format(name=name, since=since) + more + changes, encoding="utf-8")
    return path


def base_with(folder: Path, old: str, new: str) -> Path:
    assert old in BASE
    path = folder / "base.yaml"
    path.write_text(BASE.replace(old, new), encoding="utf-8")
    return path


def refusal(path: Path, *settings: tuple[str, str], years: float | None = None) -> Finding:
    with pytest.raises(InputError) as caught:
        load_scenario(path, settings, years)
    (finding,) = caught.value.findings
    assert finding.place is not None
    return finding


def warnings(scenario: Scenario) -> list[str]:
    assert all(f.severity != "error" for f in scenario.findings)
    return [f"{f.code}: {f.message}" for f in scenario.findings]


def codes(findings: Sequence[Finding]) -> list[str]:
    return [finding.code for finding in findings if finding.severity != "note"]


def test_a_sound_scenario_and_a_sound_policy_give_no_finding(folder: Path) -> None:
    assert warnings(load_scenario(folder / "base.yaml")) == []
    assert warnings(load_scenario(policy(folder, "changes: {sites: {add: [{id: b, type: home, opens: 2030-12-30}]}}"))) == []


def test_a_site_that_opens_when_the_horizon_ends_is_refused_with_both_dates(folder: Path) -> None:
    path = policy(folder, "changes: {sites: {add: [{id: b, type: home, opens: 2031-01-01}]}}")
    finding = refusal(path)
    assert "the site 'b' opens 2031-01-01, and the horizon ends 2031-01-01" in finding.message
    assert finding.place is not None
    assert (Path(finding.place.file).name, finding.place.line) == ("policy.yaml", 5)


def test_a_shorter_horizon_from_outside_leaves_a_warning(folder: Path) -> None:
    path = policy(folder, "changes: {sites: {add: [{id: b, type: home, opens: 2030-12-30}]}}")
    assert warnings(load_scenario(path, years=2.0)) == [
        "outside-horizon: the site 'b' opens 2030-12-30, and the horizon ends 2028-01-01"
    ]
    late = policy(folder, "changes: {sites: {add: [{id: b, type: home, opens: 2031-06-01}]}}")
    assert warnings(load_scenario(late, years=6.0)) == []  # a longer one lets it open


def test_a_closing_that_a_policy_dates_after_the_end(folder: Path) -> None:
    base = base_with(folder, SITES, SITES.replace("large}", "large, closes: 2040-01-01, closing: when_vacated}"))
    assert warnings(load_scenario(base)) == []  # known plans of the municipality may lie further ahead
    path = policy(folder, "changes: {sites: {l: {closes: 2039-01-01}}}")
    assert "the site 'l' closes 2039-01-01, and the horizon ends 2031-01-01" in refusal(path).message


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("opens: 2031-05-01", "the project 'p' opens 2031-05-01, and the horizon ends 2031-01-01"),
        ("start: 2032-01-01", "the project 'p' opens at the earliest 2032-01-01"),
        (
            "start: 2030-06-01, phases: {building: {triangular: [8 months, 9 months, 10 months]}}",
            "opens at the earliest 2031-01-3",
        ),
        (
            "start: 2030-06-01, phases: {building: {fixed: 400 days}, appeal: {share: 10 %, lasts: 1 year}}",
            "at the earliest 2031-07-06",
        ),
    ],
)
def test_a_project_that_cannot_open_in_time_is_refused(folder: Path, written: str, says: str) -> None:
    path = policy(folder, f"changes: {{projects: {{add: [{{id: p, type: home, dwellings: 2, capital: {{}}, {written}}}]}}}}")
    assert says in refusal(path).message


def test_a_project_that_may_open_too_late_is_only_warned_of(folder: Path) -> None:
    phases = "{building: {triangular: [1 month, 2 months, 3 months]}, appeal: {share: 10 %, lasts: 1 year}}"
    project = f"{{id: p, type: home, dwellings: 2, capital: {{}}, start: 2030-06-01, phases: {phases}}}"
    path = policy(folder, f"changes: {{projects: {{add: [{project}]}}}}")
    (said,) = warnings(load_scenario(path))
    assert said.startswith(
        "may-open-outside-horizon: the project 'p' may open after the horizon ends: at the earliest 2030-07-01"
    )
    early = path.read_text(encoding="utf-8").replace("2030-06-01", "2028-06-01")
    path.write_text(early, encoding="utf-8")
    assert warnings(load_scenario(path)) == []


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("sites: {add: [{id: b, type: home, dwellings: 0}]}", "the policy adds the site 'b' with dwellings: 0"),
        ("sites: {add: [{id: b, type: home, sites: 0}]}", "the policy adds the site 'b' with sites: 0"),
        (
            "projects: {add: [{id: p, type: home, dwellings: 0, capital: {}, start: 2027-06-01}]}",
            "the policy adds the project 'p' with dwellings: 0",
        ),
    ],
)
def test_a_policy_that_adds_no_homes_is_refused(folder: Path, entry: str, says: str) -> None:
    assert says in refusal(policy(folder, f"changes: {{{entry}}}")).message


def test_no_homes_set_from_outside_are_meant(folder: Path) -> None:
    path = policy(folder, "changes: {sites: {add: [{id: b, type: home, dwellings: 2}]}}")
    assert [said.split(":")[0] for said in warnings(load_scenario(path, [("sites.b.dwellings", "0")]))] == ["no-homes"]


@pytest.mark.parametrize("changes", ["", "changes:\n"])
def test_a_policy_that_forgets_its_changes_is_refused(folder: Path, changes: str) -> None:
    finding = refusal(policy(folder, changes))
    assert (finding.code, "changes: {}" in str(finding.hint)) == ("changes-nothing", True)


@pytest.mark.parametrize(
    "changes",
    [
        "{}",
        "{services: {teams: {north: {hours_per_week: 40 hours per week}}}}",  # as it was
        "{label: {en: Nowadays}}",  # words alone
        "{parameters: {unused: {value: 4}}}",  # nothing refers to it
        "{rules: {label: {nb: Andre ord, en: Other words}}}",
    ],
)
def test_a_policy_that_changes_nothing_is_warned_of(folder: Path, changes: str) -> None:
    findings, _ = check_scenario(policy(folder, f"changes: {changes}"))
    assert [f.message for f in findings if f.code == "changes-nothing"] == [
        "the policy changes nothing that is simulated in base.yaml: all differences will be exactly 0"
    ]


def test_a_policy_of_rules_alone_changes_something(folder: Path) -> None:
    path = policy(folder, 'changes: {rules: {definitions: {minutes: {is: "90"}}}}')
    assert warnings(load_scenario(path)) == []


@pytest.mark.parametrize(
    ("since", "years"), [("2031-01-01", None), ("2025-12-31", None), ("2027-01-01", 1.0), ("2027-03-01", 1.0)]
)
def test_a_policy_outside_the_horizon_is_refused_in_words(folder: Path, since: str, years: float | None) -> None:
    path = policy(folder, "changes: {services: {teams: {north: {hours_per_week: +20}}}}", since)
    with pytest.raises(InputError, match=f"the policy begins {since}, outside the horizon of . years from 2026-01-01 to 20"):
        load_comparison(folder / "base.yaml", [path], (), years)


@pytest.mark.parametrize(
    ("settings", "changes", "says"),
    [
        ([("parameters.hours", "61")], "", None),  # without a unit it is read in that of its place: nothing is claimed
        ([("parameters.hours", "61 hours per week")], "", "hours is 61 hours per week, outside its own range"),
        ([("parameters.hours", "9 hours per day")], "", "hours is 9 hours per day, outside its own range"),
        (
            [("parameters.price", "1.4 million NOK")],
            "",
            "price is 1.4 million NOK, outside its own range, 1 500 000 NOK to 3 million NOK",
        ),
        ([], "changes: {parameters: {hours: {value: 70 hours per week}}}", "hours is 70 hours per week, outside its own range"),
        ([], "changes: {parameters: {hours: {value: +30}}}", "hours is 70 hours per week, outside its own range"),
        ([], "changes: {parameters: {hours: {value: 70 hours per week, range: [20 hours per week, 80 hours per week]}}}", None),
        ([("parameters.hours", "60 hours per week")], "", None),
        ([("parameters.hours.range", "[3 weeks, 4 weeks]")], "", "measures something else"),
        ([("parameters.hours.range", "[60 hours per week, 20 hours per week]")], "", "the range of hours is no range"),
    ],
)
def test_a_parameter_stays_within_its_own_range(
    folder: Path, settings: list[tuple[str, str]], changes: str, says: str | None
) -> None:
    path = policy(folder, changes) if changes else folder / "base.yaml"
    if says is None:
        assert warnings(load_scenario(path, settings)) == []
    else:
        assert says in refusal(path, *settings).message


@pytest.mark.parametrize(
    ("arrivals", "says"),
    [
        (
            "{rates: {2031-01-01: 3 per year}}",
            "the rates of the group 'people' begin 2031-01-01, and the horizon ends 2031-01-01",
        ),
        ("{rate: 3 per year, from: 2032-01-01}", "the group 'people' applies from 2032-01-01, and the horizon ends 2031-01-01"),
        ("{rate: 3 per year, until: 2026-01-01}", "applies until 2026-01-01, which is not after 2026-01-01"),
        ("{rate: 3 per year, from: 2028-01-01, until: 2027-01-01}", "applies until 2027-01-01, which is not after 2028-01-01"),
    ],
)
def test_arrivals_outside_the_horizon_are_refused(folder: Path, arrivals: str, says: str) -> None:
    path = base_with(folder, PEOPLE, PEOPLE.replace("{rate: 3 per year}", arrivals))
    assert says in refusal(path).message


def test_arrivals_that_a_shorter_horizon_leaves_out_are_warned_of(folder: Path) -> None:
    path = base_with(folder, PEOPLE, PEOPLE.replace("{rate: 3 per year}", "{rates: {2028-01-01: 3 per year}}"))
    assert warnings(load_scenario(path)) == []
    said = warnings(load_scenario(path, years=1.0))
    assert "outside-horizon: the rates of the group 'people' begin 2028-01-01, and the horizon ends 2027-01-01" in said


def test_a_batch_after_the_end_and_a_group_that_never_comes(folder: Path) -> None:
    path = base_with(folder, PEOPLE, PEOPLE.replace("{rate: 3 per year}", "{batches: {each_year: 11-01, size: 3}}"))
    assert warnings(load_scenario(path)) == []
    assert [said.split(":")[0] for said in warnings(load_scenario(path, years=0.5))] == ["outside-horizon", "no-arrivals"]
    never = base_with(folder, PEOPLE, PEOPLE.replace("{rate: 3 per year}", "{}"))
    assert codes(check_scenario(never)[0]).count("no-arrivals") == 1
    never.write_text(never.read_text(encoding="utf-8") + "initial: {waiting: {people: {count: 3}}}\n", encoding="utf-8")
    assert "no-arrivals" not in codes(check_scenario(never)[0])


def test_a_type_without_homes_unless_a_policy_builds_them(folder: Path) -> None:
    path = base_with(folder, ", {id: t, type: third}", "")
    assert warnings(load_scenario(path)) == ["unused-type: no site or project has homes of the type 'third'"]
    built = policy(folder, "changes: {sites: {add: [{id: t2, type: third}]}}")
    assert [said.split(":")[0] for said in warnings(load_scenario(built))] == ["no-price"]


@pytest.mark.parametrize(
    ("state", "severity", "says"),
    [
        ("{scheme: only, need: 3}", "error", "worse can never begin: no scheme that it names has such a need"),
        ("{need: [4, 5]}", "error", "worse can never begin"),
        ("{scheme: second, need: 3}", "warning", "worse never begins: no household ever comes to have the need"),
        ("{scheme: second, group: people}", "warning", "worse never begins: no household of the groups it names"),
        ("{need: [2, 3]}", "", ""),  # 3 is a rank of the other scheme: a list may name more than can be
        ("{scheme: only, need: 1, group: people}", "", ""),
    ],
)
def test_a_transition_whose_beginning_can_never_hold(folder: Path, state: str, severity: str, says: str) -> None:
    more = ", sideways: {from: {scheme: only, need: 1}, to: 2, after: {exponential: 9 years}}"
    path = base_with(
        folder,
        "{scheme: only, need: 1}, to: 2, after: {exponential: 4 years}, factors: [crowd]}",
        f"{state}, to: 2, after: {{exponential: 4 years}}, factors: [crowd]}}{more}",
    )
    if severity == "error":
        assert says in refusal(path).message
    else:
        said = warnings(load_scenario(path))
        assert (not said) if not says else (len(said) == 1 and says in said[0])


def test_a_risk_factor_that_no_transition_names(folder: Path) -> None:
    path = base_with(folder, ", factors: [crowd]", "")
    assert warnings(load_scenario(path)) == ["unused-factor: no transition names the risk factor 'crowd' among its factors"]


def test_homes_without_a_price(folder: Path) -> None:
    path = policy(folder, "changes: {sites: {add: [{id: b, type: large}, {id: c, type: home}]}}")
    (said,) = warnings(load_scenario(path))
    assert said == "no-price: the policy adds the site 'b', which costs nothing: money.capital has no price of 'large'"
    base_with(folder, "{home: {building: $price}}", "{home: {building: $price}, default: {building: 1 million NOK}}")
    assert warnings(load_scenario(path)) == []
    assert refusal(base_with(folder, "{home: {building: $price}}", "{hmoe: {building: $price}}")).code == "dangling-reference"


def test_a_project_without_a_price(folder: Path) -> None:
    path = policy(folder, "changes: {projects: {add: [{id: p, type: home, dwellings: 2, start: 2027-06-01}]}}")
    assert warnings(load_scenario(path)) == [
        "no-price: the policy adds the project 'p' without `capital`: it costs nothing to build"
    ]


# --- counted twice --------------------------------------------------------------------------------------------------

MONEY = "money: {capital: {home: {building: $price}}}"
BEDS = "acute_beds: {kinds: {kad: {beds: 1, begins: {exponential: 1 year}, lasts: 3 days, cost_per_bed: 1 NOK per year}}}\n"


@pytest.mark.parametrize(
    ("beside", "programme", "path"),
    [
        ("temporary: {price: 900 NOK per night}\n", "temporary", "temporary.price"),
        (BEDS, "'acute_bed:kad'", "acute_beds.kinds.kad.cost_per_bed"),
        (BEDS, "acute_bed", "acute_beds.kinds.kad.cost_per_bed"),
        ("temporary: {}\n", "temporary", None),  # no price of its own
        (BEDS.replace(", cost_per_bed: 1 NOK per year", ""), "acute_bed", None),
        (BEDS, "no_roof", None),
        (BEDS.replace("kad:", "free: {beds: 1, begins: {exponential: 1 year}, lasts: 3 days}, kad:"), "'acute_bed:free'", None),
    ],
)
def test_what_has_a_price_in_two_places_is_told(folder: Path, beside: str, programme: str, path: str | None) -> None:
    priced = f"{MONEY[:-1]}, programmes: {{{programme}: {{per_night: 10 NOK per night}}}}}}"
    text = BASE.replace(MONEY, beside + priced)
    (folder / "base.yaml").write_text(text, encoding="utf-8")
    said = [finding for finding in load_scenario(folder / "base.yaml").findings if finding.code == "priced-twice"]
    assert [path in finding.message for finding in said] == ([] if path is None else [True])
    line = text[: text.index("money:")].count("\n") + 1
    assert all(finding.severity == "warning" and finding.place and finding.place.line == line for finding in said)
