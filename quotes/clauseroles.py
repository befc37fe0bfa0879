"""What part a name plays in its clause: the subject, a possessive, or another.

Consumes the tokens of a sentence and a name mention in it; needs no parser.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.names import NameMention
from quotes.narrative import Token
from quotes.verbs import BE, VERBS
from quotes.wordclasses import (
    LINKS,
    PASTS,
)

LONGEST_PHRASE = 9
AUXILIARIES = BE | frozenset("has had have will would did does do could should may might can must who".split())


def role_of(tokens: Sequence[Token], mention: NameMention) -> str:
    """Return subject, possessive or other."""
    if is_subject(tokens, mention):
        return "subject"
    return "possessive" if tokens[mention.last].low.endswith("'s") else "other"


def is_subject(tokens: Sequence[Token], mention: NameMention) -> bool:
    """Whether the mention stands where a subject does: before a verb, after a reporting one, or before any."""
    after = _after_phrase(tokens, mention.last + 1)
    before = tokens[mention.run_first - 1] if mention.run_first > 0 else None
    if tokens[mention.last].low.endswith("'s"):
        return False
    if (
        before is not None
        and before.low in VERBS
        and mention.run_first >= 2
        and not tokens[mention.run_first - 2].is_word
    ):
        return True
    if after is not None and after.is_word and not after.is_capitalized:
        return _is_verb(after) or after.low.endswith("ly")
    return (before is None or before.low not in LINKS) and not any(_is_verb(t) for t in tokens[: mention.run_first])


def _after_phrase(tokens: Sequence[Token], at: int) -> Token | None:
    """Return the token at `at`, past “from Mission Australia” between a name and its verb."""
    if at + 1 < len(tokens) and tokens[at].low in ("from", "of", "at") and not _is_verb(tokens[at + 1]):
        end = at + 1
        while (
            end < len(tokens)
            and end - at <= LONGEST_PHRASE
            and (tokens[end].is_capitalized or tokens[end].low in LINKS or tokens[end].low in ("the", "and", "&"))
        ):
            end += 1
        if end > at + 1 and end < len(tokens) and _is_verb(tokens[end]):
            return tokens[end]
    return tokens[at] if at < len(tokens) else None


def _is_verb(token: Token) -> bool:
    low = token.low
    known = low in VERBS or low in AUXILIARIES or low in PASTS or low.endswith("ed")
    return known and token.is_word and not token.is_capitalized
