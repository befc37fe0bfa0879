"""Titles from what the article calls somebody elsewhere: “the Vermont senator”, “A former mayor says …”.

Consumes the cast, once all have spoken, and the reader's answers; puts the titles to the speakers of the cast. A
description is a title of whom it means where it can hardly mean anybody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from quotes import titles
from quotes.cast import Cast
from quotes.names import Name
from quotes.records import Span
from quotes.referents import Referents
from quotes.wordclasses import ROLES

TITLE_FROM = 0.5
"""Probability from which a description is taken for a title of whom it means."""
TITLE_READ_FROM = 0.35
"""The same where the reader points to them, too: right in 13 of 13 cases of our articles left out."""
CERTAIN = 0.9
"""Share of the reader's answer from which “the director” alone is a title, or one that is stated of another, too."""
LEAD_FROM = 0.8
"""Share of the reader's answer from which “a former mayor”, before anybody is named, or “Brin's mayor” is a title."""
ASKED = 3
"""Descriptions of an article that the reader is asked about, each of other words than those before it.

Forty gave no better titles than three on the development sets, and took a fifth of the time of all.
"""
APART = 24
"""Characters from a description on in which a name with no mark before it is another's: “a lawyer called Jo Roe”."""
TITLE_OVER = 1.5
"""How many times likelier than of anybody else it must be that."""


def asked(cast: Cast) -> list[Span]:
    """Return the descriptions that can be titles, where somebody spoke of whom no role is stated beside the name."""
    people = [name for name in cast.has_spoken() if name.head is None and not name.is_body]
    if not any(ROLES.isdisjoint(cast.told(name)) for name in people):
        return []
    distinct: dict[str, Span] = {}
    for span in sorted((*cast.takings, *cast.leads)):
        distinct.setdefault(span.of(cast.narrative.text).lower(), span)
    return list(distinct.values())[:ASKED]


def add(cast: Cast, read: Mapping[Span, Referents]) -> None:
    """Add to the titles of those who spoke what the article calls them elsewhere.

    `read` is whom the reader thinks that descriptions stand for, where it was asked.
    """
    speaking = {id(name): name for name in cast.has_spoken() if name.head is None}
    if not speaking:
        return
    meant = [(span, _taken_up(cast, span, read.get(span))) for span in cast.takings]
    for span in cast.leads:
        name, share = named_elsewhere(cast, span, read.get(span))
        meant.append((span, name if share >= LEAD_FROM else None))
    found: dict[int, list[Span]] = {}
    text = cast.narrative.text
    for span, name in meant:
        if name is not None and id(name) in speaking:
            the = len("the ") if text[span.start : span.start + 4].lower() == "the " else 0
            found.setdefault(id(name), []).append(Span(span.start + the, span.end))
    for key, spans in found.items():
        known = cast.speaker(speaking[key])
        cast.call(speaking[key], replace(known, titles=titles.with_descriptions(text, known.titles, spans)))


def _taken_up(cast: Cast, span: Span, answer: Referents | None) -> Name | None:
    """Return whose title “the Vermont senator” is; None where that is not clear enough."""
    question = cast.question(span, answer, later=True)
    if question is None:
        return None
    named = [(name, share) for name, share in cast.rank(question) if name is not None]
    best, share = named[0] if named else (None, 0.0)
    rival = named[1][1] if len(named) > 1 else 0.0
    least = TITLE_FROM if answer is None else TITLE_READ_FROM
    if best is None or best.head is not None or share < max(least, TITLE_OVER * rival):
        return None
    pointed = question.read.get(id(best), 0.0) if question.read is not None else None
    if pointed is not None and pointed < TITLE_READ_FROM:
        return None
    is_certain = pointed is not None and pointed >= CERTAIN
    if len(question.words) == 1 and not is_certain:
        return None
    # Of whom the article states an office it seldom means another.
    told = cast.told(best)
    if not told.isdisjoint(ROLES) and told.isdisjoint(question.words):
        return None
    # What is stated of somebody else is no news of this one.
    holders = cast.told_all(question.words)
    return best if is_certain or not holders or any(name is best for name in holders) else None


def named_elsewhere(cast: Cast, span: Span, answer: Referents | None) -> tuple[Name | None, float]:
    """Return who “Brin's mayor” is, or “a former mayor” before anybody is named, and the reader's share of it."""
    shares = cast.places.shares(answer) if answer is not None else {}
    key = max(shares, key=lambda k: shares[k], default=None)
    if key is None:
        return None, 0.0
    name = cast.member(key)
    is_new = cast.narrative.text[span.start : span.end].lower().startswith(("a ", "an "))
    is_known = name.first_start < span.start or name.head is not None
    if name.is_body or (is_new and is_known) or _is_object(cast, span, name):
        return None, 0.0
    return name, shares[key]


def _is_object(cast: Cast, span: Span, name: Name) -> bool:
    """Whether the name follows as the object of a verb: “A lawyer for the firm called Ana Pell”."""
    following = next((m.span for m in name.mentions if m.span.start >= span.end), None)
    if following is None or following.start - span.end > APART:
        return False
    return all(c.isalnum() or c.isspace() for c in cast.narrative.text[span.end : following.start])
