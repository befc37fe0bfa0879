"""Proof that rows are verbatim: what each says stands where, against the text that it was found in.

Consumes rows and a way to find texts by their SHA-256; produces the problems, one line each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quotes.records import Record
from quotes.table import quote_id, text_sha256

SHOWN = 60
"""Characters of words that a problem shows."""
_SHA = re.compile(r"[0-9a-f]{64}")
_PLACES = (("quote", "start", "end"), ("mention", "mention_start", "mention_end"), ("cue", "cue_start", "cue_end"))
"""Fields of a row that hold words, and those that say where they stand."""
_LISTS = ("titles", "affiliations", "names", "steps")
"""Fields whose entries have words (`text`) and say where they stand (`start`, `end`)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row."""

    row: int
    """Number of the row, from 1."""
    quote_id: str
    words: str


@dataclass(slots=True)
class Proof:
    """What came of a check."""

    rows: int = 0
    proven: int = 0
    texts: int = 0

    def __str__(self) -> str:
        """Say it in words."""
        return f"{self.proven} of {self.rows} rows stand verbatim in {self.texts} texts"


def check(rows: Sequence[Record], find: Callable[[str], str | None], proof: Proof) -> Iterator[Problem]:
    """Yield what is wrong with `rows`, one problem for each row that is not proven; `proof` keeps count.

    `find` gives the text of a SHA-256, None where there is none. A row is proven where its text is there and has that
    hash, every word that it holds stands verbatim at its offsets, its context is that of the text, and its name
    (`quote_id`) is that of the place.
    """
    texts: dict[str, str | None] = {}
    sound: dict[str, bool] = {}
    for number, row in enumerate(rows, start=1):
        proof.rows += 1
        sha = str(row.get("text_sha256") or "")
        if sha not in texts:
            text = find(sha) if _SHA.fullmatch(sha) else None
            texts[sha] = text
            sound[sha] = text is not None and text_sha256(text) == sha
        text = texts[sha]
        problem = (
            "its text is not there to check it against"
            if text is None
            else "the text is not the one that it was found in (its SHA-256 differs)"
            if not sound[sha]
            else next(_problems(row, text, sha), None)
        )
        if problem is None:
            proof.proven += 1
        else:
            yield Problem(number, str(row.get("quote_id") or "without quote_id"), problem)
    proof.texts = sum(sound.values())


def _problems(row: Record, text: str, sha: str) -> Iterator[str]:
    for words, start, end in _PLACES:
        yield from _misplaced(text, words, row.get(words), row.get(start), row.get(end), needed=words == "quote")
    for name in _LISTS:
        for entry in row.get(name) or ():
            yield from _misplaced(text, name, entry["text"], entry["start"], entry["end"])
    first, last = row.get("start"), row.get("end")
    if isinstance(first, int) and isinstance(last, int):
        if row.get("quote_id") not in (None, quote_id(sha, first, last)):
            yield "its quote_id is not that of this place"
        prefix, suffix = row.get("prefix"), row.get("suffix")
        if prefix and not text.endswith(prefix, 0, first):
            yield f"before it the text has not {_shown(prefix)}"
        if suffix and not text.startswith(suffix, last):
            yield f"after it the text has not {_shown(suffix)}"


def _misplaced(
    text: str, what: str, words: object, start: object, end: object, *, needed: bool = False
) -> Iterator[str]:
    if words is None and start is None and not needed:
        return
    if not isinstance(start, int) or not isinstance(end, int) or not isinstance(words, str):
        yield f"{what} lacks its words or its offsets"
    elif not 0 <= start <= end <= len(text):
        yield f"{what} lies outside the text ({start} to {end} of {len(text)})"
    elif text[start:end] != words:
        yield f"{what} is {_shown(words)}, but the text has {_shown(text[start:end])}"


def _shown(words: str) -> str:
    return repr(words if len(words) <= SHOWN else words[: SHOWN - 1] + "…")
