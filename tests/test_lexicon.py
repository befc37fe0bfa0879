"""The word lists: each says what belongs in it and keeps to that, and the loader tells where one does not."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from quotes import lexicon
from quotes.errors import LexiconError

LISTS = sorted(path.name.removesuffix(".txt") for path in files(lexicon).iterdir() if path.name.endswith(".txt"))
OF_WORDS = [name for name in LISTS if "# columns: word" in files(lexicon).joinpath(f"{name}.txt").read_text("utf-8")]

Write = Callable[[str], str]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Write:
    """Return a function that writes a word list and returns its name."""
    monkeypatch.setattr(lexicon, "files", lambda _package: tmp_path)
    name = request.node.name  # the loader keeps what it has read, by name

    def write(content: str) -> str:
        (tmp_path / f"{name}.txt").write_bytes(content.encode())
        return name

    return write


@pytest.mark.parametrize(
    ("content", "entries"),
    [
        pytest.param("# Words.\n# columns: word\na\nb\n", (("a",), ("b",)), id="one column"),
        pytest.param("# Words.\na\n", (("a",),), id="one column, not declared"),
        pytest.param(
            "# Words.\n# columns: word, use\na\tsay\na\tcall\n", (("a", "say"), ("a", "call")), id="two columns"
        ),
        pytest.param("# Words.\n\na\n\n# a remark\nb", (("a",), ("b",)), id="empty lines and remarks"),
        pytest.param("# Words.\r\na\r\n", (("a",),), id="carriage returns"),
        pytest.param("# Words.\nb c\né\n“\n", (("b c",), ("é",), ("“",)), id="spaces inside and other alphabets"),
        pytest.param("# Words.\nb\na\n", (("b",), ("a",)), id="file order"),
        pytest.param("# Nothing yet.\n", (), id="no entries"),
    ],
)
def test_a_sound_list(content: str, entries: tuple[tuple[str, ...], ...], write: Write) -> None:
    name = write(content)
    assert lexicon.table(name) == entries
    assert lexicon.words(name) == {entry[0] for entry in entries}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("", "first line must say", id="empty"),
        pytest.param("a\nb\n", "first line must say", id="no header"),
        pytest.param("#\na\n", "first line must say", id="an empty header"),
        pytest.param("\n# Words.\na\n", "first line must say", id="a header further down"),
        pytest.param("# Words.\na\nb\na\n", ".txt:4: 'a' stands in the list twice", id="a double entry"),
        pytest.param("# Words.\na\tsay\n", ".txt:2: expected 1 tab", id="a field too many"),
        pytest.param("# Words.\n# columns: word, use\na\tsay\nb\n", ".txt:4: expected 2 tab", id="a field too few"),
        pytest.param("# Words.\na \n", ".txt:2: expected 1 tab", id="a space at the end"),
        pytest.param("# Words.\n# columns: word, use\na\t say\n", ".txt:3: expected 2 tab", id="a space inside"),
    ],
)
def test_a_broken_list_is_named_with_the_line(content: str, message: str, write: Write) -> None:
    name = write(content)
    with pytest.raises(LexiconError) as caught:
        lexicon.table(name)
    assert message in str(caught.value)
    assert f"{name}.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_list_that_is_not_there() -> None:
    with pytest.raises(LexiconError, match="no word list named 'sea_shanties'"):
        lexicon.table("sea_shanties")


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_of_the_package_are_sound(name: str) -> None:
    entries = lexicon.table(name)
    assert entries
    assert all(all(entry) for entry in entries), "an empty field"
    assert lexicon.words(name) == {entry[0] for entry in entries}


@pytest.mark.parametrize("name", OF_WORDS)
def test_words_are_in_lower_case(name: str) -> None:
    assert [word for word in lexicon.words(name) if word != word.lower()] == []


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("reporting_verbs", "say"),
        ("honorifics", "mr"),
        ("role_nouns", "senator"),
        ("abbreviations", "inc"),
        ("elisions", "tis"),
        ("quotation_marks", "“"),
        ("function_words", "the"),
    ],
)
def test_words_that_everyone_would_look_for(name: str, word: str) -> None:
    assert word in lexicon.words(name)
