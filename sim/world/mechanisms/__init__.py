"""placeholder."""

MECHANISMS = ()
