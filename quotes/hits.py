"""What rules find for a quotation, and what one looks at: the quotation in its sentence with the sentence's cues.

Value types and what they share; the rules themselves are in `rules.py`, `unspoken.py` and `carry.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotes.narrative import Token
from quotes.phrases import NounPhrase
from quotes.records import QuotedSpan, Span
from quotes.verbs import Cue

NAME = "name-of-something"
"""Rule of a quotation that is a title, a nickname or a term: nobody's words."""
LISTED = "listed"
"""Rule of the later fragments in a list of them, which go with the first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A source found for a span, and the rule that found it."""

    rule: str
    mention: Span | None
    """None where the speaker is carried on from another paragraph: the quotation has no mention of its own."""
    cue: Span | None = None
    cue_list: str | None = None
    carried_from: int | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """One quotation in its sentence: what a rule looks at."""

    text: str
    tokens: tuple[Token, ...]
    cues: tuple[Cue, ...]
    at: int
    """Index of the quotation's token."""
    span: QuotedSpan
    is_first: bool
    """Whether the sentence is its paragraph's first."""
    is_last: bool

    def after(self) -> int:
        """Return the index of the first token after the quotation, past a comma."""
        i = self.at + 1
        return i + 1 if i < len(self.tokens) and self.tokens[i].text == "," else i

    def hit(self, rule: str, source: NounPhrase, cue: Cue | None = None) -> Hit:
        """Return a hit that rests on `source`."""
        return hit_on(rule, self.tokens, source, cue)


def hit_on(rule: str, tokens: Sequence[Token], source: NounPhrase, cue: Cue | None = None) -> Hit:
    """Return the hit of `rule` that rests on `source` and `cue` in `tokens`."""
    if cue is None:
        return Hit(rule, source.mention(tokens))
    words = "reporting_phrases" if cue.use == "according" else "reporting_verbs"
    return Hit(rule, source.mention(tokens), Span(tokens[cue.first].start, tokens[cue.last - 1].end), words)


def mention_of(hits: Mapping[int, Hit], index: int) -> Span | None:
    """Return the mention that the hit of span `index` rests on, its own or the one that it is carried on from."""
    hit = hits.get(index)
    for _ in range(len(hits)):
        if hit is None or hit.mention is not None or hit.carried_from is None:
            break
        hit = hits.get(hit.carried_from)
    return hit.mention if hit is not None else None


def nearest_before(context: Context) -> Cue | None:
    """Return the reporting verb before the quotation; an attitude yields to the verb that reports it."""
    before = [cue for cue in context.cues if cue.last <= context.at and cue.source is not None]
    if not before:
        return None
    best = before[-1]
    for cue in reversed(before):
        if best.use != "think" or cue.use in ("say", "manner", "call"):
            return cue if best.use == "think" else best
    return best
