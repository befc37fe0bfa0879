"""Cells become text: paragraphs of lists, words of HTML, never what Python shows of a value."""

from __future__ import annotations

import datetime
import importlib
import io
from decimal import Decimal
from typing import Any

import pytest

from quotes.readers.base import Options
from quotes.readers.cells import fact, text
from quotes.readers.tables import read


class Heard(list[str]):
    """A listener that remembers what it was told."""

    def error(self, words: object) -> None:
        raise AssertionError(words)

    def unexpected(self, error: Exception, where: str = "") -> None:
        raise error

    def result(self, words: str) -> None:
        self.append(words)

    def note(self, words: str) -> None:
        raise AssertionError(words)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", "a"),
        (7, "7"),
        (7.0, "7"),
        (7.5, "7.5"),
        (None, ""),
        (float("nan"), ""),
        (True, ""),
        (b"a", ""),
        (datetime.date(2026, 1, 2), ""),
        ({"text": "a"}, ""),
        (["a", "b, c", None], "a\n\nb, c"),
        (("a", "b"), "a\n\nb"),
        ([{"text": "a"}, {"content": "b"}, {"value": "c"}, "d"], "a\n\nb\n\nc\n\nd"),
        ([{"text": "a"}, {"picture": "b"}], ""),
        ([["a"], "b"], ""),
        ([], ""),
    ],
)
def test_articles(value: Any, expected: str) -> None:
    assert text(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["Ann", "Bo"], "Ann, Bo"),
        ([{"name": "Ann"}, {"id": 7}], "Ann"),
        ({"id": [7]}, ""),
        (datetime.date(2026, 1, 2), "2026-01-02"),
        (Decimal("7.50"), "7.50"),
        (Decimal("nan"), ""),
        (b"a", ""),
        (None, ""),
        (7.0, "7"),
    ],
)
def test_facts(value: Any, expected: str) -> None:
    assert fact(value) == expected


def take(*cells: str) -> tuple[list[str], Heard]:
    heard = Heard()
    data = "text\n" + "".join('"{}"\n'.format(cell.replace('"', '""')) for cell in cells)
    articles = read(io.BytesIO(data.encode()), "csv", "t", Options(text_column="text"), heard)
    return [article.text for article in articles], heard


HTML = [
    ("<p>“One,” said <b>Ann</b> &amp; Bo.</p>\n<p class='x'>Two\nthree</p>", "“One,” said Ann & Bo.\n\nTwo three"),
    ("one<br>two<br/><br />three", "one\ntwo\n\nthree"),
    ('one <a href="x">two</a>\n\nthree', "one two\n\nthree"),
    ("<div>one<script>x</script></div>", "one"),
]


@pytest.mark.parametrize(("cell", "expected"), HTML)
def test_html_is_turned_to_text(cell: str, expected: str) -> None:
    pytest.importorskip("lxml.html")
    assert take(cell)[0] == [expected]


def test_it_is_said_once_a_table() -> None:
    pytest.importorskip("lxml.html")
    found, heard = take(*(cell for cell, _ in HTML))
    assert found == [expected for _, expected in HTML]
    assert heard == ["t: column 'text' holds HTML, which is turned to text"]


@pytest.mark.parametrize("cell", ["a < b\n\nand c > d", "<Paul> hello <em", "I <3 it, <p and q>", "x <b> y"])
def test_what_is_no_html_stays(cell: str) -> None:
    assert take(cell) == ([cell], [])


def test_without_the_library_it_stays_and_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    found, heard = take(HTML[0][0], HTML[1][0])
    assert found == [HTML[0][0], HTML[1][0]]
    assert heard == ["t: column 'text' holds HTML, which stays as it is; pip install 'quotes[html]' reads it"]
