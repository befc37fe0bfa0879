"""What people read: the table on a terminal, and the messages beside it.

Consumes rows; produces text for a screen, fitted to its width, colours and character set. Control characters of an
article never reach the terminal.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, TextIO

from quotes.records import Record

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress
    from rich.text import Text

QUOTE_HEAD, QUOTE_TAIL = 160, 60
"""Characters of a long quotation that the table shows of its start and its end."""
NARROW, WIDE = 60, 110
"""Widths of a terminal: below the first, the table shows who said what and no more; from the second, it also says why
a row wants review, not only that it does."""

_PLAIN = {
    **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-"),
    "\u2026": "...",
}
"""Plain characters for typographic ones that a screen's character set lacks."""


class TableWriter:
    """Prints rows as a table, one for each call of `write` (a document's rows, say)."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Print to `stream`, by default standard output, at the width and in the colours that rich finds for it."""
        from rich.console import Console

        # None: no escape sequences at all, where rich under NO_COLOR would still send bold and dim.
        colors: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
        self._console: Console = Console(
            file=stream or sys.stdout, color_system=colors, highlight=False, emoji=False, markup=False
        )
        self._count = 0

    def write(self, rows: Sequence[Record]) -> None:
        """Print a table of rows; nothing where there are none."""
        from rich import box
        from rich.table import Table

        if not rows:
            return
        width = self._console.width
        title = self._fit(rows[0]["source"] or rows[0]["doc_id"])
        table = Table(box=box.HORIZONTALS, show_lines=True, title=title, title_justify="left", padding=(0, 1, 0, 0))
        table.add_column("#", justify="right", no_wrap=True)
        table.add_column("Speaker", max_width=max(12, width // 4), overflow="fold")
        table.add_column("Quote", min_width=14, overflow="fold")
        if width >= NARROW:
            table.add_column("Cue", max_width=12, overflow="fold")
            table.add_column("Sure", justify="right", no_wrap=True)
            table.add_column("Review", max_width=width // 5)
        for row in rows:
            self._count += 1
            cells = (
                str(self._count),
                self._speaker(row),
                self._text(shorten(f"{row['open_mark']}{row['quote']}{row['close_mark']}")),
                self._text(row["cue"])
                if row["cue"]
                else self._text(f"({row['method'].split('+')[0].replace('-', ' ')})", "dim"),
                f"{row['confidence']:.2f}",
                self._text(self._review(row), "yellow"),
            )
            table.add_row(*cells[: len(table.columns)])
        self._console.print(table)

    def finish(self) -> None:
        """Nothing is held back."""

    def _speaker(self, row: Record) -> Text:
        if row["speaker"] is None:
            return self._text("(nobody named)", "dim")
        text = self._text(row["speaker"], "bold")
        if row["title"]:
            text.append("\n").append_text(self._text(row["title"]))
        return text

    def _review(self, row: Record) -> str:
        if not row["needs_review"]:
            return ""
        return (row["review_reason"] or "check") if self._console.width >= WIDE else "check"

    def _text(self, words: str, style: str = "") -> Text:
        from rich.text import Text

        # As text, not as markup: an article may well hold square brackets.
        return Text(self._fit(words), style)

    def _fit(self, words: str) -> str:
        return printable(words, self._console.encoding)


class SpeakersWriter(TableWriter):
    """Prints the speakers of each document as a table."""

    def write(self, rows: Sequence[Record]) -> None:
        """Print a table of speakers; nothing where there are none."""
        from rich import box
        from rich.table import Table

        if not rows:
            return
        title = self._fit(rows[0]["source"] or rows[0]["doc_id"])
        table = Table(box=box.HORIZONTALS, show_lines=True, title=title, title_justify="left", padding=(0, 1, 0, 0))
        table.add_column("Speaker", overflow="fold")
        for head in ("Quotes", "Words", "Review"):
            table.add_column(head, justify="right", no_wrap=True)
        table.add_column("Paragraphs", no_wrap=True)
        table.add_column("Also called", overflow="fold")
        for row in rows:
            called = "; ".join(name for name in (row["names"] or "").split("; ") if name != row["speaker"])
            table.add_row(
                self._speaker(row),
                str(row["quotations"]),
                str(row["words"]),
                str(row["to_review"] or ""),
                f"{row['first_paragraph']}-{row['last_paragraph']}",
                self._text(called),
            )
        self._console.print(table)


class MarksWriter:
    """Prints the ledger, a line a mark: where it stands, what became of it and by which rule, and its context."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Print to `stream`, by default standard output."""
        self._stream = stream or sys.stdout

    def write(self, rows: Sequence[Record]) -> None:
        """Print entries of the ledger."""
        encoding = getattr(self._stream, "encoding", None) or "utf-8"
        for row in rows:
            context = f"{row['prefix'][-20:]}[{row['mark']}]{row['suffix'][:20]}"
            level = row["level"] or "-"
            place = f"{row['start']:>8}  {row['role']:<7}{level:<3}{row['rule']:<34}"
            print(place + printable(context, encoding), file=self._stream)

    def finish(self) -> None:
        """Nothing is held back."""


TABLES: dict[str, type[TableWriter] | type[MarksWriter]] = {
    "quotations": TableWriter,
    "speakers": SpeakersWriter,
    "ledger": MarksWriter,
}
"""How each table of the schema is printed."""


def shorten(words: str) -> str:
    """Return `words` with the middle of a long text left out, cut between words where there are spaces."""
    words = " ".join(words.split())
    if len(words) <= QUOTE_HEAD + QUOTE_TAIL + 5:
        return words
    head = words[:QUOTE_HEAD].rsplit(" ", 1)[0]
    tail = words[-QUOTE_TAIL:].split(" ", 1)[-1]
    return f"{head} […] {tail}"


def printable(words: str, encoding: str = "utf-8") -> str:
    """Return `words` on one line, safe to print: no control characters, and nothing that `encoding` cannot write.

    Typographic marks become plain ones before anything is escaped.
    """
    words = "".join(_safe(char) for char in words)
    try:
        words.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_encodable(char, encoding) for char in words)
    return words


def _encodable(char: str, encoding: str) -> str:
    for choice in (char, _PLAIN.get(char, char)):
        try:
            choice.encode(encoding)
        except UnicodeEncodeError:
            continue
        return choice
    return char.encode(encoding, "backslashreplace").decode(encoding)


def _safe(char: str) -> str:
    if char.isspace():
        return " "
    # Cc drive the terminal; of Cf, the directional controls reorder what stands beside them.
    is_control = unicodedata.category(char) == "Cc" or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return "\ufffd" if is_control else char


class Messages:
    """Says things on standard error, one line each, over a progress bar where there is one."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        """Say errors always, results unless `quiet`, notes where `verbose` and not `quiet`."""
        self.verbose = verbose and not quiet
        self.quiet = quiet
        self.errors = 0
        """How many errors there were."""
        self._progress: Progress | None = None

    def error(self, words: object) -> None:
        """Say what went wrong."""
        self.errors += 1
        self._say(f"quotes: {words}")

    def unexpected(self, error: Exception, where: str = "") -> None:
        """Say that `error`, which nobody foresaw, came up; where `verbose`, with its traceback."""
        prefix = f"{where}: " if where else ""
        hint = "" if self.verbose else " (--verbose shows where)"
        self.error(f"{prefix}unexpected error: {type(error).__name__}: {error}{hint}")
        if self.verbose:
            import traceback

            for line in "".join(traceback.format_exception(error)).splitlines():
                self._say(line)

    def result(self, words: str) -> None:
        """Say what was done."""
        if not self.quiet:
            self._say(words)

    def note(self, words: str) -> None:
        """Say what is only of interest to who asked for more."""
        if self.verbose:
            self._say(words)

    @contextmanager
    def progress(self, total: int) -> Iterator[Callable[[], None]]:
        """Show a progress bar over `total` files, on a terminal; what it gives is to be called after each."""
        if self.quiet or total < 2 or not sys.stderr.isatty():
            yield lambda: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("extracting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            self._progress, task = bar, bar.add_task("", total=total)
            try:
                yield lambda: bar.advance(task)
            finally:
                self._progress = None

    def _say(self, words: str) -> None:
        line = printable(words, sys.stderr.encoding or "utf-8")
        if self._progress:
            self._progress.console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)
        else:
            print(line, file=sys.stderr)
