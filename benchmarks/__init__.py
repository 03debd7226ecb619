"""What is timed, against what: ``python benchmarks/run.py`` gives one table of ratios."""
