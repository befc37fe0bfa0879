"""Quotations that are nobody's words by their form and place: titles, nicknames, terms, notes of a transcript.

Consumes one quotation in its sentence; says whether it is such a one.
"""

from __future__ import annotations

import re

from quotes import lexicon
from quotes.hits import Context, nearest_before
from quotes.kinds import is_title_case
from quotes.nicknames import is_nickname
from quotes.records import QuotedSpan
from quotes.verbs import BE, NOUN_VERBS, VERBS
from quotes.wordclasses import DOCUMENTS, FUNCTION_WORDS, LINKS, is_possessive

STAGE_DIRECTION = re.compile(r"\([A-Z][A-Z ,]+\.?\)|\[[A-Z][A-Z ,]+\.?\]")
"""A note in brackets and capitals."""
WORK_NOUNS = lexicon.words("work_nouns")


KNOWN = frozenset("known know knows knew".split())
MODIFIER_WORDS = 2
"""Most words in marks that are taken for an adjective."""
KNOWN_REACH = 10
"""Tokens between “known” and “as “Boots””: “known to a generation of fans as”."""
NAMED = frozenset("called named titled entitled dubbed nicknamed known aka termed headlined labeled labelled".split())
MADE = frozenset("written recorded composed directed performed published released sung produced filmed".split())
"""Participles that say how a work came about."""
NOUN_BEFORE = frozenset("the a an of on in to from for with by at as his her their its and or".split())


def is_name_of_something(context: Context) -> bool:
    """Whether the quotation is a title, a nickname or a tag's attribute: “CNN's “New Day””, “known as “Boots””."""
    words = context.span.words.of(context.text)
    if is_title_case(words.rstrip(".,!?")) and _is_made(context):
        return True
    if context.at == 0:
        return False
    before = context.tokens[context.at - 1]
    if before.text == "=" or before.low in ("so-called", "nicknamed", "slogan", "aka"):
        return True
    if before.low == "as" and any(
        t.low in KNOWN for t in context.tokens[max(0, context.at - KNOWN_REACH) : context.at]
    ):
        return True
    if _modifies(context, words):
        return True
    return is_title_case(words.rstrip(".,!?")) and (
        before.low in ("read", "reads")
        or is_possessive(before)
        or (before.low in NOUN_BEFORE and not _is_called(context))
        or (before.low in NAMED and not any(c.last == context.at and c.source for c in context.cues))
        or (before.is_capitalized and before.low not in VERBS and before.text[-1] != ".")
        or before.low in DOCUMENTS | WORK_NOUNS
        or (before.text == "," and context.at > 1 and context.tokens[context.at - 2].low in WORK_NOUNS)
    )


def _is_made(context: Context) -> bool:
    """Whether what follows tells that the quotation was made, or what work it is: ““Late Bells” was written by”."""
    after = [t.low for t in context.tokens[context.at + 1 : context.at + 6]]
    if len(after) < 2 or after[0] not in BE:
        return False
    return after[1] in MADE or (after[1] in ("a", "an", "the") and not WORK_NOUNS.isdisjoint(after[2:]))


def _modifies(context: Context, words: str) -> bool:
    """Whether a word or two in marks stand before a noun like an adjective: “the compact's “dry year” rules”."""
    before = context.tokens[context.at - 1]
    after = context.tokens[context.at + 1] if context.at + 1 < len(context.tokens) else None
    return (
        is_possessive(before)
        and not _is_called(context)
        and len(words.split()) <= MODIFIER_WORDS
        and words[:1].islower()
        and after is not None
        and after.is_word
        and not after.is_capitalized
        and after.low not in FUNCTION_WORDS | LINKS
        and all(verb.lemma in NOUN_VERBS for verb in VERBS.get(after.low, ()))
    )


def _is_called(context: Context) -> bool:
    """Whether a verb of naming takes the quotation for its object: “called him a “Crooked Banker””."""
    cue = nearest_before(context)
    return cue is not None and cue.use == "call" and cue.source is not None and context.at - cue.last <= 4


def is_no_speech(text: str, span: QuotedSpan) -> bool:
    """Whether a span is a nickname inside a name, or what a transcript notes between turns: “(CROSSTALK.)”."""
    return is_nickname(text, span) or STAGE_DIRECTION.fullmatch(text, span.words.start, span.words.end) is not None
