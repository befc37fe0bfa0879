"""What the stages found -> rows.

Consumes a document and what the three stages found in it; produces plain, JSON-like records with the keys of
`COLUMNS`, in that order.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence

from quotes.records import Attribution, Document, Phrase, QuotedSpan, Record, Resolution, Segmentation, Span
from quotes.schema import COLUMNS, CONTEXT, FLAT, Column, json_schema

__all__ = ["COLUMNS", "FLAT", "Column", "build_rows", "evidence", "json_schema", "level", "quote_id", "text_sha256"]


def text_sha256(text: str) -> str:
    """Return the SHA-256 of `text` in UTF-8, in hex; a lone surrogate counts as its three bytes."""
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


def quote_id(sha: str, start: int, end: int) -> str:
    """Return the stable name of the span `start`..`end` of the text whose `text_sha256` is `sha`: 16 hex digits."""
    return hashlib.sha256(f"{sha}:{start}:{end}".encode()).hexdigest()[:16]


def build_rows(
    document: Document,
    segmentation: Segmentation,
    attributions: Sequence[Attribution],
    resolutions: Sequence[Resolution],
    paragraphs: Sequence[Span],
    *,
    nested: bool = False,
) -> list[Record]:
    """Return one record for each quoted span, in order of the text.

    `attributions` and `resolutions` are parallel to `segmentation.spans`; `paragraphs` are those of the document,
    in order. Spans inside other spans get records only where `nested` is true. Raises ValueError where the
    sequences are not of one length.
    """
    sha = text_sha256(document.text)
    ids = [quote_id(sha, span.words.start, span.words.end) for span in segmentation.spans]
    starts = [paragraph.start for paragraph in paragraphs]
    rows = []
    for i, (span, attribution, resolution) in enumerate(
        zip(segmentation.spans, attributions, resolutions, strict=True)
    ):
        if span.outer is None or nested:
            row = {
                **_where(document, span, ids, sha, i),
                **_who(document.text, attribution, resolution, starts),
                **_why(document.text, segmentation.spans, attribution, resolution, starts),
                "paragraph": _number(starts, span.words.start),
                "level": level(segmentation.spans, span),
                "steps": _steps(document.text, span, attribution, resolution, starts),
            }
            rows.append({column.name: row[column.name] for column in COLUMNS})
    return rows


def _where(document: Document, span: QuotedSpan, ids: Sequence[str], sha: str, index: int) -> Record:
    text, start, end = document.text, span.words.start, span.words.end
    return {
        "quote_id": ids[index],
        "doc_id": document.doc_id,
        "source": document.source or None,
        "quote": text[start:end],
        "start": start,
        "end": end,
        "open_mark": span.opener.of(text),
        "close_mark": span.closer.of(text) if span.closer else "",
        "boundary": span.boundary,
        "continues": None if span.continues is None else ids[span.continues],
        "outer": None if span.outer is None else ids[span.outer],
        "prefix": text[max(0, start - CONTEXT) : start],
        "suffix": text[end : end + CONTEXT],
        "headline": document.headline or None,
        "byline": document.byline or None,
        "published": document.published or None,
        "url": document.url or None,
        "site": document.site or None,
        "encoding": document.encoding or None,
        "text_sha256": sha,
    }


def _who(text: str, attribution: Attribution, resolution: Resolution, starts: Sequence[int]) -> Record:
    speaker, mention, cue = resolution.speaker, attribution.mention, attribution.cue
    titles = [_phrase(text, phrase, starts) for phrase in speaker.titles] if speaker else []
    affiliations = [_phrase(text, phrase, starts) for phrase in speaker.affiliations] if speaker else []
    return {
        "type": attribution.type,
        "speaker": speaker.name if speaker else None,
        "speaker_type": speaker.type if speaker else "unknown",
        "mention": mention.of(text) if mention else None,
        "mention_start": mention.start if mention else None,
        "mention_end": mention.end if mention else None,
        "title": titles[0]["text"] if titles else None,
        "affiliation": affiliations[0]["text"] if affiliations else None,
        "cue": cue.of(text) if cue else None,
        "cue_start": cue.start if cue else None,
        "cue_end": cue.end if cue else None,
        "titles": titles,
        "names": [_place(text, span, starts) for span in speaker.names] if speaker else [],
        "affiliations": affiliations,
        "alternatives": [{"speaker": name, "score": score} for name, score in resolution.alternatives],
    }


def _why(
    text: str, spans: Sequence[QuotedSpan], attribution: Attribution, resolution: Resolution, starts: Sequence[int]
) -> Record:
    return {
        "method": attribution.rule,
        "evidence": evidence(text, spans, attribution, resolution, starts),
        "confidence": resolution.confidence,
        "needs_review": bool(resolution.review),
        "review_reason": "; ".join(resolution.review) or None,
    }


def evidence(
    text: str, spans: Sequence[QuotedSpan], attribution: Attribution, resolution: Resolution, starts: Sequence[int]
) -> str | None:
    """Return the chain from a quotation to its speaker in words, or None where there is none.

    `starts` are the offsets at which the paragraphs of `text` start.
    """
    chain = []
    if attribution.carried_from is not None:
        words = spans[attribution.carried_from].words.of(text).split()
        chain.append(f"carried on from “{' '.join(words[:5])}{'…' if len(words) > 5 else ''}”")
    if attribution.mention:
        chain.append(f"“{attribution.mention.of(text)}”")
    speaker = resolution.speaker
    if speaker:
        links = [span for span in (*resolution.via, speaker.name_span) if span != attribution.mention]
        chain += [f"“{span.of(text)}” (paragraph {_number(starts, span.start)})" for span in dict.fromkeys(links)]
    return " <- ".join(chain) or None


def _steps(
    text: str, span: QuotedSpan, attribution: Attribution, resolution: Resolution, starts: Sequence[int]
) -> list[Record]:
    speaker = resolution.speaker
    found: list[tuple[str, str, Span | None, float | None]] = [
        ("segmenter", span.rule, span.closer, None),
        ("attributor", attribution.rule, attribution.mention, attribution.score),
        *([("cue", attribution.cue_list, attribution.cue, None)] if attribution.cue_list else []),
        ("speakers", resolution.rule, speaker.name_span if speaker else None, resolution.score),
    ]
    if speaker:
        found += [("title", phrase.rule, phrase.span, None) for phrase in speaker.titles]
        found += [("affiliation", phrase.rule, phrase.span, None) for phrase in speaker.affiliations]
    return [
        {
            "stage": stage,
            "rule": rule,
            "start": place.start if place else None,
            "end": place.end if place else None,
            "text": place.of(text) if place else None,
            "paragraph": _number(starts, place.start) if place else None,
            "score": round(score, 4) if score is not None else None,
        }
        for stage, rule, place, score in found
    ]


def _place(text: str, span: Span, starts: Sequence[int]) -> Record:
    return {"text": span.of(text), "start": span.start, "end": span.end, "paragraph": _number(starts, span.start)}


def _phrase(text: str, phrase: Phrase, starts: Sequence[int]) -> Record:
    return {**_place(text, phrase.span, starts), "rule": phrase.rule}


def _number(starts: Sequence[int], offset: int) -> int:
    """Return the number, from 1, of the paragraph that holds `offset`."""
    return max(1, bisect_right(starts, offset))


def level(spans: Sequence[QuotedSpan], span: QuotedSpan) -> int:
    """Return how deep `span` is nested among `spans`: 1 at the top."""
    depth = 1
    while span.outer is not None:
        span, depth = spans[span.outer], depth + 1
    return depth
