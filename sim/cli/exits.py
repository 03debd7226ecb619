"""From what went wrong to what the user reads and which exit code a script sees."""

import functools
import io
import os
import sys
import traceback
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import NoReturn, ParamSpec

import typer

from rules.reading import InputError, Say
from sim.cli.language import INTERRUPTED, default_language
from sim.cli.speech import speaker
from sim.experiment.cluster import ClusterError
from sim.results.errors import ResultsError

P = ParamSpec("P")

EVIDENCE = Path("boligtrapp-evidence.txt")


class Code(IntEnum):
    """The exit codes."""

    FINE = 0
    FAILED = 1
    INVALID_INPUT = 2
    PRECISION_NOT_REACHED = 3
    BROKEN_INVARIANT = 4
    INTERRUPTED = 130


def command(function: Callable[P, int | None]) -> Callable[P, None]:
    """Make a function a command: what it returns is its exit code, and its user never meets a traceback for bad input."""

    @functools.wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        lang = str(kwargs.get("lang") or default_language())
        say = speaker(lang)
        try:
            code = function(*args, **kwargs) or Code.FINE
            flush()
        except InputError as error:
            leave(error.render(say), Code.INVALID_INPUT)
        except (ResultsError, ClusterError) as error:
            leave(say(str(error)), Code.INVALID_INPUT)
        except KeyboardInterrupt:
            leave(INTERRUPTED[lang], Code.INTERRUPTED)
        except BrokenPipeError:
            raise  # a reader such as `head` has gone; the application leaves quietly
        except OSError as error:
            leave(cannot_write(error, say), Code.INVALID_INPUT)
        except Exception as error:
            if not _is_broken_invariant(error):
                raise
            _keep_evidence(error)
            about = "\n".join([say(f"The model got into a state that cannot be: {error}"), *_notes(error)])
            fault = say(f"This is a fault of the program, not of your input; the evidence is kept in {EVIDENCE}.")
            leave(f"{about}\n{fault}", Code.BROKEN_INVARIANT)
        raise typer.Exit(int(code))

    return guarded


def flush() -> None:
    """Write what is printed to its end, so that a full disk is told as a mistake, and not when Python leaves."""
    try:
        sys.stdout.flush()
    except OSError:
        # What cannot be written would be tried again, and fail again, when Python leaves.
        sys.stdout = io.StringIO()
        raise


def cannot_write(error: OSError, say: Say) -> str:
    """Say which file the system refused, and why."""
    reason = error.strerror or str(error)
    if error.filename is None:
        return say(f"The output cannot be written ({reason})")
    return say(f"{os.fspath(error.filename)}: cannot be read or written ({reason})")


def leave(message: str, code: Code) -> NoReturn:
    """Print a message on stderr, if there is one, and leave."""
    if message:
        sys.stderr.write(message + "\n")
    raise typer.Exit(int(code)) from None


def _is_broken_invariant(error: Exception) -> bool:
    # Asked only when something is wrong: the world is not loaded for a mere --help.
    from sim.world.invariants import InvariantError

    return isinstance(error, InvariantError)


def _notes(error: Exception) -> list[str]:
    return list(getattr(error, "__notes__", ()))


def _keep_evidence(error: Exception) -> None:
    lines = [*getattr(error, "evidence", ()), "", *traceback.format_exception(error), "", " ".join(sys.argv)]
    EVIDENCE.write_text("\n".join(lines) + "\n", encoding="utf-8")
