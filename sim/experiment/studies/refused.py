"""What a study cannot do with what it was given."""


class RefusedStudyError(ValueError):
    """A study that cannot be made.

    Parameters
    ----------
    about : str
        What was asked for that cannot be: ``points``, ``parameter``, ``measure``, ``groups``.
    says : str
    hint : str, optional
        What may help.
    """

    def __init__(self, about: str, says: str, hint: str | None = None) -> None:
        super().__init__(says)
        self.about, self.says, self.hint = about, says, hint
