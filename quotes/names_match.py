"""Whether two strings name the same speaker, and how far two phrases share their words.

Consumes strings only, no article: this is how an answer is compared with another answer (in `evaluate`, in tests),
not how mentions are joined within an article. The comparison is forgiving about honorifics, case and missing given
names, and strict about surnames.
"""

from __future__ import annotations

import re
from collections import Counter

HONORIFICS = frozenset(
    "mr mrs ms miss dr sir dame lord lady sen rep gov president senator governor congressman congresswoman "
    "secretary prof professor gen col judge justice rev mayor minister the".split()
)
"""Words that may stand before a name and are no part of it."""

FUNCTION_WORDS = frozenset("the a an of for to in on at and or his her its their who that is was s".split())
"""Words that say nothing about who is meant by a description."""

SUFFIXES = frozenset(("jr", "sr", "ii", "iii"))
SAME_SHARE = 0.5
"""Token F1 from which two descriptions, or two titles, count as the same."""

POSSESSIVE = re.compile(r"['’]s\b")
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
WORD_PART = re.compile(r"[^\W_]+")


def words(text: str | None) -> list[str]:
    """Return the words of `text` without case and possessive endings; hyphens and apostrophes join a word."""
    return WORD.findall(POSSESSIVE.sub("", text or "").casefold())


def name_words(text: str | None) -> list[str]:
    """Return the words of a name without its honorifics."""
    return [word for word in words(text) if word not in HONORIFICS]


def is_proper_name(text: str | None) -> bool:
    """Whether every word of `text` that carries meaning starts with a capital or a digit, as a name's words do."""
    parts = [part for part in WORD_PART.findall(text or "") if part.casefold() not in FUNCTION_WORDS]
    return bool(parts) and all(part[0].isupper() or part[0].isdigit() for part in parts)


def same_speaker(gold: str | None, found: str | None) -> bool:
    """Whether `gold` and `found` name the same person, body or described source.

    Two proper names agree where the surnames are equal and one holds all words of the other, or where the given
    names differ only by being spelt out or an initial. Descriptions agree where they share half of their words.
    """
    if not gold or not found:
        return False
    gold_name, found_name = name_words(gold), name_words(found)
    if not gold_name or not found_name:
        return False
    if gold_name == found_name:
        return True
    if is_proper_name(gold) and is_proper_name(found):
        return _names_agree(_without_suffix(gold_name), _without_suffix(found_name))
    return token_f1(gold, found) >= SAME_SHARE


def same_title(gold: str | None, found: str | None) -> bool:
    """Whether `found` states the title `gold`, give or take words."""
    return token_f1(gold, found) >= SAME_SHARE


def token_f1(gold: str | None, found: str | None) -> float:
    """Return the F1 of the words that two phrases have in common, function words left out; 0 where none."""
    gold_bag, found_bag = _content(gold), _content(found)
    common = (gold_bag & found_bag).total()
    return 2 * common / (gold_bag.total() + found_bag.total()) if common else 0.0


def _content(text: str | None) -> Counter[str]:
    return Counter(word for word in words(text) if word not in FUNCTION_WORDS)


def _without_suffix(name: list[str]) -> list[str]:
    return name[:-1] if name[-1] in SUFFIXES else name


def _names_agree(a: list[str], b: list[str]) -> bool:
    """Whether two names, as words without honorifics and suffix, can be of one person."""
    if not a or not b or a[-1] != b[-1]:
        return False
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    return len(a) > 1 and len(b) > 1 and _initial_agrees(a[0], b[0])


def _initial_agrees(a: str, b: str) -> bool:
    """Whether one given name is the initial of the other ("J" and "Joan")."""
    return a[0] == b[0] and 1 in (len(a), len(b))
