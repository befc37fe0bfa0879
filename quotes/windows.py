"""The reader's view of an article: its blocks put together in windows that the network reads at once.

Consumes the text, its paragraphs and quoted spans; produces windows of tokens (`blocks.py`). Each token is read once
wherever the quotations of a stretch fit into one window.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.blocks import NONE, Block, Blocks, Renamed, Tokens
from quotes.records import QuotedSpan, Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class Reach:
    """How much is read around what is asked about."""

    limit: int
    """Tokens of a window at most, the first one included."""
    before: int
    """Paragraphs of context before one that is asked about."""
    far: int
    """Paragraphs before it where they are so short that `before` of them hold fewer than `enough` tokens."""
    enough: int
    """Tokens of context before a window's first core block that are wanted."""
    context: int
    """The same at most."""
    after: int
    """Paragraphs of context behind one that is asked about."""
    ahead: int
    """Tokens of context behind a window's last core block at most."""


SOURCES = Reach(limit=200, before=2, far=6, enough=48, context=96, after=1, ahead=32)
"""Where a source is looked for. Longer windows, of 384 tokens, lost 2.5 points on the development set."""
REFERENTS = Reach(limit=288, before=12, far=12, enough=0, context=176, after=0, ahead=0)
"""Where it is looked for whom a pronoun or a description stands for: before it."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the view that is read at once."""

    tokens: Tokens
    answers: frozenset[int]
    """Indices of the quoted spans whose source is asked of this window; the others in it are context."""
    paragraphs: tuple[int, ...]
    """Index of the paragraph of each token."""
    core: Span
    """The stretch of the text that is answered for; what stands before and behind it is context."""


class View:
    """Makes windows of articles with one tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """`tokenizer` is as `Blocks` wants it."""
        self.blocks = Blocks(tokenizer)

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
        near = _near(paragraphs, [spans[i].opener.start for i in sorted(asked)], SOURCES)
        blocks = self.blocks.cut(text, paragraphs, spans, near)
        core = [any(q in asked for _, q in tokens.places) for _, tokens in blocks]
        return [self._window(blocks, asked, SOURCES, *bounds) for bounds in _bounds(blocks, core, SOURCES)]

    def around(
        self,
        text: str,
        paragraphs: Sequence[Span],
        spans: Sequence[QuotedSpan],
        places: Sequence[int],
        renamed: Renamed,
    ) -> list[Window]:
        """Return the windows of an article that together hold the offsets `places`, in order, with what is before.

        `renamed` are the names that are read as other tokens.
        """
        blocks = self.blocks.cut(text, paragraphs, spans, _near(paragraphs, places, REFERENTS), renamed)
        core = [False] * len(blocks)
        starts = [_start(tokens) for _, tokens in blocks]
        for place in places:
            at = bisect_right(starts, place) - 1
            if at >= 0 and place < blocks[at][1].ends[-1]:
                core[at] = True
        return [self._window(blocks, frozenset(), REFERENTS, *bounds) for bounds in _bounds(blocks, core, REFERENTS)]

    def _window(
        self,
        blocks: Sequence[Block],
        asked: Collection[int],
        reach: Reach,
        first: int,
        last: int,
        core: Sequence[int],
    ) -> Window:
        tokens, numbers = Tokens(), [blocks[first][0]]
        tokens.add(self.blocks.first, 0, 0, NONE, is_narrative=False)
        for i in range(first, last + 1):
            number, block = blocks[i]
            if i > first and number != blocks[i - 1][0]:
                end = tokens.ends[-1]
                tokens.add(self.blocks.gap, end, end, NONE, is_narrative=False)
                numbers.append(number)
            if i > core[-1]:
                block = block.part(0, reach.ahead)
            tokens.extend(block)
            numbers.extend([number] * len(block))
        answers = frozenset(q for i in core for _, q in blocks[i][1].places if q in asked)
        stretch = Span(_start(blocks[core[0]][1]), blocks[core[-1]][1].ends[-1])
        return Window(tokens, answers, tuple(numbers), stretch)


def _start(tokens: Tokens) -> int:
    return tokens.starts[0]


def _near(paragraphs: Sequence[Span], places: Sequence[int], reach: Reach) -> frozenset[int]:
    """Return the indices of paragraphs that a window around one of the offsets `places`, in order, can reach."""
    near: set[int] = set()
    starts = [p.start for p in paragraphs]
    for place in places:
        number = max(0, bisect_right(starts, place) - 1)
        near.update(range(max(0, number - reach.far), min(len(paragraphs), number + reach.after + 1)))
    return frozenset(near)


def _bounds(blocks: Sequence[Block], asked: Sequence[bool], reach: Reach) -> Iterator[tuple[int, int, list[int]]]:
    """Yield (first block, last block, blocks that are answered for) of each window; `asked` says of which blocks."""
    sizes = [len(tokens) + 1 for _, tokens in blocks]
    first = last = -1
    core: list[int] = []
    for i, is_asked in enumerate(asked):
        if not is_asked:
            continue
        end = _until(blocks, i, reach)
        start = _since(blocks, sizes, i, reach)
        if core and start <= last + 1 and sum(sizes[first : end + 1]) + 1 <= reach.limit:
            last = max(last, end)
            core.append(i)
            continue
        if core:
            yield first, last, core
        first, last, core = start, end, [i]
    if core:
        yield first, last, core


def _until(blocks: Sequence[Block], i: int, reach: Reach) -> int:
    """Return the last block of context behind block `i`: the next one, where its paragraph is near enough."""
    end = i + reach.after
    return end if end < len(blocks) and blocks[end][0] <= blocks[i][0] + reach.after else i


def _since(blocks: Sequence[Block], sizes: Sequence[int], i: int, reach: Reach) -> int:
    """Return the first block of context before block `i`."""
    start, size = i, 0
    while start > 0:
        apart = blocks[i][0] - blocks[start - 1][0]
        size += sizes[start - 1]
        is_enough = size - sizes[start - 1] >= reach.enough
        if size > reach.context or apart > (reach.before if is_enough else reach.far):
            break
        start -= 1
    return start
