"""Many articles: each fails alone, and what fails is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from quotes import pipeline
from quotes.batch import Tally, extract_all, run
from quotes.errors import QuotesError
from quotes.records import Document, Record
from quotes.terminal import Messages

GOOD = [Document(f'"It is {i}," said Ada Brink.', f"good{i}") for i in range(5)]
BAD = Document('"Bad," said Bo.', "bad", source="news/bad.txt")


def never(*found: object) -> None:
    """Stand in for a callback that must not be called."""
    raise AssertionError(found)


def tripping(documents: Iterable[Document], **_: object) -> Iterator[tuple[Document, list[Record]]]:
    """Stand in for the pipeline: reads ahead by three, as a batch would, and trips over one document."""
    batch: list[Document] = []
    for document in [*documents, None]:
        if document is not None:
            batch.append(document)
        if document is None or len(batch) == 3:
            if BAD in batch:
                raise RuntimeError("boom\nboom")
            yield from ((found, [{"needs_review": True}]) for found in batch)
            batch = []


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "process", tripping)


def test_rows_of_each_document_in_order() -> None:
    found = list(extract_all(GOOD, never))
    assert [document for document, _ in found] == GOOD
    assert [[row["quote"] for row in rows] for _, rows in found] == [[f"It is {i},"] for i in range(5)]


def test_processes_change_nothing() -> None:
    assert list(extract_all(GOOD, never, n_process=2)) == list(extract_all(GOOD, never))


@pytest.mark.usefixtures("trips")
@pytest.mark.parametrize("place", range(6))
def test_one_that_fails_leaves_the_others(place: int) -> None:
    failed = []
    documents = [*GOOD[:place], BAD, *GOOD[place:]]
    found = list(extract_all(iter(documents), lambda document, error: failed.append((document, str(error)))))
    assert [document for document, _ in found] == GOOD
    assert failed == [(BAD, "boom\nboom")]


def test_a_pipeline_that_does_not_start_is_no_failure_of_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Iterator[tuple[Document, list[Record]]]:
        raise OSError("no model")
        yield

    monkeypatch.setattr(pipeline, "process", broken)
    with pytest.raises(OSError, match="no model"):
        list(extract_all(GOOD, never))


@pytest.mark.usefixtures("trips")
def test_run_tallies_and_says_what_failed(capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[Record] = []
    messages = Messages()
    tally = run([*GOOD, BAD], rows.extend, messages)
    assert tally == Tally(documents=5, quotations=5, to_review=5)
    assert len(rows) == 5
    assert messages.errors == 1
    said = capsys.readouterr().err
    assert said == "quotes: news/bad.txt: unexpected error: RuntimeError: boom boom (--verbose shows where)\n"


def test_errors_of_ours_are_said_as_they_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(documents: Iterable[Document], **_: object) -> Iterator[tuple[Document, list[Record]]]:
        for _document in documents:
            raise QuotesError("too strange")
        yield from ()

    monkeypatch.setattr(pipeline, "process", refuse)
    run([BAD], never, Messages())
    assert capsys.readouterr().err == "quotes: news/bad.txt: too strange\n"


def test_errors_of_the_writer_are_no_failure_of_a_document() -> None:
    def full(_: object) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        run(GOOD, full, Messages())


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(), "0 quotations in 0 documents, 0 to review"),
        (Tally(1, 1, 1), "1 quotation in 1 document, 1 to review"),
    ],
)
def test_tally_in_words(tally: Tally, words: str) -> None:
    assert str(tally) == words
