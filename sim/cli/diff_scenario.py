"""What `diff --scenario` does and tells: the decisions that would have been others on the same candidates."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from rules.show import Document
from rules.show.document import Entry, Grid, Line, Section
from sim.cli.exits import Code
from sim.cli.signals import stop_on_signals
from sim.experiment import Ending, Progress
from sim.experiment.shadow import KINDS, DirectEffect, direct_effect
from sim.scenario.shadowed import shadowed

Lang = Literal["nb", "en"]
DIMENSIONS = ("group", "need")
_WORDS: dict[Lang, dict[str, str]] = {
    "nb": {
        "title": "Avgjørelser som blir annerledes i scenariet",
        "lead": "{scenario} er simulert med reglene før ({n} replikasjoner à {years} år). Ved hver avgjørelse er reglene etter "
        "spurt om de samme søkerne og den samme boligen, uten at svaret er fulgt. Dette er den direkte virkningen, avgjørelse "
        "for avgjørelse; den som ikke får boligen før, kan derfor vinne flere ganger. Det er ikke utfallet på lang sikt: når "
        "andre får bolig, endres køen og boligene for alle etter dem. Det regner `compare` ut. Tallene er gjennomsnitt per "
        "replikasjon. Hvem som ønskes flyttet, leietid, advarsler og hvor lenge en bolig holdes av, er ikke sammenliknet her.",
        "eligibility": "Vedtak om vilkårene", "allocation": "Tildeling av bolig", "renewal": "Fornyelse av leieavtale",
        "notice": "Oppsigelse", "lapse": "Søknad som faller bort etter avslått tilbud", "temporary": "Midlertidig botilbud",
        "count": "{flips} av {decisions} avgjørelser blir annerledes.", "none": "Ingen avgjørelser blir annerledes.",
        "group": "Gruppe", "need": "Behov (nivå)", "loses": "Taper", "gains": "Vinner", "net": "Netto",
        "first": "De første som blir annerledes",
        "explained": "Med begrunnelser etter begge regelsettene. Simulert; ikke vedtak.",
    },
    "en": {
        "title": "Decisions that turn out otherwise in the scenario",
        "lead": "{scenario} was simulated under the rules before ({n} replications of {years} years). At every decision the "
        "rules after were asked about the same applicants and the same home, without being obeyed. This is the direct effect, "
        "decision by decision; who does not get the home before may therefore gain several times. It is not the outcome in the "
        "long run: when others get a home, the list and the homes change for everybody after them. That is what `compare` works "
        "out. The numbers are means per replication. Who is wanted to move, terms, warnings and how long a home is held are not "
        "compared here.",
        "eligibility": "Decisions on eligibility", "allocation": "Allocation of homes", "renewal": "Renewal of leases",
        "notice": "Notice to quit", "lapse": "Applications that lapse after a declined offer",
        "temporary": "Temporary accommodation", "count": "{flips} of {decisions} decisions turn out otherwise.",
        "none": "No decision turns out otherwise.", "group": "Group", "need": "Need (level)", "loses": "Loses", "gains": "Gains",
        "net": "Net", "first": "The first that turn out otherwise",
        "explained": "With the grounds of both rule sets. Simulated; no decisions on anybody.",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trial:
    """Two rule sets tried in a scenario.

    Parameters
    ----------
    effect : DirectEffect
    data : dict
        For `--json`.
    code : Code
        How the work ended.
    lang : {'nb', 'en'}
    scenario, years : str
    groups : dict of str to str
        What the groups are called.
    """

    effect: DirectEffect
    data: dict[str, Any]
    code: Code
    lang: Lang
    scenario: str
    years: str
    groups: dict[str, str]

    def told(self, document: Document) -> Document:
        """Add what was found to the differences in words."""
        words, effect = _WORDS[self.lang], self.effect
        lead = words["lead"].format(scenario=self.scenario, n=effect.replications, years=self.years)
        entries = [self._entry(kind) for kind in KINDS if effect.decisions[kind]]
        sections = [Section("decisions", words["title"], lead, tuple(entries))]
        if effect.explained:
            told = tuple(_explained(number, lines) for number, lines in enumerate(effect.explained, 1))
            sections.append(Section("explained", words["first"], words["explained"], told))
        return replace(document, sections=(*document.sections, *sections))

    def _entry(self, kind: str) -> Entry:
        words, effect = _WORDS[self.lang], self.effect
        flips, decisions = (self._mean(tally[kind]) for tally in (effect.flips, effect.decisions))
        if not effect.flips[kind]:
            return Entry("", words[kind], (Line("", words["none"]),))
        rows = [self._row(kind, dimension, value) for dimension in DIMENSIONS for value in effect.values(kind, dimension)]
        heads = (f"{words['group']} / {words['need'].lower()}", words["loses"], words["gains"], words["net"])
        return Entry(
            "", words[kind], (Line("", words["count"].format(flips=flips, decisions=decisions)),), Grid(heads, tuple(rows))
        )

    def _row(self, kind: str, dimension: str, value: str) -> tuple[str, ...]:
        loses, gains = self.effect.loses[kind, dimension, value], self.effect.gains[kind, dimension, value]
        name = self.groups.get(value, value) if dimension == "group" else f"{_WORDS[self.lang]['need']} {value}"
        return name, self._mean(loses), self._mean(gains), self._mean(gains - loses, sign=True)

    def _mean(self, total: int, sign: bool = False) -> str:
        text = f"{total / max(1, self.effect.replications):{'+' if sign else ''}.1f}"
        return text.replace("-", "−").replace(".", "," if self.lang == "nb" else ".")


def tried(
    scenario: Path,
    before: Path,
    after: Path,
    settings: Sequence[tuple[str, str]],
    years: float | None,
    seed: int,
    replications: int,
    workers: int,
    quiet: bool,
    lang: Lang,
) -> Trial:
    """Run a scenario under one rule set, and ask the other beside it.

    Raises
    ------
    InputError
        For mistakes in any of the files.
    """
    from sim.cli.kinds import refuse_other_kinds

    refuse_other_kinds(scenario, "scenario", "policy")
    work = shadowed(scenario, before, after, settings, years, lang)
    progress = Progress(sys.stderr, quiet=quiet, lang=lang)
    with stop_on_signals() as stop:
        effect, outcome = direct_effect(work, seed, range(1, replications + 1), workers=workers, progress=progress, stop=stop)
    progress.close()
    length = round(work.scenario.blueprint.days / 365.25, 9)
    texts = work.scenario.texts
    groups = {name: texts.get(f"groups.{name}", {}).get(lang, name.replace("_", " ")) for name in work.scenario.blueprint.groups}
    code = {Ending.COMPLETE: Code.FINE, Ending.INTERRUPTED: Code.INTERRUPTED}.get(outcome.ending, Code.FAILED)
    years_said = f"{length:g}".replace(".", "," if lang == "nb" else ".")
    data = _data(effect, work.scenario.id, seed, length)
    return Trial(effect, data, code, lang, str(scenario), years_said, groups)


def _explained(number: int, lines: list[str]) -> Entry:
    """Make an entry of a flip in words: what stands further in belongs to the line above."""
    found: list[Line] = []
    for line in lines[1:]:
        if line.startswith("    "):
            found[-1] = replace(found[-1], items=(*found[-1].items, line.strip()))
        else:
            term, _, text = line.strip().partition(":")
            found.append(Line(term, text.strip()))
    return Entry("", f"{number}. {lines[0]}", tuple(found))


def _data(effect: DirectEffect, scenario: str, seed: int, years: float) -> dict[str, Any]:
    n = max(1, effect.replications)
    return {
        "scenario": scenario,
        "seed": seed,
        "replications": effect.replications,
        "years": years,
        "effect": "direct",
        "decisions": {
            kind: {
                "decisions": effect.decisions[kind] / n,
                "flips": effect.flips[kind] / n,
                **{
                    name: {d: {v: tally[kind, d, v] / n for v in effect.values(kind, d)} for d in DIMENSIONS}
                    for name, tally in (("loses", effect.loses), ("gains", effect.gains))
                },
            }
            for kind in KINDS
        },
        "first": effect.explained,
    }
