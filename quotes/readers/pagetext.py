"""The words of a web page as a reader sees them, block by block.

Consumes an lxml tree of HTML; produces its blocks of text (paragraphs, headings, list items, cells) in order. What no
reader sees is left out, quotation marks that a browser draws are put in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Element = Any
"""An element of lxml, which has no types of its own."""

UNSEEN = frozenset(
    "script style noscript template head title svg object embed iframe video audio canvas map datalist dialog "
    "select option textarea input button meta link".split()
)
"""Elements whose content a reader does not see as text, or that belong to the controls of a page."""
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul".split()
)
"""Elements that begin and end a block of text."""
MARKS = (("“", "”"), ("‘", "’"))
"""What a browser draws around <q>, and around one inside another."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
"""White space that HTML folds into one space; a no-break space is not among it."""
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Characters that show nothing: places where a word may be broken."""
_NOTE = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z])[\])]?\s*")
"""What a raised footnote mark says; other raised text (1st, m²) is part of the words."""
_WRAPPED = re.compile(r"(?<=[^\n]{40}) *\n(?=[^\s])")
"""A line break of <pre> after a line that is long enough to be wrapped, before one that is not indented."""
_NUMBERED = re.compile(r"\s*\[\d{1,3}\]\s*")
"""What stands for a footnote where it is not raised."""
_BASE = re.compile(r"(?:\d|(?<![^\W_])[^\W\d_]{1,2}|\))$")
"""What a power stands behind."""
_POWER = re.compile(r"[-−+]?[\dn]{1,3}")
RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
"""A power as plain text has it: “10⁶” rather than “106”, which is another number."""
_CONTROL = re.compile(
    r"(?:share|tweet|listen|play|copy|save|print|close|more|expand|show|subscribe|sign|log|like|reply|ad\b)", re.I
)
"""How what a button says begins where it does something."""
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FOR_SCREEN_READERS = frozenset("sr-only visually-hidden visuallyhidden screen-reader-text screenreader".split())
_RUNS_ON = re.compile(r"[^.!?…:;”’\"'»)\]]\s*$")
"""A block that stops in mid-sentence."""


@dataclass(slots=True)
class Block:
    """A stretch of text that stands by itself."""

    element: Element
    """The innermost block element around its beginning."""
    text: str
    linked: int
    """Characters of it that are links."""


@dataclass(slots=True)
class _Flow:
    """The text of a block as it gathers."""

    element: Element
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    is_pre: bool = False


def blocks(root: Element, is_left_out: Callable[[Element], bool] = lambda element: False) -> list[Block]:
    """Return the blocks of `root`, without the elements that `is_left_out` says.

    Where what is left out stood within a sentence, the block goes on behind it.
    """
    return list(_joined(_blocks(root, is_left_out)))


def is_hidden(element: Element) -> bool:
    """Whether no reader sees the element."""
    if element.tag in UNSEEN:
        return element.tag != "button" or not _is_word_of_sentence(element)
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if style and _HIDING.search(style):
        return True
    if element.get("aria-hidden") == "true":
        # What readers see and screen readers hear by another element, a large first letter say, counts once.
        return element.tag in BLOCKS or any(_is_for_screen_readers(e) for e in _neighbours(element))
    if _is_for_screen_readers(element):
        return all(e.get("aria-hidden") != "true" for e in _neighbours(element))
    return False


def _is_for_screen_readers(element: Element) -> bool:
    return not _FOR_SCREEN_READERS.isdisjoint((element.get("class") or "").lower().split())


def _neighbours(element: Element) -> list[Element]:
    """Return the elements before and after, where no text stands between."""
    before, after = element.getprevious(), element.getnext()
    found = [before] if before is not None and not (before.tail or "").strip() else []
    return [*found, after] if after is not None and not (element.tail or "").strip() else found


def _is_word_of_sentence(button: Element) -> bool:
    """Whether a button is a word of the sentence around it, one that is explained, rather than a control."""
    words = "".join(button.itertext()).strip()
    before = button.getprevious()
    text_before = (before.tail if before is not None else button.getparent().text) or ""
    is_inside = bool(text_before.strip()) and bool((button.tail or "").strip())
    return is_inside and words[:1].isalpha() and _CONTROL.match(words) is None


class _Where(NamedTuple):
    """What an element stands in."""

    quoted: int = 0
    """How many <q> are around it."""
    is_pre: bool = False
    is_link: bool = False

    def inside(self, tag: str) -> _Where:
        """Return what the children of a `tag` stand in."""
        return _Where(self.quoted + (tag == "q"), self.is_pre or tag == "pre", self.is_link or tag == "a")


def _blocks(root: Element, is_left_out: Callable[[Element], bool]) -> Iterator[Block | None]:
    """Yield blocks, and None where a block element was left out."""
    flow = _Flow(root)
    # Elements to enter (True) or to leave, in a list rather than by calls: pages nest deeper than Python does.
    todo: list[tuple[Element, bool, _Where]] = [(root, True, _Where())]
    while todo:
        element, entering, where = todo.pop()
        tag: str = element.tag if isinstance(element.tag, str) else ""  # a comment has no name
        is_out = entering and element is not root and (not tag or is_hidden(element) or is_left_out(element))
        if tag in BLOCKS:
            yield from _end(flow)
            flow = _Flow(element if entering and not is_out else _parent(element, root))
            if is_out:
                yield None
        if entering and not is_out:
            inside = where.inside(tag)
            todo.append((element, False, where))
            if tag not in BLOCKS and _is_note(element, tag, "".join(flow.parts[-3:])):
                continue
            if tag == "br":
                flow.parts.append("\n")
            elif tag == "q":
                flow.parts.append(MARKS[where.quoted % 2][0])
            if tag == "sup" and _POWER.fullmatch(element.text or "") and _BASE.search("".join(flow.parts[-3:])):
                flow.parts.append(element.text.translate(RAISED))
            else:
                _add(flow, element.text, inside)
            todo.extend((child, True, inside) for child in reversed(element))
        else:
            if tag == "q" and not is_out:
                flow.parts.append(MARKS[where.quoted % 2][1])
            if element is not root:
                _add(flow, element.tail, where)
    yield from _end(flow)


def _is_note(element: Element, tag: str, before: str) -> bool:
    """Whether an element is the mark of a footnote or the number of a link; `before` is the text before it."""
    if len(element) > 2 or tag not in ("sup", "a", "span"):
        return False
    words = "".join(element.itertext())
    is_told = bool(element.get("class")) or tag == "a" or any(child.tag == "a" for child in element)
    if tag != "sup":
        return is_told and _NUMBERED.fullmatch(words) is not None
    if _NOTE.fullmatch(words) is None:
        return False
    # “10⁶”, “m²”: a power stands behind a figure or a unit.
    return is_told or not words.strip().isalnum() or _BASE.search(before) is None


def _parent(element: Element, root: Element) -> Element:
    return element if element is root else element.getparent()


def _add(flow: _Flow, text: str | None, where: _Where) -> None:
    if not text:
        return
    words = _INVISIBLE.sub("", text)
    # A line break of the source is a space; one of <pre> or <br> is one.
    words = words.replace("\r\n", "\n").replace("\r", "\n") if where.is_pre else _SPACE.sub(" ", words)
    flow.parts.append(words)
    flow.is_pre = flow.is_pre or where.is_pre
    if where.is_link:
        flow.linked += len(words.strip())


def _end(flow: _Flow) -> Iterator[Block]:
    """Yield what a flow of text holds: one block, or several where empty lines part it."""
    text = "".join(flow.parts)
    pieces = re.split(r"\n[ \t\xa0]*\n\s*", text) if "\n" in text else [text]
    for piece in pieces:
        if len(pieces) > 1 and flow.is_pre:
            piece = _WRAPPED.sub(" ", piece)
        words = "\n".join(re.sub(r"[ \t]+", " ", line).strip(" \t") for line in piece.split("\n")).strip()
        if words.strip("\xa0 \n"):
            yield Block(flow.element, words, flow.linked if len(pieces) == 1 else 0)


def _joined(found: Iterator[Block | None]) -> Iterator[Block]:
    """Join blocks between which something was left out in mid-sentence."""
    last: Block | None = None
    gap = False
    for block in found:
        if block is None:
            gap = True
            continue
        if last is not None and gap and _RUNS_ON.search(last.text) and block.text[:1].islower():
            last = Block(last.element, f"{last.text} {block.text}", last.linked + block.linked)
        else:
            if last is not None:
                yield last
            last = block
        gap = False
    if last is not None:
        yield last
