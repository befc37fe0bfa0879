"""Bytes -> text, and by which encoding.

The order of proof: what the caller says, a byte-order mark, UTF-8 (which other text almost never passes for), what the
file itself declares, what charset-normalizer finds likeliest, Windows-1252. Nothing but the bytes' own characters comes
out: line ends, marks and stray control characters stay.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from quotes.errors import InputError, UsageError

FALLBACK = "windows-1252"
"""Encoding of a text that shows no other: that of most old English files, and never a failure."""
DAMAGE_MAX = 1.0
"""Broken sequences for each whole one beyond ASCII, up to which bytes still count as damaged UTF-8: in another encoding
whole ones come about by chance almost never."""
FOREIGN_FROM = 0.3
"""Share of characters beyond ASCII from which a text is of another script, so that a guess without any sign of a
language is still better than Windows-1252."""

FOREIGN_LEAST = 12
"""And how many of them there must be."""

_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32 first: its little-endian signature starts with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""How a file says its encoding, and the codec that takes the signature off."""

_CONTROL = re.compile(rb"[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f]")
"""Bytes that text has no use for; tab, line ends, form feed, backspace and escape do occur in it."""
_CONTROL_SHARE = 0.1
"""Share of such bytes from which a file is called binary."""

_MAC_MARKS = re.compile(
    rb"(?<![\w\x80-\xff])[\xd2\xd4](?=\w)|(?<=[a-z])\xd5(?=[a-z])|(?<=[\w.,!?])\xd3(?![\w\x80-\xff])"
)
"""Curly marks as Mac Roman has them, where Windows-1252 has capital letters that stand so in no word."""
_WINDOWS_MARKS = re.compile(rb"[\x91-\x94]")

_WIDE = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7"]
"""Encodings whose text would have had a byte-order mark or zero bytes, which are dealt with before."""
_LATIN = ("ascii", "iso8859-1", "cp1252")
"""Encodings (by Python's names) that are read as Windows-1252 when declared, as browsers do (WHATWG Encoding)."""


def _keep_c1(error: UnicodeError) -> tuple[str, int]:
    """Read the five bytes that Windows-1252 leaves undefined as the control characters of Latin-1, as browsers do."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("quotes.keep-c1", _keep_c1)


def check(name: str) -> str:
    """Return `name`; raise UsageError where it names no character encoding."""
    try:
        known = codecs.lookup(name)
    except (LookupError, ValueError):
        known = None
    if known is None or not getattr(known, "_is_text_encoding", True):
        raise UsageError(f"unknown encoding {name!r}; use one like utf-8, windows-1252, utf-16 or mac-roman")
    return name


class Decoded(NamedTuple):
    """Text, and how it was read."""

    text: str
    encoding: str
    broken: int = 0
    """How many U+FFFD stand for bytes that are broken."""

    def warnings(self) -> tuple[str, ...]:
        """Return what a reader of the text should know."""
        if not self.broken:
            return ()
        return (f"{self.broken} broken characters stand as U+FFFD; it is {self.encoding} otherwise",)


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None) -> Decoded:
    """Return the text that `data` holds, without a byte-order mark, and the encoding that it was read in.

    `encoding` is the caller's word and overrides everything; `declared` is the file's own word for itself. Raises
    InputError, with a message that lacks the file's name, where `data` is not text.
    """
    marked = next((codec for signature, codec in _SIGNATURES if data.startswith(signature)), None)
    if encoding is not None:
        return Decoded(_strictly(data, encoding, f"leave --encoding out, or name another than {encoding}"), encoding)
    if marked is not None:
        return Decoded(_strictly(data, marked, "save it again as UTF-8"), marked)
    if b"\0" in data or len(_CONTROL.findall(data)) > _CONTROL_SHARE * len(data):
        raise InputError("is a binary file, not text; give text (UTF-16 needs a byte-order mark, or --encoding)")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        damaged = data.decode("utf-8", "replace")
    broken = damaged.count("\ufffd") - data.count("\ufffd".encode())
    if broken <= DAMAGE_MAX * (sum(char > "\x7f" for char in damaged) - broken):
        return Decoded(damaged, "utf-8", broken)
    return _by_evidence(data, declared)


def of_stream(head: bytes, *, encoding: str | None = None) -> str:
    """Return the encoding of a file that begins with `head`, for reading it bit by bit.

    `encoding` is the caller's word. Raises InputError where `head` is not text.
    """
    if encoding is not None:
        return encoding
    marked = next((codec for signature, codec in _SIGNATURES if head.startswith(signature)), None)
    if marked is not None:
        return "utf-8-sig" if marked == "utf-8" else marked
    try:
        # The head may end within a character.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return decode(head).encoding
    return "utf-8" if b"\0" not in head else decode(head).encoding


def _strictly(data: bytes, encoding: str, remedy: str) -> str:
    try:
        # Not `utf-8-sig`: its errors count bytes from after the signature.
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(f"is not valid {encoding.upper()} at byte {error.start}; {remedy}") from None
    except UnicodeError as error:
        raise InputError(f"is not valid {encoding.upper()} ({error}); {remedy}") from None
    if "\0" in text:
        raise InputError("is a binary file, not text; give text")
    return text


def _by_evidence(data: bytes, declared: str | None) -> Decoded:
    fallback = data.decode("cp1252", "quotes.keep-c1")
    if declared:
        try:
            name = codecs.lookup(declared).name
            if name in _LATIN:
                return Decoded(fallback, FALLBACK)
            return Decoded(data.decode(name), name)
        except (LookupError, ValueError):
            pass  # it says something else than it is
    if _MAC_MARKS.search(data) and not _WINDOWS_MARKS.search(data):
        return Decoded(data.decode("mac-roman"), "mac-roman")
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_exclusion=_WIDE).best()
    if best is None or str(best) == fallback:
        return Decoded(fallback, FALLBACK)
    foreign = sum(char > "\x7f" for char in fallback)
    is_foreign = foreign >= FOREIGN_LEAST and foreign > FOREIGN_FROM * len(fallback)
    if not best.coherence and not is_foreign:
        return Decoded(fallback, FALLBACK)
    return Decoded(str(best), best.encoding.replace("_", "-"))
