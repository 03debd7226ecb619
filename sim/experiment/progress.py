"""How far the work has come, on stderr."""

import time
from collections.abc import Callable
from typing import TextIO

_WORDS = {
    "nb": ("{done} av {total} kjøringer", "om lag {left} igjen", "{done} {runs} på {spent}", "{n} s", "{n} min", "{n} t"),
    "en": ("{done} of {total} runs", "about {left} left", "{done} {runs} in {spent}", "{n} s", "{n} min", "{n} h"),
}
_RUNS = {"nb": ("kjøring", "kjøringer"), "en": ("run", "runs")}


class Progress:
    """Tells runs done and time left: a line that renews itself on a terminal, one line at the end elsewhere.

    Parameters
    ----------
    stream : text file
        Where to write, usually stderr.
    quiet : bool
        Write nothing.
    lang : {'nb', 'en'}
    clock : callable, optional
        Seconds; for tests.
    """

    def __init__(
        self, stream: TextIO, *, quiet: bool = False, lang: str = "nb", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream, self._quiet, self._clock = stream, quiet, clock
        self._runs, self._left, self._end, *self._units = _WORDS[lang]
        self._lang = lang
        self._started = clock()
        self._live = stream.isatty() and not quiet
        self._done, self._shown = 0, 0

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` runs are finished."""
        self._done = done
        if not self._live:
            return
        spent = self._clock() - self._started
        line = self._runs.format(done=done, total=total)
        if done < total:
            line += ", " + self._left.format(left=self._duration(spent / done * (total - done)))
        self._show(line)

    def close(self) -> None:
        """Say how much was done in what time; nothing if nothing was."""
        if self._quiet or not self._done:
            return
        spent = self._duration(self._clock() - self._started)
        self._show(self._end.format(done=self._done, runs=_RUNS[self._lang][self._done != 1], spent=spent))
        self._stream.write("\n")
        self._stream.flush()

    def _show(self, line: str) -> None:
        start = "\r" if self._live else ""
        self._stream.write(start + line + " " * (self._shown - len(line)))
        self._stream.flush()
        self._shown = len(line) if self._live else 0

    def _duration(self, seconds: float) -> str:
        second, minute, hour = self._units
        if seconds < 90:
            return second.format(n=round(seconds))
        if seconds < 5400:
            return minute.format(n=round(seconds / 60))
        hours = str(round(seconds / 3600, 1))
        return hour.format(n=hours.replace(".", ",") if self._lang == "nb" else hours)
