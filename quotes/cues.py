"""Find reporting expressions in a sentence, and the noun phrase that each rests on.

Consumes the tokens of a sentence; produces `Cue` values. Verbs come from `lexicon/reporting_verbs.txt`, the words that
may stand between a source and its verb from `lexicon/reporting_adverbs.txt`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes import lexicon
from quotes.narrative import EM_DASHES, Token
from quotes.phrases import (
    DETERMINERS,
    FUNCTION_WORDS,
    HEADS,
    LINKS,
    NounPhrase,
    is_namelike,
    is_possessive,
    read_back,
    read_forward,
)

ADVERBS = lexicon.words("reporting_adverbs")
NOUN_VERBS = lexicon.words("noun_verbs")
BE = frozenset("is are was were been be being".split())
RELATIVES = frozenset(("who", "which", "that"))
APPOSITION_STARTS = RELATIVES | frozenset(
    "whose whom where a an the one his her its their of now then formerly former in on at during speaking writing "
    "appearing when after himself herself both also for with from citing referring while asked".split()
)


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a reporting verb."""

    lemma: str
    use: str
    form: str
    """base, third, past or gerund."""
    rest: tuple[str, ...]
    """Words that follow the first one, as in “points out”."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting expression `tokens[first:last]` and its source, where one was read."""

    first: int
    last: int
    lemma: str
    use: str
    form: str
    source: NounPhrase | None
    order: str
    """Where the source stands: `subject` (before), `inverted` (after), `relative`, `shared` (the sentence's subject)."""


def _load_verbs() -> dict[str, tuple[Verb, ...]]:
    table: dict[str, list[Verb]] = {}
    for lemma, forms, use, _origin in lexicon.table("reporting_verbs"):
        for place, form in enumerate(forms.split()):
            first, *rest = form.split("_")
            kind = "gerund" if first.endswith("ing") and place else ("base", "third")[place] if place < 2 else "past"
            table.setdefault(first, []).append(Verb(lemma, use, kind, tuple(rest)))
    return {first: tuple(sorted(verbs, key=lambda verb: -len(verb.rest))) for first, verbs in table.items()}


VERBS = _load_verbs()


def find(tokens: Sequence[Token]) -> list[Cue]:
    """Return the reporting expressions of a sentence in order, each with the source that it rests on where one is read."""
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
    if tokens[at].low != "according" or at + 2 >= len(tokens) or tokens[at + 1].low != "to":
        return None
    return Cue(at, at + 2, "according to", "according", "base", read_forward(tokens, at + 2), "inverted")


def _verb(tokens: Sequence[Token], at: int, earlier: Sequence[Cue]) -> Cue | None:
    # A capital inside a sentence is a name: “the United States”, “The Washington Post”.
    if not tokens[at].is_word or (tokens[at].is_capitalized and at > 0 and not tokens[at - 1].is_quotation):
        return None
    for verb in VERBS.get(tokens[at].low, ()):
        last = at + 1 + len(verb.rest)
        if all(i < len(tokens) and tokens[i].low == word for i, word in zip(range(at + 1, last), verb.rest, strict=True)):
            return _with_source(tokens, at, last, verb, earlier)
    return None


def _with_source(tokens: Sequence[Token], at: int, last: int, verb: Verb, earlier: Sequence[Cue]) -> Cue | None:
    before = _skip_adverbs(tokens, at)
    auxiliaries = {t.low for t in tokens[before + 1 : at]}
    if verb.form == "past" and auxiliaries & BE and "have" not in auxiliaries - BE | {""}:
        return _passive(tokens, at, last, verb)
    if verb.form in ("base", "third") and not _can_be_verb(tokens, at, before, auxiliaries, verb):
        return None
    if (verb.use in ("say", "manner") or verb.lemma == "call") and _follows_quotation(tokens, before):
        phrase = read_forward(tokens, last)
        if phrase is not None and verb.form != "gerund":
            return Cue(at, last, verb.lemma, verb.use, verb.form, phrase, "inverted")
    if "to" in auxiliaries and verb.form == "base":
        subject, order = sentence_subject(tokens[: before + 1]), "shared"
    else:
        subject, order = _subject(tokens, before, verb, earlier)
    if subject is None and verb.form != "past" and verb.form != "gerund":
        return None
    return Cue(at, last, verb.lemma, verb.use, verb.form, subject, order)


def _can_be_verb(tokens: Sequence[Token], at: int, before: int, auxiliaries: set[str], verb: Verb) -> bool:
    """Keep nouns of the same form out: “the report”, “his claims”, “a charge”."""
    if auxiliaries & {"to", "will", "would", "can", "could", "did", "does", "do", "may", "might"}:
        return True
    if before < 0:
        return False
    neighbour = tokens[before]
    if neighbour.is_quotation or neighbour.text == ",":
        return True
    if not neighbour.is_word or neighbour.low in DETERMINERS | LINKS or is_possessive(neighbour):
        return False
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        verb.lemma not in NOUN_VERBS
        or neighbour.low in ("he", "she", "it", "they", "we", "i", "who", "and")
        or is_namelike(neighbour)
        or neighbour.low in HEADS
        or (follows is not None and (follows.is_quotation or follows.text in (",", ":") or follows.low == "that"))
    )


def _passive(tokens: Sequence[Token], at: int, last: int, verb: Verb) -> Cue | None:
    for i in range(last, min(last + 12, len(tokens) - 1)):
        if tokens[i].low == "by":
            return Cue(at, last, verb.lemma, verb.use, verb.form, read_forward(tokens, i + 1), "inverted")
    return None


def _skip_adverbs(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the last token before `at` that is no adverb or auxiliary of the verb; -1 at the start."""
    i = at - 1
    while i >= 0 and tokens[i].is_word and not tokens[i].is_capitalized and (
        tokens[i].low in ADVERBS or (tokens[i].low.endswith("ly") and tokens[i].low not in HEADS)
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


def _subject(
    tokens: Sequence[Token], before: int, verb: Verb, earlier: Sequence[Cue]
) -> tuple[NounPhrase | None, str]:
    """Return the noun phrase that is the verb's subject, and where it was found."""
    if before < 0:
        return None, "subject"
    token = tokens[before]
    if token.low == "if" and verb.form == "base":
        return None, "subject"
    if verb.form == "gerund" and (token.text in (",", *EM_DASHES) or token.is_quotation or token.low in ("and", "by", "in", "as", "while", "but", "quoted")):
        return sentence_subject(tokens[: before + 1]) or shared_subject(tokens, before, earlier), "shared"
    if token.low in RELATIVES:
        antecedent = before - 1
        if antecedent >= 0 and tokens[antecedent].text == ",":
            antecedent -= 1
        return (read_back(tokens, antecedent) if antecedent >= 0 else None), "relative"
    if token.text == "," or token.text in EM_DASHES or token.text == ")":
        found = _before_apposition(tokens, before)
        if found is not None:
            return found, "subject"
        return shared_subject(tokens, before, earlier), "shared"
    if token.low in ("and", "but", "or", "then"):
        return shared_subject(tokens, before, earlier), "shared"
    phrase = read_back(tokens, before)
    if phrase is not None:
        return _named_by_apposition(tokens, phrase), "subject"
    return shared_subject(tokens, before, earlier), "shared"


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
    best: NounPhrase | None = None
    while opening > 0 and comma - opening < 45:
        if tokens[opening].is_quotation and closing == ",":
            # A quotation inside the apposition is no boundary, unless it is a clause by itself.
            opening -= 1
            continue
        if tokens[opening].text == closing or (closing == ")" and tokens[opening].text == "("):
            start = tokens[opening + 1]
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


SUBJECT_PRONOUNS = frozenset("he she they it we i".split())
LEAD_WORDS = (LINKS | FUNCTION_WORDS) - DETERMINERS - SUBJECT_PRONOUNS - frozenset("some many others one".split())


def sentence_subject(tokens: Sequence[Token]) -> NounPhrase | None:
    """Return the first noun phrase of a sentence that can act, past an opening adverbial and its comma."""
    start = 0
    while start < len(tokens) and not tokens[start].is_word and not tokens[start].is_quotation:
        start += 1
    if start >= len(tokens):
        return None
    leads = tokens[start].low in LEAD_WORDS or tokens[start].low.endswith(("ing", "ly"))
    fallback = None
    while start < len(tokens):
        token = tokens[start]
        if _can_begin_subject(tokens, start):
            end = _clause_end(tokens, start)
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


def _clause_end(tokens: Sequence[Token], start: int) -> int:
    """Return where a subject that begins at `start` must have ended: at a verb that is plainly one, or punctuation."""
    for i in range(start + 1, len(tokens)):
        is_noun = i == start + 1 and tokens[start].low in DETERMINERS
        if not tokens[i].is_word or (tokens[i].low in VERBS and not is_noun) or tokens[i].low in BE or tokens[i].low in ("has", "had", "have", "will", "would", "did", "does"):
            return i
        if not tokens[i].is_capitalized and tokens[i].low.endswith("ed") and tokens[i].low not in HEADS:
            return i
    return len(tokens)
