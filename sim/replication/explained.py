"""A decision of a simulation in words, and as plain data: who was considered, and every condition with its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from sim.replication.building import built_for
from sim.world.allocation import seen
from sim.world.queue import order_of

if TYPE_CHECKING:
    from rules.explain import Considered
    from sim.scenario import Scenario
    from sim.world.state import Application, Dwelling
    from sim.world.world import World


Lang = Literal["nb", "en"]
# How many of those who stood after the chosen one are told of.
AFTER = 3
#: The stages of a decision that concerns one household alone.
_STAGES: dict[str, tuple[Any, ...]] = {"eligibility": ("scope", "eligibility", "exclusion"), "renewal": ("renewal",)}
_WORDS: dict[Lang, dict[str, str]] = {
    "nb": {
        "allocation": "Tildeling {number}, {date}: {home} ({type}). Simulert; ikke et vedtak.",
        "eligibility": "Vurdering av vilkårene {number}, {date}: {name}. Simulert; ikke et vedtak.",
        "renewal": "Fornyelse av leieavtalen {number}, {date}: {name}, {home} ({type}). Simulert; ikke et vedtak.",
        "declined": "{name}: har takket nei til denne boligen",
        "claim": "{name}: boligen stenges, og husstanden går derfor foran alle andre",
        "eligible": "Utfall: oppfyller vilkårene",
        "refused": "Utfall: avslag",
        "renewed": "Utfall: leieavtalen fornyes",
        "not_renewed": "Utfall: leieavtalen fornyes ikke",
        "nothing asked": "   reglene stiller ingen vilkår her",
    },
    "en": {
        "allocation": "Allocation {number}, {date}: {home} ({type}). Simulated; no decision on anybody.",
        "eligibility": "Assessment of the conditions {number}, {date}: {name}. Simulated; no decision on anybody.",
        "renewal": "Renewal of the lease {number}, {date}: {name}, {home} ({type}). Simulated; no decision on anybody.",
        "declined": "{name}: has declined this home",
        "claim": "{name}: its home closes, so the household goes before all others",
        "eligible": "Outcome: eligible",
        "refused": "Outcome: refused",
        "renewed": "Outcome: the lease is renewed",
        "not_renewed": "Outcome: the lease is not renewed",
        "nothing asked": "   the rules state no conditions here",
    },
}


@dataclass(frozen=True, slots=True)
class Explained:
    """One decision explained.

    Parameters
    ----------
    lines : list of str
        In the language asked for.
    record : dict
        The same as plain data for JSON, with texts in both languages.
    """

    lines: list[str]
    record: dict[str, Any]


def told_allocation(scenario: Scenario, world: World, dwelling: Dwelling, chosen: Application, lang: Lang) -> Explained:
    """Explain an allocation, before the offer is made."""
    # Workers never explain: they need not load the prose of rules.
    from rules.explain import consider, told_choice

    in_order = _in_order(world, dwelling, chosen)
    claims = [a.household.id for a in in_order if a.claim]
    if chosen.claim:  # the rules' order of priority decides among those alone who have a claim
        in_order = [a for a in in_order if a.claim]
    declined = [a.household.id for a in in_order if a.household in dwelling.declined_by]
    candidates = [(a.household.id, a.household.facts) for a in in_order if a.household not in dwelling.declined_by]
    ruleset, layout = scenario.rulesets[world.program.hash], built_for(scenario).layout
    home = dwelling.facts, dwelling.site.facts
    around = {a.household.id: seen(world, a, dwelling) for a in in_order}
    judged: dict[Lang, Sequence[Considered]] = {
        "nb": consider(ruleset, layout, candidates, *home, world.day, "nb", around=around),
        "en": consider(ruleset, layout, candidates, *home, world.day, "en", around=around),
    }
    record = _head(scenario, world, "allocation", chosen.household.id, dwelling.id, chosen.kind)
    record["considered"] = [
        _considered(place, nb, en, ruleset.fields)
        for place, (nb, en) in enumerate(zip(judged["nb"], judged["en"], strict=True), 1)
    ]
    record["declined"] = declined
    record["claims"] = claims
    lines = [_heading(record, lang), *(_WORDS[lang]["claim"].format(name=name) for name in claims)]
    lines += [*told_choice(judged[lang], ruleset.fields, lang)]
    lines += [_WORDS[lang]["declined"].format(name=name) for name in declined]
    return Explained([*lines, ""], record)


def told_verdict(
    scenario: Scenario, world: World, kind: str, household: str, dwelling: str, outcome: str, applied: int | None, lang: Lang
) -> Explained:
    """Explain a decision that concerns one household alone; ``applied``: the day of a case that has been in progress."""
    from rules import grounds
    from rules.explain import condition_line, condition_record
    from sim.world.regimes import eligibility_regime

    facts = world.households[household].facts
    home = world.households[household].home
    d, s = (None, None) if not dwelling or home is None else (home.facts, home.site.facts)
    program, of_day = world.program, world.day
    if applied is not None and world.regimes:
        since, program = eligibility_regime(world.regimes, world.now, applied)
        of_day = int(since)
    # Who takes part in a programme is judged by its rules.
    own = scenario.programme_rules.get(world.households[household].programme)
    ruleset, layout = scenario.rulesets[program.hash] if own is None else own, built_for(scenario).layout
    found: list[Any] = []
    for stage in _STAGES[kind]:
        found += grounds(ruleset, layout, stage, facts, d, s, world.day, rules_of=of_day)
        if stage == "scope" and not all(ground.met for ground in found):
            break
    record = _head(scenario, world, kind, household, dwelling, outcome)
    record["conditions"] = [condition_record(ground, ruleset.fields) for ground in found]
    words = _WORDS[lang]
    told = [f"   {condition_line(ground, ruleset.fields, lang)}" for ground in found]
    return Explained([_heading(record, lang), *(told or [words["nothing asked"]]), words[outcome], ""], record)


def _head(scenario: Scenario, world: World, kind: str, household: str, dwelling: str, outcome: str) -> dict[str, Any]:
    date = scenario.blueprint.start + timedelta(days=world.day)
    place = next((home for home in world.dwellings if home.id == dwelling), None)
    texts = {} if place is None else scenario.texts.get(f"types.{place.type.id}", {})
    return {
        "number": world.counters["decisions"],
        "kind": kind,
        "day": world.day,
        "date": date.isoformat(),
        "household": household,
        "dwelling": dwelling,
        "type": {} if place is None else {lang: texts.get(lang, place.type.id) for lang in ("nb", "en")},
        "outcome": outcome,
    }


def _heading(record: dict[str, Any], lang: Lang) -> str:
    year, month, day = record["date"].split("-")
    return _WORDS[lang][record["kind"]].format(
        number=record["number"],
        date=f"{day}.{month}.{year}" if lang == "nb" else record["date"],
        name=record["household"],
        home=record["dwelling"],
        type=record["type"].get(lang, ""),
    )


def _considered(place: int, nb: Considered, en: Considered, fields: Any) -> dict[str, Any]:
    from rules.explain import condition_record

    by = None
    if nb.decided_by is not None and en.decided_by is not None:
        by = {
            lang: {"criterion": found[0], "own": found[1], "chosen": found[2]}
            for lang, found in (("nb", nb.decided_by), ("en", en.decided_by))
        }
    return {
        "place": place,
        "household": nb.name,
        "outcome": nb.outcome,
        "decided_by": by,
        "conditions": [condition_record(ground, fields) for ground in nb.grounds],
    }


def _in_order(world: World, dwelling: Dwelling, chosen: Application) -> list[Application]:
    """Everybody on the list in the order of priority for this home, up to a few after the chosen one."""
    program: Any = world.program
    day = world.day

    def key(application: Application) -> tuple[Any, ...]:
        facts = application.household.facts
        if program.full_scan:
            first = program.full_key(facts, dwelling.facts, dwelling.site.facts, day)
        else:
            first = program.key(facts, day)
        return order_of(application, first)

    waiting = sorted(world.queue.applications(), key=key)
    return waiting[: waiting.index(chosen) + 1 + AFTER]
