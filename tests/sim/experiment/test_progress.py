"""Progress: time left on a terminal, one line elsewhere, nothing when quiet."""

import io

import pytest

from sim.experiment import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def work(stream: io.StringIO, quiet: bool = False, lang: str = "en") -> str:
    clock = Clock()
    progress = Progress(stream, quiet=quiet, lang=lang, clock=clock)
    for done, clock.now in ((1, 30.0), (2, 60.0), (40, 1200.0)):
        progress(done, 40)
    progress.close()
    return stream.getvalue()


def test_on_a_terminal() -> None:
    lines = [line.rstrip() for line in work(Terminal()).split("\r")]
    assert lines == [
        "",
        "1 of 40 runs, about 20 min left",
        "2 of 40 runs, about 19 min left",
        "40 of 40 runs",
        "40 runs in 20 min",
    ]


def test_a_shorter_line_covers_a_longer_one() -> None:
    written = work(Terminal()).split("\r")
    assert len(written[3]) >= len(written[2])


def test_elsewhere() -> None:
    assert work(io.StringIO(), lang="nb") == "40 kjøringer på 20 min\n"


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_quiet(stream: io.StringIO) -> None:
    assert work(stream, quiet=True) == ""


def test_nothing_done_nothing_said() -> None:
    stream = io.StringIO()
    Progress(stream).close()
    assert stream.getvalue() == ""


@pytest.mark.parametrize(("lang", "said"), [("nb", "1 kjøring på 1,8 t\n"), ("en", "1 run in 1.8 h\n")])
def test_one_run_of_hours(lang: str, said: str) -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, lang=lang, clock=clock)
    clock.now = 6480.0
    progress(1, 1)
    progress.close()
    assert stream.getvalue() == said
