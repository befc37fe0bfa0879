"""Score a table of quotations against gold articles.

Consumes gold articles and rows as plain dicts; produces figures and, on request, the first errors.

A gold article has `doc_id`, `text` and `quotations`, each of these with `start`, `end` and `type` ("speech" or
something else), and where they apply `speaker`, `speaker_alt` (names that are as right), `title` and `skip` (scored
nowhere: its marks are ambiguous even to a reader). A row has `doc_id`, `start`, `end`, and where they apply `quote`,
`speaker`, `title` and `confidence`. A row without a speaker is an abstention.

Definitions:
    covers: a row covers a gold quotation when both have the same offsets once spaces and marks at either end, and
        final punctuation, are trimmed.
    found: covered gold speech that has a speaker, as a share of all of it.
    right: the row covers gold speech and names its speaker (`names_match.same_speaker`).
    recall: right rows on gold speech that has a speaker, as a share of that speech.
    precision: right rows as a share of the rows that name a speaker. Left out are rows that overlap a skipped
        quotation, and rows that a single mark opens and gold does not list (gold lists double marks).
    f1: the harmonic mean of precision and recall.
    canonical: of the right rows, the share that gives the speaker's fullest name, not only a part of it.
    title: of the right rows whose gold has a title (`titled`), the share that states it (token F1 of 0.5 or more).
    title_invented: right rows that state a title where gold has none.
    at_90: precision of the 90 % most confident rows that name a speaker.
    named_non_speech: rows that name a speaker for a quotation that is no speech, as a share of the gold quotations
        that are no speech or have no speaker.
    not_verbatim: rows whose `quote` differs from the text at their offsets.

Shares are rounded to four digits, f1 from the rounded precision and recall.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from quotes.errors import InputError
from quotes.exporter import EXTENSIONS
from quotes.exporter import read_rows as read_table
from quotes.jsonl import ROW_FIELDS, problems, read_gold, read_jsonl
from quotes.jsonl import read_rows as read_lines
from quotes.names_match import name_words, same_speaker, same_title
from quotes.records import Record

__all__ = [
    "MEANINGS",
    "Error",
    "Figures",
    "read_gold",
    "read_jsonl",
    "read_rows",
    "render",
    "render_errors",
    "same_speaker",
    "same_title",
    "score",
    "trim",
]

Figures = dict[str, float | int]
Key = tuple[int, int]

FINAL_CHARACTERS = frozenset(",.;:!?…\"“”‘’'—–-")
"""Trimmed from the end of a quotation before two are compared; at the start only `INITIAL_CHARACTERS` are."""
INITIAL_CHARACTERS = frozenset("\"“”‘’'…")
SINGLE_MARKS = frozenset("'‘‚‹`")
CONFIDENT_SHARE = 0.9
SHOWN_LENGTH = 70

MEANINGS = {
    "gold": "gold quotations that are speech and have a speaker",
    "found": "share of them that a row covers",
    "recall": "share of them that a row covers and gives to the right speaker",
    "precision": "share of the rows that name a speaker that name the right one",
    "f1": "harmonic mean of precision and recall",
    "canonical": "share of the right rows that give the speaker's fullest name",
    "title": "share of the right rows that state the title, where gold has one",
    "titled": "right rows where gold has a title",
    "title_invented": "right rows that state a title where gold has none",
    "at_90": "precision of the 90 % most confident rows that name a speaker",
    "named_non_speech": "rows that name a speaker of what is no speech, per gold quotation without a speaker",
    "not_verbatim": "rows whose quote differs from the text at their offsets",
    "rows": "rows scored",
}
"""What each figure says, in the order in which they are given."""


@dataclass(frozen=True, slots=True)
class Error:
    """A gold quotation that no row covers, or that a row gives to somebody else or to nobody."""

    doc_id: str
    gold: str
    found: str | None
    words: str
    kind: Literal["wrong speaker", "no row"]


def score(
    articles: Sequence[Mapping[str, Any]], rows: Iterable[Mapping[str, Any]], errors: int = 0
) -> tuple[Figures, list[Error]]:
    """Return the figures of `rows` against the gold `articles`, and the first `errors` errors.

    Raises InputError where a row's offsets lie outside its article's text.
    """
    rows_of = defaultdict(list)
    for row in rows:
        rows_of[row["doc_id"]].append(row)
    tally = _Tally(errors_wanted=errors)
    for article in articles:
        gold = _Gold.of(article)
        for row in rows_of.get(gold.doc_id, ()):
            _count_row(row, gold, tally)
        _count_gold(gold, tally)
    return _figures(tally), tally.errors


def read_rows(path: str) -> list[Record]:
    """Return the rows of a file in any format, by its extension; of one that has none of ours, as JSONL.

    Raises InputError with one line where it cannot be read, or where a row lacks what the scorer relies on.
    """
    if EXTENSIONS.get(Path(path).suffix.lower(), "jsonl") == "jsonl":
        return read_lines(path)
    rows = read_table(path)
    for number, row in enumerate(rows, start=1):
        problem = next(problems(row, ROW_FIELDS), None)
        if problem is not None:
            raise InputError(f"{path}, row {number}: {problem}")
    return rows


def render(figures: Mapping[str, float | int]) -> str:
    """Return the figures as a plain table: name, value and meaning, one a line."""
    values = {name: f"{value:.4f}" if isinstance(value, float) else str(value) for name, value in figures.items()}
    left = max(map(len, values), default=0)
    right = max(map(len, values.values()), default=0)
    return "\n".join(f"{name:<{left}}  {value:>{right}}  {MEANINGS[name]}" for name, value in values.items())


def render_errors(errors: Iterable[Error]) -> str:
    """Return the errors one a line: document, what is wrong, gold speaker, speaker found, words."""
    return "\n".join(
        f"{error.doc_id} | {error.kind} | {error.gold} | {error.found or '-'} | {' '.join(error.words.split())}"
        for error in errors
    )


def trim(text: str, start: int, end: int) -> Key:
    """Return `start` and `end` without the spaces, marks and final punctuation at the ends of `text[start:end]`."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in FINAL_CHARACTERS):
        end -= 1
    while start < end and (text[start].isspace() or text[start] in INITIAL_CHARACTERS):
        start += 1
    return start, end


@dataclass(slots=True)
class _Tally:
    """What is counted while rows go by; `ranked` holds confidence and rightness of each row that names a speaker."""

    errors_wanted: int
    counts: Counter[str] = field(default_factory=Counter)
    ranked: list[tuple[float, bool]] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)

    def note(
        self, gold: _Gold, quotation: Mapping[str, Any], kind: Literal["wrong speaker", "no row"], found: str | None
    ) -> None:
        """Keep an error, if more of them are wanted."""
        if len(self.errors) < self.errors_wanted:
            words = gold.text[quotation["start"] : quotation["end"]][:SHOWN_LENGTH]
            self.errors.append(Error(gold.doc_id, quotation["speaker"], found, words, kind))


@dataclass(frozen=True, slots=True)
class _Gold:
    """A gold article, its quotations by trimmed offsets, and which of them a row has covered so far."""

    doc_id: str
    text: str
    quotations: dict[Key, Mapping[str, Any]]
    skipped: list[Key]
    covered: set[Key] = field(default_factory=set)

    @classmethod
    def of(cls, article: Mapping[str, Any]) -> _Gold:
        """Return the gold of `article`; of two quotations on the same words, the later one stands."""
        doc_id, text = article["doc_id"], article["text"]
        quotations = {_key(q, doc_id, text): q for q in article["quotations"]}
        return cls(doc_id, text, quotations, [key for key, q in quotations.items() if q.get("skip")])

    def skips(self, key: Key) -> bool:
        """Whether a row at `key` touches a quotation that is scored nowhere."""
        return any(key[0] < end and key[1] > start for start, end in self.skipped)


def _key(span: Mapping[str, Any], doc_id: str, text: str) -> Key:
    """Return the trimmed offsets of a row or a gold quotation."""
    start, end = span["start"], span["end"]
    if start < 0 or end > len(text):
        raise InputError(f"{doc_id}: {start}-{end} lies outside the text; is it of another version?")
    return trim(text, start, end)


def _is_attributed_speech(quotation: Mapping[str, Any]) -> bool:
    return bool(quotation["type"] == "speech" and quotation.get("speaker"))


def _right_names(quotation: Mapping[str, Any] | None) -> list[str | None]:
    """Return every name that is right for a gold quotation; none where it is no speech."""
    if quotation is None or quotation["type"] != "speech":
        return []
    return [quotation.get("speaker"), *(quotation.get("speaker_alt") or ())]


def _count_row(row: Mapping[str, Any], gold: _Gold, tally: _Tally) -> None:
    key = _key(row, gold.doc_id, gold.text)
    written = gold.text[row["start"] : row["end"]]
    tally.counts["not_verbatim"] += row.get("quote", written) != written
    tally.counts["rows"] += 1
    if gold.skips(key):
        return
    quotation = gold.quotations.get(key)
    if quotation is not None:
        gold.covered.add(key)
    elif _opened_by_single_mark(gold.text, row["start"]):
        return
    names = _right_names(quotation)
    right = any(same_speaker(name, row.get("speaker")) for name in names)
    if row.get("speaker"):
        _count_named(row, quotation, right, tally)
    if quotation is not None and _is_attributed_speech(quotation):
        tally.counts["found"] += 1
        if right:
            _count_right(row, quotation, names, tally.counts)
        else:
            tally.note(gold, quotation, "wrong speaker", row.get("speaker"))


def _opened_by_single_mark(text: str, start: int) -> bool:
    return text[:start].rstrip()[-1:] in SINGLE_MARKS


def _count_named(row: Mapping[str, Any], quotation: Mapping[str, Any] | None, right: bool, tally: _Tally) -> None:
    """Count a row that names a speaker, whatever it covers."""
    tally.ranked.append((row.get("confidence") or 0.0, right))
    tally.counts["named_non_speech"] += quotation is not None and quotation["type"] != "speech"


def _count_right(
    row: Mapping[str, Any], quotation: Mapping[str, Any], names: Sequence[str | None], counts: Counter[str]
) -> None:
    """Count a row that names the right speaker of gold speech that has one."""
    counts["right"] += 1
    counts["canonical"] += name_words(row["speaker"]) in [name_words(name) for name in names]
    if quotation.get("title"):
        counts["titled"] += 1
        counts["title_right"] += same_title(quotation["title"], row.get("title"))
    elif row.get("title"):
        counts["title_invented"] += 1


def _count_gold(gold: _Gold, tally: _Tally) -> None:
    """Count what gold holds, once its rows have gone by."""
    for key, quotation in gold.quotations.items():
        if quotation.get("skip"):
            continue
        if not _is_attributed_speech(quotation):
            tally.counts["gold_without_speaker"] += 1
            continue
        tally.counts["gold"] += 1
        if key not in gold.covered:
            tally.note(gold, quotation, "no row", None)


def _figures(tally: _Tally) -> Figures:
    n = tally.counts
    precision, recall = _precision(tally.ranked), _share(n["right"], n["gold"])
    ranked = sorted(tally.ranked, key=lambda item: -item[0])
    figures: Figures = {
        "gold": n["gold"],
        "found": _share(n["found"], n["gold"]),
        "recall": recall,
        "precision": precision,
        "f1": round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0,
        "canonical": _share(n["canonical"], n["right"]),
        "title": _share(n["title_right"], n["titled"]),
        "titled": n["titled"],
        "title_invented": n["title_invented"],
        "at_90": _precision(ranked[: int(len(ranked) * CONFIDENT_SHARE)]),
        "named_non_speech": _share(n["named_non_speech"], n["gold_without_speaker"]),
        "not_verbatim": n["not_verbatim"],
        "rows": n["rows"],
    }
    return figures


def _precision(ranked: Sequence[tuple[float, bool]]) -> float:
    return _share(sum(right for _, right in ranked), len(ranked))


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
