"""Where the words of a quotation end that has no closing mark.

Consumes the text and the stretch that the quotation could fill; produces the end of its words and the rule's name.
"""

from __future__ import annotations

import re

NAME = r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Prof)\.?\s+)?[A-Z][\w'’.-]+(?:\s+[A-Z][\w'’.-]+){0,3}"
PRONOUN = r"(?:he|she|they|it|I|we)"
SAID = r"(?:said|says|added|adds|told|explained|replied|wrote|recalled|insisted|noted|warned|continued|asked)"
CUE_CLAUSE = re.compile(
    rf"""
    (?P<end> [,?!.…] | \w )                 # the last character of the words
    \s+
    (?: {SAID}\s+(?:{NAME}|{PRONOUN}|the\s+\w+)  (?=[\s,.;:]|$)
      | (?:{NAME}|{PRONOUN}|the\s+\w+)\s+{SAID}  (?=\s*[.,;:]|\s+(?:in|at|on|to|of|after|during|last)\b|\s*$)
    )
    """,
    re.VERBOSE,
)
"""`…, said Roe` or `…, she said.`: a reporting clause that follows words whose closing mark is missing."""

TURN = re.compile(r"(?:[A-Z][A-Z.'’-]+\s?){1,4}:")
"""The name and colon that begin a speaker's turn in a transcript."""


def words_end(text: str, start: int, limit: int) -> tuple[int, str]:
    """Return where the words that begin at `start` end, at `limit` at the latest, and the rule that says so."""
    for match in CUE_CLAUSE.finditer(text, start, limit):
        if match.group("end") in ",?!":
            return match.end("end"), "cue-clause"
    return limit, "paragraph-end"
