"""What a register says of day 0, laid beneath all policies: `kind: register`, as `import` writes it.

A register knows the stock, the residents, the list, the teams' hours and the projects. Its lists replace those of the scenario;
everything else merges as an overlay does. It is no policy: nothing of it is dated, and nothing of it is paid for as new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rules.reading import Entry, Finding, InputError, Link, Mapping, Node, fail, overlay
from rules.reading.nodes import Scalar, record_id
from rules.reading.nodes import Sequence as Items
from sim.scenario.model import PolicyRecord

#: Sections that a register replaces as a whole; of `initial`, who lives where and who waits.
_WHOLE = ("sites", "projects", "data", "real_data")
_INITIAL = ("people", "residents", "waiting", "vacant")
_MERGED = ("services",)

Head = tuple[Link, PolicyRecord]


def split_registers(heads: Sequence[Head]) -> tuple[list[Head], list[Head]]:
    """Give the registers at the bottom of a chain, and the policies above them."""
    registers = [head for head in heads if head[1].kind == "register"]
    for number, (link, _) in enumerate(registers):
        if heads[number][0] is not link:
            fail("register-on-policy", "a register says what there is on day 0, and cannot extend a policy",
                 link.node.entries["kind"].node.place, "let it extend the scenario, and the policies extend it")  # fmt: skip
    return registers, list(heads[len(registers) :])


def with_register(raw: dict[str, Entry], head: Head) -> dict[str, Entry]:
    """Lay one register over the sections of a scenario, parameters not yet put in."""
    link, policy = head
    written = link.node.entries
    place = written["name"].node.place
    found = {**raw, "scenario": Entry("scenario", place, Scalar(policy.name, policy.name, True, place))}
    found |= {key: written[key] for key in ("label", "question") if key in written}
    changes = written.get("changes")
    if changes is None or not isinstance(changes.node, Mapping):
        return found
    findings = []
    for key, entry in changes.node.entries.items():
        if key in _WHOLE:
            found[key] = entry
        elif key == "initial" and isinstance(entry.node, Mapping):
            found[key] = _initial(found.get(key), entry)
        elif key in _MERGED and key in found:
            found[key] = Entry(key, found[key].key_place, overlay(found[key].node, entry.node))
        else:
            hint = f"it may change {', '.join((*_WHOLE, 'initial', *_MERGED))}"
            findings.append(Finding("not-in-a-register", f"a register says nothing about {key}", entry.key_place, hint))
    if findings:
        raise InputError(*findings)
    if "projects" in changes.node.entries:
        found.pop("planning", None)  # projects of a register have dates: nothing of them is left to plan
    if "sites" in changes.node.entries and "caretakers" in found:
        found["caretakers"] = _posts_that_stand(found["caretakers"], found["sites"].node)
    return found


def _posts_that_stand(caretakers: Entry, sites: Node) -> Entry:
    """Leave out the posts of caretakers at sites that the register does not have."""
    posts = caretakers.node.entries.get("posts") if isinstance(caretakers.node, Mapping) else None
    if posts is None or not isinstance(posts.node, Mapping) or not isinstance(sites, Items):
        return caretakers
    assert isinstance(caretakers.node, Mapping)
    ids = {record_id(site) for site in sites.items}
    named = ids | {re.sub(r"-[0-9]+$", "", str(name)) for name in ids}
    kept = Mapping({name: entry for name, entry in posts.node.entries.items() if name in named}, posts.node.place)
    node = Mapping({**caretakers.node.entries, "posts": Entry("posts", posts.key_place, kept)}, caretakers.node.place)
    return Entry(caretakers.key, caretakers.key_place, node)


def _initial(before: Entry | None, entry: Entry) -> Entry:
    old: dict[str, Entry] = before.node.entries if before is not None and isinstance(before.node, Mapping) else {}
    assert isinstance(entry.node, Mapping)
    wrong = [
        Finding("not-in-a-register", f"a register says nothing about initial.{key}", one.key_place)
        for key, one in entry.node.entries.items()
        if key not in _INITIAL
    ]
    if wrong:
        raise InputError(*wrong)
    node: Node = Mapping({**old, **entry.node.entries}, entry.node.place)
    return Entry(entry.key, entry.key_place, node)
