"""Words that have a capital only because they open a headline or a sentence, and are no part of the name behind them.

Consumes name mentions and the narrative; produces name mentions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotes.nameruns import is_body
from quotes.names import NameMention, word_of
from quotes.narrative import Narrative, Sentence, Token
from quotes.records import Span
from quotes.wordclasses import PASTS

BE = frozenset("is are was were be been".split())
FIRST_WORDS = 25
"""Words up to which an article's first paragraph can be its headline."""
OPENING_VERB = re.compile(r"[a-z]{3,}ing")


def without_headline_word(narrative: Narrative, mention: NameMention, others: Sequence[NameMention]) -> NameMention:
    """Return the article's first mention without a word that has its capital only because it begins the headline.

    “Weary Pell drops bid”, where the article never has “Weary” again, but “Ana Pell” or “Mayor Pell”.
    """
    is_early = mention.sentence == (0, 0) and mention.run_first == mention.first == 0 and len(mention.words) > 1
    if not is_early or mention.is_body or not _can_be_headline(narrative.sentences[0]):
        return mention
    tokens = narrative.sentences[0][0].tokens
    if "-" in mention.words[0] or not tokens[1].is_word or is_body(tokens, 1, mention.last):
        return mention  # “Pro-Brin Party”, “Super PAC”
    rest = mention.words[1:]
    later = [m for m in others if m.sentence[0] > 0 and m.words[-1] == rest[-1]]
    again = any(_has_capital(t, mention.words[0]) for p in narrative.sentences[1:] for s in p for t in s.tokens)
    if again or not any(len(m.words) > 1 or m.first > m.run_first for m in later):
        return mention
    return _behind_first_word(mention, tokens)


def without_opening_verbs(narrative: Narrative, found: Sequence[NameMention]) -> list[NameMention]:
    """Return the mentions without a verb that has its capital only because it opens a sentence: “Citing Ana Pell, …”.

    A word in -ing is one before a full name that the article gives elsewhere, or before the end of a fuller one, unless
    it stands inside a sentence as part of a name: “Irving Pell”, where nobody is named Pell otherwise, is a name.
    """
    given = {m.words for m in found}
    fuller: dict[tuple[str, ...], set[str]] = {}
    for words in given:
        for i in range(1, len(words)):
            fuller.setdefault(words[i:], set()).add(words[i - 1])
    inside = {w for m in found for w in (m.words[1:] if m.starts_sentence else m.words)}
    kept: list[NameMention] = []
    for mention in found:
        verb, rest = mention.words[0], mention.words[1:]
        is_bare = mention.starts_sentence and mention.first == mention.run_first and not mention.is_body
        is_verb = is_bare and rest and verb not in inside and OPENING_VERB.fullmatch(verb) is not None
        if is_verb and ((len(rest) > 1 and rest in given) or fuller.get(rest, set()) - {verb}):
            tokens = narrative.sentences[mention.sentence[0]][mention.sentence[1]].tokens
            kept.append(_behind_first_word(mention, tokens))
        else:
            kept.append(mention)
    return kept


def _behind_first_word(mention: NameMention, tokens: Sequence[Token]) -> NameMention:
    """Return the mention that is left without its first word; `tokens` are those of its sentence."""
    first = mention.first + 1
    span = Span(tokens[first].start, mention.span.end)
    rest = mention.words[1:]
    return replace(mention, span=span, words=rest, first=first, run_first=first, starts_sentence=False)


def _can_be_headline(paragraph: Sequence[Sentence]) -> bool:
    """Whether a first paragraph is as short as a headline, and tells nothing in the past tense as a lead would."""
    tokens = [t for sentence in paragraph for t in sentence.tokens]
    return len(tokens) <= FIRST_WORDS and not any(is_plain_verb(t) for t in tokens)


def _has_capital(token: Token, word: str) -> bool:
    return token.is_capitalized and word_of(token) == word


def is_plain_verb(token: Token) -> bool:
    """Whether the token is a verb in lower case by its form, as none is in a headline whose words have capitals."""
    return not token.is_capitalized and (token.low in PASTS or token.low in BE or token.low.endswith("ed"))
