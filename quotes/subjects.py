"""Find the subject of a reporting verb: right before it, across an apposition, or shared with the sentence.

Consumes tokens and the place of the verb; produces the noun phrase that is its subject.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.nameruns import is_body
from quotes.narrative import EM_DASHES, Token
from quotes.phrases import NounPhrase, read_back, read_forward
from quotes.verbs import BE, VERBS, Cue, Verb
from quotes.wordclasses import (
    DETERMINERS,
    DOCUMENTS,
    FUNCTION_WORDS,
    HEADS,
    LINKS,
    PASTS,
    is_namelike,
)

RELATIVES = frozenset(("who", "which", "that"))

APPOSITION_STARTS = RELATIVES | frozenset(
    "whose whom where a an the one his her its their of now then formerly former in on at during speaking writing "
    "appearing when after himself herself both also for with from citing referring while asked".split()
)

LONGEST_TIME = 4
"""Words of a time at most between “who” and its verb."""
TIME_STARTS = frozenset("in on last this earlier later at during".split())
TIMES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday week month year night morning afternoon evening spring summer autumn "
    "winter".split()
)
FARTHEST_NAME = 30
"""Tokens between a name and the “who” that goes back to it at most."""
MAKES = frozenset("made makes gave gives issued issues posted posts sent sends offered offers released wrote".split())
"""Verbs whose object can be words that follow."""
SUBJECT_PRONOUNS = frozenset("he she they it we i".split())

LEAD_WORDS = (LINKS | FUNCTION_WORDS) - DETERMINERS - SUBJECT_PRONOUNS - frozenset("some many others one".split())


def subject(tokens: Sequence[Token], before: int, verb: Verb, earlier: Sequence[Cue]) -> tuple[NounPhrase | None, str]:
    """Return the noun phrase that is the verb's subject, and where it was found."""
    if before < 0:
        return None, "subject"
    token = tokens[before]
    if token.low == "if" and verb.form == "base":
        return None, "subject"
    if verb.form == "gerund" and (
        token.text in (",", *EM_DASHES)
        or token.is_quotation
        or token.low in ("and", "by", "in", "as", "while", "but", "quoted")
    ):
        return sentence_subject(tokens[: before + 1]) or shared_subject(tokens, before, earlier), "shared"
    relative = _relative_before(tokens, before)
    if relative is not None:
        return _antecedent(tokens, relative), "relative"
    if token.text == "," or token.text in EM_DASHES or token.text == ")":
        found = _before_apposition(tokens, before)
        if found is not None:
            return found, "subject"
        return shared_subject(tokens, before, earlier), "shared"
    if token.low in ("and", "but", "or", "then"):
        return shared_subject(tokens, before, earlier), "shared"
    phrase = read_back(tokens, before)
    makes = phrase is not None and phrase.first > 1 and tokens[phrase.first - 1].low in MAKES
    if phrase is not None and makes and verb.form == "gerund" and tokens[phrase.last - 1].low in DOCUMENTS:
        # “Roe issued a statement calling it …”
        return read_back(tokens, phrase.first - 2) or phrase, "shared"
    if phrase is not None:
        return _named_by_apposition(tokens, phrase), "subject"
    return shared_subject(tokens, before, earlier), "shared"


def _relative_before(tokens: Sequence[Token], before: int) -> int | None:
    """Return the place of the “who” that is the verb's subject: “who said”, “who in 2010 said”."""
    if tokens[before].low in RELATIVES:
        return before
    for i in range(before - 1, max(-1, before - LONGEST_TIME - 1), -1):
        if tokens[i].low == "who":
            told = tokens[i + 1 : before + 1]
            is_time = told[0].low in TIME_STARTS and (told[-1].text[0].isdigit() or told[-1].low in TIMES)
            return i if is_time else None
        if not tokens[i].is_word:
            return None
    return None


def _antecedent(tokens: Sequence[Token], relative: int) -> NounPhrase | None:
    """Return whom “who” goes back to: past a comma, and past descriptions of whom is named before them.

    “Roe, editor of the local paper, The Echo, who …” goes back to Roe.
    """
    last = relative - 1
    if last < 0 or tokens[last].text != ",":
        return read_back(tokens, last) if last >= 0 else None
    found = read_back(tokens, last - 1)
    if tokens[relative].low != "who" or found is None or _is_person(tokens, found):
        return found
    comma = found.first - 1
    if comma > 0 and tokens[comma].low in ("now", "then", "formerly", "once"):
        comma -= 1
    if comma <= 0 or tokens[comma].text != ",":
        return found  # it describes nobody named before it
    while comma > 0 and relative - comma < FARTHEST_NAME and tokens[comma].text not in (";", ":"):
        if tokens[comma].text == "," and _starts_apposition(tokens[comma + 1]):
            outer = read_back(tokens, comma - 1)
            if outer is not None and _is_person(tokens, outer):
                return outer
        comma -= 1
    return found


def _is_person(tokens: Sequence[Token], phrase: NounPhrase) -> bool:
    """Whether a phrase is by its form a person's name."""
    is_the = tokens[phrase.first].low == "the" or (phrase.first > 0 and tokens[phrase.first - 1].low == "the")
    name = range(phrase.head_first, phrase.head_last)
    return phrase.kind == "name" and not is_the and not is_body(tokens, name[0], name[-1])


def _named_by_apposition(tokens: Sequence[Token], phrase: NounPhrase) -> NounPhrase:
    """“Jo Roe, the mayor said” rests on Jo Roe where the description follows a name and a comma."""
    if phrase.kind != "description" or phrase.first < 2 or tokens[phrase.first - 1].text != ",":
        return phrase
    outer = read_back(tokens, phrase.first - 2)
    if outer is not None and outer.kind == "name" and outer.head_last - outer.head_first >= 2:
        return outer
    return phrase


def _before_apposition(tokens: Sequence[Token], comma: int) -> NounPhrase | None:
    """Return the noun phrase before “, who replaced Roy in May,” or “, the mayor of X,” that closes at `comma`."""
    closing = tokens[comma].text
    opening = comma - 1
    inside: int | None = None
    best: NounPhrase | None = None
    while opening > 0 and comma - opening < 45:
        if tokens[opening].is_quotation and closing == ",":
            # A quotation inside the apposition is no boundary, unless it is a clause by itself.
            opening -= 1
            continue
        if tokens[opening].text == closing or (closing == ")" and tokens[opening].text == "("):
            start = tokens[opening + 1]
            if start.low == "whose" and inside is not None:
                # “Roe, whose lawyer, Jo Pell, said”: the clause has a subject of its own.
                own = read_back(tokens, comma - 1, inside + 1)
                if own is not None and own.kind == "name" and own.first == inside + 1:
                    return own
            inside = opening if inside is None else inside
            phrase = read_back(tokens, opening - 1)
            if phrase is not None and phrase.kind != "pronoun" and _starts_apposition(start):
                if phrase.kind == "name":
                    return phrase
                best = best or phrase
                inner = read_back(tokens, comma - 1, opening + 1)
                if inner is not None and inner.kind == "name" and inner.first == opening + 1:
                    return inner
        opening -= 1
    return best


def _starts_apposition(token: Token) -> bool:
    return (
        token.low in APPOSITION_STARTS
        or token.text[0].isdigit()
        or token.low in HEADS
        or is_namelike(token)
        or token.low.endswith(("ing", "ed"))
        or (token.is_word and token.low not in FUNCTION_WORDS)
    )


def shared_subject(tokens: Sequence[Token], before: int, earlier: Sequence[Cue]) -> NounPhrase | None:
    """Return the sentence's subject, for a verb that has none of its own: “Roe smiled and said”, “…, adding”."""
    for cue in reversed(earlier):
        if cue.source is not None and cue.last <= before + 1:
            return cue.source
    return sentence_subject(tokens[: before + 1])


def sentence_subject(tokens: Sequence[Token], start: int = 0) -> NounPhrase | None:
    """Return the first noun phrase at or after `start` that can act, past an opening adverbial and its comma."""
    while start < len(tokens) and not tokens[start].is_word and not tokens[start].is_quotation:
        start += 1
    if start >= len(tokens):
        return None
    leads = tokens[start].low in LEAD_WORDS or tokens[start].low.endswith(("ing", "ly"))
    fallback = None
    while start < len(tokens):
        token = tokens[start]
        if _can_begin_subject(tokens, start):
            end = clause_end(tokens, start)
            phrase = read_forward(tokens, start, end)
            if phrase is not None:
                fallback = fallback or phrase
                # “in Salem, New Hampshire, Trump went”: what a comma follows at once belongs to the adverbial.
                if not leads or (end < len(tokens) and tokens[end].is_word and phrase.last >= end - 1):
                    return phrase
                start = phrase.last
                continue
        if token.text == ",":
            fallback = None if leads else fallback
        start += 1
    return fallback


def _can_begin_subject(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if not token.is_word or (at > 0 and tokens[at - 1].low in LINKS):
        return False
    return is_namelike(token) or token.low in DETERMINERS or token.low in SUBJECT_PRONOUNS or token.low in HEADS


def clause_end(tokens: Sequence[Token], start: int) -> int:
    """Return where a subject that begins at `start` must have ended: at a verb that is plainly one, or punctuation."""
    for i in range(start + 1, len(tokens)):
        is_noun = tokens[i - 1].low in LINKS or (i == start + 1 and tokens[start].low in DETERMINERS)
        if (
            not tokens[i].is_word
            or (tokens[i].low in VERBS and not is_noun)
            or tokens[i].low in BE
            or tokens[i].low in ("has", "had", "have", "will", "would", "did", "does")
        ):
            return i
        is_past = tokens[i].low.endswith("ed") or tokens[i].low in PASTS
        if is_past and not tokens[i].is_capitalized and tokens[i].low not in HEADS:
            return i
    return len(tokens)
