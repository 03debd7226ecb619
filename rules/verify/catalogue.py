"""The kinds of findings: each has a number that never changes, a name, and a page in docs/findings."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding.

    Parameters
    ----------
    number : str
        ``BT`` and three digits; never given to another kind.
    name : str
        What it is called in code and in ``Finding.code``.
    severity : {'error', 'warning', 'note'}
        An error is told when rules are loaded, and stops the work.
    nb, en : str
        What the kind is called.
    """

    number: str
    name: str
    severity: Severity
    nb: str
    en: str

    @property
    def page(self) -> str:
        """Where its page stands, from the root of the project."""
        return f"docs/findings/{self.number}.md"


KINDS: tuple[Kind, ...] = (
    Kind("BT001", "wrong-type", "error", "feil type", "wrong type"),
    Kind("BT002", "table-gap", "error", "hull i en tabell", "gap in a table"),
    Kind("BT003", "table-overlap", "error", "overlapp i en tabell", "overlap in a table"),
    Kind("BT101", "no-legal-base", "warning", "mangler hjemmel", "missing legal base"),
    Kind("BT102", "legally-disputed", "note", "rettslig omstridt", "legally disputed"),
    Kind("BT103", "no-ground", "note", "mangler begrunnelse", "missing ground"),
    Kind("BT104", "no-label", "note", "mangler navn", "missing label"),
    Kind("BT105", "unsourced-basic-amount", "note", "grunnbeløp uten kilde", "basic amount without a source"),
    Kind("BT201", "always-met", "warning", "alltid oppfylt", "always met"),
    Kind("BT202", "never-met", "warning", "aldri oppfylt", "never met"),
    Kind("BT203", "always-true", "warning", "sammenligning som alltid stemmer", "comparison that is always true"),
    Kind("BT204", "always-false", "warning", "sammenligning som aldri stemmer", "comparison that is always false"),
    Kind("BT205", "needless-part", "warning", "overflødig ledd", "needless part"),
    Kind("BT206", "dead-rule", "warning", "regel uten virkning", "dead rule"),
    Kind("BT207", "shadowed-exception", "warning", "unntak uten virkning", "shadowed exception"),
    Kind("BT301", "dead-row", "warning", "tabellrad som aldri svarer", "dead row"),
    Kind("BT401", "unreachable-class", "warning", "klasse ingen kommer i", "class that can never win"),
    Kind("BT402", "class-gap", "warning", "noen faller utenfor klassene", "somebody is in no class"),
    Kind("BT403", "full-scan", "note", "rekkefølgen avhenger av boligen", "order depends on the home"),
    Kind("BT501", "unused-field", "note", "felt som ikke brukes", "unused field"),
    Kind("BT502", "unused-name", "note", "definisjon eller tabell som ikke brukes", "unused definition or table"),
    Kind("BT503", "unused-amount", "note", "beløp eller grense som ikke brukes", "unused amount"),
    Kind("BT601", "no-successor", "warning", "utløper uten etterfølger", "expiry without a successor"),
    Kind("BT701", "no-dwelling", "warning", "ingen bolig passer", "no possible dwelling"),
    Kind("BT901", "not-decided", "note", "ikke avgjort", "not decided"),
    Kind("BT902", "stale-acceptance", "warning", "godtatt funn som ikke finnes", "stale acceptance"),
)

BY_NAME = {kind.name: kind for kind in KINDS}
BY_NUMBER = {kind.number: kind for kind in KINDS}
