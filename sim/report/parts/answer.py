"""The question and the answer in three sentences, with how sure it is, and against what the same money gives elsewhere."""

from collections.abc import Sequence

from sim.report.blocks import Block, Bullets, Heading, Paragraph, Part
from sim.report.interval import mean_told
from sim.report.numbers import NOTHING, from_to, number, replications_text, years_text
from sim.report.parts.finding import joined, side
from sim.report.parts.overview import overview
from sim.report.parts.said import with_interval
from sim.report.parts.same_money import COST, WAIT, same_money
from sim.report.reading import Reading, Row
from sim.report.verdict import direction, verdict
from sim.report.wording import WORDS, few_text, quoted

_NAMED = 3
_SAY = {
    "nb": {
        "title": "Spørsmålet og svaret",
        "clear": "{kpi} blir {verdict}.",
        "none": "{kpi}: {verdict}.",
        "wait": "Gjennomsnittlig ventetid for nye husstander",
        "cost": "Nåverdien av kommunens kostnad",
        "better": "{names} går klart i ønsket retning",
        "worse": "{names} går klart i uønsket retning",
        "of": "Av de {all} andre hovedtallene med en ønsket retning: {what}.",
        "nothing": "ingen har en sikker forskjell",
        "rest": "for de øvrige {rest} er det ingen sikker forskjell",
        "more": "{count} til",
        "run": "Med {label} venter nye husstander i gjennomsnitt {said}.",
        "run_unit": "{mean} dager",
        "share": "Fått bolig innen fristen: {said}.",
        "share_unit": "{mean}",
        "net": "Det koster kommunen netto {said}.",
        "net_unit": "{mean} millioner kroner i året",
        "sure": (
            "Hvor sikkert er dette? Svarene bygger på {replications} av {years}, og hvert «klart» betyr at 95 "
            "%-intervallet ligger på én side av null. Det gjelder tilfeldighetene i modellen; {assumed} av {all} "
            "forutsetninger er antakelser uten kilde, og den usikkerheten kommer i tillegg."
        ),
        "sure_one": (
            "Hvor sikkert er dette? Svarene bygger på {replications} av {years}. Intervallene gjelder tilfeldighetene i "
            "modellen; {assumed} av {all} forutsetninger er antakelser uten kilde, og den usikkerheten kommer i tillegg."
        ),
        "groups": "Etter gruppe: {what}.",
        "group_none": "ingen gruppe har en sikker forskjell",
    },
    "en": {
        "title": "The question and the answer",
        "clear": "{kpi} becomes {verdict}.",
        "none": "{kpi}: {verdict}.",
        "wait": "The mean wait of new households",
        "cost": "The present value of the municipality's cost",
        "better": "{names} clearly move the wanted way",
        "worse": "{names} clearly move the unwanted way",
        "of": "Of the {all} other main figures that have a wanted direction: {what}.",
        "nothing": "none has a sure difference",
        "rest": "for the other {rest} there is no sure difference",
        "more": "{count} more",
        "run": "With {label}, new households on average wait {said}.",
        "run_unit": "{mean} days",
        "share": "Housed within the limit: {said}.",
        "share_unit": "{mean}",
        "net": "It costs the municipality, net, {said}.",
        "net_unit": "{mean} million NOK a year",
        "sure": (
            "How sure is this? The answers rest on {replications} of {years}, and each “clearly” means that the 95% "
            "interval lies on one side of zero. That is about chance within the model; {assumed} of {all} assumptions "
            "have no source, and that uncertainty comes on top."
        ),
        "sure_one": (
            "How sure is this? The answers rest on {replications} of {years}. The intervals are of chance within the model; "
            "{assumed} of {all} assumptions have no source, and that uncertainty comes on top."
        ),
        "groups": "By group: {what}.",
        "group_none": "no group has a sure difference",
    },
}


def answer(reading: Reading) -> Part:
    """Say what was asked and what came of it, policy by policy."""
    words, say = WORDS[reading.lang], _SAY[reading.lang]
    blocks: list[Block] = []
    scarce = few_text(reading.lang, reading.replications)
    if scarce:
        blocks.append(Paragraph(scarce, note=True, strong=True))
    blocks += overview(reading)
    for name in reading.names:
        first = name == reading.baseline and reading.compared
        kind = words["today"] if first else words["policy"]
        blocks.append(Heading(f"{kind}: {reading.label(name)}" if reading.compared else reading.label(name)))
        blocks.append(Paragraph(reading.policy(name)["question"][reading.lang] or words["no_question"]))
        if not first:
            blocks.append(Bullets(_sentences(reading, name)))
    blocks.append(Paragraph(_sure(reading), note=True))
    return Part("answer", say["title"], blocks)


def _sentences(reading: Reading, policy: str) -> list[str]:
    if not reading.compared:
        return _of_one(reading)
    found = [f"{_told(reading, policy, WAIT, 'wait')} {_groups(reading, policy)}".strip(), _others(reading, policy)]
    found.append(_told(reading, policy, COST, "cost"))
    return [sentence for sentence in [*found, *same_money(reading, policy)] if sentence]


def _told(reading: Reading, policy: str, kpi: str, name: str) -> str:
    row, say = reading.row(policy, kpi), _SAY[reading.lang]
    if row is None:
        return ""
    said = verdict(row, reading.kpis[kpi], reading.lang)
    return say["clear" if side(row) else "none"].format(kpi=say[name], verdict=said)


def _groups(reading: Reading, policy: str) -> str:
    """Say for which groups the wait surely differs, the most changed first."""
    say, what = _SAY[reading.lang], []
    rows = {
        value: row for value in reading.values(WAIT, "group") if (row := reading.row(policy, WAIT, "group", value)) is not None
    }
    sides = {value: at for value, row in rows.items() if (at := side(row)) is not None}
    for wanted, word in zip((-1, 1), direction("days", reading.lang), strict=True):
        found = sorted((value for value in sides if sides[value] == wanted), key=lambda value: -abs(rows[value]["difference"]))
        if found:
            what.append(f"{word} for {_some(reading, [reading.called('group', value) for value in found])}")
    return say["groups"].format(what="; ".join(what) or say["group_none"]) if len(sides) > 1 else ""


def _others(reading: Reading, policy: str) -> str:
    say = _SAY[reading.lang]
    wanted = {"less": -1, "more": 1}
    sides = {
        kpi: (at or 0) * wanted[better]
        for kpi in reading.headlines()
        if (better := str(reading.kpis[kpi]["better"])) in wanted
        and kpi not in (WAIT, COST)
        and (row := reading.row(policy, kpi)) is not None
        and (at := side(row)) is not None
    }
    if not sides:
        return ""
    what = [
        say[key].format(names=_named(reading, [kpi for kpi, at in sides.items() if at == of]))
        for key, of in (("better", 1), ("worse", -1))
        if of in sides.values()
    ]
    rest = sum(at == 0 for at in sides.values())
    if not what:
        what = [say["nothing"]]
    elif rest:
        what.append(say["rest"].format(rest=rest))
    return say["of"].format(all=len(sides), what="; ".join(what))


def _named(reading: Reading, kpis: Sequence[str]) -> str:
    return _some(reading, [quoted(reading.kpi_name(kpi), reading.lang) for kpi in kpis])


def _some(reading: Reading, names: Sequence[str]) -> str:
    """Write the first few of some names, and how many more there are."""
    if len(names) > _NAMED + 1:
        names = [*names[:_NAMED], _SAY[reading.lang]["more"].format(count=len(names) - _NAMED)]
    return joined(names, reading.lang)


def _of_one(reading: Reading) -> list[str]:
    say, found = _SAY[reading.lang], []
    for kpi, text in ((WAIT, "run"), ("housed_within_limit_share", "share"), ("net_cost_nok_per_year", "net")):
        row: Row | None = reading.row(reading.baseline, kpi)
        if row is None or row["mean"] is None or (text == "net" and row["mean"] == 0):
            continue
        mean, interval = _in_millions(reading, row) if text == "net" else mean_told(row, reading.kpis[kpi], reading.lang)[:2]
        said = with_interval(say[f"{text}_unit"].format(mean=mean), interval, reading.lang)
        found.append(say[text].format(label=reading.label(reading.baseline), said=said))
    return found


def _in_millions(reading: Reading, row: Row) -> tuple[str, str]:
    mean, low, high = (
        number(None if row[name] is None else row[name] / 1e6, 1, reading.lang) for name in ("mean", "low", "high")
    )
    return mean, NOTHING if row["low"] is None else from_to(low, high, reading.lang)


def _sure(reading: Reading) -> str:
    assumptions = reading.texts["assumptions"]
    return _SAY[reading.lang]["sure" if reading.compared else "sure_one"].format(
        replications=replications_text(reading.replications, reading.lang),
        years=years_text(reading.run["years"], reading.lang),
        assumed=sum(record["source"] == "assumption" for record in assumptions),
        all=len(assumptions),
    )
