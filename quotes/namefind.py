"""Find the name mentions of an article's narrative: runs of capitals, titles apart, headlines read with care.

Consumes the narrative; produces `NameMention` values in order. In a headline every word may have a capital, so only
names that the rest of the article gives are read there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from quotes.nameruns import (
    NAMES_OR_ROLES,
    NAMES_OR_WORDS,
    after_body,
    is_body,
    is_cause,
    is_joint,
    is_name_after_all,
    is_named_in_s,
    is_of_many,
    is_particle,
    name_run,
    split_title,
)
from quotes.names import GENDERED, WITH_GIVEN_NAMES, NameMention, core, is_ordinary, word_of
from quotes.narrative import Narrative, Token
from quotes.openings import FIRST_WORDS, is_plain_verb, without_headline_word, without_opening_verbs
from quotes.records import Span
from quotes.wordclasses import (
    ADJECTIVES,
    FUNCTION_WORDS,
    HONORIFICS,
    ORGANIZATION_WORDS,
    SUFFIXES,
    is_demonym,
    is_namelike,
    is_possessive,
)

PLACING = frozenset("the from of at in into near".split())
OPENING_CUES = frozenset(
    "said says added adds asked asks wrote writes replied replies explained recalled continued continues".split()
)
HEADLINE_SHARE, HEADLINE_WORDS = 0.85, 4
"""Share of capitalised words from which a sentence of at least so many words is a headline: capitals tell no names."""
FIRST_SHARE = 0.75
"""The same share for the article's first paragraph, where it has at most `FIRST_WORDS` words."""
LONGEST_NAME = 8
OLDER_OR_YOUNGER = {"elder": "sr", "older": "sr", "younger": "jr"}
"""Words before a name that tell a parent from a child, and the suffix that tells the same."""
TOLD_APART = frozenset(OLDER_OR_YOUNGER.values())
OWN_S = ("'s", "’s")


def find(narrative: Narrative) -> list[NameMention]:
    """Return every name mention of the narrative in order; a lone capital that only begins sentences is none."""
    found: list[NameMention] = []
    headlines: list[tuple[int, int, Sequence[Token]]] = []
    for p, paragraph in enumerate(narrative.sentences):
        is_first = p == 0 and len(narrative.sentences) > 1 and sum(len(s.tokens) for s in paragraph) <= FIRST_WORDS
        for s, sentence in enumerate(paragraph):
            if _is_headline(sentence.tokens, is_first=is_first):
                headlines.append((p, s, sentence.tokens))
            else:
                found.extend(_in_sentence(sentence.tokens, p, s))
    if not found:
        found = [m for p, s, tokens in headlines for m in _in_sentence(tokens, p, s)]
        headlines = []
    if found:
        found[0] = without_headline_word(narrative, found[0], found[1:])
    found = without_opening_verbs(narrative, found)
    named_in_s = _named_in_s(narrative)
    found = _proper(_with_own_s(found, named_in_s, narrative.text), named_in_s)
    if headlines:
        known = {m.words for m in found} | {core(m.words)[-1:] for m in found if not m.is_body}
        told = [m for p, s, tokens in headlines for m in _known_in(tokens, p, s, known)]
        found.extend(_with_own_s(told, named_in_s, narrative.text))
        found.sort(key=lambda m: m.span.start)
    return _with_generations(narrative, found)


def _with_generations(narrative: Narrative, found: Sequence[NameMention]) -> list[NameMention]:
    """Return the mentions with what “the younger Mr. Moss” tells, where the article has an Ira Moss Jr. or Sr."""
    shared = {core(m.words)[-1] for m in found if not TOLD_APART.isdisjoint(m.words)}
    whole: list[NameMention] = []
    for mention in found:
        tokens = narrative.sentences[mention.sentence[0]][mention.sentence[1]].tokens
        before = tokens[mention.run_first - 1].low if mention.run_first > 0 else ""
        told = OLDER_OR_YOUNGER.get(before)
        if told is None or mention.words[-1] not in shared:
            whole.append(mention)
        else:
            whole.append(replace(mention, words=(*mention.words, told)))
    return whole


def _named_in_s(narrative: Narrative) -> frozenset[str]:
    """Return the names of one word that end in 's by themselves, without it: brody of “Brody's said it fell”.

    What the article also gives without 's is no such name: there “Moss's said it” is short for “Moss has said it”.
    """
    told: set[str] = set()
    bare: set[str] = set()
    for tokens in (sentence.tokens for paragraph in narrative.sentences for sentence in paragraph):
        for i, token in enumerate(tokens):
            if not token.low.endswith("'s"):
                bare.add(word_of(token))
            elif is_named_in_s(tokens, i) and (i == 0 or not is_namelike(tokens[i - 1])):
                told.add(word_of(token))
    return frozenset(word for word in told - bare if not is_ordinary(word))


def _with_own_s(found: Sequence[NameMention], named_in_s: Collection[str], text: str) -> list[NameMention]:
    """Return the mentions with the 's that is the name's own, joined to what it begins: “Brody's Rating Service”."""
    whole: list[NameMention] = []
    for mention in found:
        before = whole[-1] if whole else None
        if before is not None and before.words[-1] in named_in_s and _continues(before, mention):
            span, words = Span(before.span.start, mention.span.end), before.words + mention.words
            whole[-1] = replace(before, span=span, words=words, last=mention.last)
        elif mention.words[-1] in named_in_s and (len(mention.words) == 1 or mention.is_body):
            end = mention.span.end
            span = Span(mention.span.start, end + 2 if text[end : end + 2].lower() in OWN_S else end)
            whole.append(replace(mention, span=span, is_body=True, pronoun=None))
        else:
            whole.append(mention)
    return whole


def _continues(before: NameMention, mention: NameMention) -> bool:
    """Whether a body's name is the rest of the name right before it."""
    return (
        mention.sentence == before.sentence
        and mention.run_first == mention.first == before.last + 1
        and not ORGANIZATION_WORDS.isdisjoint(mention.words)
    )


def _proper(found: list[NameMention], named_in_s: Collection[str]) -> list[NameMention]:
    """Return the mentions that are names, not ordinary words with a capital."""
    full = [m.words for m in found if len(m.words) > 1 and not m.is_body]
    borne = {words[0] for words in full} | ({core(words)[-1] for words in full} & (NAMES_OR_WORDS | NAMES_OR_ROLES))
    found = [m for m in found if not _is_no_name(m, borne)]
    inside = {w for m in found if not m.starts_sentence or len(m.words) > 1 for w in m.words}
    inside.update(named_in_s)
    return [
        m
        for m in found
        if len(m.words) > 1 or not m.starts_sentence or m.words[0] in inside or m.pronoun or m.first > m.run_first
    ]


def _known_in(tokens: Sequence[Token], p: int, s: int, known: set[tuple[str, ...]]) -> Iterator[NameMention]:
    """Yield the mentions of known names in a headline, the longest at each place."""
    i = 0
    while i < len(tokens):
        words: list[str] = []
        best = None
        for k in range(i, min(len(tokens), i + LONGEST_NAME)):
            if not tokens[k].is_word:
                break
            words.append(word_of(tokens[k]))
            if tokens[i].is_capitalized and tuple(words) in known:
                best = k
        if best is None:
            i += 1
            continue
        yield _mention(tokens, i, i, best, (p, s), is_body=is_body(tokens, i, best))
        i = best + 1


def _is_headline(tokens: Sequence[Token], *, is_first: bool) -> bool:
    words = [t for t in tokens if t.is_word and t.low not in FUNCTION_WORDS]
    share = sum(t.is_capitalized for t in words) / max(1, len(words))
    if is_first and share < HEADLINE_SHARE and any(is_plain_verb(t) for t in words):
        return False  # a short first paragraph is no headline
    if is_first:
        return len(words) >= HEADLINE_WORDS and share >= FIRST_SHARE
    if tokens[-1].text == "." or any(t.is_quotation for t in tokens):
        return False  # “…” — Jo Roe, Chair of the Board
    return len(words) >= HEADLINE_WORDS and share >= HEADLINE_SHARE


def _is_no_name(mention: NameMention, borne: set[str]) -> bool:
    """Whether the words are ordinary ones, an honorific alone among them; `borne` are names of the article's people."""
    has_title = mention.first > mention.run_first
    if all(w in HONORIFICS for w in mention.words) and not has_title:
        return True
    if mention.pronoun or (has_title and mention.words[-1] in NAMES_OR_ROLES - ADJECTIVES):
        return False
    return all(is_ordinary(w) and w not in borne for w in mention.words)


def _in_sentence(tokens: Sequence[Token], paragraph: int, sentence: int) -> Iterator[NameMention]:
    i = 0
    while i < len(tokens):
        if not is_namelike(tokens[i]) and not is_name_after_all(tokens, i):
            i += 1
            continue
        last = i
        while (
            last + 1 < len(tokens)
            and (not is_possessive(tokens[last]) or is_of_many(tokens, last))
            and _goes_on(tokens, last)
        ):
            last += 1
        while last > i and not _can_end(tokens, last):
            last -= 1
        first = name_run(tokens, last)
        first = i if first is None else max(first, i)
        if first == 0 and last > 0 and tokens[0].low in OPENING_CUES:
            first = 1  # “Said Roe: “…””
        if not (first > 0 and is_demonym(tokens, first - 1, last)):
            yield mention_at(tokens, first, last, (paragraph, sentence))
        i = last + 1


def _can_end(tokens: Sequence[Token], at: int) -> bool:
    return is_namelike(tokens[at]) or tokens[at].low in SUFFIXES or is_name_after_all(tokens, at)


def _goes_on(tokens: Sequence[Token], last: int) -> bool:
    following = tokens[last + 1]
    if is_namelike(following) or is_name_after_all(tokens, last + 1):
        return True
    if is_cause(tokens, last + 1):
        return last + 2 < len(tokens) and is_namelike(tokens[last + 2])
    if is_particle(tokens, last + 1):
        ahead = last + 2
        while ahead < len(tokens) and is_particle(tokens, ahead):
            ahead += 1
        return ahead < len(tokens) and is_namelike(tokens[ahead])
    after = tokens[last + 2] if last + 2 < len(tokens) else None
    if following.low in SUFFIXES and following.is_word:
        return True
    if following.text == "," and after is not None and after.low in ("jr", "sr"):
        return True
    if after is None or not is_namelike(after):
        return False
    if following.low in ("and", "&"):
        return is_joint(tokens, last + 1)
    return following.low in ("of", "for", "on") and name_run(tokens, last + 2) != last + 2


def mention_at(tokens: Sequence[Token], first: int, last: int, where: tuple[int, int]) -> NameMention:
    """Return the name mention that the run of tokens `first..last` (inclusive) makes."""
    name = after_body(tokens, split_title(tokens, first, last), last)
    body = is_body(tokens, name, last)
    return _mention(tokens, first, name, last, where, is_body=body)


def _mention(
    tokens: Sequence[Token], first: int, name: int, last: int, where: tuple[int, int], *, is_body: bool
) -> NameMention:
    """Return the mention of the name `name..last` in the run that begins at `first`."""
    words = tuple(word_of(t) for t in tokens[name : last + 1] if t.is_word)
    low = tokens[last].low
    end = tokens[last].end - (2 if low.endswith("'s") else int(low.endswith("s'")))
    shouted = all(t.text.isupper() for t in tokens[name : last + 1]) and any(
        len(t.text) > 2 for t in tokens[name : last + 1]
    )
    style = tokens[name - 1] if name > 0 else None
    linked = name > 0 and name == first and tokens[name - 1].low in PLACING
    return NameMention(
        Span(tokens[name].start, end),
        words,
        where,
        name,
        last,
        first,
        is_body,
        None if is_body else _told_before(tokens, name, last),
        first == 0,
        shouted,
        linked,
        linked and tokens[name - 1].low == "the",
        style.low if style is not None and style.is_capitalized and style.low in WITH_GIVEN_NAMES else None,
    )


def _told_before(tokens: Sequence[Token], name: int, last: int) -> str | None:
    """Return m or f where “Mrs.”, “spokeswoman” or “the first lady,” before a name tells."""
    if name == 0:
        return None
    before = tokens[name - 1]
    if before.text == "," and name >= 2 and last + 1 < len(tokens) and tokens[last + 1].text == ",":
        before = tokens[name - 2]
    return GENDERED.get(before.low) if before.is_word else None
