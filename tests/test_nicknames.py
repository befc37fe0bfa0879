"""Nicknames in marks are part of a name; all other quotations are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.nicknames import folded, is_nickname
from quotes.records import QuotedSpan, Span
from quotes.segmenter import segment
from tests.helpers import cases

TEXTS = st.lists(
    st.sampled_from(["Ira", "Ana", "slept", "“Sam”", '"Big Sam"', "‘Sam’", "“sam”", "“", "”", "Moss", "Pell,", "MOSS"]),
    max_size=16,
).map(" ".join)


@pytest.mark.parametrize(("text", "expected"), cases("nicknames", "nicknames"))
def test_nicknames(text: str, expected: list[str]) -> None:
    assert [span.words.of(text) for span in segment(text).spans if is_nickname(text, span)] == expected


@pytest.mark.parametrize(("letters", "expected"), [(40, True), (41, False)])
def test_a_nickname_is_short(letters: int, expected: bool) -> None:
    text = f"Ira “{'S' + 'a' * (letters - 1)}” Moss slept."
    (span,) = segment(text).spans
    assert is_nickname(text, span) is expected


@pytest.mark.parametrize(
    ("marks", "expected"), [("“”", True), ("“’", False), ("‘”", False), ("‘’", False), ("«»", True), ("„“", True)]
)
def test_both_marks_are_double(marks: str, expected: bool) -> None:
    text = f"Ira {marks[0]}Sam{marks[1]} Moss slept."
    span = QuotedSpan(Span(5, 8), Span(4, 5), Span(8, 9), "closed", "made")
    assert is_nickname(text, span) is expected


def test_what_is_folded_has_the_index_of_its_span() -> None:
    text = "Ira “Sam” Moss said: “Go ‘home’ now.” Ana “Kit” Pell said “no”."
    found = folded(text, segment(text).spans)
    assert [(i, span.words.of(text)) for i, span in found] == [(1, "Go ‘home’ now."), (4, "no")]


@given(TEXTS)
def test_each_span_is_folded_or_a_nickname_or_inside_another(text: str) -> None:
    spans = segment(text).spans
    found = folded(text, spans)
    assert all(spans[i] == span for i, span in found)
    left_out = [span for span in spans if span not in [s for _, s in found]]
    assert [i for i, _ in found] == sorted(i for i, _ in found)
    for span in left_out:
        words = span.words.of(text).split()
        assert span.outer is not None or (1 <= len(words) <= 2 and all(w[0].isupper() for w in words))
