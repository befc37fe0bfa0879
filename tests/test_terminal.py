"""What people read fits the screen, and nothing that an article holds can drive it."""

from __future__ import annotations

import io
import re
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import extract
from quotes.terminal import Messages, TableWriter, printable, shorten

TEXT = '“Fine,” said Ada Brink, mayor of Åby.\n\nLater, "What of the \x1b[31mred\x07?” Brink asked…\n'
ESCAPE = "\x1b"


def row(**fields: Any) -> dict[str, Any]:
    return {**extract("“Fine,” said Ada Brink.", doc_id="news")[0], **fields}


def printed(*rows: dict[str, Any], encoding: str = "utf-8") -> str:
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding=encoding, newline="")
    writer = TableWriter(stream)
    writer.write(rows)
    writer.finish()
    stream.flush()
    return buffer.getvalue().decode(encoding)


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "120")


class TestTable:
    def test_says_who_said_what_and_how_sure_it_is(self) -> None:
        text = printed(row(title="mayor", confidence=0.876, needs_review=True, review_reason="two fit"))
        for words in ("news", "Ada Brink", "mayor", "“Fine,”", "said", "0.88", "two fit"):
            assert words in text

    def test_unclosed_quotation_shows_no_closing_mark(self) -> None:
        assert "“Fine, " in printed(row(close_mark=""))

    def test_nobody_and_no_cue(self) -> None:
        text = printed(row(speaker=None, title=None, cue=None, method="no-source"))
        assert "(nobody named)" in text
        assert "(no source)" in text

    def test_no_rows_no_table(self) -> None:
        assert printed() == ""

    def test_numbers_go_on_over_documents(self) -> None:
        stream = io.StringIO()
        writer = TableWriter(stream)
        writer.write([row(), row()])
        writer.write([row(doc_id="other")])
        assert re.findall(r"^ (\d+) ", stream.getvalue(), re.M) == ["1", "2", "3"]
        assert "other" in stream.getvalue()

    @pytest.mark.parametrize("width", [20, 40, 59, 60, 80, 109, 110, 200])
    def test_fits_the_width(self, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
        monkeypatch.setenv("COLUMNS", str(width))
        long = row(quote="word " * 50, speaker="Wolfeschlegelsteinhausenbergerdorff" * 2, review_reason="why " * 30)
        assert max(map(len, printed(long).splitlines())) <= width

    def test_ascii_where_the_screen_has_no_more(self) -> None:
        text = printed(row(quote="“naïve” – so…", speaker="Åsa"), encoding="ascii")
        assert "-" * 20 in text
        assert '"na\\xefve" - so...' in text
        assert "\\xc5sa" in text

    def test_what_looks_like_markup_is_text(self) -> None:
        assert "[bold]mayor[/] :smile:" in printed(row(title="[bold]mayor[/] :smile:"))

    def test_no_escape_sequence_gets_through(self) -> None:
        assert ESCAPE not in printed(*extract(TEXT, doc_id="a\x1b[31mb"))

    @pytest.mark.parametrize(("no_color", "styled"), [("1", False), ("", True)])
    def test_no_color(self, monkeypatch: pytest.MonkeyPatch, no_color: str, styled: bool) -> None:
        class Screen(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.setenv("NO_COLOR", no_color)
        monkeypatch.setenv("TERM", "xterm-256color")
        stream = Screen()
        TableWriter(stream).write([row()])
        assert (ESCAPE in stream.getvalue()) is styled


class TestShorten:
    def test_short_words_stay(self) -> None:
        assert shorten("a  b\nc") == "a b c"

    def test_long_words_keep_start_and_end(self) -> None:
        words = " ".join(f"word{i}" for i in range(100))
        short = shorten(words)
        assert short.startswith("word0 word1 ")
        assert short.endswith(" word99")
        head, tail = short.split(" […] ")
        assert head in words
        assert tail in words

    @given(st.text(max_size=600))
    def test_never_longer(self, words: str) -> None:
        assert len(shorten(words)) <= len(words)


class TestPrintable:
    @given(st.text(), st.sampled_from(["utf-8", "ascii", "cp1252", "latin-1"]))
    def test_one_safe_line(self, words: str, encoding: str) -> None:
        line = printable(words, encoding)
        line.encode(encoding)
        assert len(line.splitlines()) <= 1
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line)

    def test_words_stay(self) -> None:
        assert printable("naïve “words” 漢字") == "naïve “words” 漢字"


class TestMessages:
    def test_loudness(self, capsys: pytest.CaptureFixture[str]) -> None:
        for quiet, verbose, said in (
            (False, False, ["quotes: e", "r"]),
            (False, True, ["quotes: e", "r", "n"]),
            (True, False, ["quotes: e"]),
            (True, True, ["quotes: e"]),
        ):
            messages = Messages(quiet=quiet, verbose=verbose)
            messages.error("e")
            messages.result("r")
            messages.note("n")
            out, err = capsys.readouterr()
            assert (out, err.splitlines()) == ("", said)

    def test_traceback_only_when_asked(self, capsys: pytest.CaptureFixture[str]) -> None:
        for verbose in (False, True):
            try:
                raise ValueError("odd\nerror")
            except ValueError as error:
                Messages(verbose=verbose).unexpected(error, "a.txt")
            said = capsys.readouterr().err
            assert said.startswith("quotes: a.txt: unexpected error: ValueError: odd error")
            assert ("Traceback" in said) is verbose
            assert (len(said.splitlines()) > 1) is verbose

    def test_no_bar_off_a_terminal(self, capsys: pytest.CaptureFixture[str]) -> None:
        with Messages().progress(5) as advance:
            advance()
        assert capsys.readouterr().err == ""

    @pytest.mark.parametrize(("total", "quiet", "shown"), [(5, False, True), (1, False, False), (5, True, False)])
    def test_bar_on_a_terminal(self, monkeypatch: pytest.MonkeyPatch, total: int, quiet: bool, shown: bool) -> None:
        class Screen(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.setenv("TERM", "xterm-256color")
        screen = Screen()
        monkeypatch.setattr(sys, "stderr", screen)
        messages = Messages(quiet=quiet)
        with messages.progress(total) as advance:
            messages.error("in between")
            advance()
        said = screen.getvalue()
        assert ("extracting" in said) is shown
        assert "quotes: in between\n" in said
