"""The three stages as spaCy components, put together.

    text -> segmenter -> attributor -> speakers -> rows

Each component is a thin wrapper: it reads what the one before left in `doc.spans["quotations"].attrs`, calls its
stage's pure function, and leaves plain, JSON-like values there, which survive `n_process > 1` and `DocBin`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cache, partial
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from quotes import joint, lookahead, paragraphs, plain, table
from quotes import tokenizer as _tokenizer  # noqa: F401  registers itself with spaCy
from quotes.attributor import attribute, ruled
from quotes.boundaries import settle
from quotes.cast import Cast
from quotes.confidence import rate
from quotes.decide import questions
from quotes.errors import QuotesError, UsageError
from quotes.narrative import Narrative, fold
from quotes.reader import Answer, Reading, shared
from quotes.records import Attribution, Document, Method, Record, Resolution, Segmentation, Span
from quotes.referents import Referents
from quotes.schema import METHODS
from quotes.segmenter import segment
from quotes.speakers import confirmed, resolve, unclear
from quotes.workers import batched, spread

GROUP = "quotations"
"""Key of the span group in `doc.spans` that holds the quoted spans and, in its attributes, all results."""
STAGES = ("segmenter", "attributor", "speakers")
BATCH = 32
"""Documents that are in work at once."""
AHEAD = 8
"""Documents beside these whose pronouns and descriptions are being read."""

Doc.set_extension("quotations", getter=lambda doc: records(doc), force=True)


def load(attributor: Method = "reader", *, threads: int = 0) -> Language:
    """Return the ready pipeline: a tokenizer and the three stages; needs no model of spaCy's own.

    `attributor` is "reader" for the shipped model beside the rules, "rules" for the rules alone; `threads` is how many
    threads the model uses, 0 for one a processor core.
    """
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "quotes.Tokenizer.v1"}}})
    # The stages are linear in the text; spaCy's limit is there for parsers.
    nlp.max_length = sys.maxsize
    for stage in STAGES:
        nlp.add_pipe(stage, config={} if stage == "segmenter" else {"method": attributor, "threads": threads})
    return nlp


@cache
def _ready(attributor: Method, threads: int) -> Language:
    return load(attributor, threads=threads)


def extract(text: str, *, doc_id: str = "text", nested: bool = False, attributor: Method = "reader") -> list[Record]:
    """Return one record a quotation of `text`: plain dicts with the fields that `quotes schema` describes.

    `nested` adds the quotations inside quotations; `attributor` is as in `load`. The offsets are Unicode code points
    into `text`.
    Raises TypeError where `text` is no string.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}; decode bytes first")
    return records(_ready(attributor, 0)(text), Document(text, doc_id), nested=nested)


def process(
    documents: Iterable[Document],
    *,
    n_process: int = 1,
    nested: bool = False,
    attributor: Method = "reader",
    threads: int = 0,
) -> Iterator[tuple[Document, list[Record]]]:
    """Yield each document with its records, in order. `n_process` is the number of processes to use.

    `attributor` and `threads` are as in `load`; with several processes each uses one thread unless told otherwise.

    What the pipeline raises on a document goes through when its turn comes.
    """
    if n_process == 1:
        pairs = ((document.text, document) for document in documents)
        for doc, document in _ready(attributor, threads).pipe(pairs, as_tuples=True, batch_size=BATCH):
            yield document, records(doc, document, nested=nested)
        return
    _ready(attributor, threads or 1)  # before the processes fork, so that they have it
    # Not spaCy's processes: on Ctrl-C or an error it waits for those that wait for it.
    work = partial(_work, nested=nested, attributor=attributor, threads=threads or 1)
    with closing(spread(work, batched(documents, BATCH), n_process)) as results:
        for batch, rows in results:
            yield from zip(batch, rows, strict=True)


def _work(documents: Sequence[Document], *, nested: bool, attributor: Method, threads: int) -> list[list[Record]]:
    return [rows for _, rows in process(documents, nested=nested, attributor=attributor, threads=threads)]


def records(doc: Doc, document: Document | None = None, *, nested: bool = False) -> list[Record]:
    """Return the rows of a processed `doc`. `document` gives the name and source; made up where not given.

    Raises QuotesError where a stage has not run.
    """
    found = _state(doc)
    document = document or Document(doc.text, "text")
    parts = paragraphs.split(document.text)
    return table.build_rows(document, found.segmentation, found.attributions, found.resolutions, parts, nested=nested)


def segmentation(doc: Doc) -> Segmentation:
    """Return the quoted spans and the ledger of a processed `doc`."""
    return plain.read(Segmentation, _attrs(doc)["segmentation"])


class _State:
    """What the stages left in a doc, as value types."""

    def __init__(self, attrs: dict[str, Any]) -> None:
        self.segmentation = plain.read(Segmentation, attrs["segmentation"])
        self.attributions = tuple(plain.read(Attribution, value) for value in attrs["attributions"])
        self.resolutions = tuple(plain.read(Resolution, value) for value in attrs["resolutions"])


def _attrs(doc: Doc) -> dict[str, Any]:
    if GROUP not in doc.spans:
        raise QuotesError('no segmenter in this pipeline: nlp.add_pipe("segmenter") before the others')
    attrs: dict[str, Any] = doc.spans[GROUP].attrs
    return attrs


def _state(doc: Doc) -> _State:
    attrs = _attrs(doc)
    missing = [
        stage for stage, key in zip(STAGES[1:], ("attributions", "resolutions"), strict=True) if key not in attrs
    ]
    if missing:
        raise QuotesError(f'no {missing[0]} in this pipeline: nlp.add_pipe("{missing[0]}")')
    return _State(attrs)


def _narrative(doc: Doc, found: Segmentation) -> Narrative:
    text = doc.text  # put together from its tokens each time that it is asked for
    return fold(text, paragraphs.split(text), found.spans)


@Language.factory("segmenter")
def make_segmenter(nlp: Language, name: str) -> Segmenter:
    """Return the component that finds quoted spans (first stage)."""
    return Segmenter()


@Language.factory("attributor", requires=["doc.spans"], default_config={"method": "reader", "threads": 0})
def make_attributor(nlp: Language, name: str, method: str, threads: int) -> Attributor:
    """Return the component that ties each span to the mention of its source (second stage).

    `method` and `threads` are as in `load`. Raises UsageError where there is no such method.
    """
    return Attributor(method, threads)


@Language.factory("speakers", requires=["doc.spans"], default_config={"method": "reader", "threads": 0})
def make_speakers(nlp: Language, name: str, method: str, threads: int) -> SpeakerResolver:
    """Return the component that joins mentions to speakers (third stage).

    `method` and `threads` are as in `load`. Raises UsageError where there is no such method.
    """
    return SpeakerResolver(method, threads)


def _checked(method: str) -> str:
    """Return `method`. Raises UsageError where it is none."""
    if method not in METHODS:
        raise UsageError(f"no attributor {method!r}; choose one of {', '.join(METHODS)}")
    return method


class Segmenter:
    """Puts the quoted spans into `doc.spans["quotations"]` and the ledger into its attributes."""

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with its quoted spans."""
        found = segment(doc.text)
        spans = []
        for i, span in enumerate(found.spans):
            placed = doc.char_span(span.words.start, span.words.end, label="QUOTATION", alignment_mode="expand")
            if placed is not None:
                placed.id = i
                spans.append(placed)
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans, attrs={"segmentation": plain.write(found)})
        return doc


class Attributor:
    """Adds an attribution for each quoted span; reads the quotations of many documents at once."""

    def __init__(self, method: str, threads: int) -> None:
        self._method = _checked(method)
        self._threads = threads

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with its attributions."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Return the documents of `stream` with their attributions, in order."""
        return lookahead.run(stream, lambda doc: _Attributing(doc, self._method, self._threads), batch_size)


class _Attributing:
    """A doc that the rules have seen and the reader is reading, while others are begun."""

    def __init__(self, doc: Doc, method: str, threads: int) -> None:
        found = segmentation(doc)
        self._doc = doc
        self._spans = found.spans
        self._narrative = _narrative(doc, found)
        self._hits = ruled(self._narrative, self._spans)
        self._reading: Reading[int, Answer] | None = None
        if method == "reader":
            asked = questions(self._spans, self._hits)
            text, parts = self._narrative.text, self._narrative.paragraphs
            self._reading = shared(threads).begin(text, parts, self._spans, asked) if asked else Reading(())

    def cancel(self) -> None:
        """Stop reading."""
        if self._reading is not None:
            self._reading.cancel()

    def finish(self) -> Doc:
        """Return the doc with its attributions."""
        answers = self._reading.results() if self._reading is not None else None
        made = attribute(self._narrative, self._spans, answers, self._hits)
        _attrs(self._doc)["attributions"] = [plain.write(value) for value in made]
        return self._doc


class SpeakerResolver:
    """Adds the speaker of each quoted span; reads whom mentions stand for in many documents at once."""

    def __init__(self, method: str, threads: int) -> None:
        self._method = _checked(method)
        self._threads = threads

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with its speakers."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = AHEAD) -> Iterator[Doc]:
        """Return the documents of `stream` with their speakers, in order."""
        size = min(batch_size, AHEAD)
        return lookahead.run(stream, lambda doc: _Resolving(doc, self._method, self._threads), size)


class _Resolving:
    """A doc whose cast is known, and of which the reader reads whom pronouns and descriptions stand for."""

    def __init__(self, doc: Doc, method: str, threads: int) -> None:
        attrs = _attrs(doc)
        if "attributions" not in attrs:
            raise QuotesError('no attributor before the speakers: nlp.add_pipe("attributor", before="speakers")')
        self._doc = doc
        self._found = segmentation(doc)
        found = tuple(plain.read(Attribution, value) for value in attrs["attributions"])
        self._cast = Cast(_narrative(doc, self._found), found)
        self._attributions = joint.with_both(self._cast, found)
        self._reading: Reading[Span, Referents] | None = None
        asked = unclear(self._cast, self._found.spans, self._attributions) if method == "reader" else ()
        if asked:
            text, parts = self._cast.narrative.text, self._cast.narrative.paragraphs
            people = self._cast.people()
            self._reading = shared(threads).refer(text, parts, self._found.spans, people, asked)

    def cancel(self) -> None:
        """Stop reading."""
        if self._reading is not None:
            self._reading.cancel()

    def finish(self) -> Doc:
        """Return the doc with its speakers."""
        read = self._reading.results() if self._reading is not None else {}
        attributions = confirmed(self._cast, self._found.spans, self._attributions, read)
        made = resolve(self._cast, attributions, read)
        settled = settle(self._found, attributions, made)
        attrs = _attrs(self._doc)
        attrs["segmentation"] = plain.write(settled)
        attrs["attributions"] = [plain.write(value) for value in attributions]
        rated = rate(self._cast.narrative.text, settled.spans, attributions, made)
        attrs["resolutions"] = [plain.write(value) for value in rated]
        return self._doc
