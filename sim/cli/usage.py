"""Help, and errors in the command itself, in the language of whoever reads them.

Typer makes both in English. What it takes from us (help texts) is put in Norwegian before it writes, and what is its own
(headings, errors) line by line after.
"""

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from rules.reading import Say, in_english
from sim.cli.exits import Code, cannot_write, flush, leave
from sim.cli.language import INTERRUPTED, spoken_language, usage_language
from sim.cli.speech import speaker

#: What Typer raises for every mistake in the command line; it gives no public name to it.
_Refusal: Any = next(of for of in typer.BadParameter.__mro__ if of.__name__ == "ClickException")


class Command(TyperCommand):
    """A command whose help is in the language of the application."""

    def get_help(self, ctx: Any) -> str:
        """Give the help text."""
        return by_line(super().get_help(ctx), ctx.find_root().command.say)


class Application(TyperGroup):
    """All commands, and the one place that the process leaves by.

    Attributes
    ----------
    say : callable
        The language of help and of errors in the command line; chosen anew by each `main`.
    """

    say: Say = staticmethod(in_english)

    def get_help(self, ctx: Any) -> str:
        """Give the help text."""
        return by_line(super().get_help(ctx), self.say)

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, *, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run a command, and leave with its exit code: 2 for a mistake, in words and never as a traceback."""
        written = list(sys.argv[1:] if args is None else args)
        words = _command_first(written)
        self.say = speaker(usage_language(written))
        with self._spoken():
            try:
                code = super().main(words, prog_name, standalone_mode=False, **extra)
                flush()
            except _Refusal as refusal:
                if not standalone_mode:
                    raise
                text = io.StringIO()
                refusal.show(text)
                if type(refusal).__name__ == "NoSuchOption" and getattr(refusal.ctx, "command", None) is self:
                    text.write("Options stand after the command.\n")
                sys.stderr.write(by_line(text.getvalue(), self.say))
                sys.exit(refusal.exit_code)
            except BrokenPipeError:
                # A reader such as `head` has gone: nobody is left to tell.
                sys.stdout = sys.stderr = io.StringIO()
                sys.exit(Code.FAILED)
            except OSError as error:
                sys.stderr.write(cannot_write(error, self.say) + "\n")
                sys.exit(Code.INVALID_INPUT)
        if standalone_mode:
            sys.exit(code or 0)
        return code

    def invoke(self, ctx: Any) -> Any:
        """Read the options of a command and run it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:  # between the commands' own care for it
            leave(INTERRUPTED[spoken_language(sys.argv[1:])], Code.INTERRUPTED)

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        """Hold our help texts in the language."""
        commands: list[Any] = [self, *self.commands.values()]
        held = [of for command in commands for of in (command, *command.params) if getattr(of, "help", None)]
        before = [of.help for of in held]
        for of in held:
            of.help = self.say(of.help)
        try:
            yield
        finally:
            for of, text in zip(held, before, strict=True):
                of.help = text


def _command_first(words: list[str]) -> list[str]:
    """Move a `--lang` that stands before the command behind it, where it is read; before `--help` it has done its work."""
    for number, word in enumerate(words):
        if not word.startswith("-"):
            break
        if word == "--lang" or word.startswith("--lang="):
            end = number + 1 + (word == "--lang")
            asked, rest = words[number:end], words[:number] + words[end:]
            return [*rest, *asked] if any(not one.startswith("-") for one in rest) else rest
    return words


def by_line(text: str, say: Say) -> str:
    """Say a text line by line; what stands before a line, and after two spaces in it, is left as it is."""
    return "\n".join(_line(line, say) for line in text.split("\n"))


def _line(line: str, say: Say) -> str:
    bare = line.strip()
    said = say(bare)
    if said == bare:  # an option with its help: only what Typer adds in brackets is its own
        for english in ("[required]", "Show this message and exit.", "[default:"):
            said = said.replace(english, say(english))
    return line[: len(line) - len(line.lstrip())] + said if bare else line
