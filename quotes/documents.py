"""Files and standard input -> documents.

Consumes paths and byte streams; produces documents whose text is the file's own: decoded, and nothing else, so
that offsets fit the file. What cannot be read as text is an InputError that says what to do about it.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path
from typing import BinaryIO

from quotes.errors import InputError
from quotes.records import Document

STDIN_ID = "stdin"
"""`doc_id` of what comes from standard input."""

_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32 first: its little-endian signature starts with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""How a file says its encoding, and the codec that takes the signature off."""

_KNOWN_BINARIES = (
    (b"%PDF-", "a PDF", "save its text first, for example with `pdftotext`"),
    (b"PK\x03\x04", "an office document or ZIP archive", "save it as plain text first"),
    (b"\xd0\xcf\x11\xe0", "an office document", "save it as plain text first"),
    (b"{\\rtf", "a rich-text document", "save it as plain text first"),
    (b"\x1f\x8b", "gzip-compressed", "unpack it first with `gunzip`"),
)

_CONTROL = re.compile(rb"[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f]")
"""Bytes that text has no use for; tab, line ends, form feed, backspace and escape do occur in it."""
_CONTROL_SHARE = 0.1
"""Share of such bytes from which a file is called binary."""


def read(path: str | os.PathLike[str]) -> Document:
    """Return the article in the file at `path`; `doc_id` is its stem, `source` the path as given.

    Raises InputError where there is no such file, or it cannot be read as text.
    """
    name = os.fspath(path)
    try:
        # Asked first: opening a directory is a different error on each system.
        if stat.S_ISDIR(Path(name).stat().st_mode):
            raise InputError(f"{show(name)}: is a directory; name the files in it")
        data = Path(name).read_bytes()
    except FileNotFoundError:
        raise InputError(f"{show(name)}: no such file; check the path") from None
    except PermissionError:
        raise InputError(f"{show(name)}: permission denied; make the file readable") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{show(name)}: cannot be read: {reason}") from None
    return Document(text=decode(data, show(name)), doc_id=Path(name).stem or name, source=name)


def read_stream(buffer: BinaryIO) -> Document:
    """Return the article that `buffer` (standard input, say) holds to its end; `doc_id` is `stdin`, without a source.

    Raises InputError where it cannot be read as text.
    """
    try:
        data = buffer.read()
    except OSError as error:
        raise InputError(f"standard input: cannot be read: {error.strerror or error}") from None
    return Document(text=decode(data, "standard input"), doc_id=STDIN_ID)


def decode(data: bytes, name: str) -> str:
    """Return the text that `data` holds: UTF-8, or what its byte-order mark says; line ends stay as they are.

    `name` is what messages call it. Raises InputError where `data` is not text in that encoding.
    """
    for magic, kind, remedy in _KNOWN_BINARIES:
        if data.startswith(magic):
            raise InputError(f"{name}: is {kind}, not plain text; {remedy}")
    encoding = next((codec for signature, codec in _SIGNATURES if data.startswith(signature)), "utf-8")
    if encoding == "utf-8" and _looks_binary(data):
        raise InputError(f"{name}: is a binary file, not plain text; give UTF-8 text (UTF-16 needs a byte-order mark)")
    try:
        # Not `utf-8-sig`: its errors count bytes from after the signature.
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        remedy = (
            "convert it first, for example with `iconv -f WINDOWS-1252 -t UTF-8`"
            if encoding == "utf-8"
            else "save it again as UTF-8"
        )
        raise InputError(f"{name}: is not valid {encoding.upper()} at byte {error.start}; {remedy}") from None
    if "\0" in text:
        raise InputError(f"{name}: is a binary file, not plain text; give UTF-8 text")
    return text


def show(name: str) -> str:
    """Return a path as a message can print it: on one line, whatever characters it holds."""
    return name if name.isprintable() and name else ascii(name)


def _looks_binary(data: bytes) -> bool:
    return b"\0" in data or len(_CONTROL.findall(data)) > _CONTROL_SHARE * len(data)
