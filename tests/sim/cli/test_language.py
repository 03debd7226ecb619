"""Norwegian and English: which is spoken when, and that what our rooms say has a Norwegian form."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.app import app
from sim.cli.language import default_language, spoken_language, usage_language
from sim.cli.speech import Catalogue, files, forms, speaker

ROOT = Path(__file__).parents[3]
GAP = re.compile(r"\{[A-Za-z]+\}")


def call(*words: str, **environ: str) -> Any:
    cleared = dict.fromkeys(("LC_ALL", "LC_MESSAGES", "LANG", "BOLIGTRAPP_LANG"), "")
    return CliRunner().invoke(app, [*words], env={**cleared, **environ})


class TestCatalogue:
    nb = Catalogue(
        {"{PATH} should be {expected}": "{PATH} skal være {expected}", "Error: {message}": "Feil: {message}", "gone": "borte"},
        {"{one} or {other}": "{one} eller {other}", "a list": "en liste", "a number": "et tall", "gone": "vekk"},
    )

    def test_values_are_kept_and_phrases_are_said(self) -> None:
        assert self.nb.say("a list should be a list or a number") == "a list skal være en liste eller et tall"

    def test_a_phrase_is_no_message_and_a_message_may_hold_one(self) -> None:
        assert self.nb.say("a list or a number") == "a list or a number"
        assert self.nb.say("Error: gone") == "Feil: borte"
        assert self.nb.say("Error: this or that") == "Feil: this or that"

    def test_what_has_no_form_stays(self) -> None:
        assert self.nb.say("x{y}\\1") == "x{y}\\1"
        assert self.nb.say("{PATH} should be {expected}") == "{PATH} skal være {expected}"


def test_no_form_has_a_gap_that_nothing_fills() -> None:
    for file in files():
        for form, said in forms(file).items():
            assert set(GAP.findall(said)) <= set(GAP.findall(form)), form
            assert said.strip(), form


class TestWhichLanguage:
    @pytest.mark.parametrize(
        ("words", "environ", "results", "usage"),
        [
            ([], {}, "nb", "en"),
            ([], {"LANG": "nb_NO.UTF-8"}, "nb", "nb"),
            ([], {"LANG": "en_GB.UTF-8"}, "nb", "en"),
            ([], {"LC_ALL": "C", "LANG": "nb_NO"}, "nb", "en"),
            ([], {"BOLIGTRAPP_LANG": "en", "LANG": "nb_NO"}, "en", "en"),
            ([], {"BOLIGTRAPP_LANG": "nb"}, "nb", "nb"),
            (["run", "--lang", "en"], {"BOLIGTRAPP_LANG": "nb"}, "en", "en"),
            (["run", "--lang=nb"], {}, "nb", "nb"),
            (["run", "--lang"], {}, "nb", "en"),
            (["run", "--lang", "fr"], {}, "nb", "en"),
        ],
    )
    def test_asked_for_then_variable_then_machine(
        self, words: list[str], environ: dict[str, str], results: str, usage: str
    ) -> None:
        assert (spoken_language(words, environ), usage_language(words, environ)) == (results, usage)
        if not words:
            assert default_language(environ) == results

    def test_the_variable_reaches_the_commands(self) -> None:
        assert "there is no such file" in call("check", "none.yaml", BOLIGTRAPP_LANG="en").stderr
        assert "det er ingen slik fil" in call("check", "none.yaml").stderr


class TestHelp:
    def test_of_all_commands(self) -> None:
        english, norwegian = call("--help"), call("--help", "--lang", "nb")
        assert "Compare policies with a baseline" in english.stdout
        assert "Sammenlign tiltak med et grunnlag" in norwegian.stdout
        assert "Kommandoer:" in norwegian.stdout and "Options:" not in norwegian.stdout
        assert call("--lang", "nb", "--help").stdout == norwegian.stdout
        assert call("--help", LANG="nb_NO.UTF-8").stdout == norwegian.stdout
        assert call("--help").stdout == english.stdout, "the language does not stick"

    @pytest.mark.parametrize("command", ["run", "compare", "check", "test", "show", "schema", "explain"])
    def test_of_a_command(self, command: str) -> None:
        text = call(command, "--help", "--lang", "nb").stdout
        assert "Bruk: " in text and "Vis denne hjelpen." in text
        assert not re.search(r"Usage:|Options:|Arguments:|\[default|\[required|Show this message", text)

    def test_language_before_the_command(self) -> None:
        assert "det er ingen slik fil" in call("--lang", "nb", "check", "none.yaml").stderr

    def test_explain_shows_where_ids_are_found(self) -> None:
        for lang, says in (("nb", "Numre og id-er står i resultatmappen"), ("en", "Numbers and ids stand in the results folder")):
            text = call("explain", "--help", "--lang", lang).stdout
            assert says in text and "--household waiting-mental/15" in text and "decisions.parquet" in text


class TestUsage:
    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (["rnu"], "Feil: det er ingen kommando «rnu»; mente du «run»?"),
            (["run"], "Feil: argumentet SCENARIO mangler"),
            (["run", "x", "--replications", "0"], "'0' er ikke et helt tall fra 1 til 1000000"),
            (["run", "x", "--years", "0"], "Feil: ugyldig verdi for --years: "),
            (["run", "x", "--set", "a"], "'a' er ikke på formen STI=VERDI"),
            (["explain", "x"], "Feil: oppgi nøyaktig én av --decision, --dwelling og --household"),
        ],
    )
    def test_in_norwegian(self, words: list[str], says: str) -> None:
        result = call(*words, BOLIGTRAPP_LANG="nb")
        assert result.exit_code == 2
        assert says in result.stderr
        assert "Usage" not in result.stderr and "Error" not in result.stderr

    def test_options_before_the_command(self) -> None:
        result = call("--seed", "3", "run", "x")
        assert result.exit_code == 2
        assert "Options stand after the command." in result.stderr


#: Commands whose help is in Norwegian too; of others, what has no form is told in English.
COMMANDS = ("run", "compare", "check", "test", "show", "diff", "schema", "explain")
#: Room -> the least share of its messages that has a Norwegian form; what has none is said in English.
ROOMS = {"rules/reading": 1.0, "sim/scenario": 0.9, "rules/language": 0.9, "sim/cli": 0.7}
MAKERS = ("fail", "_find", "Finding", "QuantityError", "ResultsError")


def made(file: Path) -> Iterator[str]:
    """Messages that a file makes where it calls one of the makers; values are put in as in an f-string."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
            for argument in node.args:
                text = as_made(argument)
                if text and " " in text.strip():
                    yield text


def as_made(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
    return None


@pytest.mark.parametrize("room", ROOMS)
def test_messages_have_a_form(room: str) -> None:
    say = speaker("nb")
    texts = {text for file in sorted((ROOT / room).glob("*.py")) for text in made(file)}
    without = sorted(text for text in texts if say(text) == text)
    assert texts
    assert len(without) <= (1 - ROOMS[room]) * len(texts), without


def test_help_texts_have_a_form() -> None:
    group: Any = typer.main.get_command(app)
    say = speaker("nb")
    commands = [group, *(group.commands[name] for name in COMMANDS)]
    held = [of for command in commands for of in (command, *command.params)]
    texts = {of.help for of in held if getattr(of, "help", None)}
    without = sorted(text for text in texts if say(text) == text)
    assert len(without) <= 0.1 * len(texts), without
