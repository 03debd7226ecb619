"""Findings about rules, in both languages, each about something that can be named and, where it helps, with a case."""

from dataclasses import dataclass

from rules.reading import Finding, Place, Say, in_english
from rules.verify.catalogue import BY_NAME

_CASE = {"nb": "et eksempel som viser det:", "en": "a case that shows it:"}


@dataclass(frozen=True, slots=True)
class Remark(Finding):
    """A finding of `check` or `prove`.

    Parameters
    ----------
    nb : str
        The message in Norwegian; ``message`` is the English one.
    about : str
        Id of the rule, or name of the field, definition, table or amount. With the number of the kind it names the
        finding in ``accepted.yaml``, so it must not change when lines move.
    hint_nb : str or None
    case : str or None
        A worked case, as it stands in a ``*.test.yaml`` under ``cases``.
    """

    nb: str = ""
    about: str = ""
    hint_nb: str | None = None
    case: str | None = None

    @property
    def number(self) -> str:
        """The stable number of its kind, such as ``BT201``."""
        return BY_NAME[self.code].number

    @property
    def name(self) -> str:
        """How it is named in ``accepted.yaml``."""
        return f"{self.number} {self.about}"

    def said(self, say: Say = in_english) -> tuple[str, str | None]:
        """Give the message and the hint in the language of `say`: English is as it was made, all else Norwegian."""
        return (self.message, self.hint) if say is in_english else (self.nb, self.hint_nb or self.hint)

    def render(self, say: Say = in_english) -> str:
        """Give the finding as text, with its number, the source line, and the case."""
        lang = "en" if say is in_english else "nb"
        message, hint = self.said(say)
        plain = Finding(self.code, f"{message} [{self.number}]", self.place, hint, self.severity)
        own = {plain.message, hint}
        text = plain.render(lambda words: words if words in own else say(words))
        if self.case is None:
            return text
        return "\n".join([text, f"  {_CASE[lang]}", *(f"    {line}" for line in self.case.splitlines())])


def remark(
    name: str,
    about: str,
    place: Place | None,
    nb: str,
    en: str,
    *,
    hint: tuple[str, str] | None = None,
    case: str | None = None,
) -> Remark:
    """Make a finding of a kind.

    Parameters
    ----------
    name : str
        Of the kind, as in `rules.verify.catalogue`.
    about : str
    place : Place or None
    nb, en : str
        What is wrong, as one clause without a final full stop.
    hint : (str, str), optional
        What may help, in Norwegian and English.
    case : str, optional
    """
    hint_nb, hint_en = hint or (None, None)
    return Remark(name, en, place, hint_en, BY_NAME[name].severity, nb=nb, about=about, hint_nb=hint_nb, case=case)


def number_of(finding: Finding) -> str:
    """Give the number of a finding's kind, or its code when the kind has no page of its own."""
    kind = BY_NAME.get(finding.code)
    return finding.code if kind is None else kind.number
