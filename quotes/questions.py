"""What is asked about a mention that is no name: whom “he”, “it” or “the senator” stands for, and who could fit.

Value types for `coreference.py`, and the one hard limit on its candidates: what a pronoun or a role rules out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from quotes import lexicon
from quotes.described import LONGEST_OWNER, are_others
from quotes.names import Name
from quotes.names import surname as surname_of
from quotes.pronouns import FORMS, is_person
from quotes.records import Span
from quotes.roles import AGENT, NO_AGENTS
from quotes.titles import TIES
from quotes.wordclasses import DOCUMENTS, GROUPS, LINKS, ORGANIZATION_WORDS, ROLES

Kind = Literal["person", "thing", "several", "role", "body"]
"""What is looked for: he or she; it; they; “the senator”; “the agency”."""
WORD = re.compile(r"[^\W_]+")
GENDERED_ROLES = {entry[0]: entry[1] for entry in lexicon.table("gendered_roles")}
PLURAL = re.compile(r"[^s]s$|men$")
"""Endings of nouns for several; “boss” is one, and so is “spokeswoman”."""
PEOPLE = frozenset("children couple duo pair people present trio".split())
"""Nouns for several without such an ending."""
READ_TELLS = 0.5
"""Share of the reader's answer from which a bare description can mean somebody of whom the article does not say it."""
NO_TITLES = frozenset(
    """
    first second third last next other only future new two same best worst better most least real true legitimate
    biggest strongest stronger possible potential able perfect whole entire
    """.split()
)
"""First words of descriptions that are no titles."""
DETERMINERS = frozenset("the his her their its this that these those".split())


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
    read: Mapping[int, float] | None = None
    """Probability, as the reader points to it, that each name is meant, by its `id`; None where it was not asked."""
    read_nobody: float = 0.0
    """The same that nobody near is."""
    section: int = 0
    """Where the item of the article begins that the mention stands in."""


def fits(question: Question, name: Name) -> bool:
    """Whether the name can be meant at all."""
    kind = question.kind
    if question.words and not name.is_body and name.head is None and _owns(question, name):
        return False  # “the Moss campaign” is not Moss
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
    is_role = kind == "role" and (question.words[-1] in ROLES or role_by_ending(question.words[-1]))
    says_little = len(question.words) == 1 or question.is_possessive or not is_role
    if kind == "role" and says_little and not (is_told(question, name) or _is_read(question, name)):
        return False  # “the judge” says too little to be a nurse; “Roe's brother” is somebody else than Roe
    if name.head is not None:
        head = question.words[-1]
        if name.head == head and are_others(name.mentions[0].words, question.words, head):
            return False
        return name.head in ROLES or name.head == head
    return is_person(name)


def _owns(question: Question, name: Name) -> bool:
    """Whether a description says that what it means is the name's: “Moss's office”, “the Moss campaign”."""
    surname, head = surname_of(name.fullest.words), question.words[-1]
    if question.determiner in (f"{surname}'s", f"{surname}'"):
        return True
    return surname in question.words[:-1] and head not in ROLES and not role_by_ending(head)


def is_told(question: Question, name: Name) -> bool:
    """Whether the article says of the name what the description calls its bearer."""
    head = question.words[-1]
    return name.head == head or head in question.told.get(id(name), ()) or head in name.fullest.words


def _is_read(question: Question, name: Name) -> bool:
    """Whether the reader points to the name for a description that by itself tells nothing of it."""
    return question.read is not None and question.read.get(id(name), 0.0) >= READ_TELLS


def _may_be_body(name: Name) -> bool:
    return name.head is None and name.pronoun is None and not name.is_titled


def kind_of(words: Sequence[str], *, of_source: bool = False) -> tuple[Kind, tuple[str, ...], str | None] | None:
    """Return (kind, content words, gender) of a mention of these words in lower case; None for a name.

    With `of_source`, whoever “the groom” or “the 54-year-old” is who speaks has a role, known to our lists or not.
    """
    words = from_owner(words) if of_source else words
    if not words:
        return None
    first = words[0]
    if len(words) == 1:
        if first in ("he", "she", "him", "her", "his", "himself", "herself"):
            return "person", (), gender_of(first)
        if first in ("it", "its"):
            return "thing", (), None
        if first in ("they", "them", "their"):
            return "several", (), None
    if len(words) == 1 or not (first in DETERMINERS or first.endswith(("'s", "s'"))):
        return None
    content = list(words[1:])
    end = next((i for i, w in enumerate(content) if i and w in LINKS | {"who", "which", "that", "whose"}), len(content))
    content = [w.removesuffix("'s") for w in content[:end]]
    head = content[-1]
    if head in ROLES or role_by_ending(head):
        return "role", tuple(content), GENDERED_ROLES.get(head)
    if head in ORGANIZATION_WORDS:
        return "body", tuple(content), None
    is_one = head in GENDERED_ROLES or (not PLURAL.search(head) and head not in DOCUMENTS | GROUPS | PEOPLE)
    if of_source and is_one and first not in ("these", "those"):
        return "role", tuple(content), GENDERED_ROLES.get(head)
    return None


def from_owner(words: Sequence[str]) -> Sequence[str]:
    """Return a description from the surname of its owner on: “moss's wife” of “ira moss's wife”."""
    if len(words) < 3 or words[0] in DETERMINERS or words[0] in ("a", "an"):
        return words
    at = next((i for i, word in enumerate(words[:LONGEST_OWNER]) if word.endswith(("'s", "s'"))), 0)
    return words[at:] if at + 1 < len(words) and LINKS.isdisjoint(words[:at]) else words


def can_title(words: Sequence[str]) -> bool:
    """Whether a description can state a title: “the Vermont senator”, but not “the man” or “the last speaker”."""
    found = kind_of(words)
    if found is None or found[0] != "role" or words[0] != "the":
        return False
    _, content, _ = found
    if any(w.endswith(("'s", "s'", "’s", "s’")) for w in words):
        return False  # “commands the state's guard”
    holds_another = not DETERMINERS.isdisjoint(content) or not {"a", "an"}.isdisjoint(content)
    return content[-1] not in TIES and content[0] not in NO_TITLES and not holds_another  # “the way a mayor is”


def can_lead(words: Sequence[str]) -> bool:
    """Whether a description can be of somebody who is named after it: “A former mayor of Brin” at the top."""
    content = words[1 : next((i for i, w in enumerate(words) if w in LINKS), len(words))]
    is_role = words[0] in ("a", "an") and bool(content) and content[-1] in ROLES
    return is_role and (len(words) > 2 or content[-1] not in TIES)


def role_by_ending(head: str) -> bool:
    """Whether a noun says what somebody does by its ending: “negotiator”, “columnist”."""
    return bool(AGENT.search(head)) and head not in NO_AGENTS


def gender_of(pronoun: str) -> str | None:
    """Return m or f for a pronoun that tells, None for another."""
    return FORMS.get(pronoun)


def words_of(text: str, spans: Sequence[Span]) -> frozenset[str]:
    """Return the words of the quotations `spans`, in lower case."""
    return frozenset(w.lower() for span in spans for w in WORD.findall(span.of(text)))
