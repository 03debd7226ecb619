"""Real data in: what a mapping reads, and every bad row told at once with its place."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from rules.reading import InputError
from sim.importing.plain_yaml import yaml_text
from sim.importing.pseudonyms import Pseudonyms, read_secret
from sim.importing.register import read_register
from sim.importing.tables import read_table
from sim.importing.written import write_register
from sim.replication.replicate import simulate, world_of
from sim.scenario import load_comparison, load_scenario
from sim.world.verbs.leaving import move_on

ROOT = Path(__file__).parents[3]
SCENARIO = """
scenario: town
start: 2026-01-01
horizon: 1 year
rules: rules.yaml
schemes: {only: {ranks: [1, 2]}}
districts: {west: {}, east: {label: {nb: Øst, en: East}}}
types:
  flat: {scheme: only, step: 1, attributes: {rooms: 2, accessible: no}}
  house: {scheme: only, step: 2, attributes: {rooms: 3, accessible: yes}}
sites: [{id: old, type: flat, sites: 9, district: west}]
groups:
  people:
    need: {only: {1: 100 %}}
    situation: {no_roof: 100 %}
    fields: {conflict: {by_need: {only: {1: {0: 80 %, 3: 20 %}, 2: {0: 10 %, 3: 90 %}}}}}
    since: {born: 40 years}
  others: {need: {only: {2: 100 %}}, fields: {conflict: 1}, since: {born: 50 years}}
initial:
  residents: {flat: {count: 5, groups: {people: 100 %}}}
  waiting: {people: {count: 3}}
services: {required: minutes, teams: {day: {hours_per_week: 10}}}
projects: [{id: planned, type: flat, dwellings: 2, opens: 2026-03-01}]
"""
RULES = """
ruleset: town
label: {nb: By, en: Town}
fields:
  conflict: {of: applicant, type: int, range: 0..3, source: stored, label: {nb: k, en: k}}
  agreed: {of: applicant, type: yes/no, may_be: absent, source: stored, label: {nb: a, en: a}}
  age: {of: applicant, type: int, unit: years, range: 0..110, source: {elapsed: {since: born}}, label: {nb: a, en: a}}
  rooms: {of: dwelling, type: int, range: 1..5, source: stored, label: {nb: r, en: r}}
  accessible: {of: dwelling, type: yes/no, source: stored, label: {nb: t, en: t}}
definitions:
  minutes: {is: conflict * 10, label: {nb: m, en: m}}
"""
STOCK = """koboId;eiendom;bydel;boligtype;antallSoverom;erTilgjengeligForRullestolbruker
K1;Åsen;Øst;Leilighet;1;nei
K2;Åsen;Øst;Leilighet;2;ja
K3;;Vest;Hus;2;ja
K4;;Vest;Leilighet;1;nei
"""
TENANTS = """nr;koboId;gruppe;innflyttet;trinn;født;konflikt;avtale
A-1;K2;people;01.02.2020;2;1980;3;ja
A-2;K3;others;2025-12-31;;24.12.1960;;
"""
WAITING = """nr;gruppe;vedtak;sted
B-1;people;01.12.2025;temporary
B-2;others;02.12.2025;
"""
TEAMS = "team;timer\nday;1 012,5\n"
PROJECTS = "id;type;boliger;oppstart;åpning;bygg\nplot;Leilighet;3;01.02.2025;01.06.2026;12 000 000\n"
TYPES = {"Leilighet": "flat", "Hus": "house"}
MAPPING = {
    "scenario": "town.yaml",
    "name": "town-register",
    "data": "real",
    "real_data": {"purpose": "planning", "legal_basis": "§ 1", "dpia": "17/26"},
    "stock": {
        "file": "boliger.csv",
        "columns": {
            "koboId": "id",
            "eiendom": "site",
            "bydel": {"field": "district", "values": {"Øst": "east", "Vest": "west"}},
            "boligtype": {"field": "type", "values": TYPES},
            "antallSoverom": {"field": "rooms", "add": 1},
            "erTilgjengeligForRullestolbruker": "accessible",
        },
        "expect": {"only": 4, "house": 1},
    },
    "tenants": {
        "file": "leietakere.csv",
        "columns": {"nr": "id", "koboId": "dwelling", "gruppe": "group", "innflyttet": "since", "trinn": "need", "født": "born",
                    "konflikt": "conflict", "avtale": "agreed"},
        "constants": {"scheme": "only"},
    },
    "waiting": {
        "file": "venteliste.csv",
        "columns": {"nr": "id", "gruppe": "group", "vedtak": "since", "sted": "situation"},
    },
    "teams": {"file": "team.csv", "columns": {"team": "id", "timer": "hours_per_week"}},
    "projects": {
        "file": "prosjekter.csv",
        "columns": {"id": "id", "type": {"field": "type", "values": TYPES}, "boliger": "dwellings", "oppstart": "start",
                    "åpning": "opens", "bygg": "building"},
    },
}  # fmt: skip
TABLES = {"boliger": STOCK, "leietakere": TENANTS, "venteliste": WAITING, "team": TEAMS, "prosjekter": PROJECTS}


@pytest.fixture
def town(tmp_path: Path):
    """Write a town and its register; what a test changes, it names."""

    def make(mapping=None, encoding="utf-8-sig", **tables):
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        (folder / "town.yaml").write_text(SCENARIO, encoding="utf-8")
        (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
        (tmp_path / "secret").write_text("a long enough secret of ours", encoding="utf-8")
        for name, text in {**TABLES, **tables}.items():
            (folder / f"{name}.csv").write_bytes(text.encode(encoding))
        path = folder / "mapping.yaml"
        path.write_text(yaml_text({"secret": "../secret", **MAPPING, **(mapping or {})}), encoding="utf-8")
        return path

    return make


def wrong(path: Path) -> list[str]:
    """Everything that is told of a register, as FILE:ROW:COLUMN: MESSAGE."""
    with pytest.raises(InputError) as error:
        read_register(path)
    found = []
    for finding in error.value.findings:
        assert finding.place is not None
        found.append(f"{Path(finding.place.file).name}:{finding.place.line}:{finding.place.column}: {finding.message}")
    return found


def test_what_is_read_is_what_stands_there(town):
    register = read_register(town())
    assert register.homes == {"K1": "flat-1/1", "K2": "flat-1/2", "K3": "house-1/1", "K4": "flat-2/1"}
    assert [(s.name, s.district, s.each) for s in register.stock.sites] == [
        ("flat-1", "east", [{}, {"rooms": 3, "accessible": True}]), ("house-1", "west", [{}]), ("flat-2", "west", [{}]),
    ]  # fmt: skip
    first, second, third, fourth = register.people
    assert (first.dwelling, first.days, first.need, first.fields) == (
        "flat-1/2", float((date(2026, 1, 1) - date(2020, 2, 1)).days), ("only", 2), {"conflict": 3, "agreed": True},
    )  # fmt: skip
    assert first.events == {"born": (date(1980, 7, 1) - date(2026, 1, 1)).days}
    assert (second.dwelling, second.days, second.need, second.fields) == ("house-1/1", 1.0, None, {})
    assert (third.dwelling, third.days, third.situation, fourth.situation) == ("", 31.0, "temporary", None)
    assert register.teams == {"day": {"hours_per_week": "1012.5"}}
    assert register.projects == [{
        "id": "plot", "type": "flat", "dwellings": 3, "start": date(2025, 2, 1), "phases": {"building": "485 days"},
        "capital": {"building": "12000000 NOK"},
    }]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_of_excel(town, encoding):
    assert len(read_register(town(encoding=encoding)).people) == 4


def test_other_separators_and_quotes(town, tmp_path):
    path = tmp_path / "t.csv"
    for text in ('sep=,\na,b\n1,"x;y"\n', "a\tb\n1\tx;y\n", 'a,b\n\n1,"x;y"\n'):
        path.write_text(text, encoding="utf-8")
        sheet = read_table(path, None, None)
        assert [{name: cell.text for name, cell in row.items()} for row in sheet.rows] == [{"a": "1", "b": "x;y"}]
    path.write_text('a;b\n"two\nlines";2\n3;4\n', encoding="utf-8")
    assert [row["a"].row for row in read_table(path, None, None).rows] == [2, 4]


def test_it_runs_and_day_0_is_that_of_the_register(town, tmp_path):
    path = town()
    scenario = write_register(read_register(path), tmp_path / "out")
    assert (scenario.name, scenario.data, scenario.policy) == ("town-register", "real", None)
    assert {Path(name).name for name, _ in scenario.inputs} >= {"people.csv", "register.yaml", "town.yaml"}
    for seed in (1, 2, 3):
        world = world_of(scenario, seed, 1)
        home = world.dwelling_by_id["flat-1/2"]
        resident = home.household
        assert (home.facts.rooms, home.facts.accessible, world.dwelling_by_id["flat-1/1"].facts.rooms) == (3, True, 2)
        assert (resident.group, resident.need, resident.facts.conflict, resident.moved_in) == ("people", 2, 3, -2161.0)
        assert world.layout.marked(resident.facts, "born") == (date(1980, 7, 1) - date(2026, 1, 1)).days
        assert world.dwelling_by_id["house-1/1"].household.facts.conflict == 1
        waits = {h.group: h.application.decided for h in world.households.values() if h.application is not None}
        assert waits == {"people": -31.0, "others": -30.0} or len(waits) < 2  # some may have got one of the empty homes
        assert len(world.households) == 4
    simulate(scenario, 1, 1, check_invariants=True)


def test_a_mark_that_is_known_follows_the_need_from_where_it_is(town, tmp_path):
    """Known to be 3 at rank 2, where nine in ten are: at rank 1 it is 3 for those of the same uniform, two in nine of them."""
    from sim.world.profile import write_marks

    scenario = write_register(read_register(town()), tmp_path / "out")
    kept = 0
    for k in range(1, 901):
        world = world_of(scenario, 5, k)
        resident = world.dwelling_by_id["flat-1/2"].household
        assert resident.facts.conflict == 3
        resident.need = 1
        write_marks(world, resident)
        kept += resident.facts.conflict == 3
    share = 2 / 9
    assert abs(kept - 900 * share) / (900 * share * (1 - share)) ** 0.5 < 4
    assert abs(kept - 900 * 0.3) / (900 * 0.3 * 0.7) ** 0.5 > 4  # nor is it drawn anew


def test_policies_extend_a_register_and_pay_only_for_what_they_add(town, tmp_path):
    scenario = write_register(read_register(town()), tmp_path / "out")
    policy = tmp_path / "out" / "more.yaml"
    policy.write_text(
        "extends: register.yaml\nname: more\nquestion: {nb: H?, en: W?}\npolicy_from: 2026-03-01\n"
        "changes: {sites: {add: [{id: new, type: flat, district: west}]}}\n",
        encoding="utf-8",
    )
    both = load_comparison(tmp_path / "out" / "register.yaml", [policy])
    assert list(both) == ["town-register", "more"]
    assert [site.id for site in both["more"].blueprint.sites if site.added] == ["new"]
    assert both["more"].blueprint.initial.people == scenario.blueprint.initial.people
    policy.write_text("extends: more2.yaml\nname: r\nkind: register\nquestion: {nb: H?, en: W?}\n", encoding="utf-8")
    (tmp_path / "out" / "more2.yaml").write_text(
        "extends: register.yaml\nname: more\nquestion: {nb: H?, en: W?}\npolicy_from: 2026-03-01\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match="cannot extend a policy"):
        load_scenario(policy)


def test_a_register_says_nothing_of_facts_that_are_not_its_own(town, tmp_path):
    write_register(read_register(town()), tmp_path / "out")
    path = tmp_path / "out" / "register.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  groups: {people: {need: {only: {2: 100 %}}}}\n", encoding="utf-8")
    with pytest.raises(InputError, match="a register says nothing about groups"):
        load_scenario(path)


def test_what_the_people_of_a_scenario_say_is_checked_where_they_stand(town, tmp_path):
    write_register(read_register(town()), tmp_path / "out")
    people = tmp_path / "out" / "people.csv"
    hash_before = load_scenario(tmp_path / "out" / "register.yaml").hash
    text = people.read_text(encoding="utf-8")
    people.write_text(text.replace("2025-12-31", "2025-12-30"), encoding="utf-8")
    assert load_scenario(tmp_path / "out" / "register.yaml").hash != hash_before
    people.write_text(text.replace("flat-1/2", "flat-1/9").replace("others", "othres"), encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_scenario(tmp_path / "out" / "register.yaml")
    assert "people.csv:2:3: row 2, column 'dwelling': 'flat-1/9' is no dwelling" in str(error.value)
    assert "people.csv:5:2: row 5, column 'group': there is no group 'othres'; did you mean others?" in str(error.value)
    people.unlink()
    with pytest.raises(InputError, match="there is no such file"):
        load_scenario(tmp_path / "out" / "register.yaml")


# --- every bad row at once ------------------------------------------------------------------------------------------------


def test_every_bad_row_of_every_table_is_told_at_once(town):
    path = town(
        boliger=STOCK.replace("K4;;Vest;Leilighet;1", "K3;;Vest;Leilighett;9"),
        leietakere=TENANTS
        + "A-3;K2;people;01.01.2021;9;;7;kanskje\nA-1;K9;nobody;32.01.2021;1;2030;;\n;;people;01.02.2026;;;;\n",
        venteliste="nr;gruppe;vedtak;sted\nB-1;people;x;nowhere\n",
        team="team;timer\nday;-3\nnight;ti\n",
        prosjekter=PROJECTS + "plot;Hytte;0;01.02.2027;01.02.2026;-5\nlate;Hus;2,5;;01.01.2026;\n",
    )
    assert wrong(path) == [
        "boliger.csv:5:4: row 5, column 'boligtype': the mapping does not say what 'Leilighett' is",
        "boliger.csv:5:1: row 5, column 'koboId': the dwelling 'K3' stands twice: rows 4 and 5",
        "boliger.csv:5:5: row 5, column 'antallSoverom': '10' is no value of rooms (1..5)",
        "leietakere.csv:4:2: row 4, column 'koboId': two households live in one dwelling: rows 2 and 4",
        "leietakere.csv:4:5: row 4, column 'trinn': ranks of need are 1 to 5, but this is '9'",
        "leietakere.csv:4:7: row 4, column 'konflikt': '7' is no value of conflict (0..3)",
        "leietakere.csv:4:8: row 4, column 'avtale': 'kanskje' is no value of agreed (yes/no)",
        "leietakere.csv:5:1: row 5, column 'nr': the same household stands twice: rows 2 and 5",
        "leietakere.csv:5:3: row 5, column 'gruppe': there is no group 'nobody'",
        "leietakere.csv:5:2: row 5, column 'koboId': 'K9' is no dwelling of the stock that stands open on day 0",
        "leietakere.csv:5:4: row 5, column 'innflyttet': '32.01.2021' is no date",
        "leietakere.csv:5:6: row 5, column 'født': 2030-07-01 lies after the start, 2026-01-01",
        "leietakere.csv:6:2: row 6, column 'koboId': the tenant has no dwelling",
        "leietakere.csv:6:1: row 6, column 'nr': nobody is named here",
        "leietakere.csv:6:4: row 6, column 'innflyttet': 2026-02-01 lies after the start, 2026-01-01",
        "venteliste.csv:2:3: row 2, column 'vedtak': 'x' is no date",
        "venteliste.csv:2:4: row 2, column 'sted': there is no housing situation 'nowhere'",
        "team.csv:2:2: row 2, column 'timer': a team cannot have -3 hours a week",
        "team.csv:3:1: row 3, column 'team': there is no team 'night'",
        "team.csv:3:2: row 3, column 'timer': 'ti' is not a number",
        "prosjekter.csv:3:2: row 3, column 'type': the mapping does not say what 'Hytte' is",
        "prosjekter.csv:3:1: row 3, column 'id': the project 'plot' stands twice",
        "prosjekter.csv:3:3: row 3, column 'boliger': a project has a whole number of dwellings, not 0",
        "prosjekter.csv:3:5: row 3, column 'åpning': the project opens 2026-02-01, before it starts (2027-02-01)",
        "prosjekter.csv:3:6: row 3, column 'bygg': a cost cannot be -5",
        "prosjekter.csv:4:3: row 4, column 'boliger': a project has a whole number of dwellings, not 2.5",
        "prosjekter.csv:4:5: row 4, column 'åpning': the project opens 2026-01-01, and by 2026-01-01 its homes are part of the "
        "stock",
    ]


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ({"boliger": STOCK.replace("bydel", "bydell")}, "boliger.csv:1:1: the column 'bydel' is missing in"),
        ({"boliger": STOCK.rpartition("K4")[0]}, "the stock does not add up: it has 3 homes of only, and 4 are expected"),
        ({"boliger": STOCK.replace("K2;Åsen;Øst;Leilighet", "K2;Åsen;Øst;Hus")},
         "boliger.csv:3:4: row 3, column 'boligtype': the site has the type 'flat' in row 2, and 'house' here"),
        ({"boliger": STOCK.replace("K2;Åsen;Øst", "K2;Åsen;Vest")},
         "boliger.csv:3:3: row 3, column 'bydel': the site has the district 'east' in row 2, and 'west' here"),
        ({"boliger": STOCK + "K5;;Vest;Hus;2;ja;;x\n"}, "boliger.csv:6:7: row 6: has 8 values, but there are 6 columns"),
        ({"boliger": ""}, "boliger.csv:1:1: the table is empty"),
        ({"boliger": STOCK.replace("eiendom", "koboId")}, "boliger.csv:1:2: the column 'koboId' stands twice"),
        ({"boliger": "\0" * 9}, "this is no table of text"),
        ({"team": "team;timer\nday;\n"}, "team.csv:2:2: row 2, column 'timer': '' is not a number"),
        ({"team": "team;timer\nday;1e999\n"}, "'1e999' is not a number"),
        ({"prosjekter": PROJECTS.replace("01.06.2026", "01.06.2024")}, "opens 2024-06-01, before it starts (2025-02-01)"),
    ],
)  # fmt: skip
def test_one_mistake(town, tables, told):
    assert any(told in line for line in wrong(town(**tables)))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"real_data": None}, "real data need their purpose"),
        ({"keys": "as_they_are"}, "keys of real people are hashed"),
        ({"secret": None}, "hashed with a secret, and none is named"),
        ({"secret": "none"}, "with a secret"),
        ({"secret": "town.yaml", "scenario": "gone.yaml"}, "there is no such file"),
        ({"teams": {"file": "gone.csv", "columns": {"team": "id"}}}, "there is no file"),
        ({"teams": {"file": "team.csv", "columns": {"team": "id"}}}, "no column for the field 'hours_per_week' of teams"),
        ({"teams": {"file": "team.csv", "columns": {"team": "id", "timer": "hours"}}}, "teams has no field 'hours'"),
        ({"teams": {"file": "team.csv", "columns": {"team": "id", "timer": "id"}}}, "comes from several columns"),
        ({"stock": {**MAPPING["stock"], "expect": {"onyl": 4}}}, "there is no scheme or type 'onyl'"),
        ({"tennants": {}}, "tennants"),
        ({"teams": {"file": "team.xls", "columns": {"team": "id"}}}, "there is no file"),
    ],
)  # fmt: skip
def test_mistakes_in_the_mapping(town, change, told):
    mapping = {name: value for name, value in change.items() if value is not None}
    path = town(mapping)
    gone = [name for name, value in change.items() if value is None]
    if gone:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        path.write_text(yaml_text({k: v for k, v in document.items() if k not in gone}), encoding="utf-8")
    assert any(told in line for line in wrong(path))


# --- people ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["01018012345", "010180 12345", "010180-12345", "ref. 01018012345"])
def test_national_identity_numbers_are_refused_and_never_shown(town, number):
    path = town(leietakere=TENANTS.replace("A-2", number) + "x;K9;nobody;1;1;1;;\n")
    with pytest.raises(InputError) as error:
        read_register(path)
    assert "leietakere.csv:3:1" in str(error.value)
    assert "eleven digits" in str(error.value)
    assert "12345" not in str(error.value)
    assert "nobody" not in str(error.value)  # nothing more is said of such a table


def test_a_column_for_identity_numbers_is_refused_whatever_it_holds(town):
    assert any("the column 'Fødselsnummer' is for national" in line
               for line in wrong(town(leietakere=TENANTS.replace("avtale", "Fødselsnummer"))))  # fmt: skip


def test_keys_of_uuids_are_no_identity_numbers(town):
    uuids = TENANTS.replace("A-2", "1e3b5603-0f02-58f7-ba85-92123456789012").replace("A-1", "a123456-12345")
    assert len(read_register(town(leietakere=uuids)).people) == 4


def test_pseudonyms_are_stable_under_one_secret_and_tell_nothing(town, tmp_path):
    first = [person.id for person in read_register(town()).people]
    assert [person.id for person in read_register(town()).people] == first
    assert len(set(first)) == 4
    assert all(name.startswith("p-") and "A-" not in name for name in first)
    (tmp_path / "secret").write_text("another secret, long enough", encoding="utf-8")
    path = tmp_path / "in" / "mapping.yaml"
    assert not set(first) & {person.id for person in read_register(path).people}
    write_register(read_register(path), tmp_path / "out")
    written = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "out").iterdir())
    assert not any(key in written for key in ("A-1", "A-2", "B-1", "Åsen"))
    assert (tmp_path / "out" / "people.csv").stat().st_mode & 0o077 == 0


def test_secrets_in_git_or_too_short_are_refused(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "secret").write_text("long enough to keep anybody hidden", encoding="utf-8")
    with pytest.raises(InputError, match="folder that git looks after"):
        read_secret(tmp_path / "secret", None)
    (tmp_path / ".git").rmdir()
    assert Pseudonyms(read_secret(tmp_path / "secret", None)).of("a") != Pseudonyms(None).of("a") == "a"
    (tmp_path / "secret").write_text("short", encoding="utf-8")
    with pytest.raises(InputError, match="has 5 characters"):
        read_secret(tmp_path / "secret", None)


def test_real_data_are_not_written_where_git_would_keep_them(town, tmp_path):
    register = read_register(town())
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    with pytest.raises(InputError, match="real data never enter git"):
        write_register(register, tmp_path / "repo" / "out")
    assert not (tmp_path / "repo" / "out").exists()


# --- Excel ----------------------------------------------------------------------------------------------------------------


def test_sheets_of_a_workbook_are_read_as_their_csv(town, tmp_path):
    from openpyxl import Workbook

    path = town()
    book = Workbook()
    book.remove(book.active)
    for name, text in (("Boliger", STOCK), ("Leietakere", TENANTS)):
        page = book.create_sheet(name)
        for number, row in enumerate(csv.reader(text.splitlines(), delimiter=";")):
            page.append([_typed(cell) if number else cell for cell in row])
    book.save(tmp_path / "in" / "register.xlsx")
    as_csv = read_register(path)
    sheets = {
        "stock": {**MAPPING["stock"], "file": "register.xlsx", "sheet": "Boliger"},
        "tenants": {**MAPPING["tenants"], "file": "register.xlsx", "sheet": "Leietakere"},
    }
    as_book = read_register(town(sheets))
    assert (as_book.people, as_book.homes) == (as_csv.people, as_csv.homes)
    sheets["stock"]["sheet"] = "Bolger"
    assert any("has no sheet 'Bolger'" in line for line in wrong(town(sheets)))
    del sheets["stock"]["sheet"]
    assert any("has several sheets: Boliger, Leietakere" in line for line in wrong(town(sheets)))
    sheets["stock"]["sheet"] = "Boliger"
    page = book["Boliger"]
    page["E3"] = 12
    book.save(tmp_path / "in" / "register.xlsx")
    assert any(line.startswith("register.xlsx [Boliger]:3:5: row 3, column 'antallSoverom'") for line in wrong(town(sheets)))
    (tmp_path / "in" / "register.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    assert any("is no workbook that can be read" in line for line in wrong(town(sheets)))


def _typed(text: str) -> object:
    """Give a cell as Excel would keep it: numbers as numbers, dates as dates, ja and nei as they are."""
    if text.isdigit():
        return int(text)
    parts = text.split(".")
    return date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else (text or None)


# --- the commands ---------------------------------------------------------------------------------------------------------


def command(*words: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "BOLIGTRAPP_LANG": "nb"}
    line = [sys.executable, str(ROOT / "run_sim.py"), *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment)


@pytest.fixture(scope="module")
def sampled(tmp_path_factory):
    """Draw a register of Bærum, read it in, and give the folder of both (`s` and `r`) with what the command told."""
    folder = tmp_path_factory.mktemp("sampled")
    assert command("sample", "scenarios/baerum.yaml", "--out", folder / "s", "--quiet").returncode == 0
    done = command("import", folder / "s" / "mapping.yaml", "--out", folder / "r", "--json")
    assert done.returncode == 0, done.stderr
    return folder, yaml.safe_load(done.stdout)


def test_a_full_sample_is_written_read_and_run(sampled, tmp_path):
    """1 070 + 130 homes and 13 rooms: the drawn register read back is the drawn world, person by person."""
    folder, told = sampled
    # Homes that Housing First has of the stock are of the stock; those that it rents are not.
    assert (told["homes"], told["projects"]) == (1070 + 130 + 13, 3)
    scenario = load_scenario(folder / "r" / "register.yaml")
    drawn, read = world_of(load_scenario(ROOT / "scenarios" / "baerum.yaml"), 1, 1), world_of(scenario, 9, 1)
    residents = [household for household in drawn.households.values() if household.home is not None]
    assert told["residents"] == len(residents) == sum(d.household is not None for d in read.dwellings)
    known = {person.id: person for person in scenario.blueprint.initial.people}
    for number, resident in enumerate(residents, start=1):
        person = known[f"register/T{number:04d}"]
        copy = read.households[person.id]
        assert (copy.group, copy.scheme, copy.need) == (resident.group, resident.scheme, resident.need)
        assert copy.home.type.id == resident.home.type.id
        assert copy.programme == resident.programme
        assert copy.moved_in == resident.moved_in // 1
        for field in person.fields:
            assert getattr(copy.facts, field) == getattr(resident.facts, field)
    assert taking_part(read) == taking_part(drawn) == {"housing_first": (12, 4), "hybelhus": (0, 13)}
    assert {d.id.rpartition("/")[0] for d in read.dwellings} >= {d.site.id for d in drawn.dwellings if d.state != "planned"}
    ran = command("run", folder / "r" / "register.yaml", "--replications", 1, "--years", 1, "--out", tmp_path / "o", "--quiet")
    assert ran.returncode == 0, ran.stderr
    assert "advarsel: ingenting viser til" not in command("check", folder / "r" / "register.yaml").stdout


def taking_part(world):
    """Give by programme how many live in a home of the stock, and in one that is the programme's alone."""
    found = {}
    for name, programme in world.mechanisms["programmes"].programmes.items():
        homes = [d for d in world.dwellings if d.programme == name and d.household is not None]
        assert {d.household for d in homes} == set(programme.participants)
        stock = sum(programme.homes is not None and programme.homes.is_of_stock(d) for d in homes)
        found[name] = stock, len(homes) - stock
    return found


def test_homes_of_a_programme_go_back_to_the_stock_and_wrong_ones_are_told(sampled):
    folder, _ = sampled
    register, people = folder / "r" / "register.yaml", folder / "r" / "people.csv"
    lines = people.read_text(encoding="utf-8").splitlines()
    column = lines[0].split(",").index("programme")
    rows = [line.split(",") for line in lines]
    members = [n for n, row in enumerate(rows) if row[column] == "housing_first"]
    first, rented = ([n for n in members if bool(rows[n][2]) == of_stock] for of_stock in (True, False))
    world = world_of(load_scenario(register), 1, 1)
    resident = world.households[f"register/{rows[first[0]][0]}"]
    home, stays = resident.home, world.households[f"register/{rows[rented[0]][0]}"].home
    assert (home.type.id, home.programme, stays.programme) == ("housing_first", "housing_first", "housing_first")
    move_on(world, resident, "moved_on", "private")
    move_on(world, stays.household, "moved_on", "private")
    assert (home.type.id, home.programme, home.state) == (home.site.type.id, "", "turnaround")
    assert stays.state == "planned", "a rented home is given up"

    flat = next(n for n, row in enumerate(rows) if row[2].startswith("enkelt") and not row[column])
    complex_home = next(n for n, row in enumerate(rows) if row[2].startswith("stor-gard"))
    rows[first[0]][column], rows[first[1]][column] = "housing_fist", ""
    rows[complex_home][column] = rows[flat][column] = rows[flat + 1][column] = "housing_first"
    people.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_scenario(register)
    people.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = {(finding.place.line, finding.message.partition(": ")[2]) for finding in error.value.findings}
    assert (first[0] + 1, "there is no programme 'housing_fist' whose homes are found one by one") in told
    assert (complex_home + 1, "housing_first has no homes of the type 'large_complex'") in told
    assert any("more people take part in housing_first than it has places: 16" in text for _, text in told)


def test_a_home_has_the_type_it_has_in_the_stock(sampled):
    folder, _ = sampled
    stock = folder / "s" / "boliger.csv"
    rows = stock.read_text(encoding="utf-8-sig").splitlines()
    wrongly = [rows[0], rows[1].replace("Enkeltleilighet i vanlig boligområde", "Bolig i Housing First"), *rows[2:]]
    assert wrongly[1] != rows[1]
    stock.write_text("\n".join(wrongly), encoding="utf-8-sig")
    told = wrong(folder / "s" / "mapping.yaml")
    stock.write_text("\n".join(rows), encoding="utf-8-sig")
    says = "'housing_first' is what a home is called while the programme housing_first has it"
    assert [line for line in told if says in line and line.startswith("boliger.csv:2:")]


def test_two_sites_of_one_id_are_told_where_the_second_stands(town):
    stock = STOCK + "K5;house-1;Vest;Hus;2;ja\n"  # K3 is no id, so that its site is called house-1
    told = wrong(town({"data": "assumed", "keys": "as_they_are", "stock": {**MAPPING["stock"], "expect": {}}}, boliger=stock))
    says = "the site 'house-1' is another than the one in row 4, which has the same id"
    assert told == [f"boliger.csv:6:2: row 6, column 'eiendom': {says}"]


def test_mistakes_are_told_in_norwegian_with_exit_code_2(town, tmp_path):
    path = town(team="team;timer\nday;-3\n", boliger=STOCK.replace("bydel", "bydell"))
    done = command("import", path, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "kolonnen 'bydel' mangler i" in done.stderr
    assert "rad 2, kolonne 'timer': et team kan ikke ha -3 timer i uken" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
