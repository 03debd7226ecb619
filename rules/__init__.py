"""The rules engine: allocation rules written in YAML, read strictly, and decided by.

Nothing in this package imports `sim`.
"""

#: Says that this package is ours: PyPI's `rules` (Django) would overwrite this file silently.
BOLIGTRAPP = True
