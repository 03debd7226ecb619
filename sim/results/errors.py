"""What may be wrong with a results folder."""


class ResultsError(Exception):
    """A results folder cannot be read or written; the text says which file, what is wrong and what may help."""
