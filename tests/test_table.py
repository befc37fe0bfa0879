"""Findings become rows: every field from its own source, offsets and ids right, nobody named for nobody."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from quotes.records import Attribution, Document, Phrase, QuotedSpan, Record, Resolution, Segmentation, Span, Speaker
from quotes.table import COLUMNS, build_rows, quote_id, text_sha256

TEXT = (
    "Ada Brink, head of the harbour board, spoke.\n\n"
    "“We meant what ‘never’ means, all of us,” Ms. Brink said.\n\n"
    "“And it is cold. Someone said so.\n"
)


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


PARAGRAPHS = tuple(place(line) for line in TEXT.split("\n") if line)
OUTER = QuotedSpan(place("We meant what ‘never’ means, all of us,"), Span(46, 47), place("”"), "closed", "closer")
INNER = QuotedSpan(place("never"), place("‘"), place("’"), "closed", "closer", outer=0)
LAST = QuotedSpan(place("And it is cold. Someone said so."), Span(105, 106), None, "unclosed", "text-end", continues=0)
SEGMENTATION = Segmentation((OUTER, INNER, LAST), ())
BRINK = Speaker(
    "Ada Brink",
    place("Ada Brink"),
    "person",
    titles=(Phrase(place("head of the harbour board"), "apposition"),),
    affiliations=(Phrase(place("the harbour board"), "of-phrase"),),
    names=(place("Ada Brink"), Span(TEXT.rindex("Brink"), TEXT.rindex("Brink") + 5)),
)
SAID = Attribution("source-cue", 0.9, place("Ms. Brink"), place("said"), "direct")
NOBODY = Attribution("no-source", 0.6, type="scare")
CARRIED = Attribution("carried-unclosed", 0.8, type="direct", carried_from=0)
ATTRIBUTIONS = (SAID, NOBODY, CARRIED)
RESOLUTIONS = (
    Resolution(BRINK, "surname", 0.95, alternatives=(("Bo Brink", 0.05),), confidence=0.91),
    Resolution(None, "no-mention", 1.0, confidence=0.6),
    Resolution(BRINK, "carried", 0.5, review=("carried on", "low confidence"), confidence=0.42),
)
DOCUMENT = Document(TEXT, "harbour", source="news/harbour.txt", headline="Cold", byline="", published="1 May 2021")


def rows(nested: bool = False) -> list[Record]:
    return build_rows(DOCUMENT, SEGMENTATION, ATTRIBUTIONS, RESOLUTIONS, PARAGRAPHS, nested=nested)


def test_rows_have_the_fields_of_the_schema_in_order() -> None:
    for row in rows(nested=True):
        assert list(row) == [column.name for column in COLUMNS]


def test_rows_are_plain() -> None:
    assert json.loads(json.dumps(rows(nested=True))) == rows(nested=True)


def test_nested_spans_only_on_request() -> None:
    assert [row["quote"] for row in rows()] == [OUTER.words.of(TEXT), LAST.words.of(TEXT)]
    outer, inner, _ = rows(nested=True)
    assert (outer["level"], outer["outer"]) == (1, None)
    assert (inner["level"], inner["outer"]) == (2, outer["quote_id"])


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [("quote", "start", "end"), ("mention", "mention_start", "mention_end"), ("cue", "cue_start", "cue_end")],
)
def test_offsets_give_the_words(words: str, start: str, end: str) -> None:
    found = rows(nested=True)
    assert any(row[words] for row in found)
    for row in found:
        offsets = row[start], row[end]
        assert (offsets == (None, None)) if row[words] is None else (TEXT[slice(*offsets)] == row[words])


def test_words_in_their_place() -> None:
    first, last = rows()
    assert (first["open_mark"], first["close_mark"]) == ("“", "”")
    assert (last["open_mark"], last["close_mark"]) == ("“", "")
    assert (first["paragraph"], last["paragraph"]) == (2, 3)
    assert first["prefix"] == TEXT[7:47]
    assert first["suffix"].startswith("” Ms. Brink said.\n\n“And")
    assert len(first["suffix"]) == 40
    assert last["suffix"] == "\n"


def test_document_is_named_and_empty_metadata_is_null() -> None:
    row = rows()[0]
    assert (row["doc_id"], row["source"], row["headline"]) == ("harbour", "news/harbour.txt", "Cold")
    assert (row["byline"], row["published"]) == (None, "1 May 2021")


def test_speaker_with_title_and_affiliation_verbatim() -> None:
    row = rows()[0]
    assert (row["speaker"], row["speaker_type"], row["mention"]) == ("Ada Brink", "person", "Ms. Brink")
    assert (row["title"], row["affiliation"]) == ("head of the harbour board", "the harbour board")
    assert row["titles"] == [
        {"text": "head of the harbour board", "start": 11, "end": 36, "paragraph": 1, "rule": "apposition"}
    ]
    assert row["alternatives"] == [{"speaker": "Bo Brink", "score": 0.05}]


def test_nobody_is_named_for_nobody() -> None:
    row = rows(nested=True)[1]
    assert (row["speaker"], row["speaker_type"], row["title"], row["titles"]) == (None, "unknown", None, [])
    assert (row["evidence"], row["confidence"]) == (None, 0.6)


def test_a_mention_that_nobody_is_known_for_stays_visible() -> None:
    unresolved = (replace(RESOLUTIONS[0], speaker=None, alternatives=()), *RESOLUTIONS[1:])
    row = build_rows(DOCUMENT, SEGMENTATION, ATTRIBUTIONS, unresolved, PARAGRAPHS)[0]
    assert (row["mention"], row["speaker"], row["confidence"]) == ("Ms. Brink", None, 0.91)


def test_confidence_is_that_of_the_resolution() -> None:
    assert [row["confidence"] for row in rows(nested=True)] == [0.91, 0.6, 0.42]


def test_names_are_all_forms_of_the_name_with_their_places() -> None:
    first, inner, _ = rows(nested=True)
    assert first["names"] == [
        {"text": "Ada Brink", "start": 0, "end": 9, "paragraph": 1},
        {"text": "Brink", "start": 92, "end": 97, "paragraph": 2},
    ]
    assert inner["names"] == []


def test_review() -> None:
    first, last = rows()
    assert (first["needs_review"], first["review_reason"]) == (False, None)
    assert (last["needs_review"], last["review_reason"]) == (True, "carried on; low confidence")


def test_evidence_is_the_chain_in_words() -> None:
    first, last = rows()
    assert first["evidence"] == "“Ms. Brink” <- “Ada Brink” (paragraph 1)"
    assert last["evidence"] == "carried on from “We meant what ‘never’ means,…” <- “Ada Brink” (paragraph 1)"


def test_evidence_names_the_mentions_between() -> None:
    between = (replace(RESOLUTIONS[0], via=(BRINK.names[1],)), *RESOLUTIONS[1:])
    row = build_rows(DOCUMENT, SEGMENTATION, ATTRIBUTIONS, between, PARAGRAPHS)[0]
    assert row["evidence"] == "“Ms. Brink” <- “Brink” (paragraph 2) <- “Ada Brink” (paragraph 1)"


def test_evidence_says_a_full_name_once() -> None:
    named = (replace(SAID, mention=BRINK.name_span), *ATTRIBUTIONS[1:])
    row = build_rows(DOCUMENT, SEGMENTATION, named, RESOLUTIONS, PARAGRAPHS)[0]
    assert row["evidence"] == "“Ada Brink”"


def test_steps_name_every_rule() -> None:
    steps = rows()[0]["steps"]
    assert [(step["stage"], step["rule"], step["text"]) for step in steps] == [
        ("segmenter", "closer", "”"),
        ("attributor", "source-cue", "Ms. Brink"),
        ("speakers", "surname", "Ada Brink"),
        ("title", "apposition", "head of the harbour board"),
        ("affiliation", "of-phrase", "the harbour board"),
    ]
    assert all(TEXT[step["start"] : step["end"]] == step["text"] for step in steps)
    assert [(step["paragraph"], step["score"]) for step in steps] == [
        (2, None),
        (2, 0.9),
        (1, 0.95),
        (1, None),
        (1, None),
    ]


def test_a_step_that_rests_on_no_place_says_so() -> None:
    _, inner, _ = rows(nested=True)
    assert [(step["stage"], step["text"], step["start"], step["paragraph"]) for step in inner["steps"]] == [
        ("segmenter", "’", 67, 2),
        ("attributor", None, None, None),
        ("speakers", None, None, None),
    ]


def test_ids_are_stable_and_tie_rows_together() -> None:
    first, last = rows()
    assert last["continues"] == first["quote_id"]
    assert first["text_sha256"] == text_sha256(TEXT)
    assert first["quote_id"] == quote_id(text_sha256(TEXT), OUTER.words.start, OUTER.words.end)
    # Written out: ids in tables that people keep must not change.
    assert quote_id(text_sha256("He said, “No.”"), 10, 13) == "d060f27c85e83b86"


def test_a_lone_surrogate_has_a_hash() -> None:
    assert text_sha256("\ud800") != text_sha256("?")


def test_sequences_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        build_rows(DOCUMENT, SEGMENTATION, ATTRIBUTIONS[:1], RESOLUTIONS, PARAGRAPHS)


def test_no_quotations_no_rows() -> None:
    assert build_rows(Document("", "empty"), Segmentation((), ()), (), (), ()) == []
