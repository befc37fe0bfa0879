"""Nicknames in marks inside a name: Robert “Bob” Roe. They are part of the name, not a quotation in the narrative.

Consumes the text and its quoted spans; produces the spans that are folded, and those that are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes import lexicon
from quotes.records import QuotedSpan

TITLES = lexicon.words("honorifics") | lexicon.words("role_nouns")
FUNCTION_WORDS = lexicon.words("function_words")
REPORTING = frozenset(form for _, forms, *_ in lexicon.table("reporting_verbs") for form in forms.split())
MARKS = frozenset('"“”„«»＂')
WORD = r"(?:(?:[^\W\d_]\.)+|[^\W\d_](?:[\w’'-]*[\w’'])?)"
NICKNAME = re.compile(rf"{WORD}(?: {WORD})?")
"""One word or two, or initials."""
BEFORE = re.compile(r"(?:^|[\s(—–-])([^\W\d_][\w-]*\.?) \Z")
"""The word before: capitalised, and no possessive."""
AFTER = re.compile(r" ([^\W\d_][\w’'-]+)")
REACH = 40
"""Characters looked at on each side."""


def folded(text: str, spans: Sequence[QuotedSpan]) -> list[tuple[int, QuotedSpan]]:
    """Return the top-level spans with their indices, but for nicknames."""
    return [(i, span) for i, span in enumerate(spans) if span.outer is None and not is_nickname(text, span)]


def is_nickname(text: str, span: QuotedSpan) -> bool:
    """Whether a span is one or two capitalised words in double marks between two words of a name."""
    opener, closer = span.opener.of(text), span.closer.of(text) if span.closer else ""
    if opener not in MARKS or closer not in MARKS or span.words.end - span.words.start > REACH:
        return False
    words = span.words.of(text)
    before = BEFORE.search(text, max(0, span.opener.start - REACH), span.opener.start)
    after = AFTER.match(text, span.closer.end) if span.closer else None
    return bool(
        before
        and after
        and NICKNAME.fullmatch(words)
        and all(word[0].isupper() for word in words.split())
        and _is_of_name(before[1])
        and after[1][0].isupper()
        and not after[1].isupper()
        and after[1].lower() not in FUNCTION_WORDS
    )


def _is_of_name(word: str) -> bool:
    """Whether a word can be a given name: capitalised or an initial; no title, and not the last of a sentence.

    In “Mayor “Red” Pell” the nickname begins the name: the marks would be cut in two.
    """
    if word.endswith("."):
        return word[0].isupper() and len(word) == len("J.")
    is_plain = word.lower() not in FUNCTION_WORDS | REPORTING | TITLES
    return word[0].isupper() and not word.isupper() and is_plain  # not “Moss Says “No” To …”
