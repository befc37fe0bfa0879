"""What states a role or an office: single words by list or ending, and runs of them.

Consumes tokens; answers yes or no.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes import lexicon
from quotes.narrative import Token
from quotes.wordclasses import LINKS, ROLES, is_title_word

COURTESIES = frozenset(
    "mr mrs ms miss mx sir madam monsieur mme mlle dr doctor herr frau señor señora senor senora dame lord lady".split()
)
"""Honorifics that state no role or office."""
AGENT = re.compile(r"\w{3}(?:er|or|ist|ian|eer|man|woman|smith|wright|junior)$")
"""Endings of words for people by what they do: a docker, a clockmaker, an organist."""
NO_AGENTS = lexicon.words("no_agents")
PLURAL_HONORIFICS = frozenset("sens reps govs drs profs".split())
PREFIXES = ("co-", "ex-", "vice-", "then-")
"""What may stand before a role, joined by a hyphen."""


def bare_role(word: str) -> str:
    """Return a word in lower case without “co-”, “ex-” and the like, and without the ending of a possessive."""
    word = word.removesuffix("'s")
    for prefix in PREFIXES:
        word = word.removeprefix(prefix)
    return word


def is_title(token: Token) -> bool:
    """Whether the token is a role or an honorific that states an office."""
    low = bare_role(token.low)
    return (is_title_word(token) or low in ROLES or low in ("head", "chief")) and low not in COURTESIES


def is_role(token: Token) -> bool:
    """Whether the token is a role by list or, in lower case, by its ending: a docker, a clockmaker, an organist."""
    return is_title(token) or (
        token.is_word and not token.is_capitalized and bool(AGENT.search(token.low)) and token.low not in NO_AGENTS
    )


def is_roles(token: Token) -> bool:
    """Whether the token is a role in the plural: “candidates”, “Sens.”."""
    low = token.low
    return low in PLURAL_HONORIFICS or (low.endswith("s") and low[:-1] in ROLES)


def head_of(tokens: Sequence[Token]) -> Token | None:
    """Return the noun that a description is about: the last word before “of”, “for”, “who” or a comma."""
    end = 0
    while end < len(tokens) and tokens[end].is_word and (end == 0 or tokens[end].low not in LINKS):
        if end and tokens[end].low in ("who", "which", "that", "whose", "and", "about"):
            break
        if end > 1 and tokens[end].low.endswith("ing"):
            break  # “a book analyzing it”
        end += 1
    return tokens[end - 1] if end else None
