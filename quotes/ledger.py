"""The ledger of a document's marks as rows: what became of every character that could be a quotation mark.

Consumes a document and its segmentation; produces plain records with the keys of `schema.LEDGER`, in that order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.paragraphs import index_of
from quotes.records import Document, Record, Segmentation, Span
from quotes.schema import LEDGER
from quotes.table import level, quote_id, text_sha256

CONTEXT = 24
"""Characters of text shown on each side of a mark."""


def entries(document: Document, segmentation: Segmentation, paragraphs: Sequence[Span]) -> Iterator[Record]:
    """Yield one record for each mark of the document's ledger, in order of the text.

    `paragraphs` are those of the document, in order.
    """
    text, sha = document.text, text_sha256(document.text)
    for mark in segmentation.ledger:
        span = None if mark.quotation is None else segmentation.spans[mark.quotation]
        values = (
            document.doc_id,
            document.source or None,
            mark.span.start,
            mark.span.end,
            mark.span.of(text),
            mark.role,
            mark.rule,
            0 if span is None else level(segmentation.spans, span),
            None if span is None else quote_id(sha, span.words.start, span.words.end),
            index_of(paragraphs, mark.span.start) + 1,
            text[max(0, mark.span.start - CONTEXT) : mark.span.start],
            text[mark.span.end : mark.span.end + CONTEXT],
        )
        yield {column.name: value for column, value in zip(LEDGER, values, strict=True)}
