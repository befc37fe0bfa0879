"""Where a quotation with one mark missing most likely ends or begins, by weights learned from whole ones.

Consumes what is known of each place between words; produces the likeliest place. A place's score is the sum of the
weights of its features, which `unclosed.py` and `unopened.py` name, and of the words that would be inside. The weights
are those of `lexicon/edge_weights.txt`, which `training/edges.py` writes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from quotes import lexicon

Edge = Literal["e", "s"]
"""An end or a start."""
Words = Sequence[re.Match[str]]
WORD = re.compile(r"\S+")
REACH, REACH_BACK = 80, 400
"""Words that are looked at behind an opening mark, and before a closing one."""
NEAR = 6
"""Words before a place in which a reporting verb counts."""
OPENINGS = "\"'“”‘’«»([`"
CLOSINGS = "\"'“”‘’«»)]"
STOPS = ".,;:!?…—–-"
BREAKS = '.!?;"”“'
"""Marks that part a reporting verb from the words after them."""


@cache
def _weights() -> dict[str, float]:
    return {feature: float(weight) for feature, weight in lexicon.table("edge_weights")}


@cache
def _verbs() -> frozenset[str]:
    return frozenset(form for _, forms, _, _ in lexicon.table("reporting_verbs") for form in forms.split())


def core(word: str) -> str:
    """Return a word without the marks around it, in lower case."""
    return word.strip(OPENINGS + CLOSINGS + STOPS).lower().replace("’", "'")


def number(n: int) -> str:
    """Return a class of the number of words."""
    return str(n) if n <= 4 else "5-7" if n <= 7 else "8-12" if n <= 12 else "13-20" if n <= 20 else "21+"


def stop(word: str) -> str:
    """Return the mark that a word ends in, behind which a clause or a sentence can end; empty where there is none."""
    tail = word.rstrip(CLOSINGS)[-1:]
    return tail if tail and tail in STOPS else ""


def is_capital(word: str) -> bool:
    """Whether a word begins with a capital."""
    return word.lstrip(OPENINGS)[:1].isupper()


def verb_before(words: Words, place: int) -> str:
    """Return how many words before `place` the nearest reporting verb of its sentence stands, and which it is."""
    for back in range(1, NEAR + 1):
        if place < back:
            return f"start{back}"
        word = words[place - back].group()
        if back > 1 and word[-1:] in BREAKS:
            return f"stop{back}"
        if core(word) in _verbs():
            return f"{back}{core(word)}"
    return "none"


def likeliest(edge: Edge, places: Sequence[Sequence[str]], words: Sequence[str]) -> int:
    """Return which of the places has the best score.

    `places` are the features of each and `words` the word there: an end has the words up to it inside, a start those
    from it on.
    """
    weights = _weights()
    order = range(len(places)) if edge == "e" else range(len(places) - 1, -1, -1)
    best, best_score, inside = order[0], float("-inf"), 0.0
    for i in order:
        inside += weights.get(f"in:{edge}:{words[i]}", 0.0)
        score = inside + sum(weights.get(f"{edge}:{feature}", 0.0) for feature in places[i])
        if score > best_score:
            best, best_score = i, score
    return best


def words_after(text: str, start: int, limit: int) -> list[re.Match[str]]:
    """Return the words between `start` and `limit`, the first `REACH` of them."""
    found: list[re.Match[str]] = []
    for match in WORD.finditer(text, start, limit):
        found.append(match)
        if len(found) >= REACH:
            break
    return found


def words_before(text: str, floor: int, end: int) -> list[re.Match[str]]:
    """Return the words between `floor` and `end`, the last `REACH_BACK` of them."""
    start = max(floor, end - 12 * REACH_BACK)
    return list(WORD.finditer(text, start, end))[-REACH_BACK:]
