"""A mutant that survived, told as the case that is missing."""

from collections.abc import Mapping
from typing import Any

from rules.reading import Finding
from rules.verify.mutation import MutantResult

_WORDS: Mapping[str, dict[str, str]] = {
    "now": {"nb": "reglene sier", "en": "the rules say"},
    "changed": {"nb": "endret til", "en": "changed to"},
    "unnoticed": {"nb": "endres dette, stemmer alle eksemplene fortsatt", "en": "change this, and every case still passes"},
    "unreached": {"nb": "ingen eksempler prøver dette", "en": "no case judges this"},
    "about": {"nb": "et eksempel mangler, for eksempel om", "en": "a case is missing, for example about"},
    "several": {
        "nb": "et eksempel mangler, med flere søkere som dette stiller i rekkefølge (order: […])",
        "en": "a case is missing, with several applicants whom this puts in order (order: […])",
    },
    "accept": {"nb": "eller godta det i accepted.yaml under mutants", "en": "or accept it in accepted.yaml under mutants"},
    "why": {"nb": "hvorfor", "en": "why"},
}

_ORDERS = frozenset({"swap-criteria", "drop-criterion", "swap-classes", "drop-class", "turn-around"})


def survivor_text(result: MutantResult, lang: str, fields: Mapping[str, Any]) -> str:
    """Tell what was changed without any case noticing, and for whom the change would matter.

    Parameters
    ----------
    result : MutantResult
        One that survived.
    lang : {'nb', 'en'}
    fields : mapping of str to Field
        Of the rule set, to write the profile as the facts of a case.

    Returns
    -------
    str
        Several lines, with the place in the rules, the source line, and the facts of a case in YAML when some were found.
    """
    mutant = result.mutant
    word = {key: texts[lang] for key, texts in _WORDS.items()}
    first = word["unnoticed"] if result.reached else word["unreached"]
    lines = [
        Finding("survivor", f"{mutant.owner}: {first}", mutant.place, severity="warning").render(),
        f"  {word['now']}: {mutant.before[lang]}",
        f"  {word['changed']}: {mutant.after[lang]}",
    ]
    if result.profile:
        lines += [f"  {word['about']}:", *(f"    {line}" for line in case_lines(result.profile, fields))]
    elif mutant.kind in _ORDERS:
        lines.append(f"  {word['several']}")
    quoted = mutant.name.replace("'", "''")
    return "\n".join([*lines, f"  {word['accept']}: '{quoted}': {word['why']} …"])


def case_lines(profile: Mapping[str, Any], fields: Mapping[str, Any]) -> list[str]:
    """Write a profile as the facts of a worked case, one line for the applicant, the dwelling and the site."""
    found: dict[str, list[str]] = {}
    for name, value in profile.items():
        said = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        found.setdefault(fields[name].of, []).append(f"{name}: {said}")
    return [f"{entity}: {{{', '.join(facts)}}}" for entity, facts in found.items()]
