"""Where an article's paragraphs stand, whatever its layout.

Consumes the text; produces spans. Reads blank-line separation, one line a paragraph, indented paragraphs, and
hard-wrapped lines, each decided within its own block (a run of lines between blank ones), so that no block's
reading depends on what follows it.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from quotes.records import Span

LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
"""A line: what stands between any two of Unicode's line ends."""

INDENT = re.compile(r"(?:\t| {2,}|\u3000)[\s]*")
SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*\s*$")
CONTINUES = re.compile(r"\s*[a-z,;]")
WRAP_WIDTH_MAX = 100
"""Longest line, in characters, that hard-wrapped text is expected to have."""
WRAP_WIDTH_MIN = 36
"""Lines shorter than this are headings, names or verse rather than wrapped prose."""
WRAP_SHARE = 0.7
"""Share of a block's line breaks that must be forced (the next word would not have fitted) to call it wrapped."""


def split(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of `text` in order, without the white space around them.

    Every character that is not white space lies in exactly one paragraph.
    """
    found: list[Span] = []
    for block in _blocks(text):
        if len(block) == 1:
            found.append(block[0])
        else:
            found.extend(_block_paragraphs(text, block))
    return tuple(found)


def index_of(paragraphs: Sequence[Span], offset: int) -> int:
    """Return the index of the paragraph that holds `offset`, or the one before it; 0 where there is none."""
    return max(0, bisect_right(paragraphs, offset, key=lambda span: span.start) - 1)


def _blocks(text: str) -> Iterator[list[Span]]:
    """Yield runs of lines that no blank line parts; each line without the white space at its ends."""
    block: list[Span] = []
    last_end = 0
    for match in LINE.finditer(text):
        line = match.group()
        kept = line.strip()
        if not kept:
            continue
        start = match.start() + (len(line) - len(line.lstrip()))
        if block and _is_blank_between(text, last_end, match.start()):
            yield block
            block = []
        block.append(Span(start, start + len(kept)))
        last_end = match.end()
    if block:
        yield block


def _is_blank_between(text: str, end: int, start: int) -> bool:
    gap = text[end:start].replace("\r\n", "\n")
    return "\u2029" in gap or len(gap.translate({ord(c): None for c in " \t\xa0\u3000"})) > 1


def _block_paragraphs(text: str, lines: list[Span]) -> Iterator[Span]:
    """Join the lines of one block into paragraphs."""
    breaks = _paragraph_breaks(text, lines)
    first = 0
    for i, is_break in enumerate(breaks, start=1):
        if is_break:
            yield Span(lines[first].start, lines[i - 1].end)
            first = i
    yield Span(lines[first].start, lines[-1].end)


def _paragraph_breaks(text: str, lines: list[Span]) -> list[bool]:
    """Say for each line break of a block whether a paragraph ends there."""
    indented = [_is_indented(text, line) for line in lines]
    width = max(line.end - line.start for line in lines)
    if width > WRAP_WIDTH_MAX or width < WRAP_WIDTH_MIN:
        return [True] * (len(lines) - 1)
    forced = [_is_forced(text, a, b, width) for a, b in itertools.pairwise(lines)]
    if any(indented[1:]) and not all(indented[1:]):
        return [
            flag and _ends_or_starts(text, a, b) for flag, a, b in zip(indented[1:], lines, lines[1:], strict=False)
        ]
    if sum(forced) >= WRAP_SHARE * len(forced) and (
        len(forced) > 2 or any(_runs_on(text, a, b) for a, b in itertools.pairwise(lines))
    ):
        return [
            not is_forced and bool(SENTENCE_END.search(text, a.start, a.end))
            for is_forced, a in zip(forced, lines, strict=False)
        ]
    return [True] * (len(lines) - 1)


def _is_indented(text: str, line: Span) -> bool:
    before = text[max(0, line.start - 12) : line.start]
    tail = re.split(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", before)[-1]
    return INDENT.match(tail) is not None


def _ends_or_starts(text: str, line: Span, following: Span) -> bool:
    """Whether an indented line may start a paragraph: not in the middle of a running sentence."""
    return not CONTINUES.match(text, following.start, following.end)


def _runs_on(text: str, line: Span, following: Span) -> bool:
    return not SENTENCE_END.search(text, max(line.start, line.end - 8), line.end) and (
        CONTINUES.match(text, following.start, following.end) is not None or line.end - line.start > WRAP_WIDTH_MIN
    )


def _is_forced(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    word = re.compile(r"\S+").match(text, following.start, following.end)
    return line.end - line.start + 1 + (word.end() - word.start() if word else 0) > width
