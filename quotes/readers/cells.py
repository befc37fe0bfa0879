"""The cells of a table of articles -> text; never what Python shows of a value.

Consumes values as the readers of tables give them; produces text. Articles come as strings, as lists of paragraphs, as
HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from quotes.errors import InputError
from quotes.readers.base import Listener, library

PARTS = ("text", "content", "value")
"""What an object in a list calls its text."""
NAMES = ("name", *PARTS)
"""What an object that stands for a person or a place is called by."""
PARAGRAPHS = "\n\n"

_TAG = re.compile(
    r"</(?:p|div|a|em|strong|b|i|span|blockquote|ul|ol|li|h[1-6]|section|article|figure)\s*>|<br\s*/?>"
    r"|<(?:p|div)(?:\s+[\w-]+\s*=[^<>]*)?\s*/?>",
    re.I,
)
"""A tag by which a cell is HTML."""
_PARAGRAPH_TAG = re.compile(r"</?(?:p|div)[\s>]", re.I)
"""A tag by which the paragraphs of a cell are told in HTML rather than by blank lines."""
_BLANK_LINE = re.compile(r"\r?\n[ \t]*(?:\r?\n)")


def fact(value: Any) -> str:
    """Return a cell that says something of an article, such as who wrote it; empty where there is nothing in it."""
    if isinstance(value, Mapping):
        return next((found for name in NAMES if (found := _scalar(value.get(name)))), "")
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(fact, value)))
    return _scalar(value) or ("" if isinstance(value, bytes | bytearray) or value is None else _other(value))


def text(value: Any, turned: Callable[[str], str] = str) -> str:
    """Return a cell that holds an article; empty where it holds no text.

    A list of strings, or of objects that have a text, is paragraphs. Each string is passed through `turned`.
    """
    if not isinstance(value, list | tuple):
        return turned(_scalar(value))
    parts = [_part(part) for part in value]
    return PARAGRAPHS.join(turned(part) for part in parts if part) if None not in parts else ""


def _part(value: Any) -> str | None:
    """Return the text of a paragraph, None where it is something else."""
    if isinstance(value, Mapping):
        return next((found for name in PARTS if isinstance(found := value.get(name), str)), None)
    return None if isinstance(value, list | tuple) else _scalar(value)


def _scalar(value: Any) -> str:
    """Return a string or a number as text; nothing of any other value."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # NaN, as tables say nothing
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _other(value: Any) -> str:
    """Return a date, a decimal and the like as it is written."""
    return str(value) if value == value else ""  # NaN and its kin


class Turner:
    """Turns HTML in the cells of one table to text, and says so once."""

    def __init__(self, name: str, column: str, listener: Listener) -> None:
        """Make one for `column` of the table that messages call `name`."""
        self._where = f"{name}: column {column!r} holds HTML"
        self._listener = listener
        self._is_told = False
        self._lxml: Any = None

    def __call__(self, cell: str) -> str:
        """Return a cell as text: as it is where it holds no HTML, or where the library for it is missing."""
        if "<" not in cell or not _TAG.search(cell):
            return cell
        if not self._is_told:
            self._is_told = True
            try:
                self._lxml = library("lxml.html", "html", "HTML")
                self._listener.result(f"{self._where}, which is turned to text")
            except InputError:
                self._listener.result(f"{self._where}, which stays as it is; pip install 'quotes[html]' reads it")
        return _without_tags(cell, self._lxml) if self._lxml is not None else cell


def _without_tags(cell: str, lxml_html: Any) -> str:
    from quotes.readers.pagetext import blocks

    if not _PARAGRAPH_TAG.search(cell):
        cell = _BLANK_LINE.sub("<br><br>", cell)
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(f"<div>{cell}</div>", parser=parser)
    except ValueError:  # control characters that no page may hold; lxml's own errors are of another kind
        return cell
    return PARAGRAPHS.join(block.text for block in blocks(root))
