"""A flip in words: who, when, and the grounds of both rule sets."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from rules import grounds
from sim.world.allocation import seen
from sim.world.queue import order_of

if TYPE_CHECKING:
    from sim.scenario.shadowed import Shadowed
    from sim.world.state import Application, Dwelling
    from sim.world.world import World

Lang = Literal["nb", "en"]
_STAGES: dict[str, tuple[Any, ...]] = {
    "eligibility": ("scope", "eligibility", "exclusion"),
    "renewal": ("renewal",),
    "temporary": ("temporary",),
    "notice": (),
    "lapse": (),
}
_WORDS: dict[str, dict[str, str]] = {
    "nb": {
        "allocation": "{date}: tildeling av {home}.", "before": "  Med reglene før:", "after": "  Med reglene etter:",
        "nobody": "ingen får boligen", "eligibility": "{date}: vedtak for {name}.",
        "renewal": "{date}: fornyelse av leieavtalen for {name}.", "notice": "{date}: oppsigelse av {name}.",
        "lapse": "{date}: {name} har takket nei til et tilbud.", "temporary": "{date}: midlertidig botilbud for {name}.",
        "eligibility yes": "oppfyller vilkårene", "eligibility no": "får avslag", "renewal yes": "leieavtalen fornyes",
        "renewal no": "leieavtalen fornyes ikke", "notice yes": "blir ikke sagt opp", "notice no": "blir sagt opp",
        "lapse yes": "søknaden blir stående", "lapse no": "søknaden faller bort",
        "temporary yes": "har rett til midlertidig botilbud", "temporary no": "har ikke rett til midlertidig botilbud",
    },
    "en": {
        "allocation": "{date}: allocation of {home}.", "before": "  Under the rules before:", "after": "  Under the rules after:",
        "nobody": "nobody gets the home", "eligibility": "{date}: decision on {name}.",
        "renewal": "{date}: renewal of the lease of {name}.", "notice": "{date}: notice to quit to {name}.",
        "lapse": "{date}: {name} has declined an offer.", "temporary": "{date}: temporary accommodation for {name}.",
        "eligibility yes": "is eligible", "eligibility no": "is refused", "renewal yes": "the lease is renewed",
        "renewal no": "the lease is not renewed", "notice yes": "is not given notice", "notice no": "is given notice to quit",
        "lapse yes": "the application stands", "lapse no": "the application lapses",
        "temporary yes": "is entitled to temporary accommodation", "temporary no": "is not entitled to temporary accommodation",
    },
}  # fmt: skip


def verdict_lines(
    work: Shadowed, kind: str, a: Any, home: tuple[Any, ...], day: int, found: Any, other: Any, of_days: tuple[int, int]
) -> list[str]:
    """Tell a decision on one household; its name is put into the first line when it is known.

    ``of_days`` are the days whose rules judge, before and after.
    """
    words = _WORDS[work.lang]
    lines = [words[kind].format(date=_date(work, day), name="{name}")]
    sides = (("before", _deciding(work), found), ("after", work.ruleset, other))
    for (heading, ruleset, verdict), of_day in zip(sides, of_days, strict=True):
        better = verdict in ((), False, "keep") if kind != "temporary" else bool(verdict)
        said = words[f"{kind} {'yes' if better else 'no'}"]
        lines.append(f"{words[heading]} {said}")
        lines += [f"    {line}" for line in _failed(work, ruleset, kind, a, home, day, of_day)]
    return lines


def allocation_lines(
    work: Shadowed, world: World, program: Any, dwelling: Dwelling, chosen: Application | None, other: Application | None
) -> list[str]:
    """Tell whom each rule set chooses for a home, and why not the other one."""
    from rules.explain import explain_choice

    words = _WORDS[work.lang]
    lang: Lang = "nb" if work.lang == "nb" else "en"
    lines = [words["allocation"].format(date=_date(work, world.day), home=dwelling.id)]
    both = [application for application in (chosen, other) if application is not None]
    sides = (("before", _deciding(work), world.program, chosen), ("after", work.ruleset, program, other))
    for heading, ruleset, asked, winner in sides:
        lines.append(words[heading] + ("" if winner is not None else f" {words['nobody']}"))
        candidates = [(x.household.id, x.household.facts) for x in _in_order(both, asked, dwelling, world.day)]
        told = explain_choice(
            ruleset,
            work.scenario.layout,
            candidates,
            dwelling.facts,
            dwelling.site.facts,
            world.day,
            lang,
            failed_alone=True,
            around={x.household.id: seen(world, x, dwelling) for x in both},
        )
        lines += [f"    {line}" for line in told]
    return lines


def _in_order(applications: list[Application], program: Any, dwelling: Dwelling, day: int) -> list[Application]:
    home, site = dwelling.facts, dwelling.site.facts
    return sorted(
        applications,
        key=lambda x: order_of(x, program.full_key(x.household.facts, home, site, day)),
    )


def _failed(work: Shadowed, ruleset: Any, kind: str, a: Any, home: tuple[Any, ...], day: int, of_day: int) -> list[str]:
    from rules.explain import ground_line

    lang: Lang = "nb" if work.lang == "nb" else "en"
    d, s = home or (None, None)
    found = []
    for stage in _STAGES[kind]:
        judged = grounds(ruleset, work.scenario.layout, stage, a, d, s, day, rules_of=of_day)
        failed = [ground for ground in judged if not ground.met]
        found += [ground_line(ground, lang) for ground in failed]
        if stage == "scope" and failed:
            break
    return found


def _deciding(work: Shadowed) -> Any:
    """One rule set decides throughout; its versions are chosen by the date."""
    return next(iter(work.scenario.rulesets.values()))


def _date(work: Shadowed, day: int) -> str:
    date = work.scenario.blueprint.start + timedelta(days=day)
    return f"{date:%d.%m.%Y}" if work.lang == "nb" else date.isoformat()
