"""Where a quotation with one mark missing most likely ends or begins, by weights learned from whole ones.

Consumes the text beside the mark that is there; produces a score for each place between words. The weights are those
of `lexicon/edge_weights.txt`, which `training/edges.py` writes; a place's features say which words, marks and
reporting clauses stand beside it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache

from quotes import lexicon
from quotes.clauses import PERSONAL, REPORTING_SENTENCE

WORD = re.compile(r"\S+")
PARAGRAPH_END = 0.5
"""Added to the score of the last place: a mark is lost at a paragraph's end more often than elsewhere."""
REACH = 80
"""Words that are looked at on one side of a mark."""
OPENINGS = "\"'“”‘’«»([`"
CLOSINGS = "\"'“”‘’«»)]"
STOPS = ".,;:!?…—–-"
FINITE = frozenset(
    "is are was were be has have had will would can could should may might must do does did am isn't aren't don't "
    "doesn't didn't".split()
)
"""Words that make a clause of a fragment."""
PLAIN = "-"
"""Stands for a word that has no weight of its own."""


@cache
def _weights() -> dict[str, float]:
    return {feature: float(weight) for feature, weight in lexicon.table("edge_weights")}


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(feature.split("=", 1)[1] for feature in _weights() if feature[2:].startswith(("w=", "x=")))


def core(word: str) -> str:
    """Return a word without the marks around it, in lower case."""
    return word.strip(OPENINGS + CLOSINGS + STOPS).lower().replace("’", "'")


def _known(word: str, vocabulary: frozenset[str] | None) -> str:
    low = core(word)
    if vocabulary is None or low in vocabulary:
        return low or "mark"
    for suffix in ("ing", "ed", "ly", "s"):
        if low.endswith(suffix):
            return f"{PLAIN}{suffix}"
    return PLAIN + ("C" if word.lstrip(OPENINGS)[:1].isupper() else "9" if low[:1].isdigit() else "")


def _count(n: int) -> str:
    return str(n) if n <= 4 else "5-7" if n <= 7 else "8-12" if n <= 12 else "13-20" if n <= 20 else "21+"


def _stop(word: str) -> str:
    tail = word.rstrip(CLOSINGS)[-1:]
    return tail if tail and tail in STOPS else ""


def end_features(
    text: str,
    before: str,
    words: Sequence[re.Match[str]],
    i: int,
    limit: int,
    clause: int | None,
    vocabulary: frozenset[str] | None,
) -> list[str]:
    """Return the features of an end after word `i` of `words`, the words after an opener.

    `before` is the word before the opener with its punctuation, `limit` the end of what the quotation could fill,
    `clause` the end of the words before the first reporting clause, `vocabulary` the words that count as such (None:
    all).
    """
    word, following = words[i].group(), words[i + 1].group() if i + 1 < len(words) else ""
    stop, count = _stop(word), _count(i + 1)
    inside = "in" if before[-1:].isalnum() else "out"
    x = _known(following, vocabulary) if following else "END"
    first = "cap" if words[0].group().lstrip(OPENINGS)[:1].isupper() else "low"
    case = "END" if not following else "cap" if following.lstrip(OPENINGS)[:1].isupper() else "low"
    found = [
        "b",
        f"n={count}/{inside}",
        f"p={stop}/{inside}",
        f"w={_known(word, vocabulary)}",
        f"x={x}",
        f"px={stop}/{case}/{inside}/{first}",
        f"v={_known(before, vocabulary)}/{count}",
        f"vx={_known(before, vocabulary)}/{bool(stop)}",
    ]
    verb = any(core(w.group()) in FINITE for w in words[: i + 1])
    found += [f"f={_known(words[0].group(), vocabulary)}/{count}", f"y={x}/{verb}"]
    if clause is not None:
        found.append("clause" if words[i].end() == clause else "past" if words[i].end() > clause else "ahead")
    if stop and stop in ".!?" and following:
        at = words[i].end()
        sentence = text[at : at + 200].lstrip()
        personal = bool(PERSONAL.search(text, at, min(limit, at + 150)))
        found.append(f"s={personal}/{bool(REPORTING_SENTENCE.match(sentence))}/{inside}")
    return found


def start_features(
    text: str,
    words: Sequence[re.Match[str]],
    i: int,
    after: str,
    followed: bool,
    floor: int,
    vocabulary: frozenset[str] | None,
) -> list[str]:
    """Return the features of a start at word `i` of `words`, the words before a closer in order of the text.

    `after` is the word after the closer, `followed` whether a reporting clause stands there, `floor` the first place
    where the quotation could begin, `vocabulary` the words that count as such (None: all).
    """
    word, before = words[i].group(), words[i - 1].group() if i else ""
    stop, last = _stop(before), _stop(words[-1].group())
    count = _count(len(words) - i)
    first = "cap" if word.lstrip(OPENINGS)[:1].isupper() else "low"
    x = _known(before, vocabulary) if before else "START"
    place = f"{stop if before else 'START'}/{first}"
    end = "END" if not after else "cap" if after[:1].isupper() else "low"
    reported = bool(before) and bool(REPORTING_SENTENCE.search(text, words[0].start(), words[i].start()))
    return [
        "b",
        f"n={count}/{place}",
        f"p={place}/{last}/{followed}",
        f"w={_known(word, vocabulary)}",
        f"x={x}",
        f"xn={x}/{count}",
        f"xw={x}/{first}/{last}",
        f"l={last}/{count}/{end}/{followed}",
        f"q={place}/{reported}/{words[0].start() <= floor}",
        f"i={bool(PERSONAL.search(text, words[i].start(), words[-1].end()))}/{place}",
    ]


def best_start(text: str, floor: int, closer: int, mark_end: int, limit: int, *, followed: bool) -> int | None:
    """Return where the words before the closing mark at `closer` most likely begin; None where there is no word.

    They begin no sooner than `floor`; `mark_end` is the end of the mark and `limit` that of its paragraph.
    """
    words = words_before(text, floor, closer)
    if len(words) < 2:
        return words[0].start() if words else None  # no choice, so nothing to weigh
    after = WORD.search(text, mark_end, limit)
    following = after.group() if after else ""
    weights, vocabulary = _weights(), _vocabulary()
    best, best_score, survived = words[0].start(), -math.inf, 0.0
    for i in range(len(words) - 1, -1, -1):
        features = start_features(text, words, i, following, followed, floor, vocabulary)
        total = sum(weights.get(f"s:{f}", 0.0) for f in features)
        score = survived - math.log1p(math.exp(-total))
        if score > best_score:
            best, best_score = words[i].start(), score
        survived -= math.log1p(math.exp(total))
    return best


def words_before(text: str, floor: int, closer: int) -> list[re.Match[str]]:
    """Return the words between `floor` and `closer`, the last `REACH` of them."""
    start = max(floor, closer - 12 * REACH)
    return list(WORD.finditer(text, start, closer))[-REACH:]


def best_end(text: str, start: int, limit: int, clause: int | None) -> int | None:
    """Return where the words that begin at `start` most likely end; None where there is no word."""
    words = words_after(text, start, limit)
    if len(words) < 2:
        return words[0].end() if words else None  # no choice, so nothing to weigh
    before = word_before(text, start)
    weights, vocabulary = _weights(), _vocabulary()
    best, best_score, survived = words[-1].end(), -math.inf, 0.0
    for i, word in enumerate(words):
        total = sum(weights.get(f"e:{f}", 0.0) for f in end_features(text, before, words, i, limit, clause, vocabulary))
        score = survived - math.log1p(math.exp(-total)) + (PARAGRAPH_END if i + 1 == len(words) else 0.0)
        if score > best_score:
            best, best_score = word.end(), score
        survived -= math.log1p(math.exp(total))
    return best


def words_after(text: str, start: int, limit: int) -> list[re.Match[str]]:
    """Return the words between `start` and `limit`, the first `REACH` of them."""
    found: list[re.Match[str]] = []
    for match in WORD.finditer(text, start, limit):
        found.append(match)
        if len(found) >= REACH:
            break
    return found


def word_before(text: str, start: int) -> str:
    """Return the word before the opener that ends at `start`, with its punctuation; empty at a line's start."""
    line = text[max(0, start - 40) : start].rstrip("\"“”«»„‘’'`&").rsplit("\n", 1)[-1].split()
    return line[-1] if line else ""
