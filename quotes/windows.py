"""The reader's view of an article: word pieces of the narrative, with each quotation folded, in windows.

Consumes the text, its paragraphs and quoted spans; produces windows of token ids whose offsets are those of the text.
A quotation keeps its marks, its first and last words and what ends it, around one placeholder:

    “ we are all [MASK] done with this , ” said joey hood .

Each token is read once wherever the quotations of a stretch fit into one window.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.records import QuotedSpan, Span

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

LIMIT = 200
"""Tokens of a window at most, the first one included: longer ones, of 384, lost 2.5 points on the development set."""
BEFORE, AFTER = 2, 1
"""Paragraphs of context before and after one with quotations."""
REACH = 6
"""Paragraphs before it where they are so short that `BEFORE` of them hold fewer than `ENOUGH` tokens."""
ENOUGH, CONTEXT = 48, 96
"""Tokens of context before a window's first quotation: wanted, and at most."""
AHEAD = 32
"""Tokens of context after a window's last quotation at most."""
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


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the view that is read at once."""

    tokens: Tokens
    answers: frozenset[int]
    """Indices of the quoted spans whose source is asked of this window; the others in it are context."""
    paragraphs: tuple[int, ...]
    """Index of the paragraph of each token."""


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


class View:
    """Makes windows of articles with one tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """`tokenizer` splits text into word pieces; its vocabulary has [CLS], [SEP], [MASK], “ and ”."""
        self._tokenizer = tokenizer
        self._first, self._break, self._mask, self._open, self._close = (
            self._number(token) for token in ("[CLS]", "[SEP]", "[MASK]", "“", "”")
        )

    def _number(self, token: str) -> int:
        number = self._tokenizer.token_to_id(token)
        if number is None:
            raise ValueError(f"the tokenizer's vocabulary lacks {token}")
        return number

    def windows(
        self,
        text: str,
        paragraphs: Sequence[Span],
        spans: Sequence[QuotedSpan],
        wanted: Collection[int] | None = None,
    ) -> list[Window]:
        """Return the windows of an article that together answer for every top-level span of `spans`.

        Where `wanted` is given, for those of these indices only; the others are context.
        """
        asked = frozenset(i for i, s in enumerate(spans) if s.outer is None and (wanted is None or i in wanted))
        blocks = self._blocks(text, paragraphs, spans, asked)
        return [self._window(blocks, asked, *bounds) for bounds in _bounds(blocks, asked)]

    def _blocks(
        self, text: str, paragraphs: Sequence[Span], spans: Sequence[QuotedSpan], asked: Collection[int]
    ) -> list[tuple[int, Tokens]]:
        """Return (index of the paragraph, tokens) of each block, in order."""
        near = _near(paragraphs, spans, asked)
        pieces: list[Span] = []
        plans: list[tuple[int, list[tuple[int, QuotedSpan] | None]]] = []
        top = [(i, s) for i, s in enumerate(spans) if s.outer is None]
        at = cursor = 0
        for number, paragraph in enumerate(paragraphs):
            plan: list[tuple[int, QuotedSpan] | None] = []
            cursor = max(cursor, paragraph.start)
            while at < len(top) and top[at][1].opener.start < paragraph.end:
                index, span = top[at]
                if number in near:
                    pieces.append(Span(cursor, span.opener.start))
                    pieces.extend(edges_of(text, span.words))
                    plan.extend((None, (index, span)))
                cursor = span.closer.end if span.closer else span.words.end
                at += 1
            if number in near:
                pieces.append(Span(cursor, max(cursor, paragraph.end)))
                plan.append(None)
                plans.append((number, plan))
        found = self._tokenizer.encode_batch([p.of(text) for p in pieces], add_special_tokens=False)
        encoded = iter(zip(pieces, found, strict=True))
        blocks: list[tuple[int, Tokens]] = []
        for number, plan in plans:
            tokens = Tokens()
            for entry in plan:
                if entry is None:
                    _append(tokens, text, *next(encoded))
                    continue
                index, span = entry
                tokens.add(self._open, span.opener.start, span.opener.end, NONE, is_narrative=False)
                _append(tokens, text, *next(encoded), keep=slice(EDGE_TOKENS))
                tokens.places.append((len(tokens), index))
                tokens.add(self._mask, span.words.start, span.words.end, NONE, is_narrative=False)
                _append(tokens, text, *next(encoded), keep=slice(-EDGE_TOKENS, None))
                if span.closer is not None:
                    tokens.add(self._close, span.closer.start, span.closer.end, NONE, is_narrative=False)
            blocks.extend((number, part) for part in _parts(text, tokens, self._open))
        return blocks

    def _window(
        self, blocks: Sequence[tuple[int, Tokens]], asked: Collection[int], first: int, last: int, core: Sequence[int]
    ) -> Window:
        tokens, numbers = Tokens(), [blocks[first][0]]
        tokens.add(self._first, 0, 0, NONE, is_narrative=False)
        for i in range(first, last + 1):
            number, block = blocks[i]
            if i > first and number != blocks[i - 1][0]:
                end = tokens.ends[-1]
                tokens.add(self._break, end, end, NONE, is_narrative=False)
                numbers.append(number)
            if i > core[-1]:
                block = block.part(0, AHEAD)
            tokens.extend(block)
            numbers.extend([number] * len(block))
        answers = frozenset(q for i in core for _, q in blocks[i][1].places if q in asked)
        return Window(tokens, answers, tuple(numbers))


def _append(tokens: Tokens, text: str, piece: Span, encoding: Encoding, keep: slice | None = None) -> None:
    """Add word pieces: all of the narrative's, those that `keep` picks of a quotation's."""
    is_narrative = keep is None
    keep = keep or slice(None)
    for number, (start, end) in zip(encoding.ids[keep], encoding.offsets[keep], strict=True):
        start, end = piece.start + start, piece.start + end
        tokens.add(number, start, end, case_of(text[start:end]), is_narrative=is_narrative)


def _near(paragraphs: Sequence[Span], spans: Sequence[QuotedSpan], asked: Collection[int]) -> frozenset[int]:
    """Return the indices of paragraphs that a window can reach."""
    near: set[int] = set()
    at = 0
    for number, paragraph in enumerate(paragraphs):
        held = False
        while at < len(spans) and spans[at].opener.start < paragraph.end:
            held = held or at in asked
            at += 1
        if held:
            near.update(range(max(0, number - REACH), min(len(paragraphs), number + AFTER + 1)))
    return frozenset(near)


def _parts(text: str, tokens: Tokens, opening: int) -> Iterator[Tokens]:
    """Cut a long paragraph into blocks, at sentence ends where there are any, never inside a folded quotation."""
    start = 0
    for i in range(len(tokens)):
        size = i + 1 - start
        follows = i + 1 == len(tokens) or tokens.ids[i + 1] == opening
        if size < BLOCK or not (tokens.is_narrative[i] or follows):
            continue
        is_end = text[tokens.starts[i] : tokens.ends[i]] in (".", "!", "?")
        if is_end or size >= BLOCK + 32:
            yield tokens.part(start, i + 1)
            start = i + 1
    if start < len(tokens):
        yield tokens.part(start, len(tokens))


def _bounds(blocks: Sequence[tuple[int, Tokens]], asked: Collection[int]) -> Iterator[tuple[int, int, list[int]]]:
    """Yield (first block, last block, blocks that are answered for) of each window."""
    sizes = [len(tokens) + 1 for _, tokens in blocks]
    first = last = -1
    core: list[int] = []
    for i, (_, tokens) in enumerate(blocks):
        if not any(q in asked for _, q in tokens.places):
            continue
        end = _until(blocks, i)
        start = _since(blocks, sizes, i)
        if core and start <= last + 1 and sum(sizes[first : end + 1]) + 1 <= LIMIT:
            last = max(last, end)
            core.append(i)
            continue
        if core:
            yield first, last, core
        first, last, core = start, end, [i]
    if core:
        yield first, last, core


def _until(blocks: Sequence[tuple[int, Tokens]], i: int) -> int:
    """Return the last block of context after block `i`: the rest of its paragraph's next block, or the next one."""
    end = i + AFTER
    return end if end < len(blocks) and blocks[end][0] <= blocks[i][0] + AFTER else i


def _since(blocks: Sequence[tuple[int, Tokens]], sizes: Sequence[int], i: int) -> int:
    """Return the first block of context before block `i`."""
    start, size = i, 0
    while start > 0:
        apart = blocks[i][0] - blocks[start - 1][0]
        size += sizes[start - 1]
        if size > CONTEXT or apart > (BEFORE if size - sizes[start - 1] >= ENOUGH else REACH):
            break
        start -= 1
    return start
