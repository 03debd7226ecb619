"""A choice among plans: what became of each, those that no other beats in everything, and what each may lose."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.report.blocks import Block, Bullets, Cell, Column, Figure, Panel, Paragraph, Part, Table
from sim.report.charts import Plan, front
from sim.report.numbers import NOTHING, replications_text
from sim.report.parts.scale import scale_of
from sim.report.studies.study import Study

_SAY = {
    "nb": {
        "title": "Planene",
        "plans": "Hva det ble av hver plan",
        "plan": "Plan",
        "outcome": "Utfall",
        "selected": "valgt",
        "alive": "kan være best",
        "dropped": "slått, eller for lite foran til å telle",
        "infeasible": "bryter et krav",
        "unknown": "kravet er ikke avgjort",
        "kept": "holder kravene",
        "cut": "ikke kjørt ferdig",
        "constraints": "Krav:",
        "at_most": "{kpi} høyst {limit}",
        "at_least": "{kpi} minst {limit}",
        "figure": "{up} mot {across}: ingen plan er bedre i begge enn {plans}",
        "lead": (
            "Hvert punkt er en plan, med nummeret fra tabellen. Fylt: ingen annen plan er bedre i begge. Åpent: minst én annen "
            "er bedre eller like god i begge. Punktene er gjennomsnitt; om forskjellene er sikre, står i tabellen."
        ),
        "text": "{up} mot {across} for {count} planer. Tallene står i tabellen over.",
        "regret": "Hva en taper i snitt på å velge planen, når forutsetningene er andre enn vi tror ({points} kombinasjoner)",
        "loss": "Tap: {kpi}",
        "share": "Best i",
        "and": " og ",
    },
    "en": {
        "title": "The plans",
        "plans": "What became of each plan",
        "plan": "Plan",
        "outcome": "Outcome",
        "selected": "selected",
        "alive": "may be best",
        "dropped": "beaten, or too little ahead to count",
        "infeasible": "breaks a constraint",
        "unknown": "constraint not decided",
        "kept": "keeps the constraints",
        "cut": "not run to its end",
        "constraints": "Constraints:",
        "at_most": "{kpi} at most {limit}",
        "at_least": "{kpi} at least {limit}",
        "figure": "{up} against {across}: no plan is better in both than {plans}",
        "lead": (
            "Each point is a plan, with its number in the table. Filled: no other plan is better in both. Hollow: at least one "
            "other is better or as good in both. The points are means; whether differences are sure stands in the table."
        ),
        "text": "{up} against {across} for {count} plans. The figures stand in the table above.",
        "regret": "What is lost on average by choosing the plan when assumptions are other than believed ({points} combinations)",
        "loss": "Loss: {kpi}",
        "share": "Best in",
        "and": " and ",
    },
}


def choice(study: Study) -> Part:
    """Give the plans, the fronts of two measures, and the regret where it was asked for."""
    say = _SAY[study.lang]
    blocks: list[Block] = []
    constraints = [_constraint(study, of) for of in study.document["constraints"]]
    if constraints:
        blocks += [Paragraph(say["constraints"]), Bullets(constraints)]
    blocks.append(_plans(study))
    blocks += [figure for of in study.document["fronts"] if (figure := _front(study, of)) is not None]
    if "regret" in study.document:
        blocks.append(_regret(study))
    return Part("plans", say["title"], blocks)


def _constraint(study: Study, of: Mapping[str, Any]) -> str:
    size = study.size(of["kpi"], {"mean": of["limit"], "low": None, "high": None})
    text, unit = size if isinstance(size, str) else size.text, scale_of(study, of["kpi"]).unit
    limit = text if text.endswith("%") else f"{text} {unit}"
    return _SAY[study.lang]["at_most" if of["at_most"] else "at_least"].format(kpi=study.kpi_name(of["kpi"]), limit=limit)


def _called(study: Study, plan: Mapping[str, Any]) -> str:
    """Write a plan with the values that were set in it."""
    given = ", ".join(f"{study.number_name(path)} = {study.value(value)}" for path, value in plan["set"].items())
    label = str(plan["label"][study.lang])
    return f"{label} ({given})" if given else label


def _plans(study: Study) -> Table:
    say, plans = _SAY[study.lang], study.document["plans"]
    kpis = list(dict.fromkeys(kpi for of in plans for kpi in of["kpis"]))
    columns = [Column(say["plan"]), Column(say["outcome"], apart=True)]
    columns += [Column(study.named(kpi), number=True) for kpi in kpis]
    rows: list[list[Cell | str]] = []
    for number, of in enumerate(plans, start=1):
        sizes = [study.size(kpi, of["kpis"][kpi]) if kpi in of["kpis"] else NOTHING for kpi in kpis]
        outcome = Cell(say[of["outcome"]], replications_text(of["replications"], study.lang), strong=of["outcome"] == "selected")
        rows.append([f"{number}. {_called(study, of)}", outcome, *sizes])
    return Table(say["plans"], columns, rows)


def _front(study: Study, of: Mapping[str, Any]) -> Figure | None:
    """Draw two measures of the plans; fronts of more than two are told in words alone."""
    if len(of["kpis"]) != 2:
        return None
    across, up = of["kpis"]
    say, scales = _SAY[study.lang], (scale_of(study, across), scale_of(study, up))
    shown = [
        Plan(str(number + 1), scales[0].factor * plan["kpis"][across]["mean"], scales[1].factor * plan["kpis"][up]["mean"],
             number in of["plans"])
        for number, plan in enumerate(study.document["plans"])
        if all((plan["kpis"].get(kpi) or {}).get("mean") is not None for kpi in (across, up))
    ]  # fmt: skip
    if len(shown) < 2:
        return None
    names = {"across": study.kpi_name(across), "up": study.kpi_name(up)}
    picture = front(
        shown,
        (f"{names['across']} ({scales[0].unit})", scales[1].unit),
        say["text"].format(count=len(shown), **names),
        study.lang,
    )
    plans = _joined([str(number + 1) for number in of["plans"]], say["and"])
    return Figure(say["figure"].format(plans=plans, **names), say["lead"], [Panel(study.kpi_name(up), picture)], [])


def _joined(names: Sequence[str], last: str) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + last + names[-1]


def _regret(study: Study) -> Table:
    say, found, objective = _SAY[study.lang], study.document["regret"], study.document["objective"]
    per_cent = "\N{NO-BREAK SPACE}%" if study.lang == "nb" else "%"
    unit = scale_of(study, objective).change_unit
    columns = [Column(say["plan"]), Column(f"{say['loss'].format(kpi=study.kpi_name(objective))} ({unit})", number=True)]
    columns.append(Column(say["share"], number=True))
    rows: list[list[Cell | str]] = [
        [
            _called(study, study.document["plans"][of["plan"]]),
            study.gap(objective, of["regret"], signed=False),
            NOTHING if of["best_share"] is None else study.plain(100 * of["best_share"], 0) + per_cent,
        ]
        for of in found["plans"]
    ]
    return Table(say["regret"].format(points=found["points"]), columns, rows)
