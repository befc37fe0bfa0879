"""PDF files -> articles.

Consumes a file's bytes; produces its text, paragraphs parted by blank lines, and what it says of itself. The library
finds the text and where it stands; `pdflines` and `pdfparagraphs` make lines and paragraphs of that.
"""

from __future__ import annotations

import io
import logging
import re
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from quotes.errors import InputError
from quotes.readers.base import Article, library
from quotes.readers.pdflines import Line, lines_of_page, without_running_heads
from quotes.readers.pdfparagraphs import paragraphs_of

PAGES_MAX = 2_000
"""Most pages that a file is read with."""
TEXT_MAX = 5_000_000
"""Most characters that are taken out of a file."""
SECONDS_MAX = 120.0
"""Longest time for a file; asked between two pages, of which each has its own limit."""
STREAM_MAX = 30_000_000
"""Most bytes that one stream of a file may unpack to."""
OPERATIONS_MAX = 2_000_000
"""Most drawing operations that one page may have, with what they draw counted."""
UNREADABLE_SHARE = 0.3
"""Share of characters without a meaning (fonts that do not tell letters) from which the text is none."""

_TOO_LARGE = "is too large to be read; save the article's pages alone"
_NO_TITLE = re.compile(
    r"(?i)\W*(?:untitled.*|microsoft word\b.*|.*\.(?:docx?|odt|rtf|txt|html?|indd|qxp|pdf|pages|pub)|\(?anonymous\)?"
    r"|about:blank|https?:\S*|unspecified|(?:layout|slide|page|document) ?\d*|powerpoint presentation|print)?\W*"
)
"""Titles that programs give, or a file's name: no headline."""
_NO_AUTHOR = re.compile(
    r"(?i)\W*(?:\(?anonymous\)?|unknown|unspecified|admin(?:istrator)?|(?:default |microsoft office |windows )?user"
    r"|owner|author|root|python-docx)?\W*"
)
_DAMAGE = re.compile(
    r"(?i)decompress|PdfReadError|broken line|odd-length|hex string|impossible to decode|further form content"
)
"""Remarks of the library that mean: some text, or the table that tells a font's letters, could not be read."""
_UNREADABLE = re.compile(r"[\ufffd\x00-\x08\x0e-\x1f\ue000-\uf8ff\U000f0000-\U0010ffff]")


def read(data: bytes) -> Article:
    """Return the article in the PDF file `data`.

    Raises InputError where it is encrypted, damaged, too large, or holds no text.
    """
    pypdf = library("pypdf", "docs", "PDF files")
    with _listening() as remarks, _limits(pypdf):
        try:
            reader = pypdf.PdfReader(io.BytesIO(data))
            # Files that only forbid printing or copying open with an empty password.
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError("is encrypted; save it without a password first")
            about = _metadata(reader)
            lines, pictures = _lines(reader)
        except InputError:
            raise
        except pypdf.errors.DependencyError:
            raise InputError("is encrypted; save it without a password first") from None
        except (MemoryError, getattr(pypdf.errors, "LimitReachedError", MemoryError)):
            raise InputError(_TOO_LARGE) from None
        except Exception as error:  # whatever a damaged file sets off in the library
            raise InputError(_damaged(str(error) or type(error).__name__)) from None
    if remarks.damage is not None:
        raise InputError(_damaged(remarks.damage))
    headline = about.get("headline")
    paragraphs = paragraphs_of(without_running_heads(lines, headline))
    text = "\n\n".join(paragraphs)
    if not re.search(r"\w", text):
        raise InputError("holds no text, only pictures of it; run text recognition over it first, for example ocrmypdf")
    if len(_UNREADABLE.findall(text)) > UNREADABLE_SHARE * len(text):
        raise InputError(
            "does not tell which letters its fonts draw; run text recognition over it, for example ocrmypdf --force-ocr"
        )
    about |= {"warnings": (_pictured(pictures),)} if pictures else {}
    return Article(text=text, **about)


def _damaged(reason: str) -> str:
    said = "".join(char if char.isprintable() else " " for char in reason)
    return f"is no PDF file that can be read, or a damaged one ({' '.join(said.split())[:120]}); save it again"


def _pictured(pages: list[int]) -> str:
    """Return what is said of pages, by number, that hold a picture and no text."""
    which = f"page {pages[0]} holds" if len(pages) == 1 else f"pages {', '.join(map(str, pages[:5]))} hold"
    return f"{which} no text, only pictures; run text recognition over it if they are part of the article"


def _lines(reader: Any) -> tuple[list[Line], list[int]]:
    """Return the lines of all pages, and the numbers of those that hold a picture and no text."""
    if len(reader.pages) > PAGES_MAX:
        raise InputError(f"has more than {PAGES_MAX} pages; save the article's pages alone")
    end = time.monotonic() + SECONDS_MAX
    lines: list[Line] = []
    pictures: list[int] = []
    length, number = 0, -1
    for number, page in enumerate(reader.pages):
        found = lines_of_page(page, number)
        length += sum(len(line.text) for line in found)
        if length > TEXT_MAX or time.monotonic() > end:
            raise InputError(_TOO_LARGE)
        lines.extend(found)
        if not found and "/XObject" in (page.get("/Resources") or {}):
            pictures.append(number + 1)
    tree = reader.root_object["/Pages"]
    if "/Count" in tree and number + 1 < int(tree["/Count"]):
        raise InputError(_damaged("some of its pages are missing"))
    return lines, pictures


def _metadata(reader: Any) -> dict[str, Any]:
    """Return what the file says of itself, as fields of an article; nothing that a program put there by itself."""
    found: dict[str, Any] = {}
    try:
        info = reader.metadata or {}
        values = {key: " ".join(str(info.get(f"/{key}") or "").split()) for key in ("Title", "Author")}
    except Exception:  # a damaged note about the text is no reason to refuse the text
        return found
    if not _NO_TITLE.fullmatch(values["Title"]):
        found["headline"] = values["Title"]
    if not _NO_AUTHOR.fullmatch(values["Author"]):
        found["byline"] = values["Author"]
    return found


class _Remarks(logging.Handler):
    """Keeps what the library says of a file: to the user it would be noise, but some of it means lost text."""

    def __init__(self) -> None:
        super().__init__()
        self.damage: str | None = None

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if self.damage is None and _DAMAGE.search(message):
            self.damage = message


@contextmanager
def _listening() -> Iterator[_Remarks]:
    """Keep the library's remarks from the user; give what gathers them."""
    logger = logging.getLogger("pypdf")
    before = logger.level, logger.propagate
    remarks = _Remarks()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logger.addHandler(remarks)
        logger.setLevel(logging.WARNING)
        logger.propagate = False
        try:
            yield remarks
        finally:
            logger.removeHandler(remarks)
            logger.setLevel(before[0])
            logger.propagate = before[1]


def _limits(pypdf: Any) -> Any:
    """Return the context in which the library keeps to our limits; versions before 7 have their own alone."""
    apply = getattr(pypdf, "apply_configuration", None)
    if apply is None:
        return nullcontext()
    return apply(
        zlib_maximum_output_length=STREAM_MAX,
        lzw_maximum_output_length=STREAM_MAX,
        run_length_maximum_output_length=STREAM_MAX,
        array_based_stream_maximum_output_length=STREAM_MAX,
        stream_parsing_work_maximum_count=OPERATIONS_MAX,
    )
