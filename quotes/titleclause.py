"""Titles that a clause states: “, who chairs the board,”, “Roe is the chairman”, “was elected mayor”, “from the board”.

Consumes the tokens around a name mention; produces `Phrase` values, verbatim.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.nameruns import is_body
from quotes.names import NameMention
from quotes.narrative import Token
from quotes.phrases import TIMES
from quotes.records import Phrase, Span
from quotes.roles import is_role, is_title
from quotes.titleafter import (
    BESIDES,
    LONGEST,
    OFFICE_VERBS,
    PARTIES,
    apposition_end,
    until_link,
    verb_in,
    without_relative,
)
from quotes.verbs import BE, VERBS
from quotes.wordclasses import ADJECTIVES, LINKS, RELATIVES, is_namelike, is_possessive

CHOSEN = frozenset("elected re-elected reelected appointed named chosen hired confirmed".split())
"""Participles between “was” and an office."""
HELPED = frozenset("found create build start establish launch".split())
"""Words behind “helped” that state what somebody did."""
TOLD_ENDS = frozenset("said says told but known when where because although while after before since".split())


def relative(tokens: Sequence[Token], mention: NameMention) -> Phrase | None:
    """Read “, who is chairman of the board,” and “, who chairs the board,”."""
    i = mention.last + 1
    if i < len(tokens) and tokens[i].text == "(":
        i = next((k + 1 for k in range(i, min(i + 8, len(tokens))) if tokens[k].text == ")"), i)
    if i + 2 < len(tokens) and tokens[i].text == "," and tokens[i + 1].text[:2] in PARTIES:
        i += 2
        if i + 2 < len(tokens) and tokens[i].text == "," and tokens[i + 1].text.endswith("."):
            i += 2  # “R-Brin, Md., who”
    if i + 2 >= len(tokens) or tokens[i].text != "," or tokens[i + 1].low != "who":
        return None
    i += 2
    if tokens[i].low == "as":  # “who as a captain was the ship's doctor”
        reach = range(i + 1, min(i + 7, len(tokens)))
        verb = next(
            (k for k in reach if tokens[k].low in BE or tokens[k].low in VERBS or tokens[k].low in RELATIVES), i
        )
        i = verb if tokens[verb].low in BE else i
    while i + 1 < len(tokens) and tokens[i].low in ("also", "now", "currently", "once", "has", "had", "previously"):
        i += 1
    if tokens[i].low in BE:
        return _complement(tokens, i + 1, "title-relative")
    if tokens[i].low not in OFFICE_VERBS and not (
        tokens[i].low == "helped" and i + 1 < len(tokens) and tokens[i + 1].low in HELPED
    ):
        return None
    end = apposition_end(tokens, i)
    end = next((k for k in range(i + 1, end) if tokens[k].low in TOLD_ENDS), end)
    if end - i > 2 and tokens[i + 1].low == "as":
        i += 2  # “who served as ambassador to Brin”
    if not 2 <= end - i <= LONGEST:
        return None
    served = tokens[i - 1].low == "as"
    return Phrase(Span(tokens[i].start, tokens[end - 1].end), "title-relative" if served else "title-activity")


def origin(tokens: Sequence[Token], mention: NameMention) -> Phrase | None:
    """Read “from the Department of Fish” after the name, where nothing tells what its bearer is there."""
    i = mention.last + 1
    if i < len(tokens) and tokens[i].text == ",":
        i += 1
    if mention.is_body or i + 1 >= len(tokens) or tokens[i].low != "from":
        return None
    end = i + 1
    while end < len(tokens) and (
        tokens[end].is_capitalized or (tokens[end].low in LINKS | {"the", "and", "&"} and end + 1 < len(tokens))
    ):
        end += 1
    while end > i + 1 and not tokens[end - 1].is_capitalized:
        end -= 1
    if end - i <= 2 and not is_body(tokens, i + 1, end - 1):
        return None  # “from Brin”: a place
    return Phrase(Span(tokens[i].start, tokens[end - 1].end), "title-origin")


def copula(tokens: Sequence[Token], mention: NameMention) -> Phrase | None:
    """Read “Roe is the chairman of the board” and “Roe has been its chairman since May”."""
    i = mention.last + 1
    if i + 3 < len(tokens) and tokens[i].low in ("has", "had") and tokens[i + 1].low == "been":
        return _complement(tokens, i + 2, "title-copula")
    if i + 2 >= len(tokens) or tokens[i].low not in ("is", "was", "became", "remains"):
        return None
    return _complement(tokens, i + 1, "title-copula")


def _complement(tokens: Sequence[Token], i: int, rule: str) -> Phrase | None:
    """Return the title that begins at token `i`, after a form of “be”."""
    while i < len(tokens) and (tokens[i].low in BESIDES or tokens[i].low == "still"):
        i += 1
    while i + 1 < len(tokens) and (tokens[i].low in CHOSEN or (tokens[i].low == "as" and tokens[i - 1].low in CHOSEN)):
        i += 1
    if i >= len(tokens) or not (
        tokens[i].low in ("a", "an", "the")
        or is_role(tokens[i])
        or tokens[i].low in ADJECTIVES
        or _owner_ends(tokens, i)
    ):
        return None
    end = apposition_end(tokens, i)
    end = next((k for k in range(i + 1, end) if tokens[k].low in TOLD_ENDS or _ends_title(tokens, k)), end)
    run = without_relative(tokens[i:end])
    while run and not run[-1].is_word and run[-1].text != ")":
        run = run[:-1]
    head = next((t for t in until_link(run) if is_role(t)), None)
    if head is None or len(run) > LONGEST or verb_in(run) is not None:
        return None
    return Phrase(Span(run[0].start, run[-1].end), rule)


def _owner_ends(tokens: Sequence[Token], i: int) -> bool:
    """Whether “Brin's” or “Ana Pell's” begins at token `i`."""
    while i < len(tokens) and is_namelike(tokens[i]) and not is_possessive(tokens[i]):
        i += 1
    return i < len(tokens) and is_namelike(tokens[i])


def _ends_title(tokens: Sequence[Token], at: int) -> bool:
    """Whether “to”, “by”, “in 2019” or “and” ends a title: not in “founder and director of the fund”."""
    if tokens[at].low == "and":
        return at + 1 >= len(tokens) or not (
            is_title(tokens[at + 1]) or any(is_title(t) for t in tokens[at + 2 : at + 3])
        )
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    is_time = following is not None and (following.text[0].isdigit() or following.low in TIMES)
    return (is_time and tokens[at].low in ("in", "at", "since")) or tokens[at].low in ("to", "by")
