"""Which groups wait shorter and longer: differences by group, never counts of winners and losers."""

from sim.report.blocks import Figure, Paragraph, Part
from sim.report.parts.differences import difference_panels, difference_tables
from sim.report.parts.finding import few, joined, side
from sim.report.parts.sizes import size_panels, size_table
from sim.report.reading import Reading
from sim.report.verdict import direction

KPI = "wait_days_mean"
#: So many policies can be told of in a title.
_NAMED = 3
_SAY = {
    "nb": {
        "title": "Hvem venter kortere og hvem venter lenger",
        "group": "Gruppe",
        "policy": "{label}: {what}",
        "any": "For minst én gruppe blir ventetiden sikkert {what}",
        "many": "{word} med {count} av {all} tiltak",
        "none": "ingen gruppe har en sikker forskjell",
        "only": "Ventetid etter gruppe: lengst for {most}, kortest for {least}",
        "lead": "Gjennomsnittlig ventetid for nye husstander i hver gruppe. Fylt punkt: intervallet ligger på én side av null. "
        "Åpent punkt: ingen sikker forskjell.",
        "alone": "Gjennomsnittlig ventetid for nye husstander i hver gruppe, med 95 %-intervall.",
        "law": (
            "Forskjellene gjelder gjennomsnittet i hver gruppe. Hvem som vinner eller taper av enkeltpersoner, kan "
            "modellen ikke si: Ingen kan leve to framtider. Gruppene er mange, så minst én ser gjerne ut til å skille "
            "seg ut ved en tilfeldighet."
        ),
    },
    "en": {
        "title": "Who waits shorter and who waits longer",
        "group": "Group",
        "policy": "{label}: {what}",
        "any": "For at least one group the wait is surely {what}",
        "many": "{word} with {count} of {all} policies",
        "none": "no group has a sure difference",
        "only": "Wait by group: longest for {most}, shortest for {least}",
        "lead": (
            "Mean wait of new households in each group. Filled point: the interval lies on one side of zero. Hollow "
            "point: no sure difference."
        ),
        "alone": "Mean wait of new households in each group, with 95% intervals.",
        "law": (
            "The differences are of the mean in each group. Which individuals win or lose the model cannot say: "
            "nobody lives two futures. The groups are many, so that one of them will often seem to stand out by "
            "chance."
        ),
    },
}


def groups(reading: Reading) -> Part | None:
    """Tell the wait group by group; nothing where the wait is not broken down, or there is one group."""
    every = reading.values(KPI, "group") if KPI in reading.kpis else []
    values = [value for value in every if _measured(reading, value)]
    if len(values) < 2:
        return None
    say = _SAY[reading.lang]
    if not reading.compared:
        sized = sorted(values, key=lambda value: _wait(reading, value))
        if _wait(reading, sized[0]) == _wait(reading, sized[-1]):
            return None
        title = say["only"].format(most=reading.called("group", sized[-1]), least=reading.called("group", sized[0]))
        table = size_table(reading, KPI, "group", every, say["group"])
        only = Figure(title, say["alone"], size_panels(reading, KPI, "group", values), [table])
        return Part("groups", say["title"], [only])
    panels = difference_panels(reading, KPI, "group", values)
    title = _title_of_all(reading, values) + few(reading)
    figure = Figure(title, say["lead"], panels, difference_tables(reading, KPI, "group", every, say["group"]))
    return Part("groups", say["title"], [figure, Paragraph(say["law"])])


def _wait(reading: Reading, value: str) -> float:
    row = reading.row(reading.baseline, KPI, "group", value)
    assert row is not None
    return float(row["mean"])


def _measured(reading: Reading, value: str) -> bool:
    rows = (reading.row(name, KPI, "group", value) for name in reading.names)
    return all(row is not None and row["mean"] is not None for row in rows)


def _title_of_all(reading: Reading, values: list[str]) -> str:
    if len(reading.others) <= _NAMED:
        return ". ".join(_title(reading, policy, values) for policy in reading.others)
    say, parts = _SAY[reading.lang], []
    for at, word in zip((-1, 1), direction("days", reading.lang), strict=True):
        count = sum(any(side(reading.row(policy, KPI, "group", value)) == at for value in values) for policy in reading.others)
        parts.append(say["many"].format(word=word, count=count, all=len(reading.others)))
    return say["any"].format(what=", ".join(parts))


def _title(reading: Reading, policy: str, values: list[str]) -> str:
    say = _SAY[reading.lang]
    sides = {value: side(reading.row(policy, KPI, "group", value)) for value in values}
    what = []
    for at, word in zip((-1, 1), direction("days", reading.lang), strict=True):
        found = [reading.called("group", value) for value in values if sides[value] == at]
        if found:
            many = {"nb": "{count} av {all} grupper", "en": "{count} of {all} groups"}[reading.lang]
            who = joined(found, reading.lang) if len(found) <= 3 else many.format(count=len(found), all=len(values))
            what.append(f"{word} for {who}")
    return say["policy"].format(label=reading.label(policy), what=", ".join(what) or say["none"])
