"""Which tables a results folder holds, and the columns of each: schema version 1."""

from collections.abc import Mapping
from dataclasses import dataclass

#: Raised when a table or a column changes its meaning; a reader refuses a folder with a higher one.
SCHEMA_VERSION = 1

TEXT, INTEGER, NUMBER, YES_NO = "VARCHAR", "INTEGER", "DOUBLE", "BOOLEAN"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        As it stands in the Parquet file.
    type : str
        The SQL type.
    meaning : str
        One clause, for whoever opens the file in another program.
    """

    name: str
    type: str
    meaning: str


_UNIT = (
    Column("policy", TEXT, "name of the scenario or policy"),
    Column("replication", INTEGER, "number of the replication, from 1"),
)
_YEAR = Column("year", INTEGER, "years of 365.25 days from 1; 0 = the horizon, -1 = from the opening date on")
_DIMENSION = (
    Column("dimension", TEXT, "what the figure is broken down by; all = the undivided figure"),
    Column("value", TEXT, "which part of the breakdown; all = the undivided figure"),
)

#: Tables about single households: with real data they are only kept on demand.
PERSON_LEVEL = frozenset({"events", "households", "typical", "decisions"})

#: The tables in the order in which they are documented: name -> columns. A folder may lack some of them.
TABLES: Mapping[str, tuple[Column, ...]] = {
    "kpis": (
        *_UNIT,
        _YEAR,
        *_DIMENSION,
        Column("kpi", TEXT, "id of the measure"),
        Column("number", NUMBER, "the figure; null = nothing to measure (a zero denominator)"),
    ),
    "series": (
        *_UNIT,
        Column("month", INTEGER, "months of 30.4375 days since the start, from 1"),
        Column("kpi", TEXT, "id of the measure"),
        *_DIMENSION,
        Column("number", NUMBER, "the figure; null = nothing to measure"),
    ),
    "flows": (
        *_UNIT,
        _YEAR,
        Column("from", TEXT, "type of home, situation or destination moved from"),
        Column("to", TEXT, "type of home, situation or destination moved to"),
        Column("n", INTEGER, "moves of households"),
    ),
    "money": (
        *_UNIT,
        _YEAR,
        Column("account", TEXT, "what the money is for"),
        Column("payer", TEXT, "who pays or receives"),
        Column("nok", NUMBER, "NOK of the price year; positive is spent, negative is received"),
    ),
    "kostra": (
        *_UNIT,
        Column("year", INTEGER, "years of 365.25 days from 1; whole years alone"),
        Column("figure", TEXT, "id of the figure of KOSTRA form 13; its definition stands in texts.json"),
        Column("group", TEXT, "group of the form; all = the sum"),
        Column("number", NUMBER, "the figure; null = not simulated, or nothing to divide by"),
    ),
    "projects": (
        *_UNIT,
        Column("project", TEXT, "id of the project"),
        Column("phase", TEXT, "name of the phase"),
        Column("start", NUMBER, "days since the start"),
        Column("end", NUMBER, "days since the start; null = not ended within the run"),
    ),
    "events": (
        *_UNIT,
        Column("day", NUMBER, "days since the start; negative = before it"),
        Column("household", TEXT, "id of the household"),
        Column(
            "kind",
            TEXT,
            "applied, listed (as a new household), left_list (without a home), new or transfer (moved in), exit, eviction, "
            "death (of a resident), return",
        ),
        Column("from", TEXT, "type of home, situation or destination moved from; empty = no move"),
        Column("to", TEXT, "type of home, situation or destination moved to; how a wait ended without a home; empty = neither"),
    ),
    "households": (
        *_UNIT,
        Column("household", TEXT, "id of the household"),
        Column("group", TEXT, "group of applicants"),
        Column("waited_days", NUMBER, "days on the list as a new household; null = never on it"),
        Column("censored", YES_NO, "whether it still waited when the run ended"),
        Column("need", INTEGER, "support rank of the latent need at the end"),
        Column("step", TEXT, "scheme and step of the home at the end; null = no municipal home"),
        Column("exit", TEXT, "how it left; empty = it has not"),
    ),
    "typical": (
        *_UNIT,
        Column("person", TEXT, "id of the typical person in the scenario"),
        Column("household", TEXT, "id of the household that is followed: the same one under every policy"),
        Column("applied", NUMBER, "day of its application, from the start"),
        Column("waited_days", NUMBER, "days from decision to lease start; null = no home within the run"),
        Column("housed", NUMBER, "day of its first lease, from the start; null = none within the run"),
        Column("first_home", TEXT, "type of its first home; empty = none"),
        Column("moves", INTEGER, "moves between homes within two years of the application"),
        Column("after_two_years", TEXT, "type of home, or destination, two years after; empty = no municipal home; null = ended"),
    ),
    "decisions": (
        *_UNIT,
        Column("number", INTEGER, "number of the decision within the replication, from 0"),
        Column("day", NUMBER, "days since the start"),
        Column("kind", TEXT, "what was decided"),
        Column("rules_hash", TEXT, "hash of the rules in force"),
        Column("dwelling", TEXT, "id of the dwelling; empty = none"),
        Column("household", TEXT, "id of the household; empty = none"),
        Column("outcome", TEXT, "what came of it"),
        Column("ground", TEXT, "ids of the rules that decided; empty = none"),
        Column("counts", INTEGER, "how many households were considered"),
    ),
}

#: The columns of `summary.csv`; from `pairs` on only in a comparison, `suppressed` only with real data.
SUMMARY: tuple[Column, ...] = (
    _UNIT[0],
    _YEAR,
    *_DIMENSION,
    Column("kpi", TEXT, "id of the measure"),
    Column("n", INTEGER, "replications with a figure"),
    Column("nulls", INTEGER, "replications with nothing to measure"),
    Column("mean", NUMBER, "mean over replications"),
    Column("sd", NUMBER, "standard deviation between replications"),
    Column("low", NUMBER, "lower end of the 95 % interval of the mean"),
    Column("high", NUMBER, "upper end of the 95 % interval of the mean"),
    Column("pairs", INTEGER, "replications with a figure in both baseline and policy"),
    Column("baseline_mean", NUMBER, "mean of the baseline over the pairs"),
    Column("policy_mean", NUMBER, "mean of the policy over the pairs"),
    Column("difference", NUMBER, "mean of policy minus baseline over the pairs"),
    Column("difference_low", NUMBER, "lower end of the 95 % interval of the difference"),
    Column("difference_high", NUMBER, "upper end of the 95 % interval of the difference"),
    Column("correlation", NUMBER, "correlation of baseline and policy over the pairs"),
    Column("smallest_detectable", NUMBER, "difference that eight in ten such runs would show"),
    Column(
        "suppressed",
        INTEGER,
        "real data: 1 = withheld, as few households are behind it or behind what it could tell; else empty",
    ),
)
