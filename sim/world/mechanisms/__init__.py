"""placeholder."""
MECHANISMS = ()
