"""The parts of the page: which there are, what they say, and that they say no more than their figures."""

import contextlib
import dataclasses
import importlib
import pkgutil
import re
from typing import Any

import pytest
from results_of_a_comparison import TYPES, comparison

import sim.report.parts
from sim.report import charts, page
from sim.report.blocks import Bullets, Details, Figure, Part, Table
from sim.report.parts import Maker, parts
from sim.report.parts.answer import answer
from sim.report.parts.cumulative import cumulative
from sim.report.parts.groups import groups
from sim.report.parts.ladder import ladder
from sim.report.parts.projects import projects
from sim.report.parts.rules_changed import rules_changed
from sim.report.parts.stock_alone import split
from sim.report.parts.typical import typical
from sim.report.parts.waiting import waiting
from sim.report.reading import Reading
from sim.report.withheld import withheld_note
from sim.results import ResultsData

WHOLE = [
    *("answer", "headlines", "groups", "waiting", "ladder", "fit", "environments", "temporary", "follow-up", "projects", "money"),
    *("proposals", "assumptions", "meanings", "limits", "reproduction"),
]


@pytest.fixture(scope="module")
def two() -> ResultsData:
    return comparison()


@pytest.fixture(scope="module")
def made(two: ResultsData) -> dict[str, Part]:
    return {part.id: part for part in parts(Reading(two, "nb"))}


def blocks_of(part: Part, kind: type) -> list[Any]:
    found: list[Any] = []
    left = list(part.blocks)
    while left:
        block = left.pop(0)
        if isinstance(block, kind):
            found.append(block)
        if isinstance(block, Details):
            left = [*block.blocks, *left]
    return found


def part_of(make: Maker, reading: Reading) -> Part:
    part = make(reading)
    assert part is not None
    return part


def sentences(part: Part) -> str:
    return "\n".join(item for block in blocks_of(part, Bullets) for item in block.items)


def fields(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


def texts(cells: Any) -> list[str]:
    return [cell if isinstance(cell, str) else cell.text for cell in cells]


def test_a_whole_comparison_has_every_part_in_the_order_of_the_reader(made: dict[str, Part]) -> None:
    assert list(made) == WHOLE


def test_rules_that_differ_are_told_where_the_folder_tells_them(two: ResultsData) -> None:
    changed = {"more": {"nb": ["Unge går først."], "en": ["Young people go first."]}, "unknown": {"nb": ["x"], "en": ["x"]}}
    reading = Reading(dataclasses.replace(two, texts={**two.texts, "rules_changed": changed}), "nb")
    part = part_of(rules_changed, reading)
    assert sentences(part) == "Unge går først."


def test_one_scenario_has_no_differences() -> None:
    text = page(comparison(("base",), replications=3, years=2))
    for word in ("grunnlaget", "Forskjell", "Minste forskjell", "Boligmassen alene"):
        assert word not in text, word
    assert "Med base venter nye husstander i gjennomsnitt" in text
    assert 'id="groups"' in text


def test_a_folder_without_tables_gives_a_page(two: ResultsData) -> None:
    bare = dataclasses.replace(two, tables={}, texts={**two.texts, "assumptions": [], "scenarios": {}})
    ids = [part.id for part in parts(Reading(bare, "en"))]
    assert "waiting" not in ids
    assert "projects" not in ids
    assert "headlines" in ids
    assert page(bare, "en")


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_picture_has_a_title_a_text_and_its_figures(two: ResultsData, lang: str) -> None:
    figures = [figure for part in parts(Reading(two, lang)) for figure in blocks_of(part, Figure)]
    assert len(figures) >= 10
    for figure in figures:
        assert figure.title
        assert figure.panels
        for panel in figure.panels:
            assert re.match(r'<svg role="img" aria-label="[^"<>]{20,}"', panel.svg)
            assert "var(--" in panel.svg
            assert not re.search(r"<(script|image|foreignObject|style)|href=|url\(http", panel.svg)
    # The pictures of each policy's moves stand behind the table of all of them.
    assert all(figure.tables or figure.wide for figure in figures)


def test_numbers_in_pictures_are_written_in_the_language(two: ResultsData) -> None:
    nb, en = ("".join(re.findall("<svg.*?</svg>", page(two, lang), re.DOTALL)) for lang in ("nb", "en"))
    assert not re.search(r">[^<]*\d\.\d[^<]*</text>", nb)
    assert re.search(r">[^<]*\d,\d[^<]*</text>", nb)
    assert re.search(r">[^<]*\d\.\d[^<]*</text>", en)


def test_names_from_files_are_escaped_everywhere() -> None:
    attack = '<script>alert("{name}")</script>'
    data = comparison(("base", "more"), replications=3, years=2, label=attack)
    for names in data.texts["scenarios"].values():
        names["groups.young"] = {"nb": "<img src=x onerror=alert(1)>", "en": "x"}
        names["types.flat"] = {"nb": "</svg><script>", "en": "x"}
    text = page(data)
    assert "<script" not in text
    assert "<img" not in text
    assert text.count("<svg") == text.count("</svg>") > 5


def test_ids_of_clipping_areas_are_never_shared(two: ResultsData) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page(two))
    assert len(ids) == len(set(ids))


def test_the_answer_compares_with_what_costs_most_alike() -> None:
    data = comparison(("base", "first", "second", "third"))
    part = part_of(answer, Reading(data, "nb"))
    told = sentences(part).split("\n")
    assert told[3].startswith(
        "Mot «second», som koster mest likt"
    )  # the costs fall by a tenth of what is left: the second is nearest to the first
    assert "kortere" in told[0]
    policies = [{**policy, **({"equal_cost": ["third"]} if policy["name"] == "first" else {})} for policy in data.run["policies"]]
    declared = dataclasses.replace(data, run={**data.run, "policies": policies})
    part = part_of(answer, Reading(declared, "nb"))
    assert sentences(part).split("\n")[3].startswith("Mot «third», satt opp for samme penger")


def test_the_answer_says_when_nothing_costs_the_same(made: dict[str, Part]) -> None:
    assert "Det er ikke sammenliknet med noe annet for samme penger" in sentences(made["answer"])


def test_policies_without_effect_are_told_without_direction() -> None:
    data = comparison(("base", "same"), effect=1.0)
    made = {part.id: part for part in parts(Reading(data, "nb"))}
    told = sentences(made["answer"])
    assert "nøyaktig ingen forskjell" in told
    assert "ingen har en sikker forskjell" in told
    for id_ in ("groups", "waiting", "temporary", "follow-up", "money"):
        for figure in blocks_of(made[id_], Figure):
            assert not re.search(r"\b(kortere|lengre|færre|flere|lavere|høyere) (med|for)\b", figure.title), figure.title


def test_groups_are_told_on_their_side_of_zero(made: dict[str, Part]) -> None:
    (figure,) = blocks_of(made["groups"], Figure)
    assert figure.title == "more: kortere for Unge, lengre for Barnefamilier"
    young, families = (texts(row) for row in figure.tables[0].rows)
    assert young[0] == "Unge"
    assert young[-1].startswith("kortere")
    assert families[-1].startswith("lengre")


def test_few_replications_are_said_in_titles() -> None:
    data = comparison(replications=3, years=2)
    assert "svært usikkert" in blocks_of(part_of(waiting, Reading(data, "nb")), Figure)[0].title


def test_the_sums_of_the_financial_plan(made: dict[str, Part]) -> None:
    before, change = [block for block in made["money"].blocks if isinstance(block, Table)][:2]
    plan = {texts(row)[0]: texts(row)[1:] for row in before.rows}
    assert plan["Drift og forvaltning av boliger"] == ["90,0"] * 3
    assert plan["Husleie"] == ["−140,0"] * 3
    assert plan["odd <b>"] == ["1,0"] * 3
    assert plan["Netto drift"] == ["−49,0"] * 3
    assert plan["Netto investering"] == ["0,0", "20,0", "0,0"]
    assert plan["Samlet"] == ["−49,0", "−29,0", "−49,0"]
    assert {texts(row)[0]: texts(row)[1:] for row in change.rows}["Samlet"] == ["−49,0", "−29,0", "−49,0"]  # twice the baseline's
    assert {list(plan)[at] for at in before.totals} == {"Netto drift", "Netto investering", "Samlet"}


def test_projects_are_told_with_their_uncertainty(made: dict[str, Part]) -> None:
    (figure,) = blocks_of(made["projects"], Figure)
    rows = {texts(row)[0]: texts(row)[1:] for row in figure.tables[0].rows}
    assert list(rows) == ["plot-1: planlegging", "plot-1: klagebehandling (i 50 % av replikasjonene)", "plot-1: bygging"]
    assert rows["plot-1: planlegging"][0] == "0,2"  # 50 days and a median of 6.5
    assert "Prosjektene går likt" in figure.lead


def test_years_of_projects_are_those_of_the_calendar_where_the_start_is_known(two: ResultsData) -> None:
    dated = dataclasses.replace(two, run={**two.run, "start": "2026-01-01"})
    part = part_of(projects, Reading(dated, "nb"))
    assert ">2027</text>" in blocks_of(part, Figure)[0].panels[0].svg


def test_moves_are_between_steps_where_the_folder_has_them(two: ResultsData) -> None:
    steps = {id_: {"scheme": scheme, "step": step} for id_, (_, _, scheme, step) in TYPES.items()}
    reading = Reading(dataclasses.replace(two, texts={**two.texts, "types": steps}), "nb")
    part = part_of(ladder, reading)
    flow = next(figure for figure in blocks_of(part, Figure) if figure.wide)
    assert {texts(row)[0]: texts(row)[1] for row in flow.tables[0].rows} == {
        "Søkere uten kommunal bolig til Velferdsbolig 1": "30,0",
        "Velferdsbolig 1 til Omsorgsbolig 1": "4,0",
        "Velferdsbolig 1 til Privat leie": "20,0",
        "Omsorgsbolig 1 til Døde": "3,0",
    }
    assert flow.title == "base: 30 innflyttinger, 4 bytter mellom boliger og 23 utflyttinger i året"


def test_all_assumptions_are_there_and_the_widest_first(made: dict[str, Part]) -> None:
    first, whole = blocks_of(made["assumptions"], Table)
    assert len(whole.rows) == 20
    assert first.rows[0][0].small == "stay_19"
    assert len(first.rows) == 12


def test_both_languages_say_the_same_things() -> None:
    for found in pkgutil.iter_modules(sim.report.parts.__path__):
        module = importlib.import_module(f"sim.report.parts.{found.name}")
        for name in ("_SAY", "_TITLE", "_PHASES", "_ACCOUNTS"):
            words = getattr(module, name, None)
            if words and isinstance(words["nb"], dict):
                assert words["nb"].keys() == words["en"].keys(), module
                for key, text in words["nb"].items():
                    assert re.findall(r"\{(\w+)\}", text).sort() == re.findall(r"\{(\w+)\}", words["en"][key]).sort(), (
                        module,
                        key,
                    )


def test_ten_policies_with_long_names_stay_small() -> None:
    label = "Omfattende samlokalisering av omsorgsboliger med døgnbemannet personalbase, alternativ {name}"
    data = comparison(["base", *(f"p{number}" for number in range(10))], replications=2, years=1, label=label)
    text = page(data)
    assert len(text.encode()) < 1_500_000
    assert "10 tiltak mot" in text
    assert "10 av 10 tiltak" in text


NUMBERS = ("n", "pairs")
TEXTS = ("policy", "year", "dimension", "value", "kpi")


def emptied(row: Any) -> dict[str, Any]:
    """A row of which every number is withheld, as small groups of real people are."""
    return {name: value if name in TEXTS or name in NUMBERS else None for name, value in row.items()}


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_what_is_withheld_is_left_out_and_not_shown_as_a_number(lang: str) -> None:
    data = comparison(replications=3, years=1)
    rows = [emptied(row) | {"nulls": 0, "suppressed": True} if row["dimension"] != "all" else row for row in data.summary]
    data = dataclasses.replace(data, run={**data.run, "data": "real"})
    tables = {"kpis": data.tables["kpis"], "money": data.tables["money"]}
    made = {part.id for part in parts(Reading(dataclasses.replace(data, summary=rows, tables=tables), lang))}
    assert {"groups", "environments", "waiting", "projects"}.isdisjoint(made)
    text = page(dataclasses.replace(data, summary=rows, tables=tables), lang)
    assert not re.search(r">[^<]*\b(None|nan|NaN)\b", text)
    assert withheld_note(data.run, lang) in text


def test_one_small_group_is_named_as_withheld_beside_the_others() -> None:
    data = comparison(replications=3, years=1)
    rows = [*data.summary]
    for row in data.summary:
        if (row["kpi"], row["dimension"], row["value"]) == ("wait_days_mean", "group", "young"):
            rows += [row | {"value": "old"}, emptied(row) | {"value": "few", "nulls": 0, "suppressed": True}]
    (figure,) = blocks_of(part_of(groups, Reading(dataclasses.replace(data, summary=rows), "nb")), Figure)
    told = {texts(row)[0]: texts(row)[-1] for row in figure.tables[0].rows}
    assert told["few"] == "holdt tilbake"
    assert "few" not in figure.panels[0].svg


def test_the_change_at_the_lowest_step_is_not_divided_where_a_step_is_withheld() -> None:
    data = comparison(replications=3, years=1)
    kpis = [row for row in data.tables["kpis"] if row[3:6] != ("step", "velferd_3", "residents_mean")]
    assert split(Reading(data, "nb"), "more") is not None
    assert split(Reading(dataclasses.replace(data, tables={"kpis": kpis}), "nb"), "more") is None


@pytest.mark.parametrize("policies", [("base",), ("base", "more")])
def test_one_replication_of_a_short_run_has_no_intervals(policies: tuple[str, ...]) -> None:
    data = comparison(policies, replications=1, years=1)
    text = page(dataclasses.replace(data, run={**data.run, "years": 0.2}))
    assert "–)" not in text
    assert "svært usikkert" in text


def test_what_nobody_meets_has_no_picture() -> None:
    data = comparison(replications=3, years=1)
    none = dict.fromkeys(("mean", "low", "high", "sd", "baseline_mean", "policy_mean", "difference"), 0.0)
    rows = [row | none if row["kpi"] == "temporary_nights_per_year" else row for row in data.summary]
    series = [(*row[:-1], 0.0) for row in data.tables["series"]]
    made = {part.id for part in parts(Reading(dataclasses.replace(data, summary=rows, tables={"series": series}), "nb"))}
    assert {"temporary", "waiting"}.isdisjoint(made)
    assert "groups" in made


def piled() -> ResultsData:
    """Two policies, and both together: their effects multiply."""
    data = comparison(("base", "first", "second", "both"))
    policies = [{**of, "stack": ["first", "second"]} if of["name"] == "both" else of for of in data.run["policies"]]
    return dataclasses.replace(data, run={**data.run, "policies": policies})


def test_policies_laid_on_one_another_are_told_alone_and_on_top() -> None:
    data = piled()
    (table, *_) = blocks_of(part_of(cumulative, Reading(data, "nb")), Table)
    figures = {
        row["policy"]: row["difference"] for row in data.summary
        if (row["kpi"], row["year"], row["dimension"]) == ("wait_days_mean", 0, "all") and row["policy"] != "base"
    }  # fmt: skip
    shown = [[float(text.replace("\N{MINUS SIGN}", "-").replace(",", ".")) for text in texts(row)[1:]] for row in table.rows]
    alone, other, both = (figures[name] for name in ("first", "second", "both"))
    rounded = 0.5  # figures are shown in whole days at least
    assert shown[0] == pytest.approx([alone, alone, alone], abs=rounded)
    assert shown[1] == pytest.approx([other, both - alone, both], abs=rounded)
    assert abs(both - alone - other) > 2 * rounded  # the second gives less on top of the first than alone


def test_only_the_whole_pile_stands_among_the_policies() -> None:
    data = comparison(("base", "a", "b", "c", "ab", "abc"))
    stacks = {"ab": ["a", "b"], "abc": ["a", "b", "c"]}
    policies = [of | ({"stack": stacks[of["name"]]} if of["name"] in stacks else {}) for of in data.run["policies"]]
    reading = Reading(dataclasses.replace(data, run={**data.run, "policies": policies}), "nb")
    assert reading.names == ("base", "a", "b", "c", "abc")
    assert all(part is not None for part in parts(reading))
    assert len(blocks_of(part_of(cumulative, reading), Table)[0].rows) == 3


def test_a_pile_is_not_set_beside_its_own_parts() -> None:
    told = sentences(part_of(answer, Reading(piled(), "nb")))
    assert "Mot «both»" not in told
    assert "Mot «second»" in told  # by the first: they have nothing in common


@pytest.mark.parametrize(("lang", "minus"), [("nb", "\N{MINUS SIGN}"), ("en", "\N{MINUS SIGN}")])
def test_policies_side_by_side(lang: str, minus: str) -> None:
    reading = Reading(comparison(("base", "first", "second")), lang)
    (table,) = blocks_of(part_of(answer, reading), Table)
    assert [texts(row)[0] for row in table.rows] == ["first", "second"]
    cells = [cell for row in table.rows for cell in row[1:] if not isinstance(cell, str)]
    assert all(cell.text.startswith(minus) and cell.strong for cell in cells)  # every figure falls in every replication
    assert not blocks_of(part_of(answer, Reading(comparison(), lang)), Table)  # one policy has its sentences alone


def test_costs_that_are_nothing_alike_are_not_set_beside_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    data = comparison(("base", "first", "second"))
    monkeypatch.setattr("sim.report.parts.same_money.ALIKE", 0.4)  # the added costs are as 10 to 19
    assert "Det er ikke sammenliknet med noe annet for samme penger" in sentences(part_of(answer, Reading(data, "nb")))


def test_typical_persons_are_followed_under_each_policy() -> None:
    data = comparison(("base", "more"), replications=4)
    waits = {"base": (100.0, 200.0, 400.0, None), "more": (50.0, 100.0, 200.0, 90.0)}
    afterwards = ("flat", "private", "private", None)  # the last was still followed when the run ended
    rows = [
        (
            policy,
            k,
            "anna",
            f"young/{k}",
            10.0,
            waited,
            None if waited is None else 10.0 + waited,
            "flat" if waited else "",
            1,
            after,
        )
        for policy, of in waits.items()
        for k, (waited, after) in enumerate(zip(of, afterwards, strict=True), start=1)
    ]
    named = {name: {**of, "typical.anna": {"nb": "Anna <b>", "en": "Anna"}} for name, of in data.texts["scenarios"].items()}
    data = dataclasses.replace(data, texts={**data.texts, "scenarios": named}, tables={**data.tables, "typical": rows})
    (table,) = blocks_of(part_of(typical, Reading(data, "nb")), Table)
    before, after = (texts(row) for row in table.rows)
    percent = "\N{NO-BREAK SPACE}%"
    assert before[:3] == ["base", f"75{percent}", "300"]  # the middle of 100, 200, 400 and never
    assert after[:3] == ["more", f"100{percent}", "95"]
    assert before[5] == f"Privat leie (i 67{percent} av replikasjonene)"
    assert "Anna &lt;b&gt;" in page(data)
    assert typical(Reading(comparison(), "nb")) is None


def test_pictures_are_the_same_with_altair_s_check_of_their_parts(two: ResultsData, monkeypatch: pytest.MonkeyPatch) -> None:
    quickly = page(two)
    monkeypatch.setattr(charts, "unchecked", contextlib.nullcontext)
    assert page(two) == quickly and quickly.count("<svg") > 5


def test_projects_of_a_policy_are_those_that_go_otherwise(two: ResultsData) -> None:
    def with_projects(*of_more: tuple[str, float]) -> list[Figure]:
        of_base = [("plot-1", 300.0), ("plot-2", 500.0)]
        rows = [
            (policy, k, project, "building", 100.0, end)
            for policy, ends in (("base", of_base), ("more", of_more))
            for project, end in ends
            for k in range(two.run["replications"])
        ]
        data = dataclasses.replace(two, tables={**two.tables, "projects": rows})
        return blocks_of(part_of(projects, Reading(data, "nb")), Figure)

    assert len(with_projects(("plot-1", 300.0), ("plot-2", 520.0))) == 1
    _, own = with_projects(("plot-1", 300.0), ("plot-2", 540.0), ("plot-3", 300.0))
    assert [texts(row)[0] for row in own.tables[0].rows] == ["plot-2: bygging", "plot-3: bygging"]
    assert "minst en måned annerledes" in own.lead
