"""Titles before a name: “US President”, “the harbour board's chief engineer”, “An attorney for the firm, Jo Roe,”.

Consumes the tokens around a name mention; produces `Phrase` values, verbatim.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.names import NameMention
from quotes.narrative import Token
from quotes.phrases import read_back
from quotes.records import Phrase, Span
from quotes.roles import COURTESIES, head_of, is_role, is_roles, is_title
from quotes.verbs import BE, NOUN_VERBS, VERBS
from quotes.wordclasses import (
    ADJECTIVES,
    DETERMINERS,
    FUNCTION_WORDS,
    HONORIFICS,
    LINKS,
    ORGANIZATION_WORDS,
    PASTS,
    is_namelike,
    is_possessive,
)

ACADEMIC = frozenset("associate assistant adjunct visiting emeritus professor prof".split())
"""Words of titles that say no more than an honorific does."""
PARTICIPLES = frozenset(
    "retired disgraced elected appointed ranking planning managing marketing operating nursing engineering banking "
    "shipping housing training consulting programming editing acting founding presiding".split()
)
"""Participles that are part of a title."""
VERBAL = frozenset(
    "acclaimed accused acquitted celebrated convicted decorated defeated deposed embattled exiled famed jailed ousted "
    "renowned respected suspected".split()
)
"""Participles that are part of a title where they cannot be the verb of somebody: “convicted killer Jo Roe”."""
CALLED = frozenset("great legend guru hopeful heavyweight standout stalwart mainstay".split())
"""Nouns for somebody right behind what they are known in: “tennis great Jo Roe”."""
LINKING = frozenset(
    "become became feel feels felt get got grew keep kept look looked looks remain remained remains seem seemed seems "
    "sound sounded sounds stay stayed".split()
)
"""Verbs before “hopeful” that make no title of it: “the party remains hopeful Jo Roe will win”."""
LONGEST = 30
"""Longest title, in tokens, that is taken from before a name."""


def before(tokens: Sequence[Token], mention: NameMention) -> Phrase | None:
    """Read the title right before the name."""
    first = mention.first
    if mention.is_body:
        return None
    while first > 0 and tokens[first - 1].low in COURTESIES and not _is_called(tokens, first - 1):
        first -= 1  # “presidential candidate Dr. Jo Roe”
    shared = _shared(tokens, first)
    if shared is not None:
        return shared
    # “Minister for Regional Links Jo Roe”: all of a run of capitals that holds a title is part of it.
    run_first = min(mention.run_first, first)
    start = run_first if any(is_title(t) for t in tokens[run_first:first]) else first
    office = _office(tokens, start) if start == first else None
    if office is not None:
        start = office
    nearest_is_role = start > 0 and is_title(tokens[first - 1])
    while start > 0 and first - start < LONGEST:
        previous = tokens[start - 1]
        if nearest_is_role and previous.low in LINKS:
            break  # “a former agent for President Jo Roe”
        if not _goes_on(tokens, start, first):
            break
        start -= 1
    if _is_address(tokens[first - 1]) and not _goes_with_address(tokens[start : first - 1]):
        start = first - 1
    return _phrase(tokens, start, first)


def _goes_on(tokens: Sequence[Token], start: int, first: int) -> bool:
    """Whether the title that holds the tokens `start..first` takes in the one before these, too."""
    previous, is_nearest = tokens[start - 1], start == first
    if is_nearest and _is_called(tokens, start - 1):
        return True
    if not previous.is_word or previous.low in COURTESIES:
        return False
    if previous.low in LINKS or previous.low in ("and", "the"):
        # “Secretary of State Jo Roe”, “president of the council Jo Roe”
        if is_nearest or start < 2 or previous.low not in ("of", "for", "on", "at", "and", "the"):
            return False
        return is_title(tokens[start - 2]) or (previous.low != "and" and is_namelike(tokens[start - 2]))
    if not is_namelike(previous) and previous.low in FUNCTION_WORDS:
        return False
    if not _can_modify(previous, is_nearest=is_nearest):
        return False
    if previous.low in VERBAL and not _is_participle(tokens, start - 1):
        return False
    # “Commissioner Ana Pell met Mayor Jo Roe”
    return previous.low not in PASTS or not _follows_name(tokens, start - 1)


def _is_called(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at `at`, right before a name, is a role there: “tennis great Jo Roe”, “fight doctor Jo Roe”."""
    if tokens[at].is_capitalized:
        return False
    known = tokens[at - 1] if at else None
    if tokens[at].low == "doctor":
        return known is None or known.low not in DETERMINERS  # “a doctor Jo Roe knew”
    return (
        tokens[at].low in CALLED
        and known is not None
        and known.is_word
        and known.low not in FUNCTION_WORDS | LINKS | LINKING
        and not is_possessive(known)
    )


def _is_participle(tokens: Sequence[Token], at: int) -> bool:
    """Whether “convicted” at `at` can only go with the noun behind it: nobody stands before it who could do it."""
    before = tokens[at - 1] if at else None
    return (
        before is None
        or not before.is_word
        or is_possessive(before)
        or before.low in DETERMINERS | LINKS | PARTICIPLES | {"said", "says", "twice"}
    )


def _is_address(token: Token) -> bool:
    """Whether the token is a title cut short: “Sen.”, “Gov.”."""
    return token.low in HONORIFICS and token.text.endswith(".")


def _goes_with_address(tokens: Sequence[Token]) -> bool:
    """Whether words can stand before “Sen.”: “former state Sen.”, not “at the party’s convention Sen. Jo Roe said”."""
    return not any(t.low.endswith("ly") or (is_possessive(t) and not t.is_capitalized) for t in tokens)


def _follows_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at `at` follows two words in capitals, as a verb does a name: “Ana Pell met”, no “a set”."""
    return at >= 2 and all(t.is_capitalized and is_namelike(t) and not is_possessive(t) for t in tokens[at - 2 : at])


def _phrase(tokens: Sequence[Token], start: int, first: int) -> Phrase | None:
    while start < first and (
        tokens[start].low in LINKS or (not is_namelike(tokens[start]) and tokens[start].low in FUNCTION_WORDS)
    ):
        start += 1
    run = tokens[start:first]
    if not run or not (any(is_role(t) or is_roles(t) for t in run) or _is_called(tokens, first - 1)):
        return None
    bare = (len(run) == 1 and run[0].low in HONORIFICS) or all(t.low in ACADEMIC for t in run)
    return Phrase(Span(run[0].start, run[-1].end), "title-honorific" if bare else "title-before")


def origin_before(tokens: Sequence[Token], mention: NameMention) -> Phrase | None:
    """Read “the Royal Brin Society's” before the name, where nothing tells what its bearer is there."""
    last = mention.first - 1
    if mention.is_body or last < 0 or not is_possessive(tokens[last]) or not tokens[last].is_capitalized:
        return None
    start = last
    while start > 0 and (tokens[start - 1].is_capitalized or tokens[start - 1].low in ("of", "and", "&")):
        start -= 1
    while start < last and not is_namelike(tokens[start]):
        start += 1
    if len(mention.words) == 1 or last == start:
        return None  # “Brin's Ana Pell”, “New Brin's mayor”
    return Phrase(Span(tokens[start].start, tokens[last].end), "title-origin")


def _office(tokens: Sequence[Token], first: int) -> int | None:
    """Return where “secretary of state” begins that ends right before the name, or None.

    What stands behind “of” is in lower case, or a body: “spokesman for the Brin Harbour Board Jo Roe”.
    """
    for start in range(first - 2, max(-1, first - 9), -1):
        words = tokens[start + 1 : first]
        if not all(t.is_word for t in words):
            return None
        if is_title(tokens[start]) and words[0].low in ("of", "for", "on", "at"):
            return start if _is_office_of(tokens, start, words) else None
    return None


def _is_office_of(tokens: Sequence[Token], start: int, words: Sequence[Token]) -> bool:
    """Whether `words` go with the role at `start`, right before a name, as “of state” does with “secretary”."""
    last = words[-1]
    if len(words) < 2 or last.low in FUNCTION_WORDS or is_possessive(last) or last.low in PASTS:
        return False
    if not last.is_capitalized:
        # “The mayor of Brin backed Ana Pell”: what follows a name is its verb.
        is_verb = words[-2].is_capitalized or (last.low in VERBS and last.low not in NOUN_VERBS)
        return words[0].low in ("of", "for") and not is_verb
    if not (is_namelike(words[1]) or words[1].low == "the"):
        return False
    # “a director at Brin Bank Ana Pell owns”: behind an article the name begins a clause.
    described = any(t.low in DETERMINERS for t in tokens[max(0, start - 3) : start])
    return not described and (last.low in ORGANIZATION_WORDS or last.low in ("house", "senate", "parliament"))


def _shared(tokens: Sequence[Token], first: int) -> Phrase | None:
    """Read “candidates” for the second name of “candidates Jo Roe and Ana Pell”, and for the first one."""
    at = first
    if at >= 3 and tokens[at - 1].low in ("and", "&"):
        other = _before_brackets(tokens, at - 1)
        if other > 0 and is_namelike(tokens[other - 1]):
            at = other
            while at > 0 and is_namelike(tokens[at - 1]) and not is_roles(tokens[at - 1]):
                at -= 1
    if at == 0 or not is_roles(tokens[at - 1]):
        return None
    start = at - 1
    while start > 0 and _can_modify(tokens[start - 1], is_nearest=False) and tokens[start - 1].is_word:
        start -= 1
    return _phrase(tokens, start, at)


def _before_brackets(tokens: Sequence[Token], end: int) -> int:
    """Return `end`, or where “(R-Brin)” begins that ends there."""
    if end == 0 or tokens[end - 1].text != ")":
        return end
    return next((k for k in range(end - 2, max(-1, end - 9), -1) if tokens[k].text == "("), end)


def named(tokens: Sequence[Token], mention: NameMention) -> Phrase | None:
    """Read “a shy trainee” in “a shy trainee named Jo Roe”."""
    link = mention.run_first - 1
    if mention.is_body or link < 2 or tokens[link].low not in ("named", "called"):
        return None
    after = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
    if after is not None and (after.is_quotation or (after.is_word and after.low not in VERBS and after.low not in BE)):
        return None  # “a judge named Ana Pell guardian”, “a coach called Ana Pell at home”
    floor = next((k + 1 for k in range(link - 1, -1, -1) if tokens[k].low in LINKS), 0)
    phrase = read_back(tokens, link - 1, floor)
    if phrase is None or phrase.kind != "description" or tokens[phrase.first].low not in ("a", "an", "one"):
        return None
    head = head_of(tokens[phrase.first : phrase.last])
    if head is None or not is_role(head):
        return None
    return Phrase(Span(tokens[phrase.first].start, tokens[phrase.last - 1].end), "title-named")


def before_comma(tokens: Sequence[Token], mention: NameMention) -> Phrase | None:
    """Read “An attorney for the firm, Jo Roe, said”: a description, and the name between commas."""
    comma, after = mention.run_first - 1, mention.last + 1
    if mention.is_body or comma < 1 or tokens[comma].text != "," or after >= len(tokens):
        return None
    if tokens[after].low in VERBS and after + 1 < len(tokens) and tokens[after + 1].text == ",":
        return None  # “The mayor, Roe said, was late”
    opening = _opening(tokens, comma)
    if opening is not None:
        return Phrase(Span(tokens[opening].start, tokens[comma - 1].end), "title-before-comma")
    phrase = read_back(tokens, comma - 1)
    if phrase is None or phrase.kind != "description":
        return None
    if tokens[after].is_quotation or (tokens[after].is_word and phrase.first > 0):
        return None  # in the middle of a sentence the name stands between commas
    head = head_of(tokens[phrase.first : phrase.last])
    if head is None or not is_role(head):
        return None
    return Phrase(Span(tokens[phrase.first].start, tokens[phrase.last - 1].end), "title-before-comma")


def _opening(tokens: Sequence[Token], comma: int) -> int | None:
    """Return where a description begins that opens its sentence and ends at `comma`: “As the head of it, Roe”."""
    begins = next((k + 1 for k in range(comma - 1, -1, -1) if tokens[k].is_quotation), 0)
    if begins < comma and tokens[begins].text == ",":
        begins += 1
    start = begins + 1 if tokens[begins].low in ("as", "now", "once", "formerly") else begins
    run = tokens[start:comma]
    if not 1 < len(run) <= LONGEST or not all(t.is_word or t.text == "-" for t in run):
        return None
    is_one_of = [t.low for t in run[:2]] == ["one", "of"]
    if run[0].low not in (("the", "a", "an") if start == begins else ("the",)) and not is_one_of:
        return None
    if any(t.low in BE or t.low in PASTS or (t.low in VERBS and t.low.endswith("ed")) for t in run):
        return None  # “The paper quoted his wife, Ana Pell, …”
    head = run[-1] if is_one_of else head_of(run)
    return start if head is not None and (is_role(head) or (is_one_of and is_roles(head))) else None


def _can_modify(token: Token, *, is_nearest: bool) -> bool:
    """Whether the token can stand in a title before a name; the word right before the name must state the role."""
    if is_title(token) or token.low in ADJECTIVES:
        return True
    return not is_nearest and (token.is_capitalized or is_possessive(token) or _is_modifier(token))


def _is_modifier(token: Token) -> bool:
    return (
        token.is_word
        and token.low not in FUNCTION_WORDS
        and (token.low not in VERBS or token.low in NOUN_VERBS | VERBAL)
        and (token.low in PARTICIPLES | VERBAL or not token.low.endswith(("ed", "ing")))
    )
