"""From a source as the reader gives it to the mention in it: the naming part, as the rules would read it.

Consumes the narrative and a stretch of its text; produces the mention's span. “Jo Roe, who chairs the board,” is a
source, “Jo Roe” its mention.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from quotes.narrative import Narrative, Token
from quotes.phrases import NounPhrase, read_back, read_forward
from quotes.records import Span
from quotes.wordclasses import DETERMINERS, LINKS

RELATIVE = frozenset(("who", "which", "whose"))


class Mentions:
    """Finds the naming parts of sources in one article."""

    def __init__(self, narrative: Narrative) -> None:
        self._narrative = narrative
        self._sentences = [s.tokens for paragraph in narrative.sentences for s in paragraph if s.tokens]
        self._starts = [tokens[0].start for tokens in self._sentences]

    def of(self, source: Span) -> Span:
        """Return the naming part of `source`, or its words without outer marks where none can be told."""
        tokens, first, last = self._inside(source)
        if first >= last:
            return source
        while last - 1 > first and not tokens[last - 1].is_word:
            last -= 1
        while first < last - 1 and not tokens[first].is_word:
            first += 1
        phrase = _naming(tokens, first, last)
        if phrase is not None and phrase.kind != "description" and not _only_begins(tokens, phrase, last):
            return phrase.mention(tokens)
        end = next((i for i in range(first, last) if not tokens[i].is_word or tokens[i].low in RELATIVE), last)
        return Span(tokens[first].start, tokens[max(end, first + 1) - 1].end)

    def _inside(self, source: Span) -> tuple[Sequence[Token], int, int]:
        """Return the tokens of the sentence that `source` begins in, and the range of those in it."""
        place = bisect_right(self._starts, source.start) - 1
        if place < 0:
            return (), 0, 0
        tokens = self._sentences[place]
        first = next((i for i, t in enumerate(tokens) if t.end > source.start), len(tokens))
        last = first
        while last < len(tokens) and tokens[last].start < source.end and not tokens[last].is_quotation:
            last += 1
        return tokens, first, last


def _only_begins(tokens: Sequence[Token], phrase: NounPhrase, last: int) -> bool:
    """Whether a lone capital is just that of the sentence: “Visiting children call it …”."""
    alone = phrase.kind == "name" and phrase.first == 0 and phrase.last == 1
    return alone and last > 1 and tokens[1].is_word and not tokens[1].is_capitalized and tokens[1].low not in LINKS


def _naming(tokens: Sequence[Token], first: int, last: int) -> NounPhrase | None:
    """Return the noun phrase that heads `tokens[first:last]`, preferring a name in it to a description."""
    forward = read_forward(tokens, first, last)
    if forward is not None and (forward.kind != "description" or tokens[first].low in DETERMINERS):
        return forward
    comma = next((i for i in range(first, last) if not tokens[i].is_word), last)
    back = read_back(tokens, comma - 1, first) if comma > first else None
    if back is not None and (forward is None or back.kind == "name"):
        return back
    return forward
