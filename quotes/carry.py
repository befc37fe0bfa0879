"""Carry a speaker on to quotations that have no source of their own.

Consumes the narrative, the spans and the hits so far; produces hits for the spans around them: the rest of a
sentence or paragraph, the next paragraph of a monologue, the quotation after a lead-in paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quotes import cues as cue_reader
from quotes import turns
from quotes.hits import LISTED, NAME, Hit, hit_on
from quotes.kinds import is_clause
from quotes.narrative import Narrative, Sentence, Token
from quotes.phrases import NounPhrase, read_back, read_forward
from quotes.records import QuotedSpan
from quotes.rules import TURN_LABELS, tells_topic
from quotes.subjects import MAKES, sentence_subject
from quotes.verbs import BE, Cue
from quotes.wordclasses import DOCUMENTS, is_namelike

COMMA_INSIDE = re.compile(r",\W{0,3}\Z")
LONGEST_JOINT = 4
"""Words between two fragments of a list at most."""
JOINTS = frozenset("and or then also a an the as of to for his her their its that in by with".split())
"""Words that may stand between two fragments of a list."""
AFTER_QUESTION = "after-question"
"""Rule of a quotation that a question of the writer's, or words that only tell the topic, lead to."""
ANSWER = "answer"
"""Rule of a quotation that follows a question of somebody else's, and of those that follow it in turn."""
LONGEST_TOPIC = 8
"""Tokens before the colon of “As for the tax:” at most."""


def apply(narrative: Narrative, spans: Sequence[QuotedSpan], hits: dict[int, Hit]) -> dict[int, Hit]:
    """Return `hits` with those added that rest on a speaker who goes on."""
    found = hits | _listed(narrative, hits)
    for number, paragraph in enumerate(narrative.sentences):
        for place, sentence in enumerate(paragraph):
            for token in sentence.tokens:
                if token.quotation is not None and token.quotation not in found:
                    # What the writer asks is answered by whoever was speaking, not by whom the question names.
                    since = place
                    while since > 0 and _asks(paragraph[since - 1]):
                        since -= 1
                    hit = _within(narrative, spans, found, paragraph, place, since, sentence, token)
                    hit = hit or _across(narrative, spans, found, number, since, sentence, token)
                    if hit is not None:
                        found[token.quotation] = hit
    for i in range(len(spans) - 1, -1, -1):
        # A monologue whose speaker is told in its last paragraph.
        origin = spans[i].continues
        if origin is not None and origin not in found and turns.speaks(found, i):
            found[origin] = _carried("continued", found, i, keep_mention=False)
    return found


def _listed(narrative: Narrative, hits: dict[int, Hit]) -> dict[int, Hit]:
    """Return hits for the later ones of fragments in a list: Roe called it “late”, “lame” and a “loss”.

    All are one person's words, or none is anybody's: so it was in all 41 lists of the annotated articles.
    """
    listed: dict[int, Hit] = {}
    for paragraph in narrative.sentences:
        for sentence in paragraph:
            tokens = sentence.tokens
            at = [i for i, t in enumerate(tokens) if t.is_quotation]
            for before, i in pairwise(at):
                first, later = tokens[before].quotation, tokens[i].quotation
                between = tokens[before + 1 : i]
                if first is None or later is None or _has_own(hits.get(later), tokens[i]):
                    continue
                if (first in hits and hits[first].rule == NAME) or _begins_clause(tokens, i):
                    continue
                words = narrative.text[tokens[before].start : tokens[before].end]
                has_comma = COMMA_INSIDE.search(words) is not None
                if _joins(between, has_comma=has_comma) and _begins_low(narrative.text, tokens[i]):
                    origin = listed.get(first) or hits.get(first)
                    listed[later] = Hit(LISTED, origin.mention if origin else None, carried_from=first)
    return listed


def _has_own(hit: Hit | None, token: Token) -> bool:
    """Whether a fragment has a source of its own behind it, or is nobody's words: “late”, and “lame”, Roe said."""
    if hit is None:
        return False
    behind = [span for span in (hit.mention, hit.cue) if span is not None and span.start >= token.end]
    return hit.rule == NAME or bool(behind)


def _begins_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether a fragment is the subject of what follows: “that is all” was what Roe would say."""
    return at + 1 < len(tokens) and tokens[at + 1].low in BE


def _joins(between: Sequence[Token], *, has_comma: bool) -> bool:
    """Whether tokens only join two parts of a list: “, and a”; `has_comma` says that a comma ends the words before."""
    is_joint = has_comma or any(t.text == "," or t.low in ("and", "or") for t in between)
    is_short = len(between) > 0 and sum(t.is_word for t in between) <= LONGEST_JOINT
    return is_joint and is_short and all(t.text == "," or t.low in JOINTS for t in between)


def _begins_low(text: str, token: Token) -> bool:
    """Whether the words of a quotation begin in lower case, as a fragment's do."""
    first = next((c for c in text[token.start : token.end] if c.isalnum()), "")
    return first.islower()


def _within(
    narrative: Narrative,
    spans: Sequence[QuotedSpan],
    found: dict[int, Hit],
    paragraph: Sequence[Sentence],
    place: int,
    since: int,
    sentence: Sentence,
    token: Token,
) -> Hit | None:
    """Look in the quotation's own paragraph; `since` is the first of the questions that lead to sentence `place`."""
    index = token.quotation
    assert index is not None
    # In the middle of a sentence without a reporting verb, it is a term or an inscription, not a speaker's turn.
    begins = sentence.tokens[0] is token and is_clause(spans[index].words.of(narrative.text))
    if not _stands_alone(sentence) and not begins:
        return None
    following = _told_after(paragraph, place)
    if following is not None:
        return following
    if since > 0:
        before = paragraph[since - 1]
        quoted = [i for i in before.quotations if turns.speaks(found, i)]
        if quoted:
            if _only_quotations(before) and _touches(narrative.text, before.tokens[-1], token):
                return None
            rule = "same-paragraph" if since == place else AFTER_QUESTION
            return _carried(rule, found, quoted[-1], keep_mention=True)
        if not before.quotations:
            return _indirect(before, "indirect-before", "subject-before")
    if place + 1 < len(paragraph):
        after = paragraph[place + 1]
        quoted = [i for i in after.quotations if turns.speaks(found, i)]
        if quoted and not (after.tokens[0].is_quotation and _touches(narrative.text, token, after.tokens[0])):
            return _carried("next-in-paragraph", found, quoted[0], keep_mention=True)
    return None


def _tells_topic(sentence: Sentence) -> bool:
    """Whether the words before a colon and a quotation only tell what it is about: “As for the tax: “…””."""
    tokens = sentence.tokens
    colon = next((i for i, t in enumerate(tokens) if t.text == ":"), 0)
    begins = tells_topic(tokens[:colon]) and colon == len(tokens) - 2 and colon <= LONGEST_TOPIC
    return begins and tokens[-1].is_quotation and not cue_reader.find(tokens[:colon])


def _asks(sentence: Sentence) -> bool:
    """Whether a sentence without quotations is a question that leaves open who answers.

    “Paula Roe?” only tells what it is about; “What about Paula Roe?” may be answered by her.
    """
    if sentence.quotations or sentence.tokens[-1].text != "?":
        return False
    names = [is_namelike(t) for t in sentence.tokens if t.is_word]
    return all(names) or not any(names[1:])


TELLS_NOTHING = frozenset(("that", "nothing", "little", "no"))
TOLD_AFTER_WORDS = 4
"""Words that may follow the verb in a sentence that is nothing but “Mr. Hood said”: “on Monday”, “in a statement”."""


def _told_after(paragraph: Sequence[Sentence], place: int) -> Hit | None:
    """“….” Mr. Hood said. The clause that reports the words was cut off from them by a full stop."""
    if place + 1 >= len(paragraph) or not paragraph[place].tokens[-1].is_quotation:
        return None
    tokens = paragraph[place + 1].tokens
    end = next((i for i, t in enumerate(tokens) if t.is_quotation), len(tokens))
    for cue, source in _sourced(tokens[:end], ("say", "manner")):
        rest = [t.low for t in tokens[cue.last : end] if t.is_word]
        if cue.use == "manner" and rest[:1] != ["to"]:
            continue  # “….” Raj nodded. But: “…!” Raj shouted to the crowd.
        if cue.order == "inverted" and cue.first == 1:
            return hit_on("said-after-full-stop", tokens, source, cue)  # So writes Roe in his book.
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
    while carried is not None and carried in found and found[carried].rule == NAME:
        carried = spans[carried].continues  # past “(CROSSTALK.)”
    if carried is not None and turns.speaks(found, carried):
        return _carried("continued", found, carried, keep_mention=False)
    if place > 0 or number == 0 or not (_stands_alone(sentence) or _tells_topic(sentence)):
        return None
    before = narrative.sentences[number - 1]
    if not before:
        return None
    last = before[-1]
    quoted = [i for s in before for i in s.quotations if turns.speaks(found, i)]
    if quoted and turns.asks(narrative.text, spans, before, is_turn=found[quoted[-1]].rule == ANSWER):
        origin = turns.answerer(narrative, found, number, quoted[-1])
        return None if origin is None else _carried(ANSWER, found, origin, keep_mention=False)
    lead = None if _tells_topic(sentence) else _lead_in(before) or _answers(last) or _reports(last)
    if lead is not None:
        return lead
    if quoted:
        is_answer = sentence is not narrative.sentences[number][0] or _tells_topic(sentence)
        rule = AFTER_QUESTION if is_answer else "previous-paragraph-quotation"
        if rule != AFTER_QUESTION and turns.is_exchange(narrative, found, number, quoted[-1]):
            rule = "exchange"
        return _carried(rule, found, quoted[-1], keep_mention=False)
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
    # “made the following comment:”: the last word is no verb.
    if reported and not (reported[-1][0].last == len(tokens) - 1 and tokens[-2].low in SAYINGS):
        cue, source = reported[-1]
        return hit_on("lead-in", tokens, source, cue)
    of_saying = _of_saying(tokens)
    if of_saying is not None:
        return hit_on("lead-in", tokens, of_saying)
    if reported:
        return hit_on("lead-in", tokens, reported[-1][1], reported[-1][0])
    if len(tokens) == 2 and tokens[0].low in TURN_LABELS:
        return None  # “Transcript:” names nobody
    named = read_back(tokens, len(tokens) - 2) if len(tokens) > 1 else None
    if named is None or named.first > 2:
        named = sentence_subject(tokens) or named
    return hit_on("lead-in", tokens, named) if named else None


SAYINGS = DOCUMENTS | frozenset("comment remark answer response reply question observation speech following".split())
"""What somebody makes, gives or posts whose words follow."""


def _of_saying(tokens: Sequence[Token]) -> NounPhrase | None:
    """Return who makes it in “Roe made the following comment:” and “it rated this statement by Roe:”."""
    for i, token in enumerate(tokens[:-2]):
        if token.low in SAYINGS and tokens[i + 1].low in ("by", "from"):
            author = read_forward(tokens, i + 2)
            if author is not None and author.kind == "name":
                return author
    made = next((i for i, t in enumerate(tokens) if t.low in MAKES), None)
    if made is None or not any(t.low in SAYINGS for t in tokens[made:]):
        return None
    who = read_back(tokens, made - 1) if made else None
    return who or sentence_subject(tokens[:made])


def _answers(sentence: Sentence) -> Hit | None:
    """“Roe was slow to answer.” A sentence that ends in a reporting verb leads in what follows it."""
    words = [i for i, t in enumerate(sentence.tokens) if t.is_word]
    for cue, source in _sourced(sentence.tokens, ("say",)):
        if words and cue.last == words[-1] + 1 and not sentence.quotations:
            return hit_on("lead-in-verb", sentence.tokens, source, cue)
    return None


def _reports(sentence: Sentence) -> Hit | None:
    """“But as Jan Grove reports, …”: a sentence that hands over to a reporter, whose words follow."""
    tokens = sentence.tokens
    at = next((i for i, t in enumerate(tokens[:3]) if t.low == "as"), None)
    if at is None or sentence.quotations:
        return None
    for cue, source in _sourced(tokens, ("say",)):
        follows = tokens[cue.last].text if cue.last < len(tokens) else "."
        if source.first == at + 1 and source.kind == "name" and cue.form == "third" and follows in (",", ".", ":"):
            return hit_on("handed-over", tokens, source, cue)
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
