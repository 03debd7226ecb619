"""Rules and amounts that hold for one worked case alone."""

from pathlib import Path

from rules.reading import Entry, Mapping, Node, closest, fail, overlay
from rules.ruleset import RuleSet
from rules.ruleset.load import ruleset_of
from rules.ruleset.merge import read_ruleset_tree

_VALUES = ("value", "values", "sources")


def changed_rules(path: Path, case: Node) -> RuleSet:
    """Read a rule set as a case changes it.

    Parameters
    ----------
    path : Path
        Of the rule set.
    case : Node
        The case as written: ``amounts`` are put in for all dates, ``rules`` are laid over the rule set as a policy's are.

    Raises
    ------
    InputError
        For an amount that is not there, and for changes that do not fit.
    """
    tree: Node = read_ruleset_tree(path)
    assert isinstance(tree, Mapping) and isinstance(case, Mapping)
    if "rules" in case.entries:
        tree = overlay(tree, case.entries["rules"].node)
    assert isinstance(tree, Mapping)
    if "amounts" in case.entries:
        given = case.entries["amounts"].node
        assert isinstance(given, Mapping)
        tree = _with_amounts(tree, given)
    return ruleset_of(tree)


def _with_amounts(tree: Mapping, given: Mapping) -> Mapping:
    section = tree.entries.get("amounts")
    known = dict(section.node.entries) if section is not None and isinstance(section.node, Mapping) else {}
    for name, entry in given.entries.items():
        amount = known.get(name)
        if amount is None or not isinstance(amount.node, Mapping):
            fail("unknown-name", f"the rules have no amount {name!r}", entry.key_place, closest(name, known))
        if "by" in amount.node.entries:
            fail("looked-up-amount", f"{name!r} is looked up by a field, and has no one value", entry.key_place,
                 "change it under `rules:` of the case")  # fmt: skip
        kept = {key: part for key, part in amount.node.entries.items() if key not in _VALUES}
        value = Entry("value", entry.key_place, entry.node)
        known[name] = Entry(name, amount.key_place, Mapping({**kept, "value": value}, amount.node.place))
    assert section is not None
    amounts = Entry("amounts", section.key_place, Mapping(known, section.node.place))
    return Mapping({**tree.entries, "amounts": amounts}, tree.place)
