"""Word files (docx) -> articles.

Consumes a file's bytes; produces its text, paragraphs parted by blank lines, and what it says of itself. The text is
what stands on the page when all tracked changes are accepted: tables, text boxes and notes are in it, page heads,
comments and hidden text are not. Goes through the XML, as the library's own paragraphs leave out tracked insertions.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from quotes.errors import InputError
from quotes.readers.base import Article, library

XML_MAX = 40_000_000
"""Most bytes that a file's XML may unpack to: a long book has a quarter of it. Pictures are not unpacked."""
MEMBERS_MAX = 10_000
"""Most files that the archive may hold."""
CHUNK = 1 << 20
"""Bytes that are unpacked at a time."""

_OLE = b"\xd0\xcf\x11\xe0"
"""How old Word files begin, and encrypted ones of the new kind."""
_DAMAGED = "is no docx file, or a damaged one; save it again as docx"
_OTHER = "is an archive, but no docx file; save it as docx first"

_NOTES = ("footnotes", "endnotes")
_LEFT_OUT = frozenset({"del", "moveFrom", "rt", "pPr"})
"""Deleted, or moved from here; how to read a word aloud; settings, with tabs among them.

The words of deletions and of fields' codes are not looked for anyway: they have tags of their own.
"""
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_PICTURE_FONTS = ("wingdings", "webdings", "symbol", "zapf", "dingbat", "marlett")
_NO_ONE = frozenset({"", "python-docx", "microsoft office user", "user", "author", "unknown", "windows user", "admin"})
_NO_TITLE = frozenset({"", "word document", "untitled", "document"})


def read(data: bytes) -> Article:
    """Return the article in the Word file `data`.

    Raises InputError where it is encrypted, damaged, no docx, unpacks to too much, or keeps its text in another file.
    """
    docx = library("docx", "docs", "Word files")
    if data.startswith(_OLE):
        raise InputError("is encrypted, or of Word's old kind (.doc); save it as docx, without a password, first")
    package = _unpacked(data)
    try:
        document = docx.Document(package)
        text = "\n\n".join(_paragraphs(document))
        about = _metadata(document)
    except InputError:
        raise
    except MemoryError:
        raise InputError("is too large to be read; save the article alone") from None
    except (KeyError, ValueError):  # how the library says that the main part is missing, or another program's
        raise InputError(_OTHER) from None
    except Exception:  # whatever damaged XML sets off in the libraries
        raise InputError(_DAMAGED) from None
    return Article(text=text, **about)


def _unpacked(data: bytes) -> io.BytesIO:
    """Return the archive `data` with its XML unpacked, within our limits, and all else empty.

    The sizes that an archive declares may be wrong, so each part is counted as it is unpacked.
    """
    package = io.BytesIO()
    left = XML_MAX
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(package, "w") as clean:
            members = {member.filename: member for member in archive.infolist()}.values()
            if len(members) > MEMBERS_MAX or sum(m.file_size for m in members if _is_xml(m.filename)) > XML_MAX:
                raise InputError(f"unpacks to more than {XML_MAX // 1_000_000} MB of text; save the article alone")
            if "[Content_Types].xml" not in archive.namelist():
                raise InputError(_OTHER)
            for member in members:
                part = b""
                if _is_xml(member.filename):
                    if member.flag_bits & 1:
                        raise InputError("is encrypted; save it without a password first")
                    part = _part(archive, member, left)
                    left -= len(part)
                clean.writestr(member.filename, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise InputError(_DAMAGED) from None
    package.seek(0)
    return package


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    chunks: list[bytes] = []
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise InputError(f"unpacks to more than {XML_MAX // 1_000_000} MB of text; save the article alone")
            chunks.append(chunk)
    part = b"".join(chunks)
    # No docx has one; entities defined there could grow without end.
    if any("<!DOCTYPE".encode(codec) in part for codec in ("ascii", "utf-16-le", "utf-16-be")):
        raise InputError("holds a document type declaration, which no docx file has; save it again as docx")
    return part


def _paragraphs(document: Any) -> Iterator[str]:
    """Yield the text of each paragraph of the body, then of the notes, without the empty ones."""
    xml = library("docx.oxml", "docs", "Word files")
    yield from _Walk().over(document.element.body)
    for kind in _NOTES:
        for relation in document.part.rels.values():
            if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
                for note in xml.parse_xml(relation.target_part.blob):
                    if _value(note, "type") in {None, "normal"}:  # the others are the lines that part notes from text
                        yield from _Walk().over(note)


class _Walk:
    """Goes through elements in order and gathers paragraphs; those of a text box come after the one it hangs on."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._text: list[str] = []
        self._boxes: list[str] = []

    def over(self, element: Any) -> list[str]:
        """Return the paragraphs under `element`."""
        self._children(element)
        self._end()
        return self._done

    def _children(self, element: Any) -> None:
        for child in element:
            self._visit(child)

    def _visit(self, element: Any) -> None:
        name = _local(element)
        if name in _CHARACTERS:
            self._text.append(_CHARACTERS[name])
        elif name == "t":
            self._text.append(element.text or "")
        elif name == "sym":
            self._text.append(_symbol(element))
        elif name == "p":
            self._children(element)
            if not _is_mark_deleted(element):
                self._end()
        elif name == "txbxContent":
            self._boxes.extend(_Walk().over(element))
        elif name == "AlternateContent":
            # The same once for each generation of programs; the newest comes first.
            self._children(next(iter(element), ()))
        elif name == "altChunk":
            raise InputError("holds its text as another file inside; open it in Word and save it again as docx")
        elif name not in _LEFT_OUT and not _is_unseen(element):
            self._children(element)

    def _end(self) -> None:
        for text in ("".join(self._text).strip(), *self._boxes):
            if text:
                self._done.append(text)
        self._text, self._boxes = [], []


def _local(element: Any) -> str:
    """Return the name without its namespace; comments and instructions to programs have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any, name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _has(element: Any, *path: str) -> bool:
    """Whether there is a setting at the end of `path` under `element`, and it is not switched off."""
    for name in path:
        element = next((child for child in element if _local(child) == name), None)
        if element is None:
            return False
    return _value(element, "val") not in {"0", "false", "off"}


def _is_unseen(element: Any) -> bool:
    """Whether a run of text is hidden, or a form's field shows only what to put there."""
    name = _local(element)
    return (name == "r" and _has(element, "rPr", "vanish")) or (
        name == "sdt" and _has(element, "sdtPr", "showingPlcHdr")
    )


def _is_mark_deleted(paragraph: Any) -> bool:
    """Whether the end of the paragraph was deleted: the next one goes on with it."""
    return any(_has(paragraph, "pPr", "rPr", change) for change in ("del", "moveFrom"))


def _symbol(element: Any) -> str:
    """Return the character that was put in by its number; none where its font draws pictures."""
    number = int(_value(element, "char") or "0", 16)
    if (_value(element, "font") or "").lower().startswith(_PICTURE_FONTS):
        return ""
    return chr(number - 0xF000 if 0xF020 <= number <= 0xF0FF else number).strip("\0")


def _metadata(document: Any) -> dict[str, Any]:
    """Return what the file says of itself, as fields of an article; nothing that a program put there by itself."""
    found: dict[str, Any] = {}
    try:
        about = document.core_properties
        title, author = about.title or "", about.author or ""
    except Exception:  # a damaged note about the text is no reason to refuse the text
        return found
    if title.strip().lower() not in _NO_TITLE:
        found["headline"] = " ".join(title.split())
    if author.strip().lower() not in _NO_ONE:
        found["byline"] = " ".join(author.split())
    return found
