"""Read articles that were written for training, with marks in them that say who is meant and who speaks.

    “It was late,”<1> [Ana Pell|A:1] {said:1}. [She|A] likes “Late Bells”<work>, as does [[her|A] brother|B].

`[words|A]` is a mention of the person or body A outside of quotations; `[they|A+B]` of two. A number behind the letter
makes it the source of the quotations with that number; `{words:1}` is the cue of these. Right behind each quotation
stands `<1>`, or why it is nobody's speech: `<scare>` (terms, nicknames, slogans), `<work>` (titles), `<other>`.
Brackets without a letter are the article's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.records import Span

WHO = r"[A-Z][A-Z0-9]*(?:\+[A-Z][A-Z0-9]*)*"
MARK = re.compile(
    rf"\[|(?:\|(?P<who>{WHO})(?::(?P<group>\d+))?)?\]|\{{(?P<cue>[^{{}}\n]*):(?P<cue_of>\d+)\}}"
    r"|<(?P<tag>\d+|scare|work|other)>"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of somebody in the narrative."""

    span: Span
    who: str
    group: str | None
    """Number of the quotations that it is the source of."""


@dataclass(frozen=True, slots=True)
class Marked:
    """An article without its marks, and what they say."""

    text: str
    mentions: tuple[Mention, ...]
    """In order of the text; one can lie in another."""
    cues: tuple[tuple[Span, str], ...]
    """Each cue with the number of its quotations."""
    tags: tuple[tuple[int, str], ...]
    """Where each quotation ends, its closing mark included, and its number or kind."""


def read(raw: str) -> Marked:
    """Return the article behind `raw`. Raises ValueError where a mention has no beginning."""
    marks = _own_brackets_left_out(raw)
    pieces: list[str] = []
    begun: list[int] = []
    mentions: list[Mention] = []
    cues: list[tuple[Span, str]] = []
    tags: list[tuple[int, str]] = []
    size = read_to = 0
    for mark in marks:
        pieces.append(raw[read_to : mark.start()])
        size += mark.start() - read_to
        read_to = mark.end()
        if mark["who"]:
            mentions.append(Mention(Span(begun.pop(), size), mark["who"], mark["group"]))
        elif mark["tag"]:
            tags.append((size, mark["tag"]))
        elif mark["cue_of"]:
            pieces.append(mark["cue"])
            cues.append((Span(size, size + len(mark["cue"])), mark["cue_of"]))
            size += len(mark["cue"])
        else:
            begun.append(size)
    pieces.append(raw[read_to:])
    mentions.sort(key=lambda m: (m.span.start, -m.span.end))
    return Marked("".join(pieces), tuple(mentions), tuple(cues), tuple(tags))


def _own_brackets_left_out(raw: str) -> list[re.Match[str]]:
    """Return the marks of `raw` in order, without brackets that belong to the article."""
    begun: list[re.Match[str]] = []
    kept: list[re.Match[str]] = []
    for mark in MARK.finditer(raw):
        if mark[0] == "[":
            begun.append(mark)
        elif mark[0][-1] != "]":
            kept.append(mark)
        elif mark["who"]:
            if not begun:
                raise ValueError(f"no [ before “{mark[0]}”; write [words{mark[0]}")
            kept += [begun.pop(), mark]
        elif begun:
            begun.pop()
    return sorted(kept, key=lambda mark: mark.start())
