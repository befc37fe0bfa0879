"""Find the quoted spans of a text and account for every mark.

Consumes the text and its paragraphs; produces a `Segmentation`. Each paragraph is read on its own, mark by mark
(`reading.py`, by the costs in `costs.py`), and its readings become spans and ledger (`assembly.py`). Time is linear in
the text's length, whatever the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from quotes import paragraphs as layout
from quotes.assembly import Assembly
from quotes.marks import scan
from quotes.quotedspans import NONE, QuotedSpans
from quotes.reading import read
from quotes.records import Ledger, Segmentation, Span
from quotes.unclosed import TURN

LINE_ENDS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


def segment(text: str, paragraphs: Sequence[Span] | None = None) -> Segmentation:
    """Return every quoted span of `text` and the ledger of its marks.

    `paragraphs` are those of `paragraphs.split(text)`, found anew where not given. Never raises on content; spans
    are in order of their openers, and those at the top level do not overlap.
    """
    spans, ledger = QuotedSpans(), Ledger()
    for paragraph in layout.split(text) if paragraphs is None else paragraphs:
        marks = scan(text, paragraph.start, paragraph.end)
        first = next(marks, None)
        if first is not None:
            Assembly(text, paragraph, spans, ledger).take(read(text, chain((first,), marks)))
    _link(text, spans)
    return Segmentation(spans, ledger)


def _link(text: str, spans: QuotedSpans) -> None:
    """Tie an unclosed quotation to the next paragraph's where that one re-opens it."""
    last = NONE
    for j, outer in enumerate(spans.outers):
        if outer != NONE:
            continue
        i, last = last, j
        if i == NONE or spans.boundary(i) != "unclosed" or spans.rule(i) != "paragraph-end":
            continue
        gap = text[spans.ends[i] : spans.openers[j]]
        if gap.strip() or not any(c in LINE_ENDS for c in gap) or TURN.match(text, spans.starts[j]):
            continue
        spans.end(i, spans.starts[i], spans.ends[i], "continued", "next-paragraph-reopens")
        spans.continues[j] = i
