"""What can be said of a rule set without running it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from rules.reading import Finding, Mapping, Place
from rules.ruleset import RuleSet
from rules.ruleset.load import ruleset_of
from rules.ruleset.merge import read_ruleset_tree
from rules.verify.accepted import apply_accepted, read_accepted_findings
from rules.verify.asking import Asking
from rules.verify.cells import MOST_PROFILES
from rules.verify.check_amounts import amount_findings
from rules.verify.check_basis import basis_findings, label_findings
from rules.verify.check_conditions import condition_findings, part_findings
from rules.verify.check_order import order_findings
from rules.verify.check_properties import property_findings
from rules.verify.check_tables import table_findings
from rules.verify.check_time import time_findings
from rules.verify.check_unused import unused_findings
from rules.verify.parts import inner, roots
from rules.verify.remark import Remark, remark

#: What is found while expressions are read.
_READ = {"always-true": "alltid", "always-false": "aldri"}


def check_path(path: str | Path, most: int = MOST_PROFILES) -> list[Finding]:
    """Check a rule set on disk, and the properties beside it, with what its author has accepted in ``accepted.yaml``.

    Raises
    ------
    InputError
        For mistakes in the rules or in ``accepted.yaml``, and for properties that are not well formed.
    """
    tree = read_ruleset_tree(path)
    ruleset = ruleset_of(tree)
    found = [*check_ruleset(ruleset, tree, most), *property_findings(ruleset, Path(path))]
    return sorted(apply_accepted(found, read_accepted_findings(Path(path))), key=_key)


def check_ruleset(ruleset: RuleSet, tree: Mapping | None = None, most: int = MOST_PROFILES) -> list[Finding]:
    """Find what the author of a rule set should know: warnings and notes; mistakes are found by loading it.

    Parameters
    ----------
    ruleset : RuleSet
    tree : Mapping, optional
        As it was written: with it, missing names are found too, and amounts have a place.
    most : int
        No more relevant profiles than this are tried for one question; what then is left open is listed as not decided.

    Returns
    -------
    list of Finding
        In the order of their places, each once. The kinds are those of `rules.verify.catalogue`.
    """
    found: list[Finding] = [*_read(ruleset), *_of_versions(ruleset, most)]
    found += time_findings(ruleset)
    found += unused_findings(ruleset, tree)
    if tree is not None:
        found += label_findings(tree)
        found += amount_findings(tree)
    return sorted(_once(found), key=_key)


def _read(ruleset: RuleSet) -> Iterator[Finding]:
    """Give what was found while the rules were read, with the rule it is about."""
    owners = {
        part.place: root.owner for version in ruleset.versions for root in roots(ruleset, version) for part in inner(root.expr)
    }
    for finding in ruleset.findings:
        if finding.code in _READ and finding.place in owners:
            owner, said = owners[finding.place], finding.message.partition(": ")[2]
            nb = f"dette stemmer {_READ[finding.code]} innenfor de oppgitte grensene: {said}"
            yield remark(finding.code, owner, finding.place, nb, finding.message)
        else:
            yield finding


def _of_versions(ruleset: RuleSet, most: int) -> Iterator[Remark]:
    for version in ruleset.versions:
        asking = Asking(ruleset, version, most)
        yield from basis_findings(version)
        for look in (condition_findings, part_findings, order_findings, table_findings):
            yield from look(asking)
        yield from undecided_findings(asking)


def undecided_findings(asking: Asking) -> Iterator[Remark]:
    """List what could not be decided about a version."""
    for name, part in asking.undecided.items():
        yield remark(
            "not-decided",
            name,
            getattr(part, "place", None),
            f"ikke avgjort om noe er galt med {name}: mer enn {asking.most} relevante profiler",
            f"not decided whether anything is wrong with {name}: more than {asking.most} relevant profiles",
            hint=("del opp vilkåret, eller prøv `prove`", "divide the condition, or try `prove`"),
        )


def _once(found: Iterable[Finding]) -> list[Finding]:
    """Keep of what is found in several versions of the rules the first."""
    kept: dict[tuple[object, ...], Finding] = {}
    for finding in found:
        kept.setdefault((finding.code, finding.place, finding.message), finding)
    return list(kept.values())


def _key(finding: Finding) -> tuple[str, int, int]:
    place = finding.place or Place("", 0, 0, "")
    return place.file, place.line, place.column
