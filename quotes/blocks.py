"""Word pieces of an article's narrative in blocks: each quotation folded, names put in other words where asked.

Consumes the text, its paragraphs and quoted spans; produces blocks of tokens whose offsets are those of the text.
A quotation keeps its marks, its first and last words and what ends it, around one placeholder:

    “ we are all [MASK] done with this , ” said joey hood .
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.nicknames import folded
from quotes.records import QuotedSpan, Span

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

BLOCK = 112
"""Tokens after which a paragraph is cut at the next sentence end, and `BLOCK + 32` after which it is cut anywhere."""
EDGE_WORDS = 3
"""Words that a quotation keeps at each end."""

EDGE_TOKENS = 12
"""Word pieces that those words are at most."""

WORD = re.compile(r"\S+")
NONE, LOWER, TITLE, UPPER, MIXED, DIGIT = range(6)
CASES = 6
"""Kinds of letter case that a token can have: the vocabulary itself is without case."""


@dataclass(slots=True)
class Tokens:
    """Columns of tokens: number, start and end in the text, case, quotation, whether it can be in a source."""

    ids: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    cases: list[int] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    """(position, index of the quoted span) of each placeholder."""
    is_narrative: list[bool] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, number: int, start: int, end: int, case: int, *, is_narrative: bool) -> None:
        """Append one token."""
        self.ids.append(number)
        self.starts.append(start)
        self.ends.append(end)
        self.cases.append(case)
        self.is_narrative.append(is_narrative)

    def extend(self, other: Tokens) -> None:
        """Append all tokens of `other`."""
        offset = len(self.ids)
        self.ids.extend(other.ids)
        self.starts.extend(other.starts)
        self.ends.extend(other.ends)
        self.cases.extend(other.cases)
        self.is_narrative.extend(other.is_narrative)
        self.places.extend((position + offset, quotation) for position, quotation in other.places)

    def part(self, start: int, end: int) -> Tokens:
        """Return the tokens from `start` to `end`."""
        places = [(p - start, q) for p, q in self.places if start <= p < end]
        cut = slice(start, end)
        return Tokens(self.ids[cut], self.starts[cut], self.ends[cut], self.cases[cut], places, self.is_narrative[cut])


def case_of(piece: str) -> int:
    """Return the letter case of a word piece as written."""
    if piece.islower():
        return LOWER
    if piece.isupper():
        return UPPER if len(piece) > 1 else TITLE
    if piece[:1].isupper() and piece[1:].islower():
        return TITLE
    if piece.isdigit():
        return DIGIT
    return MIXED if any(c.isalpha() for c in piece) else NONE


def edges_of(text: str, words: Span) -> tuple[Span, Span]:
    """Return the stretches at the start and end of a quotation's `words` that stay beside its placeholder."""
    found = [(m.start(), m.end()) for m in _first_words(text, words)]
    if len(found) <= EDGE_WORDS:
        return words, Span(words.end, words.end)
    head = Span(words.start, found[EDGE_WORDS - 1][1])
    tail_start = max(_last_words_start(text, words), found[EDGE_WORDS][0])
    return head, Span(tail_start, words.end)


def _first_words(text: str, words: Span) -> Iterator[re.Match[str]]:
    for i, match in enumerate(WORD.finditer(text, words.start, words.end)):
        yield match
        if i == EDGE_WORDS:
            return


def _last_words_start(text: str, words: Span) -> int:
    start = words.end
    for _ in range(EDGE_WORDS):
        while start > words.start and text[start - 1].isspace():
            start -= 1
        while start > words.start and not text[start - 1].isspace():
            start -= 1
    return start


Renamed = Sequence[tuple[Span, int]]
"""Spans of the narrative, in order, each with the number of the token that it is read as."""
Block = tuple[int, Tokens]
"""Index of the paragraph, and its tokens or a stretch of them."""
_Step = tuple[int, QuotedSpan] | tuple[Span, int] | None
"""What follows in a paragraph: a quotation by its index, a span read as another token, or a piece of text."""


class Blocks:
    """Cuts articles into blocks with one tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """`tokenizer` splits text into word pieces; its vocabulary has [CLS], [SEP], [MASK], “ and ”."""
        self._tokenizer = tokenizer
        self.first, self.gap, self._mask, self._open, self._close = (
            self.number(token) for token in ("[CLS]", "[SEP]", "[MASK]", "“", "”")
        )

    def number(self, token: str) -> int:
        """Return the number of a token. Raises ValueError where the vocabulary lacks it."""
        number = self._tokenizer.token_to_id(token)
        if number is None:
            raise ValueError(f"the tokenizer's vocabulary lacks {token}")
        return number

    def cut(
        self,
        text: str,
        paragraphs: Sequence[Span],
        spans: Sequence[QuotedSpan],
        near: Collection[int],
        renamed: Renamed = (),
    ) -> list[Block]:
        """Return the blocks of the paragraphs whose indices are in `near`, in order."""
        pieces: list[Span] = []
        plans: list[tuple[int, list[_Step]]] = []
        top = folded(text, spans)
        names = deque(renamed)
        at = cursor = 0

        def narrative(start: int, end: int, plan: list[_Step]) -> None:
            """Plan the article's own words from `start` to `end`, cut where a span is read as another token."""
            while names and names[0][0].start < end:
                span, number = names.popleft()
                if start <= span.start and span.end <= end:
                    pieces.append(Span(start, span.start))
                    plan.extend((None, (span, number)))
                    start = span.end
            pieces.append(Span(start, max(start, end)))
            plan.append(None)

        for number, paragraph in enumerate(paragraphs):
            plan: list[_Step] = []
            cursor = max(cursor, paragraph.start)
            while at < len(top) and top[at][1].opener.start < paragraph.end:
                index, span = top[at]
                if number in near:
                    narrative(cursor, span.opener.start, plan)
                    pieces.extend(edges_of(text, span.words))
                    plan.append((index, span))
                cursor = span.closer.end if span.closer else span.words.end
                at += 1
            if number in near:
                narrative(cursor, paragraph.end, plan)
                plans.append((number, plan))
        found = self._tokenizer.encode_batch([p.of(text) for p in pieces], add_special_tokens=False)
        encoded = iter(zip(pieces, found, strict=True))
        return [
            (number, part)
            for number, plan in plans
            for part in _parts(text, self._tokens(text, plan, encoded), self._open)
        ]

    def _tokens(self, text: str, plan: Sequence[_Step], encoded: Iterator[tuple[Span, Encoding]]) -> Tokens:
        """Return the tokens of a paragraph; `encoded` are the pieces of text that its plan takes, in order."""
        tokens = Tokens()
        for step in plan:
            if step is None:
                _append(tokens, text, *next(encoded))
            elif isinstance(step[0], Span):
                tokens.add(step[1], step[0].start, step[0].end, TITLE, is_narrative=True)
            else:
                self._fold(tokens, text, step[0], step[1], encoded)
        return tokens

    def _fold(
        self, tokens: Tokens, text: str, index: int, span: QuotedSpan, encoded: Iterator[tuple[Span, Encoding]]
    ) -> None:
        tokens.add(self._open, span.opener.start, span.opener.end, NONE, is_narrative=False)
        _append(tokens, text, *next(encoded), keep=slice(EDGE_TOKENS))
        tokens.places.append((len(tokens), index))
        tokens.add(self._mask, span.words.start, span.words.end, NONE, is_narrative=False)
        _append(tokens, text, *next(encoded), keep=slice(-EDGE_TOKENS, None))
        if span.closer is not None:
            tokens.add(self._close, span.closer.start, span.closer.end, NONE, is_narrative=False)


def _append(tokens: Tokens, text: str, piece: Span, encoding: Encoding, keep: slice | None = None) -> None:
    """Add word pieces: all of the narrative's, those that `keep` picks of a quotation's."""
    is_narrative = keep is None
    keep = keep or slice(None)
    for number, (start, end) in zip(encoding.ids[keep], encoding.offsets[keep], strict=True):
        start, end = piece.start + start, piece.start + end
        tokens.add(number, start, end, case_of(text[start:end]), is_narrative=is_narrative)


def _begins_quotation(tokens: Tokens, i: int) -> bool:
    """Whether the mark at position `i` opens a folded quotation, rather than one among the words that it keeps."""
    at = bisect_right(tokens.places, i, key=lambda place: place[0])
    before = tokens.places[at - 1][0] if at else None
    after = tokens.places[at][0] if at < len(tokens.places) else None
    is_past = before is None or tokens.starts[i] >= tokens.ends[before]
    return is_past and after is not None and tokens.starts[i] < tokens.starts[after]


def _parts(text: str, tokens: Tokens, opening: int) -> Iterator[Tokens]:
    """Cut a long paragraph into blocks, at sentence ends where there are any, never inside a folded quotation."""
    start = 0
    for i in range(len(tokens)):
        size = i + 1 - start
        follows = i + 1 == len(tokens) or (tokens.ids[i + 1] == opening and _begins_quotation(tokens, i + 1))
        if size < BLOCK or not (tokens.is_narrative[i] or follows):
            continue
        is_end = text[tokens.starts[i] : tokens.ends[i]] in (".", "!", "?")
        if is_end or size >= BLOCK + 32:
            yield tokens.part(start, i + 1)
            start = i + 1
    if start < len(tokens):
        yield tokens.part(start, len(tokens))
