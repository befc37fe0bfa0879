"""Which rows and fields come out, and in what order.

Consumes what a user asked for, and rows; produces the rows that are meant. Only sorting gathers rows; all else passes
them on as they come.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from quotes.errors import UsageError
from quotes.records import Record
from quotes.schema import COLUMNS, TYPES, Column
from quotes.wordclasses import HONORIFICS


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for; by default everything, as it comes."""

    columns: tuple[Column, ...] | None = None
    """The fields, in order; None: all."""
    types: tuple[str, ...] = ()
    """Types of quotations, one of which a row must have; none: any."""
    speakers: tuple[str, ...] = ()
    """Names, one of which must be the speaker's; none: any speaker, and nobody."""
    min_confidence: float = 0.0
    needs_review: bool | None = None
    """Whether rows must, or must not, want a look; None: either."""
    sort: tuple[tuple[str, bool], ...] = ()
    """Columns to sort by, the first counting most, each with whether it goes downwards."""

    def keeps(self, row: Record) -> bool:
        """Whether a row is one of those asked for."""
        return (
            (not self.types or row["type"] in self.types)
            and (not self.speakers or any(is_speaker(name, row) for name in self.speakers))
            and (not self.min_confidence or row["confidence"] >= self.min_confidence)
            and (self.needs_review is None or row["needs_review"] == self.needs_review)
        )

    def sorted(self, rows: Iterable[Record]) -> list[Record]:
        """Return the rows in the order asked for: what is null last either way, equal ones as they came."""
        found = list(rows)
        for name, downwards in reversed(self.sort):
            there = [row for row in found if row[name] is not None]
            there.sort(key=lambda row: _sortable(row[name]), reverse=downwards)
            found = there + [row for row in found if row[name] is None]
        return found

    def fields(self, rows: Iterable[Record]) -> list[Record]:
        """Return the rows with the fields asked for."""
        if self.columns is None:
            return list(rows)
        return [{column.name: row[column.name] for column in self.columns} for row in rows]


def select(
    *,
    columns: str | None = None,
    types: Sequence[str] = (),
    speakers: Sequence[str] = (),
    min_confidence: float = 0.0,
    needs_review: bool | None = None,
    sort: Sequence[str] = (),
    known: Sequence[Column] = COLUMNS,
) -> Selection:
    """Return what the options of a command ask for; `columns` and each of `sort` are names joined by commas.

    `known` are the columns that the rows have. Raises UsageError on a name that is none of theirs, or an option that
    asks for what the rows do not have.
    """
    for name in types:
        if name not in TYPES:
            raise UsageError(f"unknown type {name!r}; use one of {', '.join(TYPES)}")
    if any(not _words(name) for name in speakers):
        raise UsageError("--speaker wants a name, or a part of one")
    declared = {column.name: column for column in known}
    asked = (("--type", types, "type"), ("--speaker", speakers, "speaker"))
    limits = (
        ("--min-confidence", min_confidence, "confidence"),
        ("--needs-review", needs_review is not None, "needs_review"),
    )
    for option, given, name in (*asked, *limits):
        if given and name not in declared:
            raise UsageError(f"the rows have no column {name!r}, which {option} asks for")
    chosen = None if columns is None else tuple(_column(name, declared, "--columns") for name in _names([columns]))
    if chosen is not None and len(set(chosen)) < len(chosen):
        raise UsageError("--columns names a column twice; name each once")
    keys = []
    for name in _names(sort):
        column = _column(name.removeprefix("-"), declared, "--sort")
        if column.type == "list":
            raise UsageError(f"rows cannot be sorted by {column.name!r}, which is a list")
        keys.append((column.name, name.startswith("-")))
    return Selection(chosen, tuple(types), tuple(speakers), min_confidence, needs_review, tuple(keys))


def is_speaker(name: str, row: Record) -> bool:
    """Whether a row's speaker is meant by `name`: all its words are words of one form of the speaker's name.

    Case, accents, apostrophes and hyphens do not count, nor do honorifics where more is left. Nothing is guessed: “Mary
    Smith” is not Martin Smith, but “Smith” is both.
    """
    asked = _words(name)
    asked = [word for word in asked if word not in HONORIFICS] or asked
    forms = [row["speaker"], *(form["text"] for form in row.get("names") or ())]
    return any(_fits(asked, _words(form)) for form in forms if form)


def _fits(asked: Sequence[str], words: Sequence[str]) -> bool:
    """Whether every word asked for is one of `words`, or the initial of another one."""
    left = [word for word in words if word not in asked]
    return all(word in words or (len(word) == 1 and any(w.startswith(word) for w in left)) for word in asked)


def _words(name: str) -> list[str]:
    """Return the words of a name in the form that is compared: “O’Neill” and “O'Neill” are one word, “Jean-Luc” two."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return re.findall(r"[^\W_]+", re.sub(r"['’‘ʼ]", "", plain).casefold())


@contextmanager
def arranged(
    write: Callable[[Sequence[Record]], None], selection: Selection
) -> Iterator[Callable[[Sequence[Record]], None]]:
    """Give what takes rows and passes them to `write` in the order and with the fields asked for.

    Rows to be sorted are passed on when the block ends well, those of one document at a time.
    """
    held: list[Record] = []
    if not selection.sort:
        yield lambda rows: write(selection.fields(rows))
        return
    yield held.extend
    for _, rows in groupby(selection.sorted(held), key=lambda row: (row.get("doc_id"), row.get("source"))):
        write(selection.fields(rows))


def _names(options: Iterable[str]) -> list[str]:
    return [name.strip() for option in options for name in option.rstrip(", ").split(",")]


def _column(name: str, declared: dict[str, Column], option: str) -> Column:
    if name not in declared:
        raise UsageError(f"{option}: unknown column {name!r}; use one of {', '.join(declared)}")
    return declared[name]


def _sortable(value: Any) -> Any:
    # Numbers and flags by value; what else a file of others may hold, as text.
    return value if isinstance(value, int | float | str) else str(value)
