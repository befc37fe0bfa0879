"""Find reporting expressions in a sentence, and the noun phrase that each rests on.

Consumes the tokens of a sentence; produces `Cue` values.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes import lexicon
from quotes.nameruns import is_named_in_s
from quotes.narrative import EM_DASHES, Token
from quotes.phrases import NounPhrase, read_back, read_forward
from quotes.subjects import sentence_subject, subject
from quotes.verbs import ADVERBS, BE, NOUN_VERBS, VERBS, Cue, Verb
from quotes.wordclasses import DETERMINERS, HEADS, LINKS, is_namelike, is_possessive

PHRASES = tuple(tuple(phrase.split()) for phrase in sorted(lexicon.words("reporting_phrases"), key=len, reverse=True))

TAKES_HEARER = frozenset("tell inform remind assure reassure notify brief".split())
"""Verbs whose object is who listens: the name behind one never speaks."""
QUOTES = frozenset("quote quotes quoted quoting cites cited".split())
LONGEST_QUOTED = 14
"""Tokens from “quoted” to the “as” of “as saying” at most."""
SAID = Verb("say", "say", "past", ())
PHRASE_STARTS = frozenset(words[0] for words in PHRASES)


def find(tokens: Sequence[Token]) -> list[Cue]:
    """Return the reporting expressions of a sentence in order, each with its source where one is read."""
    cues: list[Cue] = []
    i = 0
    while i < len(tokens):
        cue = _according(tokens, i) or _verb(tokens, i, cues)
        if cue is None:
            i += 1
        else:
            cues.append(cue)
            i = cue.last
    return cues


def _according(tokens: Sequence[Token], at: int) -> Cue | None:
    if tokens[at].low not in PHRASE_STARTS:
        return None
    for words in PHRASES:
        last = at + len(words)
        if last < len(tokens) and all(t.low == word for t, word in zip(tokens[at:last], words, strict=True)):
            return Cue(at, last, " ".join(words), "according", "base", read_forward(tokens, last), "inverted")
    return None


def _verb(tokens: Sequence[Token], at: int, earlier: Sequence[Cue]) -> Cue | None:
    # A capital inside a sentence is a name: “the United States”, “The Washington Post”.
    if not tokens[at].is_word or (tokens[at].is_capitalized and at > 0 and not tokens[at - 1].is_quotation):
        return None
    for verb in VERBS.get(tokens[at].low, ()):
        last = at + 1 + len(verb.rest)
        if all(
            i < len(tokens) and tokens[i].low == word for i, word in zip(range(at + 1, last), verb.rest, strict=True)
        ):
            return _with_source(tokens, at, last, verb, earlier)
    return None


def _with_source(tokens: Sequence[Token], at: int, last: int, verb: Verb, earlier: Sequence[Cue]) -> Cue | None:
    if at == 1 and tokens[0].low in ("so", "thus") and verb.form in ("past", "third"):
        return Cue(at, last, verb.lemma, verb.use, verb.form, read_forward(tokens, last), "inverted")
    if verb.form == "gerund" and at > 0 and tokens[at - 1].low == "as":
        is_passive = at >= 4 and tokens[at - 2].low == "quoted"
        quoted = _quoted(tokens, at - 3) if is_passive else _whom_another_quotes(tokens, at - 1)
        if is_passive or quoted is not None:
            return Cue(at, last, verb.lemma, verb.use, verb.form, quoted, "subject")
    before = _skip_adverbs(tokens, at)
    auxiliaries = {t.low for t in tokens[before + 1 : at]}
    if tokens[at].low in QUOTES and _reports_by_second(tokens, last):
        return None  # “he was quoted as saying”, “the Echo quoted Roe as saying”
    if verb.form == "past" and auxiliaries & BE and "have" not in auxiliaries - BE | {""}:
        return _passive(tokens, at, last, verb)
    if verb.form in ("base", "third") and not _can_be_verb(tokens, at, before, auxiliaries, verb):
        return None
    can_invert = verb.lemma not in TAKES_HEARER
    if can_invert and (verb.use in ("say", "manner") or verb.lemma == "call") and _follows_quotation(tokens, before):
        phrase = read_forward(tokens, last)
        if phrase is not None and verb.form != "gerund":
            return Cue(at, last, verb.lemma, verb.use, verb.form, phrase, "inverted")
    is_after_comma = before == at - 1 >= 0 and tokens[before].text == ","
    if can_invert and verb.use == "say" and verb.form in ("past", "third") and is_after_comma:
        phrase = read_forward(tokens, last)
        if phrase is not None and phrase.kind != "description" and _ends_clause(tokens, phrase.last):
            return Cue(at, last, verb.lemma, verb.use, verb.form, phrase, "inverted")
    if "to" in auxiliaries and verb.form == "base":
        phrase, order = _of_infinitive(tokens, before), "shared"
    else:
        phrase, order = subject(tokens, before, verb, earlier)
    if phrase is None and verb.form != "past" and verb.form != "gerund":
        return None
    return Cue(at, last, verb.lemma, verb.use, verb.form, phrase, order)


def _reports_by_second(tokens: Sequence[Token], at: int) -> bool:
    """Whether “as saying” follows within a phrase."""
    end = min(len(tokens) - 1, at + LONGEST_QUOTED)
    return any(tokens[i].low == "as" and tokens[i + 1].low.endswith("ing") for i in range(at, end))


def _whom_another_quotes(tokens: Sequence[Token], at: int) -> NounPhrase | None:
    """Return Roe of “the Echo quoted Roe as saying”, whose “as” is token `at`."""
    for i in range(at - 2, max(-1, at - LONGEST_QUOTED), -1):
        if tokens[i].low in QUOTES:
            return read_forward(tokens, i + 1, at)
    return None


def _quoted(tokens: Sequence[Token], before: int) -> NounPhrase | None:
    """Return who “was quoted as saying”; `before` is the last token before “quoted”."""
    while before >= 0 and tokens[before].low in BE | {"has", "have", "had"}:
        before -= 1
    return subject(tokens, before, SAID, ())[0] if before >= 0 else None


def _ends_clause(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].text in (".", ",", ";")


def _of_infinitive(tokens: Sequence[Token], before: int) -> NounPhrase | None:
    """Return the subject of the clause that “to answer” stands in: after its last comma, else the sentence's."""
    comma = next((i for i in range(before, -1, -1) if tokens[i].text == ","), -1)
    return sentence_subject(tokens[: before + 1], comma + 1) or sentence_subject(tokens[: before + 1])


def _can_be_verb(tokens: Sequence[Token], at: int, before: int, auxiliaries: set[str], verb: Verb) -> bool:
    """Keep nouns of the same form out: “the report”, “his claims”, “a charge”."""
    if auxiliaries & {"to", "will", "would", "can", "could", "did", "does", "do", "may", "might"}:
        return True
    if before < 0:
        return False
    neighbour = tokens[before]
    if verb.lemma in NOUN_VERBS and _is_complement(tokens, before):
        return False
    if neighbour.is_quotation or neighbour.text == ",":
        return True
    if is_possessive(neighbour) and not is_named_in_s(tokens, before):
        return False
    if not neighbour.is_word or neighbour.low in DETERMINERS | LINKS:
        return False
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    is_thing = verb.lemma in NOUN_VERBS and verb.form == "base" and is_namelike(neighbour)
    if is_thing and follows is not None and _is_finite(follows):
        return False  # “the Brin report said”
    return (
        verb.lemma not in NOUN_VERBS
        or neighbour.low in ("he", "she", "it", "they", "we", "i", "who", "and")
        or is_namelike(neighbour)
        or neighbour.low in HEADS
        or (follows is not None and (follows.is_quotation or follows.text in (",", ":") or follows.low == "that"))
    )


def _is_finite(token: Token) -> bool:
    """Whether the token is a reporting verb in the past or the third person, and no noun."""
    verbs = VERBS.get(token.low, ())
    return any(v.form == "past" or (v.form == "third" and v.lemma not in NOUN_VERBS) for v in verbs)


def _is_complement(tokens: Sequence[Token], last: int) -> bool:
    """Whether the words up to token `last` complete something before them: “32% of Republican claims”."""
    phrase = read_back(tokens, last)
    return phrase is not None and phrase.first > 0 and tokens[phrase.first - 1].low in ("of", "in", "on", "for")


def _passive(tokens: Sequence[Token], at: int, last: int, verb: Verb) -> Cue | None:
    for i in range(last, min(last + 12, len(tokens) - 1)):
        if tokens[i].low == "by":
            return Cue(at, last, verb.lemma, verb.use, verb.form, read_forward(tokens, i + 1), "inverted")
    return None


def _skip_adverbs(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the last token before `at` that is no adverb or auxiliary of the verb; -1 at the start."""
    i = at - 1
    while (
        i >= 0
        and tokens[i].is_word
        and not tokens[i].is_capitalized
        and (tokens[i].low in ADVERBS or (tokens[i].low.endswith("ly") and tokens[i].low not in HEADS))
    ):
        i -= 1
    # A weekday is capitalised but is an adverb all the same: “Hood on Tuesday said”.
    if i >= 1 and tokens[i].low.endswith("day") and tokens[i].low in ADVERBS:
        return _skip_adverbs(tokens, i - 1 if tokens[i - 1].low == "on" else i)
    return i


def _follows_quotation(tokens: Sequence[Token], before: int) -> bool:
    if before >= 0 and tokens[before].text in (",", *EM_DASHES):
        before -= 1
    return before >= 0 and tokens[before].is_quotation
