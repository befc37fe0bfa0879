"""What is asked about a mention that is no name: whom “he”, “it” or “the senator” stands for, and who could fit.

Value types for `coreference.py`, and the one hard limit on its candidates: what a pronoun or a role rules out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from quotes.names import Name
from quotes.pronouns import FORMS, is_person
from quotes.records import Span
from quotes.wordclasses import DOCUMENTS, GROUPS, ROLES

Kind = Literal["person", "thing", "several", "role", "body"]
"""What is looked for: he or she; it; they; “the senator”; “the agency”."""
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Question:
    """A mention that is to be tied to somebody, and what is known around it."""

    start: int
    paragraph: int
    kind: Kind
    gender: str | None = None
    """m or f, where the mention tells."""
    words: tuple[str, ...] = ()
    """Content words of a description, in lower case, head last."""
    determiner: str = ""
    """First word of a description, in lower case."""
    is_possessive: bool = False
    """Whether a description begins with “her”, “Roe's” or the like."""
    quoted: frozenset[str] = frozenset()
    """Words of the quotations that rest on the mention, in lower case."""
    spoken: tuple[tuple[int, int, Name], ...] = ()
    """(offset, paragraph, speaker) of the quotations before it, in order."""
    told: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """Words of the titles that the article states of each name, by its `id`; for a description only."""


def fits(question: Question, name: Name) -> bool:
    """Whether the name can be meant at all."""
    kind = question.kind
    if kind == "person":
        if name.is_plural or name.stated_pronoun not in (None, question.gender):
            return False
        return name.head not in DOCUMENTS | GROUPS if name.head else is_person(name)
    if kind == "several":
        return name.is_plural or name.is_body or (name.head is None and not is_person(name))
    if kind == "thing":
        return not name.is_plural and (name.is_body or name.head in DOCUMENTS or _may_be_body(name))
    if kind == "body":
        return name.is_body or _may_be_body(name)
    if name.is_plural or (question.gender and name.stated_pronoun not in (None, question.gender)):
        return False
    if kind == "role" and (len(question.words) == 1 or question.is_possessive) and not _is_told(question, name):
        return False  # “the judge” says too little to be a nurse; “Roe's brother” is somebody else than Roe
    return name.head in ROLES if name.head else is_person(name)


def _is_told(question: Question, name: Name) -> bool:
    """Whether the article says of the name what the description calls its bearer."""
    head = question.words[-1]
    return name.head == head or head in question.told.get(id(name), ()) or head in name.fullest.words


def _may_be_body(name: Name) -> bool:
    return name.head is None and name.stated_pronoun is None


def gender_of(pronoun: str) -> str | None:
    """Return m or f for a pronoun that tells, None for another."""
    return FORMS.get(pronoun)


def words_of(text: str, spans: Sequence[Span]) -> frozenset[str]:
    """Return the words of the quotations `spans`, in lower case."""
    return frozenset(w.lower() for span in spans for w in WORD.findall(span.of(text)))
