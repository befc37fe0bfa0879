"""Many articles through the pipeline, each of them failing alone.

Consumes names of files, or documents; produces each document with its rows. A file that cannot be read, or that the
pipeline trips over, is reported, and the others go on, in batches as before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from quotes.errors import ModelError, QuotesError, UsageError
from quotes.reader import warm_up
from quotes.records import Document, Record
from quotes.terminal import Messages

if TYPE_CHECKING:
    from quotes.records import Method


@dataclass(slots=True)
class Tally:
    """What came of a run."""

    documents: int = 0
    quotations: int = 0
    to_review: int = 0

    def __str__(self) -> str:
        """Say it in words."""
        return (
            f"{self.quotations} {'quotation' if self.quotations == 1 else 'quotations'} in {self.documents} "
            f"{'document' if self.documents == 1 else 'documents'}, {self.to_review} to review"
        )


def run(
    documents: Iterable[Document],
    write: Callable[[Sequence[Record]], None],
    messages: Messages,
    *,
    total: int = 0,
    n_process: int = 1,
    nested: bool = False,
    keep: Callable[[Record], bool] | None = None,
    write_ledger: Callable[[Sequence[Record]], None] | None = None,
    keep_text: Callable[[str], object] | None = None,
    attributor: Method = "reader",
    threads: int = 0,
) -> Tally:
    """Pass the rows of each document to `write` and return the tally; what fails is told to `messages`.

    `total` is how many documents are expected, for a progress bar; 0 for none. `keep` says which rows to pass on, by
    default all; `write_ledger` takes the ledger of each document, `keep_text` its text. See `extract_all` for the
    others.
    """
    tally = Tally()

    def fail(document: Document, error: Exception) -> None:
        name = document.source or document.doc_id
        if isinstance(error, QuotesError):
            messages.error(f"{name}: {error}")
        else:
            messages.unexpected(error, name)

    with (
        messages.progress(total) as advance,
        # Closed here and now, so that its processes end before the program does.
        closing(
            extract_all(documents, fail, n_process=n_process, nested=nested, attributor=attributor, threads=threads)
        ) as results,
    ):
        for document, rows in results:
            if keep_text is not None:
                keep_text(document.text)
            rows = [row for row in rows if keep is None or keep(row)]
            write(rows)
            if write_ledger is not None:
                write_ledger(ledger_of(document))
            tally.documents += 1
            tally.quotations += len(rows)
            tally.to_review += sum(row["needs_review"] for row in rows)
            messages.note(f"{document.source or document.doc_id}: {len(rows)} quotations")
            advance()
    return tally


def extract_all(
    documents: Iterable[Document],
    on_error: Callable[[Document, Exception], None],
    *,
    n_process: int = 1,
    nested: bool = False,
    attributor: Method = "reader",
    threads: int = 0,
) -> Generator[tuple[Document, list[Record]]]:
    """Yield each document with its rows, in order; `on_error` is told of each that fails, which yields nothing.

    `n_process` is how many processes work; `nested` adds rows of spans inside other spans; `attributor` and `threads`
    are as in `pipeline.load`. An error that comes before any document is begun (a pipeline that does not load) is
    raised, and so is one of the model, which would meet every document.
    """
    if attributor == "reader" and n_process == 1:
        warm_up(threads)  # while spaCy is imported
    from quotes import pipeline

    process = partial(pipeline.process, nested=nested, attributor=attributor, threads=threads)
    source = iter(documents)
    while True:
        begun: deque[Document] = deque()
        try:
            for document, rows in process(_noting(source, begun), n_process=n_process):
                begun.popleft()
                yield document, rows
            return
        except ModelError:
            raise
        except Exception:
            if not begun:
                raise
        # The stream does not say which of the documents it was at: each gets a second go alone.
        for document in begun:
            try:
                results = list(process([document]))
            except Exception as error:
                on_error(document, error)
            else:
                yield from results


def _noting(source: Iterator[Document], begun: deque[Document]) -> Iterator[Document]:
    for document in source:
        begun.append(document)
        yield document


def explain_one(documents: Iterable[Document], number: int, name: str, attributor: Method = "reader") -> str | None:
    """Return the story of quotation `number`, from 1, of `documents` together, which messages call `name`, in words.

    `attributor` is as in `pipeline.load`. None where there are no documents. Raises UsageError where there is no such
    quotation.
    """
    from quotes import paragraphs, pipeline
    from quotes.explain import explain

    before, seen = 0, False
    for document, rows in pipeline.process(documents, attributor=attributor):
        seen = True
        if number <= before + len(rows):
            row = rows[number - before - 1]
            return explain(document.text, row, number, before + len(rows), paragraphs.split(document.text))
        before += len(rows)
    if not seen:
        return None
    held = f"only {before} quotations" if before > 1 else "only one quotation" if before else "no quotation"
    raise UsageError(f"{name} has {held}; there is no number {number}")


def ledger_of(document: Document) -> list[Record]:
    """Return the ledger of a document's marks as rows."""
    from quotes import ledger, paragraphs
    from quotes.segmenter import segment

    parts = paragraphs.split(document.text)
    return list(ledger.entries(document, segment(document.text, parts), parts))
