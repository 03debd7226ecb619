"""How a choice among plans is told: the plans with their outcome, the choice, the fronts, and what each may lose."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from sim.cli.study_document import kpi_label, set_to
from sim.cli.wanted import gap_text

_COST = "net_cost_nok_per_year"
_WORDS = {
    "nb": {
        "heads": ("Plan", "Replikasjoner", "{kpi}", "Kostnad per år", "Utfall"),
        "best": "Best: {plan}. Riktig med minst 95 % sannsynlighet når den beste leder med {indifference} eller mer.",
        "open": "Ikke avgjort etter {n} replikasjoner; kan fortsatt være best: {plans}.",
        "unmet": "Ingen plan holder kravene.",
        "undecided": "Ikke avgjort hvem som holder kravene etter {n} replikasjoner: {plans}.",
        "front": "På fronten mellom {kpis} er ingen plan bedre i alt enn: {plans}.",
        "selected": "valgt",
        "alive": "kan være best",
        "dropped": "slått, eller for lite foran til å telle, etter {n}",
        "infeasible": "bryter et krav",
        "unknown": "kravet ikke avgjort",
        "kept": "holder kravene",
        "cut": "ikke kjørt ferdig",
        "regrets": "Er forutsetningene andre enn vi tror ({points} kombinasjoner er prøvd), taper en i snitt på å velge:",
        "regret": "  {plan}: {loss}, best i {share} %",
        "and": "og",
    },
    "en": {
        "heads": ("Plan", "Replications", "{kpi}", "Cost per year", "Outcome"),
        "best": "Best: {plan}. Right with a probability of at least 95% when the best leads by {indifference} or more.",
        "open": "Not decided after {n} replications; may still be the best: {plans}.",
        "unmet": "No plan keeps the constraints.",
        "undecided": "Not decided after {n} replications who keeps the constraints: {plans}.",
        "front": "On the front between {kpis} no plan is better in everything than: {plans}.",
        "selected": "selected",
        "alive": "may be best",
        "dropped": "beaten, or too little ahead to count, after {n}",
        "infeasible": "breaks a constraint",
        "unknown": "constraint not decided",
        "kept": "keeps the constraints",
        "cut": "not run to its end",
        "regrets": "Assumptions other than we believe ({points} combinations tried): choosing loses on average:",
        "regret": "  {plan}: {loss}, best in {share}%",
        "and": "and",
    },
}


def show_optimise(document: Mapping[str, Any], lang: str) -> None:
    """Print the plans with their outcome, and what they say in words."""
    from sim.cli.terminal import table
    from sim.report import amount

    words: Mapping[str, Any] = _WORDS[lang]
    objective = document["objective"]
    rows = []
    for record in document["plans"]:
        cells = []
        for kpi in (objective, _COST):
            text, of = document["kpis"][kpi], record["kpis"].get(kpi)
            cells.append("" if of is None else amount(of["mean"], text["unit"], text["decimals"], lang))
        outcome = words[record["outcome"]].format(n=record["replications"])
        rows.append([plan_label(document, record, lang), str(record["replications"]), *cells, outcome])
    name = kpi_label(document, objective, lang)
    table(name, "", [head.format(kpi=name) for head in words["heads"]], rows)
    sys.stdout.write("\n".join([*document["said"][lang], ""]))


def optimise_told(document: Mapping[str, Any], lang: str) -> list[str]:
    """Read the choice out, as far as it has come."""
    words: Mapping[str, Any] = _WORDS[lang]
    plans, alive = document["plans"], document["may_be_best"]
    most = max((of["replications"] for of in plans), default=0)
    lines: list[str] = []
    if document["selected"] is not None:
        lead = gap_text(document["indifference"], document["objective"], lang)
        lines.append(words["best"].format(plan=plan_label(document, plans[document["selected"]], lang), indifference=lead))
    elif alive:
        lines.append(words["open"].format(n=most, plans=_listed(document, alive, lang)))
    elif document["undecided"]:
        lines.append(words["undecided"].format(n=most, plans=_listed(document, document["undecided"], lang)))
    elif document["constraints"] and not document["partial"]:
        lines.append(words["unmet"])
    for front in document["fronts"]:
        names = [kpi_label(document, kpi, lang).lower() for kpi in front["kpis"]]
        kpis = ", ".join(names[:-1]) + f" {words['and']} {names[-1]}" if len(names) > 1 else names[0]
        lines.append(words["front"].format(kpis=kpis, plans=_listed(document, front["plans"], lang)))
    if "regret" in document:
        regret = document["regret"]
        lines.append(words["regrets"].format(points=regret["points"]))
        for row in sorted(regret["plans"], key=lambda row: row["regret"]):
            loss = gap_text(row["regret"], document["objective"], lang)
            name, share = plan_label(document, plans[row["plan"]], lang), round(100 * row["best_share"])
            lines.append(words["regret"].format(plan=name, loss=loss, share=share))
    return lines


def plan_label(document: Mapping[str, Any], record: Mapping[str, Any], lang: str) -> str:
    """Give what a plan is called, with the values set in it."""
    return ", ".join([str(record["label"][lang]), *([set_to(document, record["set"], lang)] if record["set"] else [])])


def _listed(document: Mapping[str, Any], which: Sequence[int], lang: str) -> str:
    return "; ".join(plan_label(document, document["plans"][plan], lang) for plan in which)
