"""What `check` prints of the systems, rates and total effects of a scenario."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_WORDS = {
    "nb": {
        "systems": "  Systemer ({on} av {all} er med i modellen):",
        "off": "ikke med",
        "unknown": "uten tall",
        "assumption": "antakelse",
        "rates": "  Rater ({known} av {all} er informert av en kilde; resten kan ikke identifiseres):",
        "none": "ikke identifisert",
        "bears": "; virker på {figures}",
        "effects": "  Samlet virkning av å flytte samme person, der den er størst (alle står i --json):",
        "effect": "    {of}: fra {origin} til {destination}: {ratio} ganger ({parts})",
        "unbounded": "uten grense",
        "recovery": "bedring",
        "worsening": "forverring",
        "change_of_scheme": "bytte av boligtrapp",
        "own_incidents": "egne hendelser",
        "exits": "utflytting",
        "crisis": "krise",
        "deaths": "død",
    },
    "en": {
        "systems": "  Systems ({on} of {all} are in the model):",
        "off": "not in",
        "unknown": "no figure",
        "assumption": "assumption",
        "rates": "  Rates ({known} of {all} are informed by a source; the rest are not identified):",
        "none": "not identified",
        "bears": "; bears on {figures}",
        "effects": "  Total effect of moving the same person, where it is largest (all are in --json):",
        "effect": "    {of}: from {origin} to {destination}: {ratio} times ({parts})",
        "unbounded": "without bound",
        "recovery": "recovery",
        "worsening": "worsening",
        "change_of_scheme": "change of ladder",
        "own_incidents": "own incidents",
        "exits": "exits",
        "crisis": "crisis",
        "deaths": "deaths",
    },
}
#: What is counted, in Norwegian; a unit that is not here is told as the scenario writes it.
_UNITS = {
    "homes": "boliger",
    "complexes": "anlegg",
    "participants": "deltakere",
    "tenants": "leietakere",
    "rooms": "hybler",
    "beds": "plasser",
    "places": "plasser",
    "plots": "tomter",
    "hours per week": "timer i uken",
    "lettings a year": "leieboliger i året",
}


def honesty_lines(told: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield the lines about systems, rates and, for every kind of transition, its largest total effects.

    Parameters
    ----------
    told : mapping
        ``rates``, ``effects`` and ``systems`` as ``check --json`` has them; any of them may be missing.
    lang : {'nb', 'en'}
    """
    words = _WORDS[lang]
    systems = told.get("systems", {})
    if systems:
        yield words["systems"].format(on=sum(of["on"] for of in systems.values()), all=len(systems))
        yield from (_system(name, of, words, lang) for name, of in systems.items())
    rates = told.get("rates", ())
    if rates:
        yield words["rates"].format(known=sum(of["identified"] for of in rates), all=len(rates))
        yield from (_rate(of, words) for of in rates)
    effects = _largest(told.get("effects", ()))
    if effects:
        yield words["effects"]
        yield from (_effect(of, words) for of in effects)


def _system(name: str, of: Mapping[str, Any], words: Mapping[str, str], lang: str) -> str:
    unit = _UNITS.get(of["unit"], of["unit"]) if lang == "nb" else of["unit"]
    size = words["unknown"] if of["size"] is None else f"{of['size']:g} {unit}"
    source = words["assumption"] if of["source"] == "assumption" else of["source"]
    off = "" if of["on"] else f" - {words['off']}"
    return f"    {of['label'].get(lang, name)} ({name}): {size}, {source}{off}"


def _rate(of: Mapping[str, Any], words: Mapping[str, str]) -> str:
    source = of["observation"] or words["none"]
    solid = f" ({of['solidity']})" if of["solidity"] else ""
    bears = words["bears"].format(figures=", ".join(of["bears_on"])) if of["bears_on"] else ""
    return f"    {of['id']} = {of['value']}: {source}{solid}{bears}"


def _largest(effects: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Give the largest effect of each kind, the way in which it is above 1; those that change nothing are left out."""
    found: dict[str, Mapping[str, Any]] = {}
    for of in effects:
        if of["parts"] and (of["ratio"] is None or of["ratio"] > 1.0):
            found.setdefault(of["of"], of)
    return list(found.values())


def _effect(of: Mapping[str, Any], words: Mapping[str, str]) -> str:
    def number(ratio: float | None) -> str:
        return words["unbounded"] if ratio is None else f"{ratio:.3g}"

    parts = ", ".join(f"{name} {number(ratio)}" for name, ratio in of["parts"].items())
    return words["effect"].format(
        of=words[of["of"]], origin=of["from"], destination=of["to"], ratio=number(of["ratio"]), parts=parts
    )
