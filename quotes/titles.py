"""Titles and affiliations as the article states them beside a name: before it, or after it between commas.

Consumes the tokens around a name mention; produces `Phrase` values with offsets, verbatim, nothing invented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes import lexicon
from quotes.names import Name, NameMention
from quotes.narrative import EM_DASHES, Narrative, Token
from quotes.phrases import read_back
from quotes.records import Phrase, Span
from quotes.verbs import BE, VERBS
from quotes.wordclasses import (
    ADJECTIVES,
    DETERMINERS,
    FUNCTION_WORDS,
    HONORIFICS,
    LINKS,
    ROLES,
    is_namelike,
    is_possessive,
    is_title_word,
)

COURTESIES = frozenset(
    "mr mrs ms miss mx sir madam monsieur mme mlle dr doctor herr frau señor señora senor senora dame lord lady".split()
)
"""Honorifics that state no role or office."""
TITLE_WORDS = frozenset(
    "vice chief executive head lead acting former deputy general member majority minority senior associate one".split()
)
AGENT = re.compile(r"\w{3}(?:er|or|ist|ian|eer|man|woman|smith|wright|junior)$")
"""Endings of words for people by what they do: a docker, a clockmaker, an organist."""
NO_AGENTS = lexicon.words("no_agents")
MAX_TITLE = 30
"""Longest title, in tokens, that is taken from beside a name."""
END_OF_APPOSITION = frozenset((",", ";", ":", ".", "(", ")", *EM_DASHES))


def of_name(narrative: Narrative, name: Name) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """Return the titles and the affiliations stated beside any mention of `name`, the most telling title first."""
    titles: list[Phrase] = []
    affiliations: list[Phrase] = []
    for mention in name.mentions:
        tokens = narrative.sentences[mention.sentence[0]][mention.sentence[1]].tokens
        title, affiliation = _after(tokens, mention)
        if title is not None:
            titles.append(title)
        if affiliation is not None:
            affiliations.append(affiliation)
        titles.extend(t for t in (_before(tokens, mention), _before_comma(tokens, mention)) if t is not None)
    text = narrative.text
    unique: dict[str, Phrase] = {}
    for phrase in titles:
        unique.setdefault(phrase.span.of(text).lower(), phrase)
    ranked = sorted(unique.values(), key=lambda p: (-_telling(p), -_words(text, p), p.span.start))
    return tuple(ranked), tuple(affiliations)


def _words(text: str, phrase: Phrase) -> int:
    """Count a title's words, up to an office's length: “Republican presidential nominee” before “rival”."""
    return min(4, len(phrase.span.of(text).split())) if phrase.rule == "title-before" else 0


def _telling(phrase: Phrase) -> int:
    """Rank a title: a full one after the name, then one before it, then a bare honorific."""
    return {"title-after": 3, "title-before-comma": 3, "title-before": 2}.get(phrase.rule, 1)


def _before(tokens: Sequence[Token], mention: NameMention) -> Phrase | None:
    """Read “US President”, “the harbour board's chief engineer”, “spokeswoman” before the name."""
    first = mention.first
    if mention.is_body:
        return None
    # “Minister for Regional Links Jo Roe”: all of a run of capitals that holds a title is part of it.
    start = mention.run_first if any(is_title(t) for t in tokens[mention.run_first : first]) else first
    while start > 0 and first - start < MAX_TITLE:
        before = tokens[start - 1]
        if not before.is_word or before.low in COURTESIES:
            break
        if before.low in LINKS or before.low in ("and", "the"):
            # “Secretary of State Jo Roe”, “president of the council Jo Roe”
            before_link = tokens[start - 2] if start >= 2 else None
            inner = (
                before_link is not None
                and start < first
                and (is_title(before_link) or (before.low != "and" and is_namelike(before_link)))
            )
            if not inner or before.low not in ("of", "for", "and", "the"):
                break
        elif (not is_namelike(before) and before.low in FUNCTION_WORDS) or not _can_modify(
            before, is_nearest=start == first
        ):
            break
        start -= 1
    while start < first and (
        tokens[start].low in LINKS or (not is_namelike(tokens[start]) and tokens[start].low in FUNCTION_WORDS)
    ):
        start += 1
    run = tokens[start:first]
    if not any(is_title(t) for t in run):
        return None
    bare = len(run) == 1 and run[0].low in HONORIFICS
    return Phrase(Span(run[0].start, run[-1].end), "title-honorific" if bare else "title-before")


def _before_comma(tokens: Sequence[Token], mention: NameMention) -> Phrase | None:
    """Read “An attorney for the firm, Jo Roe, said”: a description, and the name between commas."""
    comma, after = mention.run_first - 1, mention.last + 1
    if mention.is_body or comma < 1 or tokens[comma].text != "," or after >= len(tokens):
        return None
    if tokens[after].is_word or tokens[after].is_quotation:
        return None
    phrase = read_back(tokens, comma - 1)
    if (
        phrase is None
        or phrase.kind != "description"
        or not any(is_title(t) for t in tokens[phrase.first : phrase.last])
    ):
        return None
    return Phrase(Span(tokens[phrase.first].start, tokens[phrase.last - 1].end), "title-before-comma")


def is_title(token: Token) -> bool:
    """Whether the token is a role or an honorific that states an office."""
    low = token.low.removesuffix("'s")
    return (is_title_word(token) or low in ROLES or low in ("head", "chief")) and low not in COURTESIES


def names_a_role(tokens: Sequence[Token]) -> bool:
    """Whether a description, known to be of a person, says what they do: by a role or by the form of its words."""
    return any(is_title(t) or (t.is_word and AGENT.search(t.low) and t.low not in NO_AGENTS) for t in tokens)


def _can_modify(token: Token, *, is_nearest: bool) -> bool:
    """Whether the token can stand in a title before a name; the word right before the name must state the role."""
    if is_title(token) or token.low in ADJECTIVES:
        return True
    return not is_nearest and (token.is_capitalized or is_possessive(token) or _is_modifier(token))


def _is_modifier(token: Token) -> bool:
    return (
        token.is_word
        and token.low not in FUNCTION_WORDS
        and token.low not in VERBS
        and not token.low.endswith(("ed", "ing"))
    )


def _after(tokens: Sequence[Token], mention: NameMention) -> tuple[Phrase | None, Phrase | None]:
    """Read “, Acting Assistant Secretary of State,” and “(R-Iowa)” after the name."""
    i = mention.last + 1
    affiliation = None
    if i + 1 < len(tokens) and tokens[i].text == "(":
        close = next((k for k in range(i + 1, min(i + 8, len(tokens))) if tokens[k].text == ")"), None)
        if close is not None:
            inside = tokens[i + 1 : close]
            if inside and inside[0].is_capitalized and not any(is_title(t) for t in inside):
                affiliation = Phrase(Span(inside[0].start, inside[-1].end), "affiliation-brackets")
            i = close + 1
    if i + 1 >= len(tokens) or tokens[i].text not in (",", *EM_DASHES):
        return None, affiliation
    i += 1
    if tokens[i].text[0].isdigit() and i + 1 < len(tokens) and tokens[i + 1].text == ",":
        i += 2
    if i >= len(tokens):
        return None, affiliation
    if not _can_begin_title(tokens, i):
        if tokens[i].is_capitalized and tokens[i].text[:2] in ("R-", "D-", "I-"):
            affiliation = Phrase(Span(tokens[i].start, tokens[i].end), "affiliation-party")
            i += 1
            if i + 1 < len(tokens) and tokens[i].text == "," and _can_begin_title(tokens, i + 1):
                i += 1
            else:
                return None, affiliation
        else:
            return None, affiliation
    end = _apposition_end(tokens, i)
    run = tokens[i:end]
    if not run or len(run) > MAX_TITLE or _has_verb(run):
        return None, affiliation
    if not names_a_role(run) and run[0].low not in ("a", "an", "one"):
        return None, affiliation
    return Phrase(Span(run[0].start, run[-1].end), "title-after"), affiliation or _affiliation_in(run)


def _has_verb(run: Sequence[Token]) -> bool:
    """Whether a finite verb stands outside a relative clause: then it is a clause, not an apposition."""
    for token in run:
        if token.low in ("who", "whose", "which", "that", "whom"):
            return False
        if token.low in BE or token.low in ("has", "had", "will", "would"):
            return True
    return False


def _can_begin_title(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if not token.is_word:
        return False
    low = token.low
    if low in DETERMINERS - {"i"} or is_title(token) or low in TITLE_WORDS or low in ADJECTIVES:
        return True
    if low in FUNCTION_WORDS or low in LINKS:
        return False
    # “Ana Pell, harbour master of …”: a role soon after, with no verb or mark between.
    for following in tokens[i + 1 : i + 6]:
        if not following.is_word or following.low in FUNCTION_WORDS - {"of", "and", "the"}:
            return False
        if is_title(following):
            return True
    return False


def _apposition_end(tokens: Sequence[Token], first: int) -> int:
    i = first
    while i < len(tokens):
        token = tokens[i]
        if token.is_quotation or (token.text in END_OF_APPOSITION and token.text not in ("(", ")", "-")):
            # A comma inside the office's own name is followed by a capital and “and”: “Health, Labour and Welfare”.
            if token.text == "," and (_is_inner_comma(tokens, i) or _is_signature(tokens, i)):
                i += 1
                continue
            break
        if token.low in ("said", "says", "told", "but", "known") and i > first:
            break
        i += 1
    return i


def _is_inner_comma(tokens: Sequence[Token], comma: int) -> bool:
    if comma + 2 >= len(tokens) or not (is_namelike(tokens[comma - 1]) and is_namelike(tokens[comma + 1])):
        return False
    return tokens[comma + 2].low == "and" and comma + 3 < len(tokens) and is_namelike(tokens[comma + 3])


def _is_signature(tokens: Sequence[Token], comma: int) -> bool:
    """Whether all that follows is the name of a body: “— Jo Roe, chair, Sample County Board”."""
    rest = [t for t in tokens[comma + 1 :] if t.text not in (".", ",")]
    return (
        bool(rest)
        and is_namelike(rest[0])
        and all(is_namelike(t) or t.low in LINKS or t.low in ("and", "the") for t in rest)
    )


def _affiliation_in(run: Sequence[Token]) -> Phrase | None:
    """Read the body after “of”, “at” or “for” in a title: “a professor at Sampleton University”."""
    for i, token in enumerate(run[:-1]):
        if token.low in ("of", "at", "for", "with", "from"):
            start = i + 1
            if run[start].low == "the" and start + 1 < len(run):
                start += 1
            end = start
            while end < len(run) and (
                is_namelike(run[end]) or (run[end].low in ("of", "for", "and", "the") and end > start)
            ):
                end += 1
            while end > start and not is_namelike(run[end - 1]):
                end -= 1
            if end > start:
                return Phrase(Span(run[start].start, run[end - 1].end), "affiliation-in-title")
    return None
