"""Bytes become the text that they are, in the order of proof; what is no text is one line that says what to do."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.encodings import check, decode, of_stream
from quotes.errors import InputError, UsageError

TEXT = "One “word”\r\nand\ranother\n\u2028\x0b\x0c\x85 end"
ENGLISH = "“We leave at dawn,” said Ada Holt – the harbour’s master. “It’s late.” The café was closed.\n"
POLISH = "„Wyjeżdżamy o świcie” – powiedział Paweł Wiśniewski, kierownik żeglugi. Źle się stało, że łódź zatonęła.\n"
LATIN2 = POLISH.translate({ord(char): None for char in "„”–"})
RUSSIAN = "«Мы уходим на рассвете», — сказала Анна Холт, начальник порта. Совет собрался в понедельник.\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_signatures_are_read_and_taken_off(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)).text == TEXT


def test_only_one_signature_is_taken_off() -> None:
    assert decode("\ufeff\ufeffa".encode()).text == "\ufeffa"


def test_big_endian() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")) == (TEXT, "utf-16", 0)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])).filter(lambda text: not text.startswith("\ufeff")))
def test_any_text_comes_back(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", 0)


@given(st.binary())
def test_any_bytes_are_text_or_one_line(data: bytes) -> None:
    said = ""
    try:
        decode(data)
    except InputError as error:
        said = str(error)
    assert said == "" or (said.startswith("is ") and said.isprintable())


@pytest.mark.parametrize(
    ("text", "written_in", "found"),
    [
        (ENGLISH, "windows-1252", "windows-1252"),
        ("He said “no” and left.", "windows-1252", "windows-1252"),
        (ENGLISH, "mac-roman", "mac-roman"),
        ("He said “no” and left.", "mac-roman", "mac-roman"),
        (POLISH, "windows-1250", "cp1250"),
        (RUSSIAN, "windows-1251", "cp1251"),
        (RUSSIAN.translate({0xAB: 34, 0xBB: 34, 0x2014: 45}), "koi8-r", "koi8-r"),
        ("“我们黎明出发，”港务长霍尔特说。市议会星期一开会讨论新桥的计划，没有人发言。", "gb18030", "gb18030"),
    ],
)
def test_what_does_not_say_its_encoding(text: str, written_in: str, found: str) -> None:
    assert decode(text.encode(written_in)) == (text, found, 0)


def test_bytes_that_windows_1252_leaves_undefined_lose_nothing() -> None:
    assert decode(b"He said \x93no\x94\x81.").text == "He said “no”\x81."


def test_the_callers_word_overrides_all() -> None:
    assert decode("é".encode(), encoding="latin-1") == ("Ã©", "latin-1", 0)
    assert decode(LATIN2.encode("iso-8859-2"), encoding="iso-8859-2", declared="utf-8").text == LATIN2


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        (LATIN2.encode("iso-8859-2"), "iso-8859-2", LATIN2),
        (b"He said \x93no\x94.", "iso-8859-1", "He said “no”."),
        (b"He said \x93no\x94.", "us-ascii", "He said “no”."),
        (b"He said \x93no\x94.", "utf-8", "He said “no”."),
        (b"He said \x93no\x94.", "no-such", "He said “no”."),
        ("He said “no”.".encode(), "windows-1252", "He said “no”."),
    ],
)
def test_what_a_file_declares_is_believed_where_it_can_be(data: bytes, declared: str, text: str) -> None:
    assert decode(data, declared=declared).text == text


def test_damaged_utf8_stays_utf8() -> None:
    found = decode("“Yes,” she said. “No.”".encode()[:-1] + b" \xe2!")
    assert (found.text, found.encoding, found.broken) == ("“Yes,” she said. “No.\ufffd \ufffd!", "utf-8", 2)
    assert found.warnings() == ("2 broken characters stand as U+FFFD; it is utf-8 otherwise",)
    assert decode("a\ufffdb”".encode() + b"\xe2").broken == 1


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"\xef\xbb\xbfab\xff", None, "not valid UTF-8 at byte 5; save it again as UTF-8"),
        (b"\xff\xfea\x00\x00\xd8", None, "not valid UTF-16 at byte 4; save it again as UTF-8"),
        (b"ab\xff", "utf-8", "not valid UTF-8 at byte 2; leave --encoding out"),
        (b"abc\x00def", None, "binary file"),
        (b"abc\x00def", "latin-1", "binary file"),
        ("abc".encode("utf-16-le"), None, "UTF-16 needs a byte-order mark"),
        (bytes(range(256)), None, "binary file"),
        (b"\x01\x02\x03abc", None, "binary file"),
    ],
)
def test_what_is_no_text_is_said(data: bytes, encoding: str | None, message: str) -> None:
    with pytest.raises(InputError, match=rf"^is .*{message}"):
        decode(data, encoding=encoding)


def test_a_stray_control_character_is_still_text() -> None:
    assert decode(b"He said no.\x07" * 3).text == "He said no.\x07" * 3


@pytest.mark.parametrize("name", ["no-such", "rot13", "base64", "", "a\0b"])
def test_unknown_encodings(name: str) -> None:
    with pytest.raises(UsageError, match="use one like utf-8"):
        check(name)


@pytest.mark.parametrize("name", ["utf-8", "cp1252", "Mac-Roman"])
def test_known_encodings(name: str) -> None:
    assert check(name) == name


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b"a,b\n1,2\n", "utf-8"),
        ("id,text\n1,é".encode()[:-1], "utf-8"),
        ("“ébé".encode()[:-1], "utf-8"),
        (codecs.BOM_UTF8 + b"a,b\n", "utf-8-sig"),
        ("a,b\n".encode("utf-16"), "utf-16"),
        (b"a,\x93b\x94\n", "windows-1252"),
    ],
)
def test_the_head_of_a_file_tells_its_encoding(head: bytes, encoding: str) -> None:
    assert of_stream(head) == encoding
    assert of_stream(head, encoding="koi8-r") == "koi8-r"
