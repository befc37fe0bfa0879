"""The kinds of files that can be read, in one table, and which of them a file is.

A kind is a line of `KINDS` and a module of this package. Its form says what the module's `read` is given and gives:
`text`: the decoded text, one article; `bytes`: the bytes, one article; `page`: bytes and options, one article; `table`:
the open file and options, many; `archive`: the open file and options, more files.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from quotes.errors import InputError

Form = Literal["text", "bytes", "page", "table", "archive"]

HEAD = 4096
"""Bytes of a file that its kind is told from."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file."""

    name: str
    words: str
    """What messages call a file of this kind."""
    extensions: tuple[str, ...]
    form: Form
    module: str
    """Name of the module in this package that reads it."""


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("txt", "plain text", (".txt", ".text"), "text", "plain"),
        Kind("md", "Markdown", (".md", ".markdown"), "text", "markdown"),
        Kind("html", "a web page", (".html", ".htm", ".xhtml"), "page", "html"),
        Kind("mhtml", "a web archive", (".mhtml", ".mht"), "page", "mhtml"),
        Kind("pdf", "a PDF", (".pdf",), "bytes", "pdf"),
        Kind("docx", "a Word document", (".docx",), "bytes", "docx"),
        Kind("csv", "a CSV table", (".csv",), "table", "tables"),
        Kind("tsv", "a TSV table", (".tsv", ".tab"), "table", "tables"),
        Kind("json", "JSON", (".json",), "table", "tables"),
        Kind("jsonl", "JSON Lines", (".jsonl", ".ndjson"), "table", "tables"),
        Kind("parquet", "a Parquet table", (".parquet",), "table", "tables"),
        Kind("xlsx", "an Excel workbook", (".xlsx",), "table", "tables"),
        Kind("zip", "a ZIP archive", (".zip",), "archive", "archives"),
        Kind("gz", "gzip-compressed", (".gz",), "archive", "archives"),
    )
}
"""The kinds by name."""

BY_EXTENSION: dict[str, Kind] = {extension: kind for kind in KINDS.values() for extension in kind.extensions}

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gz"),
    (b"PAR1", "parquet"),
)
"""How files of a kind begin; office documents are ZIP archives."""
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "is an old or password-protected office document; save it as .docx or .xlsx, unprotected"),
    (b"{\\rtf", "is a rich-text document; save it as .docx or plain text"),
    (b"SQLite format 3\0", "is a database, not articles; export the table that holds them as csv"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive; unpack it first"),
    (b"Rar!", "is a RAR archive; unpack it first"),
    (b"BZh", "is bzip2-compressed; unpack it first"),
    (b"\xfd7zXZ", "is xz-compressed; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "is zstd-compressed; unpack it first"),
)
"""How files begin that are none of ours, and what to do about them."""
_PARTS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("content.xml", "an OpenDocument file; save it as .docx or .xlsx"),
    ("ppt/presentation.xml", "a presentation; save it as .pdf"),
    ("META-INF/container.xml", "an e-book; save its text first"),
)
"""Members that tell what a ZIP archive really is."""
_BEFORE_PAGE = re.compile(rb"(?:\s+|<!--.*?-->|<\?xml\b[^>]*\?>)*", re.S | re.I)
"""What may stand before a page, such as where a browser saved it from."""
_PAGE = re.compile(
    rb"<!doctype\s+html\b|<(?:html|head|body|title|meta|header|main|article|section|div|p|h[1-6]|blockquote|figure|ul|ol"
    rb"|table|nav)(?=[\s>/])",
    re.I,
)
"""How a page begins, or a fragment of one."""
_CERTAIN = frozenset("pdf parquet gz zip docx xlsx".split())
"""Kinds whose files all begin in their own way: one that does not is none."""


def kind_of(name: str, head: bytes, whole: io.BufferedIOBase | None = None) -> Kind:
    """Return the kind of a file by its name and how it begins; where these disagree, its beginning decides.

    `whole` is the open file, needed to tell office documents from ZIP archives. Raises InputError, with a message that
    lacks the file's name, where it is of no kind that can be read.
    """
    extension = PurePath(name).suffix.lower()
    by_name = BY_EXTENSION.get(extension)
    for start, problem in _FOREIGN:
        if head.startswith(start):
            raise InputError(problem)
    found = next((kind for start, kind in _MAGIC if head.startswith(start)), None)
    if found == "zip":
        return _of_zip(whole, by_name)
    if found:
        return KINDS[found]
    if by_name is not None and by_name.name in _CERTAIN:
        raise InputError(f"is no {by_name.name} file, or a damaged one; save it anew")
    if by_name is None or by_name.name == "txt":
        return KINDS["html" if _is_page(head) else "txt"]
    return by_name


def _is_page(head: bytes) -> bool:
    """Whether a file that begins with `head` is HTML."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head[2:].replace(b"\0", b"")  # the tags are ASCII
    head = head.removeprefix(codecs.BOM_UTF8)
    before = _BEFORE_PAGE.match(head)
    return _PAGE.match(head, before.end() if before else 0) is not None


def _of_zip(whole: io.BufferedIOBase | None, by_name: Kind | None) -> Kind:
    try:
        names = set(zipfile.ZipFile(whole).namelist()) if whole is not None else set()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        kind = by_name.name if by_name else "zip"
        raise InputError(f"is a damaged {kind} file, cut short perhaps; get it anew") from None
    for member, what in _PARTS:
        if member in names:
            if what in KINDS:
                return KINDS[what]
            raise InputError(f"is {what}")
    if by_name is not None and by_name.name in ("docx", "xlsx"):
        raise InputError(f"is no {by_name.name} file: it lacks the parts of one; save it anew")
    return KINDS["zip"]
