"""Carry a speaker on to quotations that have no source of their own.

Consumes the narrative, the spans and the hits so far; produces hits for the spans around them: the rest of a
sentence or paragraph, the next paragraph of a monologue, the quotation after a lead-in paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes import cues as cue_reader
from quotes.kinds import is_clause
from quotes.narrative import Narrative, Sentence, Token
from quotes.phrases import NounPhrase, read_back, read_forward
from quotes.records import QuotedSpan
from quotes.rules import NAME, Hit, hit_on
from quotes.subjects import sentence_subject
from quotes.verbs import Cue


def apply(narrative: Narrative, spans: Sequence[QuotedSpan], hits: dict[int, Hit]) -> dict[int, Hit]:
    """Return `hits` with those added that rest on a speaker who goes on."""
    found = dict(hits)
    for number, paragraph in enumerate(narrative.sentences):
        for place, sentence in enumerate(paragraph):
            for token in sentence.tokens:
                if token.quotation is not None and token.quotation not in found:
                    hit = _within(narrative, spans, found, paragraph, place, sentence, token)
                    hit = hit or _across(narrative, spans, found, number, place, sentence, token)
                    if hit is not None:
                        found[token.quotation] = hit
    for i in range(len(spans) - 1, -1, -1):
        # A monologue whose speaker is told in its last paragraph.
        origin = spans[i].continues
        if origin is not None and origin not in found and _speaks(found, i):
            found[origin] = _carried("continued", found, i, keep_mention=False)
    return found


def _speaks(found: dict[int, Hit], index: int) -> bool:
    return index in found and found[index].rule != NAME


def _within(
    narrative: Narrative,
    spans: Sequence[QuotedSpan],
    found: dict[int, Hit],
    paragraph: Sequence[Sentence],
    place: int,
    sentence: Sentence,
    token: Token,
) -> Hit | None:
    """Look in the quotation's own paragraph."""
    index = token.quotation
    assert index is not None
    # In the middle of a sentence without a reporting verb, it is a term or an inscription, not a speaker's turn.
    begins = sentence.tokens[0] is token and is_clause(spans[index].words.of(narrative.text))
    if not _stands_alone(sentence) and not begins:
        return None
    following = _told_after(paragraph, place)
    if following is not None:
        return following
    # What the writer asks is answered by whoever was speaking, not by whom the question names.
    while place > 0 and _asks(paragraph[place - 1]):
        place -= 1
    if place > 0:
        before = paragraph[place - 1]
        quoted = [i for i in before.quotations if _speaks(found, i)]
        if quoted:
            if _only_quotations(before) and _touches(narrative.text, before.tokens[-1], token):
                return None
            return _carried("same-paragraph", found, quoted[-1], keep_mention=True)
        if not before.quotations:
            return _indirect(before, "indirect-before", "subject-before")
    if place + 1 < len(paragraph):
        after = paragraph[place + 1]
        quoted = [i for i in after.quotations if _speaks(found, i)]
        if quoted and not (after.tokens[0].is_quotation and _touches(narrative.text, token, after.tokens[0])):
            return _carried("next-in-paragraph", found, quoted[0], keep_mention=True)
    return None


def _asks(sentence: Sentence) -> bool:
    """Whether a sentence without quotations is a question."""
    return not sentence.quotations and sentence.tokens[-1].text == "?"


TELLS_NOTHING = frozenset(("that", "nothing", "little", "no"))
TOLD_AFTER_WORDS = 4
"""Words that may follow the verb in a sentence that is nothing but “Mr. Hood said”: “on Monday”, “in a statement”."""


def _told_after(paragraph: Sequence[Sentence], place: int) -> Hit | None:
    """“….” Mr. Hood said. The clause that reports the words was cut off from them by a full stop."""
    if place + 1 >= len(paragraph) or not paragraph[place].tokens[-1].is_quotation:
        return None
    tokens = paragraph[place + 1].tokens
    end = next((i for i, t in enumerate(tokens) if t.is_quotation), len(tokens))
    for cue, source in _sourced(tokens[:end], ("say",)):
        rest = [t.low for t in tokens[cue.last : end] if t.is_word]
        direct = source.first == 0 and cue.order == "subject" and cue.form in ("past", "third")
        if direct and len(rest) <= TOLD_AFTER_WORDS and not TELLS_NOTHING & set(rest):
            return hit_on("said-after-full-stop", tokens, source, cue)
    return None


def _across(
    narrative: Narrative,
    spans: Sequence[QuotedSpan],
    found: dict[int, Hit],
    number: int,
    place: int,
    sentence: Sentence,
    token: Token,
) -> Hit | None:
    """Look in the paragraph before."""
    index = token.quotation
    assert index is not None
    carried = spans[index].continues
    if carried is not None and _speaks(found, carried):
        return _carried("continued", found, carried, keep_mention=False)
    if place > 0 or number == 0 or not _stands_alone(sentence):
        return None
    before = narrative.sentences[number - 1]
    if not before:
        return None
    last = before[-1]
    lead = _lead_in(before) or _answers(last)
    if lead is not None:
        return lead
    quoted = [i for s in before for i in s.quotations if _speaks(found, i)]
    if quoted:
        return _carried("previous-paragraph-quotation", found, quoted[-1], keep_mention=False)
    if any(s.quotations for s in before):
        return None
    return _indirect(last, "previous-paragraph-indirect", "previous-paragraph-subject")


def _carried(rule: str, found: dict[int, Hit], origin: int, *, keep_mention: bool) -> Hit:
    hit = found[origin]
    carried = replace(hit, rule=rule, carried_from=origin)
    return carried if keep_mention else replace(carried, mention=None, cue=None, cue_list=None)


def _stands_alone(sentence: Sentence) -> bool:
    """Whether the sentence has no words of the narrative beside its quotations."""
    return not any(t.is_word for t in sentence.tokens)


_only_quotations = _stands_alone


def _touches(text: str, left: Token, right: Token) -> bool:
    return not text[left.end : right.start].strip()


def _lead_in(paragraph: Sequence[Sentence]) -> Hit | None:
    """“Roe said:” or “From Minister Okoro:” as the paragraph before the quotation."""
    tokens = paragraph[-1].tokens
    if tokens[0].low == "from" and len(paragraph) == 1 and not cue_reader.find(tokens) and len(tokens) < 25:
        office = [t.low for t in tokens[1:4]] == ["the", "office", "of"] and len(tokens) > 4
        sender = read_forward(tokens, 4 if office else 1)
        return hit_on("lead-in-from", tokens, sender) if sender else None
    if tokens[-1].text != ":":
        return None
    reported = _sourced(tokens)
    if reported:
        cue, source = reported[-1]
        return hit_on("lead-in", tokens, source, cue)
    named = read_back(tokens, len(tokens) - 2) if len(tokens) > 1 else None
    if named is None or named.first > 2:
        named = sentence_subject(tokens) or named
    return hit_on("lead-in", tokens, named) if named else None


def _answers(sentence: Sentence) -> Hit | None:
    """“Roe was slow to answer.” A sentence that ends in a reporting verb leads in what follows it."""
    words = [i for i, t in enumerate(sentence.tokens) if t.is_word]
    for cue, source in _sourced(sentence.tokens, ("say",)):
        if words and cue.last == words[-1] + 1 and not sentence.quotations:
            return hit_on("lead-in-verb", sentence.tokens, source, cue)
    return None


def _indirect(sentence: Sentence, with_cue: str, without: str) -> Hit | None:
    """The speaker of an indirect sentence goes on in the quotation after it, or the person that it tells of speaks."""
    tokens = sentence.tokens
    reported = _sourced(tokens, ("say", "according"))
    if reported:
        cue, source = reported[-1]
        return hit_on(with_cue, tokens, source, cue)
    subject = sentence_subject(tokens)
    return hit_on(without, tokens, subject) if subject else None


def _sourced(tokens: Sequence[Token], uses: Sequence[str] = ()) -> list[tuple[Cue, NounPhrase]]:
    """Return the reporting expressions that have a source, in order; of the named uses only, where any are."""
    found = cue_reader.find(tokens)
    return [(cue, cue.source) for cue in found if cue.source is not None and (not uses or cue.use in uses)]
