"""What a repository of git holds at a commit; the working tree is read, and never touched."""

import io
import os
import subprocess
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rules.reading import Finding, InputError, Place, closest

OPTION = "--against"


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository, by the top of its working tree."""

    root: Path

    def within(self, path: Path) -> str:
        """Give the name of a file from the top of the repository.

        Raises
        ------
        InputError
            For a file outside it.
        """
        whole = path.resolve()
        if not whole.is_relative_to(self.root):
            raise _refused(f"{path} lies outside the repository {self.root}, so that it has no earlier state")
        return whole.relative_to(self.root).as_posix()

    def commit(self, ref: str) -> str:
        """Give the commit that a branch, tag or other name stands for.

        Raises
        ------
        InputError
            For a name that git does not know.
        """
        found = None if ref.startswith("-") or not ref.strip() else _git(
            self.root, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}"
        )  # fmt: skip
        if found is None or found.returncode:
            names = _text(_git(self.root, "for-each-ref", "--format=%(refname:short)")).split()
            near = closest(ref, names)
            raise _refused(f"git knows no commit {ref!r}", near or "fetch it first (in a workflow: fetch-depth: 0)")
        return _text(found).strip()

    def dirty(self, files: Sequence[str]) -> list[str]:
        """Give those of some files and folders that are not as the last commit has them."""
        lines = _text(_git(self.root, "status", "--porcelain=v1", "--untracked-files=all", "-z", "--", *files)).split("\0")
        return [line[3:] for line in lines if line[2:3] == " "]

    def holds(self, commit: str, path: str) -> bool:
        """Say whether a commit holds a file or folder."""
        return _git(self.root, "cat-file", "-e", f"{commit}:{path}").returncode == 0

    def text(self, commit: str, path: str) -> str | None:
        """Give a file as a commit has it; None where it does not, and where it is no text."""
        found = _git(self.root, "show", f"{commit}:{path}")
        try:
            return None if found.returncode else found.stdout.decode()
        except UnicodeDecodeError:
            return None

    def extract(self, commit: str, paths: Sequence[str], target: Path) -> None:
        """Write files and folders as a commit has them below another folder.

        Raises
        ------
        InputError
            When the commit does not hold them.
        """
        for path in paths:
            if not self.holds(commit, path):
                raise _refused(f"{path} does not stand in {commit[:12]}", "rules that are new have nothing to be compared with")
        found = _git(self.root, "archive", "--format=tar", commit, "--", *paths)
        if found.returncode:
            raise _refused(f"git cannot read {commit[:12]}: {found.stderr.decode(errors='replace').strip()}")
        with tarfile.open(fileobj=io.BytesIO(found.stdout)) as archive:
            archive.extractall(target, filter="data")


def repository(folder: Path) -> Repository:
    """Give the repository that a folder lies in.

    Raises
    ------
    InputError
        Where there is none, or no git.
    """
    found = _git(folder, "rev-parse", "--show-toplevel")
    if found.returncode:
        raise _refused(f"{folder.resolve()} lies in no repository of git", "compare with a stored state: --baseline FILE")
    return Repository(Path(_text(found).rstrip("\n")).resolve())


def _git(folder: Path, *words: str) -> "subprocess.CompletedProcess[bytes]":
    # No lock: even `status` would otherwise write the index anew.
    environ = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(["git", "-C", str(folder), *words], capture_output=True, env=environ, check=False)
    except OSError:
        raise _refused("git cannot be run", "install it, or compare with a stored state: --baseline FILE") from None


def _text(found: "subprocess.CompletedProcess[bytes]") -> str:
    return found.stdout.decode(errors="replace")


def _refused(message: str, hint: str | None = None) -> InputError:
    return InputError(Finding("git", message, Place(OPTION, 1, 1, ""), hint))
