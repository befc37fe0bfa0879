"""Who takes turns: who answers a question, and whether two people speak by turns.

Consumes the narrative, the spans and the hits so far; tells `carry.py` whose turn a paragraph without a cue can be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotes.hits import NAME, Hit, mention_of
from quotes.narrative import Narrative, Sentence
from quotes.pronouns import FORMS
from quotes.records import QuotedSpan, Span
from quotes.verbs import VERBS

ASKING = frozenset("ask demand enquire inquire query wonder".split())
"""Verbs of questions that somebody puts to another."""
ASKED_WORDS = 12
"""Words behind a question, at most, that do no more than say who asks it."""
TURNS = 3
"""Paragraphs in which whoever is asked spoke before."""


def speaks(found: Mapping[int, Hit], index: int) -> bool:
    """Whether somebody is found to speak the quotation."""
    return index in found and found[index].rule != NAME


def asks(text: str, spans: Sequence[QuotedSpan], paragraph: Sequence[Sentence], *, is_turn: bool) -> bool:
    """Whether a paragraph ends in a question that somebody put to another: “…?” she asked.

    Where questions and answers go on (`is_turn`), it can be “…?” and no more. What follows was never the asker's: in
    none of 134 cases of the annotated articles. Where another verb of saying stands beside the question, it can be.
    """
    tokens = [t for sentence in paragraph for t in sentence.tokens]
    at = max((i for i, t in enumerate(tokens) if t.is_quotation), default=None)
    quotation = None if at is None else tokens[at].quotation
    if at is None or quotation is None or not spans[quotation].words.of(text).rstrip().endswith("?"):
        return False
    after = [t for t in tokens[at + 1 :] if t.is_word]
    said = [{verb.lemma for verb in VERBS[t.low]} for t in after if t.low in VERBS]
    is_bare = is_turn and not any(t.is_word for t in tokens)
    return is_bare or (bool(said) and bool(said[0] & ASKING) and len(after) <= ASKED_WORDS)


def answerer(narrative: Narrative, found: Mapping[int, Hit], number: int, asked: int) -> int | None:
    """Return a quotation of whoever spoke last before the one who asked: Roe after “…,” Roe said. “…?” Moss asked.

    `asked` is the question, in the paragraph before paragraph `number`. None where nobody did who is surely another.
    """
    asker = mention_of(found, asked)
    for paragraph in reversed(narrative.sentences[max(0, number - TURNS) : number]):
        for sentence in reversed(paragraph):
            for index in reversed(sentence.quotations):
                if index >= asked or not speaks(found, index):
                    continue
                if _are_others(narrative.text, mention_of(found, index), asker):
                    return index
                return None
    return None


def is_exchange(narrative: Narrative, found: Mapping[int, Hit], number: int, last: int) -> bool:
    """Whether somebody else than the speaker of quotation `last` spoke in the paragraph before theirs.

    Where two take turns, a paragraph without a cue is less often the last speaker's.
    """
    if number < 2:
        return False
    before = [i for s in narrative.sentences[number - 2] for i in s.quotations if speaks(found, i)]
    return bool(before) and _are_others(narrative.text, mention_of(found, before[-1]), mention_of(found, last))


def _are_others(text: str, one: Span | None, other: Span | None) -> bool:
    """Whether two mentions are surely two people's: two surnames, or “he” and “she”."""
    if one is None or other is None:
        return False
    first, second = (span.of(text).lower().replace("’", "'").removesuffix("'s").split()[-1:] for span in (one, other))
    told = [FORMS.get(word) for word in (*first, *second)]
    if any(told):
        return all(told) and told[0] != told[1]
    return first != second and all(span.of(text)[-1:].isalnum() and _is_named(span.of(text)) for span in (one, other))


def _is_named(words: str) -> bool:
    return words.split()[-1][:1].isupper()
