"""The kind of a file by its name and how it begins; what is none is said, with what to do about it."""

from __future__ import annotations

import io
import zipfile

import pytest

from quotes.errors import InputError
from quotes.readers.kinds import KINDS, kind_of


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


def kind(name: str, data: bytes) -> str:
    return kind_of(name, data[:64], io.BytesIO(data)).name


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"x", "txt"),
        ("a", b"x", "txt"),
        ("a.log", b"x", "txt"),
        ("a.MD", b"x", "md"),
        ("a.htm", b"<p>x", "html"),
        ("a.txt", b"\xef\xbb\xbf\n<!DOCTYPE html>", "html"),
        ("standard input", b"<html>", "html"),
        ("page", b"<!-- saved from url=(0031)https://sound.test/ -->\n<html>", "html"),
        ("page", b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a -->\n<!DOCTYPE html>", "html"),
        ("page", b"<?xml version='1.0'?><rss>", "txt"),
        ("page", "\ufeff<!doctype html>".encode("utf-16-le"), "html"),
        *((name, b"<%s>x" % tag, "html") for name in ("a.txt", "a") for tag in (b"head", b"BODY", b"main", b"h1")),
        ("a.txt", b'<article class="x">', "html"),
        ("a.txt", b"<div\n>", "html"),
        ("a.txt", b"<p>x</p>", "html"),
        ("a.txt", b"<section>", "html"),
        ("a.txt", b"<Paul> hello", "txt"),
        ("a.txt", b"<3 she wrote", "txt"),
        ("a.txt", b"<!-- a note", "txt"),
        ("a.txt", b"<p. 4> said", "txt"),
        ("a.md", b"<div align=center>", "md"),
        ("a.json", b"[]", "json"),
        ("a.txt", b"%PDF-1.7", "pdf"),
        ("a.html", b"%PDF-1.7", "pdf"),
        ("a.csv", b"id,text", "csv"),
        ("a.csv", b"<html>", "csv"),
        ("a.parquet", b"PAR1", "parquet"),
        ("a.csv.gz", b"\x1f\x8b\x08", "gz"),
        ("a.zip", zipped("a.txt"), "zip"),
        ("a.zip", zipped("word/document.xml"), "docx"),
        ("a.docx", zipped("word/document.xml"), "docx"),
        ("a.xlsx", zipped("xl/workbook.xml"), "xlsx"),
        ("standard input", zipped("xl/workbook.xml"), "xlsx"),
        ("a.zip", zipped(), "zip"),
    ],
)
def test_kinds(name: str, data: bytes, expected: str) -> None:
    assert kind(name, data) == expected


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"x", "is no pdf file"),
        ("a.docx", b"plain", "is no docx file"),
        ("a.docx", zipped("a.txt"), "is no docx file: it lacks the parts of one"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "old or password-protected office document"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("a.odt", zipped("content.xml"), "OpenDocument"),
        ("a.pptx", zipped("ppt/presentation.xml"), "a presentation"),
        ("a.epub", zipped("META-INF/container.xml"), "an e-book"),
        ("a.rtf", b"{\\rtf1", "rich-text"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "unpack it first"),
        ("a.db", b"SQLite format 3\0", "database"),
        ("a.zip", zipped("a.txt")[:30], "is a damaged zip file"),
        ("a.docx", zipped("word/document.xml")[:30], "is a damaged docx file"),
        ("a.gz", b"x", "is no gz file"),
    ],
)
def test_what_is_none(name: str, data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        kind(name, data)


def test_extensions_are_told_apart() -> None:
    extensions = [extension for known in KINDS.values() for extension in known.extensions]
    assert len(set(extensions)) == len(extensions)
    assert all(extension.startswith(".") and extension == extension.lower() for extension in extensions)
