import pickle

from rules.reading import Finding, InputError, Place, closest

LINE = "Bærum: {hjem: 3}"


def test_renders_place_message_word_and_caret() -> None:
    finding = Finding("unknown-key", "the key 'hjem' is not known", Place("f.yaml", 7, 9, LINE), "home")
    assert finding.render() == ("f.yaml:7:9: the key 'hjem' is not known; did you mean home?\n  Bærum: {hjem: 3}\n          ^")


def test_a_hint_of_several_words_is_shown_as_it_is() -> None:
    assert Finding("x", "a tab", None, "use spaces").render() == "a tab; use spaces"


def test_a_warning_says_so() -> None:
    place = Place("f.yaml", 1, 1, "")
    assert Finding("x", "odd", place, severity="warning").render() == "f.yaml:1:1: warning: odd"


def test_the_caret_stands_under_its_character_in_long_lines_and_after_tabs() -> None:
    for text, column in (("a" * 300 + "X" + "b" * 300, 301), ("\tX", 2), ("X" + "b" * 500, 1), ("a" * 109 + "X", 110)):
        source, caret = Finding("x", "m", Place("f", 1, column, text)).render().splitlines()[1:]
        assert source[caret.index("^")] == "X"
        assert len(source) < 120


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in Finding("x", "m", Place("f", 1, 1, "a\x1b[31m")).render()


def test_an_error_crosses_processes_with_its_findings() -> None:
    error = InputError(Finding("a", "first", Place("f", 1, 2, "x")), Finding("b", "second"))
    again = pickle.loads(pickle.dumps(error))
    assert again.findings == error.findings
    assert str(again) == str(error)
    assert "first" in str(error)
    assert "second" in str(error)


def test_closest_minds_neither_case_nor_dashes_and_does_not_guess_wildly() -> None:
    assert closest("Home-Step", ["home_step", "age"]) == "home_step"
    assert closest("yeras", ["years", "days"]) == "years"
    assert closest("zebra", ["home_step", "age"]) is None
    assert closest("x", []) is None
