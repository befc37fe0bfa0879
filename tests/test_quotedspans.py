"""Quoted spans in columns: to everybody but the segmenter they are the list that they were made of."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.quotedspans import NONE, QuotedSpans
from quotes.records import Boundary, QuotedSpan, Span

OFFSETS = st.integers(0, 2**40)
INDICES = st.none() | st.integers(0, 2**31 - 1)
WORDS = st.tuples(OFFSETS, OFFSETS).map(lambda pair: Span(min(pair), max(pair)))
MARKS = st.builds(lambda start, length: Span(start, start + length), OFFSETS, st.integers(0, 255))
BOUNDARIES = st.sampled_from(get_args(Boundary))
VALUES = st.builds(QuotedSpan, WORDS, MARKS, st.none() | MARKS, BOUNDARIES, st.text(max_size=4), INDICES, INDICES)
LISTS = st.lists(VALUES, max_size=5)

CLOSED = QuotedSpan(Span(1, 4), Span(0, 1), Span(4, 5), "closed", "closer-closed")
INNER = QuotedSpan(Span(12, 14), Span(11, 12), Span(14, 15), "mismatched", "closer-mismatched", outer=2)
REOPENED = QuotedSpan(Span(10, 20), Span(9, 10), None, "unclosed", "paragraph-end", continues=0)


@given(LISTS)
def test_they_are_the_spans_that_they_were_made_of(values: list[QuotedSpan]) -> None:
    spans = QuotedSpans(values)
    assert list(spans) == values
    assert len(spans) == len(values)
    assert [spans[i] for i in range(-len(values), len(values))] == values + values
    assert list(reversed(spans)) == values[::-1]
    assert all(value in spans and spans.index(value) == values.index(value) for value in values)


@given(LISTS, st.data())
def test_a_slice_is_the_slice_of_the_list(values: list[QuotedSpan], data: st.DataObject) -> None:
    part = data.draw(st.slices(len(values)))
    assert QuotedSpans(values)[part] == tuple(values[part])


@given(LISTS, LISTS)
def test_they_are_equal_to_equal_sequences(values: list[QuotedSpan], others: list[QuotedSpan]) -> None:
    spans = QuotedSpans(values)
    assert spans == QuotedSpans(values) == tuple(values) == spans == values
    assert hash(spans) == hash(QuotedSpans(values)) == hash(tuple(values))
    assert (spans == QuotedSpans(others)) is (spans == others) is (values == others)
    assert spans != 4


@pytest.mark.parametrize(
    "change",
    [
        {"words": Span(2, 4)},
        {"words": Span(1, 3)},
        {"opener": Span(1, 1)},
        {"opener": Span(0, 2)},
        {"closer": None},
        {"closer": Span(4, 6)},
        {"boundary": "mismatched"},
        {"rule": "closer"},
        {"continues": 0},
        {"outer": 0},
    ],
    ids=str,
)
def test_a_span_that_differs_anywhere_makes_them_differ(change: dict[str, object]) -> None:
    changed = [INNER, replace(CLOSED, **change)]
    assert QuotedSpans([INNER, CLOSED]) != QuotedSpans(changed)
    assert list(QuotedSpans(changed)) == changed


@given(LISTS)
def test_copies_are_equal(values: list[QuotedSpan]) -> None:
    spans = QuotedSpans(values)
    assert pickle.loads(pickle.dumps(spans)) == copy.deepcopy(spans) == copy.copy(spans) == values


def test_they_show_their_spans() -> None:
    assert eval(repr(QuotedSpans([CLOSED, INNER]))) == (CLOSED, INNER)


@pytest.mark.parametrize("index", [2, -3])
def test_they_end(index: int) -> None:
    with pytest.raises(IndexError):
        QuotedSpans([CLOSED, INNER])[index]


def test_a_span_is_made_step_by_step() -> None:
    spans = QuotedSpans([CLOSED])
    assert spans.append(9, 10, NONE) == 1
    assert spans[1] == QuotedSpan(Span(10, 10), Span(9, 10), None, "unclosed", "open")
    assert spans.append(11, 12, 1) == 2
    spans.end(2, 12, 14, "mismatched", "closer-mismatched")
    spans.close(2, 14, 15)
    assert spans[1:] == (QuotedSpan(Span(10, 10), Span(9, 10), None, "unclosed", "open"), replace(INNER, outer=1))
    spans.pop()
    spans.end(1, 10, 20, "unclosed", "paragraph-end")
    spans.continues[1] = 0
    assert list(spans) == [CLOSED, REOPENED]


def test_what_is_asked_of_one_span() -> None:
    spans = QuotedSpans([CLOSED, REOPENED])
    assert [spans.boundary(i) for i in range(2)] == ["closed", "unclosed"]
    assert [spans.rule(i) for i in range(2)] == ["closer-closed", "paragraph-end"]
    assert [spans.extent_end(i) for i in range(2)] == [5, 20]


@given(LISTS, st.data())
def test_an_order_moves_the_last_ones_and_drops_others(values: list[QuotedSpan], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(values)))
    order = data.draw(
        st.permutations(range(first, len(values))).flatmap(lambda all_: st.sampled_from([all_, all_[1:]]))
    )
    spans = QuotedSpans(values)
    spans.rearrange(first, order)
    assert list(spans) == values[:first] + [values[i] for i in order]
