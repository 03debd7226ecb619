"""Findings about what rules say of themselves: legal base, name, and what is told to who is refused."""

from collections.abc import Iterator

from rules.reading import Mapping, Place, at, validate
from rules.ruleset import Basis, Version
from rules.ruleset.sections import DefinitionRecord, RuleSetRecord
from rules.ruleset.walk import based_records
from rules.verify.remark import Remark, remark

_STAGES_WITH_REASONS = ("scope", "eligibility", "exclusion", "matching", "living_environment", "quotas", "renewal")

#: Sections of which every record needs a name that people can read.
_NAMED = (
    "scope", "eligibility", "exclusion", "matching", "living_environment", "quotas", "moves", "holds", "temporary", "amounts",
)  # fmt: skip


def basis_findings(version: Version) -> Iterator[Remark]:
    """Find what states neither a legal base nor a status, is disputed, or refuses without saying why."""
    for name, basis, place in _based(version):
        if basis.missing:
            yield remark(
                "no-legal-base",
                name,
                place,
                f"{name} oppgir verken hjemmel eller status",
                f"{name} states neither a legal base nor a status",
                hint=("skriv `legal: …` eller `status: illustrative`", "add `legal: …` or `status: illustrative`"),
            )
        if basis.status == "legally_disputed":
            yield remark("legally-disputed", name, place, f"{name} er rettslig omstridt", f"{name} is legally disputed")
    for rule in version.all_rules():
        if rule.stage in _STAGES_WITH_REASONS and rule.ground is None:
            yield remark(
                "no-ground",
                rule.id,
                rule.place,
                f"{rule.id} sier ikke hva den som ikke oppfyller vilkåret, får vite",
                f"{rule.id} does not say what is told to those who do not meet it",
                hint=("skriv `ground: {nb: …, en: …}`", "add `ground: {nb: …, en: …}`"),
            )


def label_findings(tree: Mapping) -> Iterator[Remark]:
    """Find rules, exceptions, amounts, definitions and tables without a name in Norwegian and English."""
    record = validate(RuleSetRecord, tree)
    paths = [path for path, based in based_records(record) if based.label is None and _needs_name(path)]
    paths += [("definitions", name) for name, made in record.definitions.items() if not isinstance(made, DefinitionRecord)]
    paths += [("tables", name) for name, table in record.tables.items() if "label" not in table]
    for path in dict.fromkeys(paths):
        above = at(tree, path[:-1])
        place = above.entries[str(path[-1])].key_place if isinstance(above, Mapping) else at(tree, path).place
        name = ".".join(str(step) for step in path if step not in (*_NAMED, "unless", "tenancy", "renewal", "offers"))
        name = name.removeprefix("definitions.").removeprefix("tables.")
        yield remark(
            "no-label",
            name,
            place,
            f"{name} har ikke noe navn som folk kan lese",
            f"{name} has no name that people can read",
            hint=("skriv `label: {nb: …, en: …}`", "add `label: {nb: …, en: …}`"),
        )


def _needs_name(path: tuple[str | int, ...]) -> bool:
    return path[0] in (*_NAMED, "definitions", "tenancy", "offers") and len(path) > 1


def _based(version: Version) -> Iterator[tuple[str, Basis, Place]]:
    for rule in version.all_rules():
        yield rule.id, rule.basis, rule.place
        for waiver in rule.waivers:
            yield f"{rule.id}.{waiver.id}", waiver.basis, waiver.place
    for trigger in version.triggers():
        yield trigger.id, trigger.basis, trigger.place
    for hold in version.holds:
        yield hold.id, hold.basis, hold.place
    for number, criterion in enumerate(version.priority, 1):
        yield f"priority.{number}", criterion.basis, criterion.place
