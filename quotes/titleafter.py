"""Titles and affiliations after a name: “, Acting Assistant Secretary of State,”, “(R-Iowa)”, “, who chairs it,”.

Consumes the tokens around a name mention; produces `Phrase` values, verbatim.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from quotes import lexicon
from quotes.names import NameMention
from quotes.narrative import EM_DASHES, Token
from quotes.records import Phrase, Span
from quotes.roles import AGENT, NO_AGENTS, head_of, is_role, is_roles, is_title
from quotes.verbs import BE, VERBS
from quotes.wordclasses import (
    ADJECTIVES,
    DETERMINERS,
    DOCUMENTS,
    FUNCTION_WORDS,
    LINKS,
    ORGANIZATION_WORDS,
    PASTS,
    RELATIVES,
    is_namelike,
)

LONGEST = 30
"""Longest title, in tokens, that is taken from after a name."""
TITLE_WORDS = frozenset(
    "vice chief executive head lead acting former deputy general member majority minority senior associate one".split()
)
END_OF_APPOSITION = frozenset((",", ";", ":", ".", "(", ")", *EM_DASHES))
BESIDES = frozenset("now then formerly currently previously also once".split())
"""Words between a comma and a title: “Roe, now director of the board,”."""
DANGLING = frozenset("and or but a an the of".split())
"""Words that end no title, where a quotation or a mark cuts it off."""
PARTIES = ("R-", "D-", "I-")
OFFICE_VERBS = lexicon.words("office_verbs")


def names_a_role(tokens: Sequence[Token]) -> bool:
    """Whether a description, known to be of a person, says what they do: by a role or by the form of its words."""
    return any(
        is_title(t) or is_roles(t) or (t.is_word and AGENT.search(t.low) and t.low not in NO_AGENTS) for t in tokens
    )


def after(tokens: Sequence[Token], mention: NameMention) -> tuple[Phrase | None, Phrase | None]:
    """Read “, Acting Assistant Secretary of State,” and “(R-Iowa)” after the name."""
    i = mention.last + 1
    affiliation = None
    if i + 1 < len(tokens) and tokens[i].text == "(":
        close = next((k for k in range(i + 1, min(i + 8, len(tokens))) if tokens[k].text == ")"), None)
        if close is not None:
            inside = tokens[i + 1 : close]
            head = head_of(inside) if inside and inside[0].low in DETERMINERS else None
            if head is not None and is_role(head) and verb_in(inside) is None:
                return Phrase(Span(inside[0].start, inside[-1].end), "title-brackets"), None
            if inside and inside[0].is_capitalized and not any(is_title(t) for t in inside):
                affiliation = Phrase(Span(inside[0].start, inside[-1].end), "affiliation-brackets")
            i = close + 1
    beside = i
    i = _past_place(tokens, i)
    if i + 1 >= len(tokens) or tokens[i].text not in (",", *EM_DASHES):
        return None, affiliation
    i += 1
    if tokens[i].text[0].isdigit() and i + 1 < len(tokens) and tokens[i + 1].text == ",":
        i += 2
    placed = _past_place(tokens, i)
    is_placed = i > beside + 1 and tokens[beside].low in ("of", "from")
    if placed > i and placed + 1 < len(tokens) and tokens[placed].text == ",":
        i, is_placed = placed + 1, True
    if i >= len(tokens):
        return None, affiliation
    if tokens[i].low not in BESIDES and not _can_begin_title(tokens, i):
        if tokens[i].is_capitalized and tokens[i].text[:2] in PARTIES:
            affiliation = Phrase(Span(tokens[i].start, tokens[i].end), "affiliation-party")
            i += 1
            if i + 1 < len(tokens) and tokens[i].text == "," and _can_begin_title(tokens, i + 1):
                i += 1
            else:
                return None, affiliation
        else:
            return None, affiliation
    while i + 1 < len(tokens) and tokens[i].low in BESIDES:
        i += 1
    end = apposition_end(tokens, i)
    run = without_relative(_before_verb(tokens[i:end]))
    while run and run[-1].low in DANGLING:
        run = run[:-1]
    if not run or _is_of_another(run):
        return None, affiliation
    if is_placed and not _is_closed_title(tokens, run, end):
        return None, affiliation  # “a letter to Ana Pell of Brin, a lawyer denied it”
    if len(run) > LONGEST or (not names_a_role(run) and (run[0].low not in ("a", "an") or _is_thing(run))):
        return None, affiliation
    return Phrase(Span(run[0].start, run[-1].end), "title-after"), affiliation or _affiliation_in(run)


def _past_place(tokens: Sequence[Token], i: int) -> int:
    """Return the token after “of Brin” or “from Brin, Utah”, which can stand between a name and a title; else `i`."""
    if i + 1 >= len(tokens) or tokens[i].low not in ("of", "from") or not tokens[i + 1].is_capitalized:
        return i
    end = i + 1
    while end < len(tokens) and is_namelike(tokens[end]) and not is_title(tokens[end]):
        end += 1
    if end + 2 < len(tokens) and tokens[end].text == tokens[end + 2].text == "," and is_namelike(tokens[end + 1]):
        end += 2
    return end


def _is_closed_title(tokens: Sequence[Token], run: Sequence[Token], end: int) -> bool:
    """Whether `run`, which ends at token `end`, is a role up to the next mark, not the subject of another clause."""
    head = head_of(run)
    is_clause = any(t.low in VERBS or t.low in PASTS for t in takewhile(lambda t: t.low not in RELATIVES, run))
    is_closed = end >= len(tokens) or not tokens[end].is_word
    return is_closed and not is_clause and head is not None and is_role(head)


def _is_thing(run: Sequence[Token]) -> bool:
    """Whether an apposition is of a thing: “a book about it”."""
    head = head_of(run)
    return head is None or head.low in DOCUMENTS or head.low in ORGANIZATION_WORDS


def until_link(run: Sequence[Token]) -> Sequence[Token]:
    """Return a title up to the “of” or “for” that completes it."""
    end = next((i for i, t in enumerate(run) if i and t.low in LINKS), len(run))
    return run[:end]


def without_relative(run: Sequence[Token]) -> Sequence[Token]:
    """Return a title without the clause that ends it, but for one that says more of the same: “who heads the board”."""
    end = next((i for i, t in enumerate(run) if i > 1 and t.low in RELATIVES), len(run))
    if end + 1 < len(run) and run[end].low == "who" and (run[end + 1].low in BE or run[end + 1].low in OFFICE_VERBS):
        return run
    return run[:end]


def verb_in(run: Sequence[Token]) -> int | None:
    """Return where a form of “be”, “have” or “will” stands outside a relative clause; None where none does."""
    for i, token in enumerate(run):
        if token.low in RELATIVES:
            return None
        if token.low in BE or token.low in ("has", "had", "will", "would"):
            return i
    return None


def _before_verb(run: Sequence[Token]) -> Sequence[Token]:
    """Return an apposition whose closing comma is missing up to its clause's verb; nothing where it is a clause."""
    at = verb_in(run)
    if at is None:
        return run
    return run[:at] if run[0].low in ("a", "an") and any(is_role(t) for t in run[:at]) else ()


def _is_of_another(run: Sequence[Token]) -> bool:
    """Whether what follows the comma is somebody else with a title: “Roe, former mayor Jo Pell and others”."""
    for token, following in pairwise(run):
        if token.low in LINKS:
            return False
        if is_role(token) and is_namelike(following) and not is_title(following):
            rest = list(takewhile(lambda t: t.low != "and", run[run.index(following) :]))
            return not any(is_role(t) for t in until_link(rest))  # “Assistant Managing Editor” is one title
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
    for following in tokens[i + 1 : i + 8]:
        if not following.is_word or following.low in FUNCTION_WORDS - {"of", "and", "the"}:
            return False
        if is_title(following):
            return True
    return False


def apposition_end(tokens: Sequence[Token], first: int) -> int:
    """Return the token after the apposition that begins at token `first`."""
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
