"""Money by year as in a financial plan, and cost against effect."""

from collections import defaultdict

from sim.report.blocks import Block, Cell, Column, Details, Figure, Panel, Paragraph, Part, Table
from sim.report.charts import Mark, forest
from sim.report.nominal import nominal_factor
from sim.report.numbers import number
from sim.report.parts.finding import few, finding
from sim.report.parts.scale import scale_of
from sim.report.parts.unit_costs import unit_costs
from sim.report.reading import Reading
from sim.report.verdict import told
from sim.report.wording import WORDS

COST = "net_present_cost_nok"
#: What the cost is set against, where the folder has it.
EFFECTS = ("wait_days_mean", "below_need_share", "without_home_mean", "temporary_nights_per_year")
#: What is shown as other than 0,0 millions.
_VISIBLE = 0.05e6
_CAPITAL = frozenset({"building", "land", "capital", "grant"})
_ACCOUNTS = {
    "nb": {
        "running": "Drift og forvaltning av boliger", "staff": "Personell", "follow_up_hours": "Oppfølgingstimer",
        "temporary_nights": "Midlertidig botilbud", "damage": "Skader", "incident": "Hendelser", "turnaround": "Skifte av leier",
        "rental_guarantees": "Avtaler om private leieboliger", "acute_beds": "Akutte døgnplasser",
        "rent": "Husleie", "rent_due": "Husleie om alle boliger var leid ut", "void_rent": "Husleie tapt ved tomgang",
        "refund": "Refusjon for ressurskrevende tjenester", "building": "Bygg", "land": "Tomt", "capital": "Andre investeringer",
        "grant": "Investeringstilskudd",
    },
    "en": {
        "running": "Running of homes", "staff": "Staff", "follow_up_hours": "Follow-up hours",
        "temporary_nights": "Temporary accommodation", "damage": "Damage", "incident": "Incidents",
        "turnaround": "Change of tenant", "acute_beds": "Acute beds", "rental_guarantees": "Agreements on private lettings",
        "rent": "Rent", "rent_due": "Rent if all homes were let", "void_rent": "Rent lost while homes stand empty",
        "refund": "Refund of resource-intensive services", "building": "Building", "land": "Land", "capital": "Other investment",
        "grant": "Grants for investment",
    },
}  # fmt: skip
_SAY = {
    "nb": {
        "title": "Økonomi",
        "lead": (
            "Inn- og utbetalinger for kommunen som i en økonomiplan: millioner kroner i faste priser, gjennomsnitt "
            "over replikasjonene. Inntekter har minus; i endringene er poster uten endring utelatt. Renter og avdrag "
            "er ikke med: Investeringen står i året den betales."
        ),
        "table": "{label}: millioner kroner per år",
        "change": "Endring fra grunnlaget: {label}, millioner kroner per år",
        "account": "Post",
        "operating": "Netto drift",
        "investment": "Netto investering",
        "total": "Samlet",
        "plan": "Økonomiplan: {label}",
        "nominal": "Økonomiplan i løpende priser",
        "nominal_lead": (
            "De samme beløpene i prisene til hvert år, etter scenariets prisvekst for hver post. Alle andre tall er i faste "
            "priser."
        ),
        "nominal_table": "{label}: millioner kroner per år, løpende priser",
        "effect": "Kostnad mot virkning",
        "cost": "{finding}",
        "cost_lead": (
            "Samme rekkefølge i alle bildene: hva hvert tiltak koster i nåverdi, og hva det endrer. Fylt punkt: "
            "intervallet ligger på én side av null. Åpent punkt: ingen sikker forskjell. Tiltak med lik kostnad kan "
            "sammenliknes linje for linje."
        ),
        "text": "{kpi}: forskjell fra grunnlaget for hvert tiltak, med 95 %-intervall. Tallene står i tabellen under.",
        "effects": "Kostnad og virkning: forskjell fra grunnlaget, med 95 %-intervall",
        "worth": (
            "Ingen plan regnes som best fordi noen dør, gir opp, kastes ut eller stenges ute: Se hvordan ventingen "
            "sluttet, og utkastelsene, sammen med pengene."
        ),
    },
    "en": {
        "title": "Money",
        "lead": (
            "Payments of the municipality as in a financial plan: million NOK in constant prices, mean over the "
            "replications. Income has a minus; accounts without a change are left out of the changes. Interest and "
            "instalments are left out: an investment stands in the year in which it is paid."
        ),
        "table": "{label}: million NOK per year",
        "change": "Change from the baseline: {label}, million NOK per year",
        "account": "Account",
        "operating": "Net operation",
        "investment": "Net investment",
        "total": "In all",
        "plan": "Financial plan: {label}",
        "nominal": "Financial plan in current prices",
        "nominal_lead": (
            "The same amounts in the prices of each year, by the scenario's rise of prices for each account. All other figures "
            "are in constant prices."
        ),
        "nominal_table": "{label}: million NOK per year, current prices",
        "effect": "Cost against effect",
        "cost": "{finding}",
        "cost_lead": (
            "The same order in every picture: what each policy costs in present value, and what it changes. Filled "
            "point: the interval lies on one side of zero. Hollow point: no sure difference. Policies of equal cost "
            "can be compared line by line."
        ),
        "text": "{kpi}: difference from the baseline for each policy, with 95% intervals. The figures stand in the table below.",
        "effects": "Cost and effect: difference from the baseline, with 95% intervals",
        "worth": (
            "No plan counts as best because people die, give up, are evicted or are shut out: read how the waiting "
            "ended, and the evictions, together with the money."
        ),
    },
}
Plan = dict[str, dict[int, float]]


def money(reading: Reading) -> Part | None:
    """Write the money by year, and draw cost against effect; nothing where no money is counted."""
    say, blocks = _SAY[reading.lang], list[Block]()
    plans = _plans(reading)
    if any(plans.values()):
        years = sorted({year for plan in plans.values() for of in plan.values() for year in of})
        blocks.append(Paragraph(say["lead"]))
        for name in reading.names:
            if name == reading.baseline:
                blocks.append(_table(reading, plans[name], years, say["table"].format(label=reading.label(name))))
                continue
            extra = _minus(plans[name], plans[reading.baseline])
            shown = {account: of for account, of in extra.items() if any(abs(nok) >= _VISIBLE for nok in of.values())}
            blocks.append(_table(reading, shown, years, say["change"].format(label=reading.label(name))))
        whole: list[Block] = [
            _table(reading, plans[name], years, say["table"].format(label=reading.label(name))) for name in reading.others
        ]
        if whole:
            blocks.append(Details(say["plan"].format(label=", ".join(map(reading.label, reading.others))), whole))
    nominal = [table for name in reading.names if (table := _nominal(reading, name, plans[name])) is not None]
    if nominal:
        blocks.append(Details(say["nominal"], [Paragraph(say["nominal_lead"]), *nominal]))
    figure = _against_effect(reading)
    if figure is not None:
        blocks += [figure, Paragraph(say["worth"]), *unit_costs(reading)]
    return Part("money", say["title"], blocks) if blocks else None


def _plans(reading: Reading) -> dict[str, Plan]:
    """Give the municipality's money by policy, account and year, the mean over replications."""
    plans: dict[str, Plan] = {name: defaultdict(lambda: defaultdict(float)) for name in reading.names}
    for policy, _, year, account, payer, nok in reading.table("money"):
        if payer == "municipality":
            plans[policy][account][year] += nok / reading.replications
    return plans


def _nominal(reading: Reading, name: str, plan: Plan) -> Table | None:
    """Write the plan in the prices of each year, where the scenario says by how much they rise."""
    index = reading.policy(name).get("price_index")
    if index is None or "start" not in reading.run:
        return None
    start, years = reading.run["start"], sorted({year for of in plan.values() for year in of})
    raised = {
        account: {year: nok * nominal_factor(index, start, account, year) for year, nok in of.items()}
        for account, of in plan.items()
    }
    return _table(reading, raised, years, _SAY[reading.lang]["nominal_table"].format(label=reading.label(name)))


def _minus(plan: Plan, base: Plan) -> Plan:
    return {
        account: {year: plan.get(account, {}).get(year, 0.0) - base.get(account, {}).get(year, 0.0)
                  for year in {*plan.get(account, {}), *base.get(account, {})}}
        for account in {**base, **plan}
    }  # fmt: skip


def _table(reading: Reading, plan: Plan, years: list[int], caption: str) -> Table:
    say, words = _SAY[reading.lang], WORDS[reading.lang]
    known = list(_ACCOUNTS["nb"])
    accounts = sorted(plan, key=lambda account: (known.index(account) if account in known else len(known), account))
    operating = [account for account in accounts if account not in _CAPITAL]
    investment = [account for account in accounts if account in _CAPITAL]
    rows: list[list[Cell | str]] = []
    totals: set[int] = set()
    for group, title in ((operating, "operating"), (investment, "investment")):
        rows += [_row(reading, _ACCOUNTS[reading.lang].get(account, account), [plan[account]], years) for account in group]
        if group:
            totals.add(len(rows))
            rows.append(_row(reading, say[title], [plan[account] for account in group], years))
    totals.add(len(rows))
    rows.append(_row(reading, say["total"], list(plan.values()), years))
    columns = [Column(say["account"]), *(Column(f"{words['year']} {year}", number=True) for year in years)]
    return Table(caption, columns, rows, totals=frozenset(totals), dense=True)


def _row(reading: Reading, name: str, accounts: list[dict[int, float]], years: list[int]) -> list[Cell | str]:
    sums = (sum(of.get(year, 0.0) for of in accounts) for year in years)
    return [name, *(number(round(nok / 1e6, 1) + 0.0, 1, reading.lang) for nok in sums)]


def _against_effect(reading: Reading) -> Figure | None:
    if not reading.compared or COST not in reading.kpis or reading.row(reading.others[0], COST) is None:
        return None
    say = _SAY[reading.lang]
    shown = [kpi for kpi in (COST, *EFFECTS) if kpi in reading.kpis and reading.row(reading.others[0], kpi) is not None]
    title = finding(reading, reading.kpi_name(COST), COST, {name: reading.row(name, COST) for name in reading.others})
    panels = [panel for kpi in shown if (panel := _panel(reading, kpi)) is not None]
    columns = [Column(WORDS[reading.lang]["policy"]), *(Column(f"{reading.kpi_name(kpi)} ({scale_of(reading, kpi).change_unit})"
               if "NOK" not in reading.kpis[kpi]["unit"] else f"{reading.kpi_name(kpi)} ({reading.unit(kpi)})", number=True)
               for kpi in shown)]  # fmt: skip
    rows: list[list[Cell | str]] = []
    for name in reading.others:
        cells: list[Cell | str] = [reading.label(name)]
        for kpi in shown:
            row = reading.row(name, kpi)
            of = None if row is None else told(row, reading.kpis[kpi], reading.lang)
            cells.append("–" if of is None else Cell(of.difference, of.interval))
        rows.append(cells)
    return Figure(f"{say['effect']}. {title.removesuffix(few(reading))}{few(reading)}", say["cost_lead"], panels,
                  [Table(say["effects"], columns, rows)])  # fmt: skip


def _panel(reading: Reading, kpi: str) -> Panel | None:
    scale, marks = scale_of(reading, kpi), []
    for name in reading.others:
        row = reading.row(name, kpi)
        if row is None or row["difference"] is None:
            continue
        low, high = row["difference_low"], row["difference_high"]
        ends = (None, None) if low is None else (scale.factor * low, scale.factor * high)
        marks.append(Mark(reading.label(name), scale.factor * row["difference"], *ends))
    if not marks:
        return None
    ends_of = [end for mark in marks for end in mark[1:] if end is not None]
    text = _SAY[reading.lang]["text"].format(kpi=reading.kpi_name(kpi))
    svg = forest(marks, (min(ends_of), max(ends_of)), scale.change_unit, text, reading.lang, labelled=26)
    return Panel(reading.kpi_name(kpi), svg)
