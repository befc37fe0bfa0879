"""Proof that rows are verbatim: what each says stands where, against the text that it was found in.

Consumes rows and a way to find texts by their SHA-256; produces the problems, one line each. Who said it is nothing
that offsets can prove.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from quotes import paragraphs
from quotes.records import QuotedSpan, Record, Span
from quotes.schema import COLUMNS, CONTEXT
from quotes.segmenter import segment
from quotes.table import quote_id, text_sha256

SHOWN = 60
"""Characters of words that a problem shows."""
_SHA = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[0-9a-f]{16}")
_PLACES = (("quote", "start", "end"), ("mention", "mention_start", "mention_end"), ("cue", "cue_start", "cue_end"))
"""Fields of a row that hold words, and those that say where they stand."""
_LISTS = ("titles", "affiliations", "names", "steps")
"""Fields whose entries have words (`text`) and say where they stand (`start`, `end`)."""
_CHOSEN = (("title", "titles"), ("affiliation", "affiliations"), ("speaker", "names"))
"""Fields of one phrase, and those that list all of its kind."""
_LINKS = ("continues", "outer")
"""Fields that name another row."""
Places = dict[str, tuple[int, int]]
"""Where rows start and end, by their names."""
_OPEN_ENDED = ("continued", "unclosed")
"""Boundaries of quotations that no mark closes."""
_UNOPENED = "mismatched"
"""The boundary of quotations that a mark closes and none opens, among others."""
_CHOICES = {column.name: column.enum for column in COLUMNS if column.enum}
_PROBABILITIES = tuple(column.name for column in COLUMNS if column.type == "probability")


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


class _Source:
    """A text, and what is worked out of it once for all rows."""

    def __init__(self, text: str, sha: str) -> None:
        self.text = text
        self.sha = sha
        self.is_sound = text_sha256(text) == sha
        self._paragraphs: tuple[Span, ...] | None = None
        self._plain: str | None = None
        self._spans: Sequence[QuotedSpan] | None = None

    def paragraph(self, offset: int) -> int:
        """Return the number, from 1, of the paragraph that holds `offset`."""
        if self._paragraphs is None:
            self._paragraphs = paragraphs.split(self.text)
        return paragraphs.index_of(self._paragraphs, offset) + 1

    def says(self, words: str) -> bool:
        """Whether the words, and no parts of words, stand in the text, all white space as one space."""
        if self._plain is None:
            self._plain = _plain(self.text)
        return _stands(_plain(words), self._plain)

    def are_all(self, starts: set[int]) -> bool:
        """Whether rows that start there are all of the text: those inside others too, where there are any of them."""
        if self._spans is None:
            self._spans = segment(self.text).spans
        top = {span.words.start for span in self._spans if span.outer is None}
        every = {span.words.start for span in self._spans}
        return (top if starts <= top else every) <= starts


def check(rows: Sequence[Record], find: Callable[[str], str | None], proof: Proof) -> Iterator[Problem]:
    """Yield what is wrong with `rows`, one problem for each row that is not proven; `proof` keeps count.

    `find` gives the text of a SHA-256, None where there is none. A row is proven where its text is there and has that
    hash, and all of this holds as far as the row has the fields: every word that it holds stands verbatim at its
    offsets, between its marks, in its paragraph and its context; its name (`quote_id`) is that of the place; speaker,
    title and affiliation stand in the text and among the forms that the row lists; fields of a few values have one of
    them; and the rows that it names are rows of the same text. Where rows are missing, the last is not asked.
    """
    sources: dict[str, _Source | None] = {}
    known = _places_of(rows)
    for number, row in enumerate(rows, start=1):
        proof.rows += 1
        sha = str(row.get("text_sha256") or "")
        if sha not in sources:
            text = find(sha) if _SHA.fullmatch(sha) else None
            sources[sha] = None if text is None else _Source(text, sha)
        source = sources[sha]
        problem = (
            "its text is not there to check it against"
            if source is None
            else "the text is not the one that it was found in (its SHA-256 differs)"
            if not source.is_sound
            else next(_problems(row, source, known[sha]), None)
        )
        if problem is None:
            proof.proven += 1
        else:
            yield Problem(number, str(row.get("quote_id") or "without quote_id"), problem)
    proof.texts = sum(source is not None and source.is_sound for source in sources.values())


def _places_of(rows: Sequence[Record]) -> dict[str, Places]:
    """Return for each text the rows of it by their names, with where they start and end."""
    found: dict[str, Places] = {}
    for row in rows:
        places = found.setdefault(str(row.get("text_sha256") or ""), {})
        start, end = row.get("start"), row.get("end")
        if isinstance(start, int) and isinstance(end, int):
            places[str(row.get("quote_id") or f"{start}:{end}")] = (start, end)
    return found


def _problems(row: Record, source: _Source, places: Places) -> Iterator[str]:
    for words, start, end in _PLACES:
        yield from _misplaced(row, source.text, words, start, end)
    first, last = row.get("start"), row.get("end")
    assert isinstance(first, int), "or the quote is misplaced"
    assert isinstance(last, int), "or the quote is misplaced"
    for name in _LISTS:
        for entry in _entries(row, name):
            yield from _misplaced_entry(entry, source, name)
    if row.get("quote_id") not in (None, quote_id(source.sha, first, last)):
        yield "its quote_id is not that of this place"
    yield from _around(row, source, first, last)
    yield from _values(row)
    yield from _phrases(row, source)
    yield from _links(row, source, places, first, last)


def _misplaced(row: Record, text: str, what: str, first: str, last: str) -> Iterator[str]:
    words, start, end = (row.get(name) for name in (what, first, last))
    if words is None and start is None and end is None and what != "quote":
        return
    if not _is_whole(start) or not _is_whole(end) or not isinstance(words, str):
        yield f"{what} lacks its words or its offsets"
    elif not 0 <= start <= end <= len(text):
        yield f"{what} lies outside the text ({start} to {end} of {len(text)})"
    elif text[start:end] != words:
        yield f"{what} is {_shown(words)}, but the text has {_shown(text[start:end])}"


def _misplaced_entry(entry: Any, source: _Source, name: str) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"{name} has an entry that is not what `quotes schema` says"
        return
    if entry.get("text") is None and entry.get("start") is None and name == "steps":
        return
    problem = next(_misplaced({**entry, name: entry.get("text")}, source.text, name, "start", "end"), None)
    if problem is not None:
        yield problem
    elif entry.get("paragraph") not in (None, source.paragraph(entry["start"])):
        yield f"{name} has {_shown(entry['text'])} in paragraph {entry['paragraph']}, which is another's"


def _around(row: Record, source: _Source, first: int, last: int) -> Iterator[str]:
    text = source.text
    opener, closer, boundary = row.get("open_mark"), row.get("close_mark"), row.get("boundary")
    if opener and not text[:first].rstrip().endswith(opener):
        yield f"before it stands no {_shown(opener)}"
    if closer and not text[last:].lstrip().startswith(closer):
        yield f"after it stands no {_shown(closer)}"
    if boundary is not None and opener is not None and not opener and boundary != _UNOPENED:
        yield f"it has no opening mark, which {boundary!r} has"
    if boundary is not None and closer is not None and (not closer) is not (boundary in _OPEN_ENDED):
        yield f"its closing mark is {_shown(closer)}, which does not go with {boundary!r}"
    for name, side, there in (
        ("prefix", "before", text[max(0, first - CONTEXT) : first]),
        ("suffix", "after", text[last : last + CONTEXT]),
    ):
        if name in row and (row[name] or "") != there:
            yield f"{side} it the text has not {_shown(row[name] or '')}, but {_shown(there)}"
    if "paragraph" in row and row["paragraph"] != source.paragraph(first):
        yield f"it stands in paragraph {source.paragraph(first)}, not {row['paragraph']}"


def _values(row: Record) -> Iterator[str]:
    for name, choices in _CHOICES.items():
        if name in row and row[name] not in choices:
            yield f"its {name} is {_shown(str(row[name]))}; it must be one of {', '.join(choices)}"
    for name in _PROBABILITIES:
        value = row.get(name)
        if name in row and not (isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1):
            yield f"its {name} is {value!r}, which is not between 0 and 1"


def _phrases(row: Record, source: _Source) -> Iterator[str]:
    for name, forms in _CHOSEN:
        words = row.get(name)
        if words is None:
            continue
        if not isinstance(words, str) or not (source.says(words) if name == "speaker" else _stands(words, source.text)):
            yield f"its {name} {_shown(str(words))} stands nowhere in the text"
        elif forms in row and _plain(words) not in {_plain(entry["text"]) for entry in _entries(row, forms)}:
            yield f"its {name} {_shown(words)} is none of its {forms}"


def _links(row: Record, source: _Source, places: Places, first: int, last: int) -> Iterator[str]:
    for name in _LINKS:
        other = row.get(name)
        if other is None:
            continue
        place = places.get(str(other))
        if not isinstance(other, str) or not _ID.fullmatch(other):
            yield f"its {name} is {_shown(str(other))}, which is no quote_id: 16 hex digits"
        elif place is None:
            if row.get("quote_id") is not None and source.are_all({start for start, _ in places.values()}):
                yield f"its {name} names {other}, which is no row of its text"
        elif name == "continues" and place[1] > first:
            yield f"its {name} names {other}, which does not stand before it"
        elif name == "outer" and not (place[0] <= first and last <= place[1] and place != (first, last)):
            yield f"its {name} names {other}, which does not stand around it"


def _entries(row: Record, name: str) -> Sequence[Any]:
    found = row.get(name)
    return found if isinstance(found, list) else ()


def _is_whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _stands(words: str, text: str) -> bool:
    """Whether the words stand in the text, and no part of a longer word does for one of them."""
    before, after = (r"(?<!\w)" if words[:1].isalnum() else ""), (r"(?!\w)" if words[-1:].isalnum() else "")
    return re.search(before + re.escape(words) + after, text) is not None


def _plain(words: str) -> str:
    return " ".join(words.split())


def _shown(words: str) -> str:
    return repr(words if len(words) <= SHOWN else words[: SHOWN - 1] + "…")
