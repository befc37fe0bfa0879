"""A document's text is the file's own, character by character; what is no text is one line that says what to do."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.documents import decode, read, read_stream, show
from quotes.errors import InputError

TEXT = "One “word”\r\nand\ranother\n\u2028\x0b\x0c\x85 end"


def put(folder: Path, data: bytes, name: str = "news.txt") -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def test_text_is_the_files_own(tmp_path: Path) -> None:
    document = read(put(tmp_path, TEXT.encode()))
    assert document.text == TEXT


def test_names(tmp_path: Path) -> None:
    path = put(tmp_path, b"", "a.b.txt")
    assert (read(path).doc_id, read(path).source) == ("a.b", path)
    assert read(Path(path)).source == path


@pytest.mark.parametrize("name", ["plain", ".hidden"])
def test_names_without_an_extension(tmp_path: Path, name: str) -> None:
    assert read(put(tmp_path, b"", name)).doc_id == name


def test_relative_path_stays_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, b"x")
    assert read("./news.txt").source == "./news.txt"


@pytest.mark.parametrize("text", ["", " \n\t\n ", '""“”'])
def test_nothing_much_is_a_document(tmp_path: Path, text: str) -> None:
    assert read(put(tmp_path, text.encode())).text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_signatures_are_read_and_taken_off(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "x") == TEXT


def test_only_one_signature_is_taken_off() -> None:
    assert decode("\ufeff\ufeffa".encode(), "x") == "\ufeffa"


def test_big_endian() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be"), "x") == TEXT


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"])).filter(lambda text: not text.startswith(("\ufeff", "{")))
)
def test_any_text_comes_back(text: str) -> None:
    assert decode(text.encode(), "x") == text


@given(st.binary())
def test_any_bytes_are_text_or_one_line(data: bytes) -> None:
    said = ""
    try:
        decode(data, "x")
    except InputError as error:
        said = str(error)
    assert said == "" or (said.startswith("x: is ") and said.isprintable())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"He said \x93no\x94.", r"not valid UTF-8 at byte 8; convert it first, .*iconv -f WINDOWS-1252 -t UTF-8"),
        (b"\xef\xbb\xbfab\xff", "not valid UTF-8 at byte 5"),
        (b"\xed\xa0\x80", "not valid UTF-8 at byte 0"),
        (b"\xff\xfea\x00\x00\xd8", "not valid UTF-16 at byte 4; save it again as UTF-8"),
        (b"abc\x00def", "binary file"),
        ("abc".encode("utf-16-le"), "UTF-16 needs a byte-order mark"),
        (bytes(range(256)), "binary file"),
        (b"\x01\x02\x03abc", "binary file"),
        (b"%PDF-1.7\n", "a PDF, not plain text; save its text first"),
        (b"PK\x03\x04", "an office document or ZIP archive"),
        (b"\x1f\x8b\x08", "gunzip"),
        (b"{\\rtf1", "rich-text"),
    ],
)
def test_what_is_no_text_is_said(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=rf"^news\.txt: is .*{message}"):
        decode(data, "news.txt")


def test_a_stray_control_character_is_still_text() -> None:
    assert decode(b"He said no.\x07" * 3, "x") == "He said no.\x07" * 3


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "none.txt")


def test_directory(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a directory"):
        read(tmp_path)


def test_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)  # so that it holds for root as well
    with pytest.raises(InputError, match="permission denied"):
        read(tmp_path / "x.txt")


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 5000, "a\nb.txt"])
def test_impossible_names_are_one_line(name: str) -> None:
    with pytest.raises(InputError) as caught:
        read(name)
    assert str(caught.value).isprintable()


def test_stream() -> None:
    document = read_stream(io.BytesIO(TEXT.encode()))
    assert (document.text, document.doc_id, document.source) == (TEXT, "stdin", None)


def test_stream_that_is_no_text() -> None:
    with pytest.raises(InputError, match=r"^standard input: is "):
        read_stream(io.BytesIO(b"\xff"))


@pytest.mark.parametrize(("name", "shown"), [("a b.txt", "a b.txt"), ("a\nb", r"'a\nb'"), ("\x1b[31m", r"'\x1b[31m'")])
def test_names_are_shown_on_one_line(name: str, shown: str) -> None:
    assert show(name) == shown
