"""Two who say something together: “Ana Pell and Ira Moss said”, whose words are not Ana Pell's alone.

Consumes the cast and the attributions; produces the attributions with both in the mention.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from quotes.cast import Cast
from quotes.described import PAIR
from quotes.names import NameMention
from quotes.narrative import Token
from quotes.records import Attribution, Span
from quotes.roles import is_roles, is_title
from quotes.wordclasses import ADJECTIVES, LINKS, is_namelike

BEFORE_VERB = re.compile(r"\s+(?:(?:also|both|have|had|each|then|later|once|still|\w+ly)\s+){0,2}")
"""What stands between the two and their verb."""
BEFORE_NAMES = re.compile(r",?\s+(?:(?:the|both)\s+)?(?:[\w.’'-]+\s+){0,5}")
"""What stands between their verb and the two: a title that they share."""
BEGINS_CLAUSE = frozenset(
    "that when as and but while if because though although which where after before since until so both".split()
)
"""Words that a subject follows."""


def with_both(cast: Cast, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Return the attributions; where two are the subject of the cue and one is the mention, both are."""
    pairs = sorted((m for n in cast.everybody if n.head == PAIR for m in n.mentions), key=lambda m: m.span)
    return tuple(_widened(cast, pairs, a) for a in attributions) if pairs else tuple(attributions)


def _widened(cast: Cast, pairs: Sequence[NameMention], attribution: Attribution) -> Attribution:
    mention, cue = attribution.mention, attribution.cue
    if mention is None or cue is None:
        return attribution
    at = bisect_left(pairs, mention.start, key=lambda m: m.span.end)
    # A list of three is two pairs: whoever is in both is not one of two.
    near = [m for m in pairs[at : at + 2] if m.span.overlaps(mention)]
    if len(near) != 1 or not _are_subject(cast, near[0], cue):
        return attribution
    return replace(attribution, mention=near[0].span)


def _are_subject(cast: Cast, pair: NameMention, cue: Span) -> bool:
    """Whether the two are all of what the verb at `cue` says something of."""
    text, (p, s) = cast.narrative.text, pair.sentence
    tokens = cast.narrative.sentences[p][s].tokens
    if pair.span.end <= cue.start:
        is_beside = BEFORE_VERB.fullmatch(text, pair.span.end, cue.start) is not None
        return is_beside and _begin_clause(tokens, pair.first) and not _goes_on_a_list(tokens, pair.first)
    if cue.end > pair.span.start or BEFORE_NAMES.fullmatch(text, cue.end, pair.span.start) is None:
        return False
    after = tokens[pair.last + 1] if pair.last + 1 < len(tokens) else None
    return after is None or not after.is_word or after.low in LINKS or after.low == "who"


def _begin_clause(tokens: Sequence[Token], first: int) -> bool:
    """Whether the names from token `first` on begin a clause, behind the titles that they share."""
    while first > 0 and (
        is_title(tokens[first - 1]) or is_roles(tokens[first - 1]) or tokens[first - 1].low in ADJECTIVES | {"the"}
    ):
        first -= 1
    if first == 0:
        return True
    before = tokens[first - 1]
    return before.low in BEGINS_CLAUSE or (not before.is_word and before.text not in (")", "&"))


def _goes_on_a_list(tokens: Sequence[Token], first: int) -> bool:
    """Whether “Ana Pell, ” stands before the names from token `first` on: then they are two of three."""
    return first > 2 and tokens[first - 1].text == "," and all(is_namelike(t) for t in tokens[first - 3 : first - 1])
