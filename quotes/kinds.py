"""What kind of quotation a span is, by its form and by what was found beside it.

Consumes a span, its text and its hit; produces a `QuotationType`. Never a reason to drop a span.
"""

from __future__ import annotations

import re

from quotes.records import QuotationType
from quotes.wordclasses import DETERMINERS, DOCUMENTS, FUNCTION_WORDS, ROLES

WORD = re.compile(r"[^\W_]+(?:['’‘-][^\W_]+)*")
SCARE_WORDS = 3
"""A fragment of at most this many words without a source is taken for a scare quote."""
TERM_WORDS = 4
"""Most words of a term that a group of people use."""
PLURALS = frozenset(("people", "children", "men", "women"))
INDEFINITE = frozenset("anybody anyone everybody everyone many most nobody others people some somebody someone".split())
CLAUSE_WORDS = 4
"""Words from which a quotation that ends like a sentence is taken for a clause."""


def is_title_case(words: str) -> bool:
    """Whether every content word begins with a capital or a digit and the words do not end like a sentence."""
    found = WORD.findall(words)
    if not found or words.rstrip()[-1:] in ".!?…":
        return False
    content = [w for w in found if w.lower() not in FUNCTION_WORDS]
    return bool(content) and found[0][0].isupper() and all(w[0].isupper() or w[0].isdigit() for w in content)


def is_clause(words: str) -> bool:
    """Whether the words read as a sentence or a clause by themselves: a capital first, and length or a final mark."""
    found = WORD.findall(words)
    if not found:
        return False
    ends = words.rstrip()[-1:] in ",.!?…—-:;"
    begins = found[0][0].isupper() or not found[0][0].isalpha()
    return (begins and (ends or len(found) >= CLAUSE_WORDS) and not (is_title_case(words) and len(found) < 8)) or (
        begins and ends and words.rstrip()[-1] in ".!?"
    )


def is_nobodys(mention: str, words: str) -> bool:
    """Whether a short fragment goes with nobody in particular: “everyone calls it “the Hole””, “what locals call …”.

    `mention` is its source: an indefinite pronoun, a bare plural, or a document that names a thing.
    """
    found = mention.split()
    low = [w.lower() for w in found]
    if len(WORD.findall(words)) > TERM_WORDS or not found:
        return False
    if low[-1] in INDEFINITE or low[0] == "what":
        return True
    if low[-1] in DOCUMENTS and is_title_case(words.rstrip(".,")):
        return True
    is_common = found[-1].islower() or low[-1].removesuffix("s") in ROLES
    is_bare = len(found) <= SCARE_WORDS and not any(w in DETERMINERS for w in low) and is_common
    return is_bare and not is_clause(words) and (low[-1].endswith("s") or low[-1] in PLURALS)


def quotation_type(words: str, *, has_source: bool) -> QuotationType:
    """Return the type of a quotation of these `words`, given whether a source was found for it."""
    is_name = is_title_case(words.rstrip(".,")) and len(WORD.findall(words)) > 1
    if not has_source and is_name:
        return "work"
    if is_clause(words):
        return "direct"
    if has_source:
        return "mixed"
    return "scare" if len(WORD.findall(words)) <= SCARE_WORDS else "unknown"
