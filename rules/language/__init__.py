"""The small typed expression language: fields, expressions, tables; one intermediate form and its backs.

An expression is read by `parse_expression` against a `Scope`; what it means is the form (`rules.language.form`).
Backs of the form: generated Python (`ModuleText`, `build_module`), the plain interpreter (`evaluate`, `trace`),
time (`next_change`), cut points (`cut_points`) and prose (`describe`, `fill`).
"""

from rules.language.calendar_days import NEVER, Calendar
from rules.language.caret import caret
from rules.language.change import next_change
from rules.language.conditions import Conditions, ConditionsSource, compile_conditions
from rules.language.cuts import CutPoints, cut_points, merge_cuts
from rules.language.field_reading import FORECAST, read_fields, read_period
from rules.language.fields import (
    DATES,
    ENTITIES,
    EVENTS,
    STATES,
    Aggregate,
    Count,
    DefinitionSource,
    Domain,
    Elapsed,
    Entity,
    Field,
    Kind,
    Period,
    Remaining,
    Stored,
    Supplied,
    TableSource,
    Within,
)
from rules.language.form import (
    Amount,
    Definition,
    Expr,
    Table,
    Value,
    conjunction,
    conjuncts,
    entities,
    fields_of,
    reads,
    reads_time,
    walk,
)
from rules.language.generate import VARIABLES, ModuleText, build_module, parameters_of
from rules.language.interpret import Situation, Trace, attempt, evaluate, field_value, read_values, trace
from rules.language.layout import Facts, Layout, MissingFact
from rules.language.parse import declare_definition, parse_expression
from rules.language.plain_text import expression_text
from rules.language.presence import present_when
from rules.language.prose import describe, fill, number_text, value_text
from rules.language.scope import Scope
from rules.language.table_proof import table_findings
from rules.language.tables import declare_table
from rules.language.units import UNITS, unit_of, unit_text

__all__ = [
    "DATES",
    "ENTITIES",
    "EVENTS",
    "FORECAST",
    "NEVER",
    "STATES",
    "UNITS",
    "VARIABLES",
    "Aggregate",
    "Amount",
    "Calendar",
    "Conditions",
    "ConditionsSource",
    "Count",
    "CutPoints",
    "Definition",
    "DefinitionSource",
    "Domain",
    "Elapsed",
    "Entity",
    "Expr",
    "Facts",
    "Field",
    "Kind",
    "Layout",
    "MissingFact",
    "ModuleText",
    "Period",
    "Remaining",
    "Scope",
    "Situation",
    "Stored",
    "Supplied",
    "Table",
    "TableSource",
    "Trace",
    "Value",
    "Within",
    "attempt",
    "build_module",
    "caret",
    "compile_conditions",
    "conjunction",
    "conjuncts",
    "cut_points",
    "declare_definition",
    "declare_table",
    "describe",
    "entities",
    "evaluate",
    "expression_text",
    "field_value",
    "fields_of",
    "fill",
    "merge_cuts",
    "next_change",
    "number_text",
    "parameters_of",
    "parse_expression",
    "present_when",
    "read_fields",
    "read_period",
    "read_values",
    "reads",
    "reads_time",
    "table_findings",
    "trace",
    "unit_of",
    "unit_text",
    "value_text",
    "walk",
]
