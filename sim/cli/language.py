"""In which language a process speaks, before and beside `--lang`."""

import os
from collections.abc import Mapping, Sequence
from itertools import pairwise

#: Chooses the language where `--lang` does not.
VARIABLE = "BOLIGTRAPP_LANG"

#: Said when the work is broken off before there is anything to keep.
INTERRUPTED = {"nb": "Avbrutt: ingenting ble ferdig.", "en": "Interrupted: nothing was finished."}

_KNOWN = ("nb", "en")
_NORWEGIAN = ("nb", "nn", "no")


def default_language(environ: Mapping[str, str] = os.environ) -> str:
    """Give the language of results and findings when `--lang` is not given: that of the variable, or Norwegian."""
    found = environ.get(VARIABLE, "")
    return found if found in _KNOWN else "nb"


def spoken_language(words: Sequence[str], environ: Mapping[str, str] = os.environ) -> str:
    """Give the language of results and findings for a command line whose options have not been read yet."""
    return _asked(words) or default_language(environ)


def usage_language(words: Sequence[str], environ: Mapping[str, str] = os.environ) -> str:
    """Give the language of help and of errors in the command itself, which are told before the options are read.

    Parameters
    ----------
    words : sequence of str
        The command line, without the program: `--lang` in it counts first, wherever it stands.
    environ : mapping of str to str, optional
        Then the variable, then the language of the machine (``LC_ALL``, ``LC_MESSAGES``, ``LANG``).

    Returns
    -------
    {'nb', 'en'}
        English where nothing says Norwegian.
    """
    if asked := _asked(words):
        return asked
    if environ.get(VARIABLE) in _KNOWN:
        return environ[VARIABLE]
    machine = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(name))), "")
    return "nb" if machine.partition("_")[0].partition(".")[0] in _NORWEGIAN else "en"


def _asked(words: Sequence[str]) -> str:
    """Give the language after `--lang`, or nothing."""
    found = [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    found += [after for word, after in pairwise(words) if word == "--lang"]
    return next((one for one in found if one in _KNOWN), "")
