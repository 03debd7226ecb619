"""A guarded scenario under the rules as they were, as they are, and with single parts of them changed."""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from rules.diff import (
    Changed,
    Part,
    Verdicts,
    changed_parts,
    changed_profiles,
    decide_alike,
    tried_alone,
    with_parts,
    write_ruleset,
)
from rules.reading import Finding, InputError, Place, overlay
from rules.reading import Mapping as Tree
from rules.ruleset import RuleSet
from rules.ruleset.merge import named_by_tracks, read_ruleset_tree
from sim.cli.regress_file import Guard
from sim.cli.regress_git import Repository
from sim.scenario import Scenario
from sim.scenario.compose import compose
from sim.scenario.regulations import files_of_rules
from sim.scenario.source import RuleSource, Source, read_source
from sim.scenario.windows import Common

#: Of a hash that are kept.
DIGITS = 16


@dataclass(frozen=True, slots=True)
class Alone:
    """A part of the change, alone.

    Parameters
    ----------
    part : Part
    scenario : Scenario or None
        None where the part cannot stand without the others.
    why : str
        Then what is missing, in English.
    """

    part: Part
    scenario: Scenario | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """A guarded scenario on both sides of a change.

    Parameters
    ----------
    guard : Guard
    before, after : Scenario
    same : str
        Why nothing need be run: ``compiled`` or ``profiles``; empty = it must be.
    verdicts : tuple of Verdicts
        Whose verdict changes.
    changes : tuple of Changed
    alone : tuple of Alone
    shadow : (Path, Path) or None
        The last rules of both sides as rule sets, to be asked on the same candidates.
    """

    guard: Guard
    before: Scenario
    after: Scenario
    same: str = ""
    verdicts: tuple[Verdicts, ...] = ()
    changes: tuple[Changed, ...] = ()
    alone: tuple[Alone, ...] = ()
    shadow: tuple[Path, Path] | None = None


@dataclass(slots=True)
class Earlier:
    """The rules as they stand in a commit, in a folder that is gone when the work is done.

    Parameters
    ----------
    repository : Repository
    commit : str
    ref : str
        What it was called.
    folder : Path
    """

    repository: Repository
    commit: str
    ref: str
    folder: Path
    _made: int = 0
    _there: set[str] = field(default_factory=set)

    def path(self, path: Path) -> Path:
        """Give a file or folder of rules as it was."""
        name = self.repository.within(path)
        if name not in self._there:
            self.repository.extract(self.commit, [name], self.folder / "then")
            self._there.add(name)
        return self.folder / "then" / name

    def named(self, file: str) -> str:
        """Give what a file is called in a report, of whichever side."""
        whole = Path(file).resolve()
        then = (self.folder / "then").resolve()
        return whole.relative_to(then).as_posix() if whole.is_relative_to(then) else self.repository.within(whole)

    def new(self) -> Path:
        """Give a folder that is not there yet."""
        self._made += 1
        return self.folder / f"made-{self._made}"


@contextmanager
def earlier(repository: Repository, ref: str) -> Iterator[Earlier]:
    """Open the state of a commit.

    Raises
    ------
    InputError
        For a commit that there is not; and in the work, for a mistake in the rules as they were, with the name of the commit.
    """
    commit = repository.commit(ref)
    with tempfile.TemporaryDirectory(prefix="boligtrapp-regress-") as folder:
        where = Path(folder).resolve()
        try:
            yield Earlier(repository, commit, ref, where)
        except InputError as error:
            raise InputError(*(_from_then(finding, where / "then", ref) for finding in error.findings)) from None


def read_sides(guard: Guard, then: Earlier) -> Sides:
    """Read a guarded scenario under the rules of both sides.

    Raises
    ------
    InputError
        For mistakes in any of the files, and for rules that the commit does not hold.
    """
    source = read_source(guard.scenario)
    old = _moved(source, then)
    common = Common(guard.years)
    after, before = compose(source, (), common), compose(old, (), common)
    changes, alone = _changes(source, old, then, common)
    if compiled(before) == compiled(after):
        return Sides(guard, before, after, "compiled", changes=changes)
    pairs = list(zip(_rulesets(before), _rulesets(after), strict=True))
    verdicts = [changed_profiles(was, now) for was, now in pairs]
    if all(decide_alike(was, now, found) for (was, now), found in zip(pairs, verdicts, strict=True)):
        return Sides(guard, before, after, "profiles", verdicts[-1], changes)
    shadow = _effective(old, then), _effective(source, then)
    return Sides(guard, before, after, "", verdicts[-1], changes, alone, shadow)


def compiled(scenario: Scenario) -> tuple[str, ...]:
    """Give the hashes of the compiled rules, regime by regime."""
    return tuple(regime.program.hash for regime in scenario.blueprint.regimes)


def files_of(guard: Guard) -> tuple[list[Path], list[Path]]:
    """Give the files of a guarded scenario: those of its rules, and the others.

    Raises
    ------
    InputError
        For a scenario that cannot be read.
    """
    source = read_source(guard.scenario)
    return list(files_of_rules(source)), list(source.files)


def rule_paths(source: Source) -> list[Path]:
    """Give the files and folders that a scenario and its policies name as rules, and those that their tracks name."""
    sets = [rules.paths for rules in (source.rules, *(layer.rules for layer in source.layers)) if rules and rules.paths]
    return list(dict.fromkeys(path for paths in sets for path in (*paths, *named_by_tracks(paths))))


def guarded_paths(guard: Guard) -> list[Path]:
    """Give everything that a guard depends on, rules as the folders they stand in."""
    source = read_source(guard.scenario)
    return [*rule_paths(source), *source.files]


def _rulesets(scenario: Scenario) -> list[RuleSet]:
    return [scenario.rulesets[regime.program.hash] for regime in scenario.blueprint.regimes]


def _moved(source: Source, then: Earlier) -> Source:
    def moved(rules: RuleSource | None) -> RuleSource | None:
        return None if rules is None else replace(rules, paths=tuple(then.path(path) for path in rules.paths))

    layers = tuple(replace(layer, rules=moved(layer.rules)) for layer in source.layers)
    return replace(source, rules=moved(source.rules), layers=layers)


def _changes(source: Source, old: Source, then: Earlier, common: Common) -> tuple[tuple[Changed, ...], tuple[Alone, ...]]:
    """Give what differs in the rules, and each part alone, where the rules are those of the scenario itself."""
    found: list[Changed] = []
    alone: list[Alone] = []
    pairs = [(old.rules, source.rules), *((o.rules, n.rules) for o, n in zip(old.layers, source.layers, strict=True))]
    for number, (was, now) in enumerate(pairs):
        if was is None or now is None or not now.paths:
            continue
        trees = read_ruleset_tree(list(was.paths)), read_ruleset_tree(list(now.paths))
        changes = changed_parts(*trees, then.named)
        found += changes
        if number == 0:
            alone += [_alone(part, trees, old, then, common) for part in tried_alone(changes)]
    return tuple(dict.fromkeys(found)), tuple(alone)


def _alone(part: Part, trees: tuple[Tree, Tree], old: Source, then: Earlier, common: Common) -> Alone:
    assert old.rules is not None
    tree = with_parts(*trees, tuple(change.path for change in part.changes))
    folder = write_ruleset(tree, then.new())
    try:
        return Alone(part, compose(replace(old, rules=replace(old.rules, paths=(folder,))), (), common))
    except InputError as error:
        return Alone(part, None, error.findings[0].message)


def _effective(source: Source, then: Earlier) -> Path:
    """Give the last rules of a scenario and its policies as one rule set."""
    current = source.rules or RuleSource((), source.tree)
    for layer in source.layers:
        if layer.rules is not None:
            current = layer.rules if layer.rules.changes is None else replace(current, changes=layer.rules.changes)
    if len(current.paths) == 1 and current.changes is None:
        return current.paths[0]
    tree = read_ruleset_tree(list(current.paths))
    laid = tree if current.changes is None else overlay(tree, current.changes)
    assert isinstance(laid, Tree)
    return write_ruleset(laid, then.new())


def _from_then(finding: Finding, folder: Path, ref: str) -> Finding:
    place = finding.place
    if place is None or not Path(place.file).is_relative_to(folder):
        return finding
    name = f"{ref}:{Path(place.file).relative_to(folder).as_posix()}"
    return replace(finding, place=Place(name, place.line, place.column, place.text))


def by_file(files: Sequence[Path], root: Path) -> dict[str, str]:
    """Give a hash of each file by its name from a folder, the same on every machine: line ends of any kind are alike."""
    return {
        relative(file, root): hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()[:DIGITS] for file in files
    }


def relative(file: Path, root: Path) -> str:
    """Give the name of a file from a folder."""
    return Path(os.path.relpath(file, root)).as_posix()
