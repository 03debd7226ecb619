"""The small typed expression language: fields, expressions, tables; one intermediate form and its backs."""
