"""Whom the network thinks a pronoun or a description stands for: names put in neutral words, and what it points to.

Consumes where the people of an article are named and what the network answers for a place; produces shares of these
places. In the windows that it reads here every name of a person is one token, the same for all mentions of one person
and chosen by order alone: what a name sounds like tells it nothing, least of all a gender.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.blocks import Blocks, Renamed, Tokens
from quotes.records import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

STAND_INS = tuple(
    """
    smith jones brown taylor wilson davis clark lewis walker hall allen wright scott adams baker nelson carter mitchell
    roberts turner phillips campbell parker evans edwards collins stewart morris rogers reed morgan murphy bailey cooper
    richardson cox howard peterson gray watson brooks bennett barnes ross henderson coleman jenkins perry powell
    patterson hughes simmons foster
    """.split()
)
"""Surnames of one word piece each that stand in for the article's, in turn."""


LEAST = 0.003
"""Probability from which a token counts as named."""
FORBIDDEN = -1e4


@dataclass(frozen=True, slots=True)
class Referents:
    """Whom a mention stands for, as the network points to it."""

    named: tuple[tuple[Span, float], ...]
    """Tokens of the text in order, with the probability that they name whom the mention stands for."""
    nobody: float
    """Probability that the window names nobody whom it stands for."""


def numbers(blocks: Blocks) -> tuple[int, ...]:
    """Return the token numbers of the stand-ins."""
    return tuple(blocks.number(word) for word in STAND_INS)


def renamed(people: Sequence[Sequence[Span]], tokens: Sequence[int], shift: int = 0) -> Renamed:
    """Return what each mention of a person is read as, in order of the text.

    `people` are the mentions of each by name, `tokens` the stand-ins' numbers; `shift` moves where they begin.
    """
    found = sorted((span, tokens[(i + shift) % len(tokens)]) for i, spans in enumerate(people) for span in spans)
    kept: list[tuple[Span, int]] = []
    for span, number in found:
        if not kept or kept[-1][0].end <= span.start:
            kept.append((span, number))
    return kept


def place_of(tokens: Tokens, mention: Span) -> int | None:
    """Return the position of the last token of `mention` in a window; None where it is not there."""
    inside = [
        i
        for i, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True))
        if tokens.is_narrative[i] and start < mention.end and mention.start < end
    ]
    return inside[-1] if inside else None


def allowed(tokens: Tokens, mention: Span, place: int) -> list[bool]:
    """Return for each token of a window whether the answer can lie there; `place` itself stands for nobody."""
    return [
        i == place or (is_narrative and (end <= mention.start or mention.end <= start))
        for i, (start, end, is_narrative) in enumerate(
            zip(tokens.starts, tokens.ends, tokens.is_narrative, strict=True)
        )
    ]


def decode(tokens: Tokens, mention: Span, place: int, logits: Floats) -> Referents:
    """Return whom the mention at `place` of a window stands for; `logits` (tokens,) are the network's."""
    import numpy as np

    masked = np.where(allowed(tokens, mention, place), logits[: len(tokens)], FORBIDDEN).astype(np.float64)
    odds = np.exp(masked - masked.max())
    odds /= odds.sum()
    named = [
        (Span(tokens.starts[i], tokens.ends[i]), float(odds[i]))
        for i in np.flatnonzero(odds >= LEAST).tolist()
        if i != place
    ]
    return Referents(tuple(named), float(odds[place]))


def within(tokens: Tokens, spans: Sequence[Span]) -> list[int]:
    """Return the positions of the narrative's tokens that overlap one of `spans`, which are in order of the text."""
    found: list[int] = []
    at = 0
    for i, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True)):
        while at < len(spans) and spans[at].end <= start:
            at += 1
        if at < len(spans) and tokens.is_narrative[i] and spans[at].start < end:
            found.append(i)
    return found
