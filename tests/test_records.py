"""The value types: plain, frozen, and a span's arithmetic."""

from __future__ import annotations

import dataclasses
import inspect
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes import records
from quotes.records import Attribution, Document, Ledger, Mark, QuotedSpan, Span, Speaker

TYPES = [kind for _, kind in inspect.getmembers(records, dataclasses.is_dataclass)]
OFFSETS = st.integers(0, 12)
SPANS = st.tuples(OFFSETS, OFFSETS).map(lambda pair: Span(min(pair), max(pair)))


def characters(span: Span) -> set[int]:
    return set(range(span.start, span.end))


@pytest.mark.parametrize(
    ("a", "b", "overlaps", "contains"),
    [
        pytest.param((2, 5), (2, 5), True, True, id="the same"),
        pytest.param((2, 5), (3, 4), True, True, id="inside"),
        pytest.param((2, 5), (2, 3), True, True, id="inside, at the start"),
        pytest.param((2, 5), (4, 5), True, True, id="inside, at the end"),
        pytest.param((2, 5), (4, 7), True, False, id="across the end"),
        pytest.param((2, 5), (0, 3), True, False, id="across the start"),
        pytest.param((2, 5), (0, 9), True, False, id="around"),
        pytest.param((2, 5), (5, 7), False, False, id="right after"),
        pytest.param((2, 5), (0, 2), False, False, id="right before"),
        pytest.param((2, 5), (7, 9), False, False, id="further on"),
    ],
)
def test_two_spans(a: tuple[int, int], b: tuple[int, int], overlaps: bool, contains: bool) -> None:
    assert Span(*a).overlaps(Span(*b)) is overlaps
    assert Span(*a).contains(Span(*b)) is contains


@pytest.mark.parametrize(
    ("start", "end", "words"), [(0, 2, "We"), (3, 5, "go"), (0, 6, "We go."), (3, 3, ""), (6, 6, "")]
)
def test_the_words_of_a_span(start: int, end: int, words: str) -> None:
    assert Span(start, end).of("We go.") == words


def test_spans_sort_by_start_then_end() -> None:
    spans = [Span(3, 4), Span(0, 5), Span(3, 3), Span(0, 2)]
    assert sorted(spans) == [Span(0, 2), Span(0, 5), Span(3, 3), Span(3, 4)]


@given(SPANS, SPANS)
@example(Span(0, 5), Span(2, 2))
def test_overlap_is_a_character_in_common(a: Span, b: Span) -> None:
    assert a.overlaps(b) == b.overlaps(a) == bool(characters(a) & characters(b))


@given(SPANS, SPANS.filter(characters))
def test_a_span_contains_what_has_no_character_outside(a: Span, b: Span) -> None:
    assert a.contains(b) == (characters(b) <= characters(a))


@given(SPANS, st.text(max_size=12))
def test_the_words_are_as_long_as_the_span(span: Span, text: str) -> None:
    assert len(span.of(text)) == len(characters(span) & set(range(len(text))))


@pytest.mark.parametrize("kind", TYPES)
def test_values_cannot_be_changed(kind: Any) -> None:
    made = kind(*[None] * len(dataclasses.fields(kind)))
    for field in dataclasses.fields(kind):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(made, field.name, 1)
    assert not hasattr(made, "__dict__")


@pytest.mark.parametrize("kind", TYPES)
def test_values_compare_and_hash_by_their_fields(kind: Any) -> None:
    values = [None] * len(dataclasses.fields(kind))
    assert kind(*values) == kind(*values)
    assert len({kind(*values), kind(*values), kind(1, *values[1:])}) == 2


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (Mark(Span(0, 1), "none", "stray"), {"quotation": None}),
        (
            QuotedSpan(Span(1, 2), Span(0, 1), None, "unclosed", "paragraph-end"),
            {"continues": None, "outer": None},
        ),
        (
            Attribution("no-source", 0.5),
            {"mention": None, "cue": None, "type": "unknown", "carried_from": None, "alternatives": ()},
        ),
        (Speaker("Mara Quill", Span(0, 10), "person"), {"titles": (), "affiliations": ()}),
        (
            Document("We go.", "a"),
            {"source": None, "headline": None, "byline": None, "published": None, "warnings": ()},
        ),
    ],
    ids=lambda value: type(value).__name__ if dataclasses.is_dataclass(value) else "",
)
def test_what_is_not_given_is_not_known(made: Any, expected: dict[str, Any]) -> None:
    assert {name: getattr(made, name) for name in expected} == expected


ENTRIES = [
    Mark(Span(0, 1), "opener", "opener", 0),
    Mark(Span(5, 6), "none", "possessive"),
    Mark(Span(9, 16), "closer", "closer-closed", 0),
    Mark(Span(20, 21), "none", "possessive"),
]


def test_a_ledger_is_a_sequence_of_marks() -> None:
    ledger = Ledger(ENTRIES)
    assert list(ledger) == ENTRIES
    assert len(ledger) == 4
    assert ledger[0] == ENTRIES[0]
    assert ledger[-1] == ENTRIES[-1]
    assert ledger[1:3] == tuple(ENTRIES[1:3])
    assert ledger[::-1] == tuple(reversed(ENTRIES))
    assert ledger.index(ENTRIES[2]) == 2
    assert list(Ledger()) == []


@pytest.mark.parametrize("index", [4, -5])
def test_a_ledger_ends(index: int) -> None:
    with pytest.raises(IndexError):
        Ledger(ENTRIES)[index]


def test_a_ledger_grows_by_marks() -> None:
    ledger = Ledger()
    for mark in ENTRIES:
        ledger.append(mark.span.start, mark.span.end, mark.role, mark.rule, mark.quotation)
    assert ledger == Ledger(ENTRIES)
    assert [ledger.quotation(i) for i in range(4)] == [0, None, 0, None]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("none", "stray", None), Mark(Span(0, 1), "none", "stray", None)),
        ((None, None, 7), Mark(Span(0, 1), "opener", "opener", 7)),
        ((None, None, None), Mark(Span(0, 1), "opener", "opener", None)),
        (("closer", None, 0), Mark(Span(0, 1), "closer", "opener", 0)),
        ((None, "possessive", 0), Mark(Span(0, 1), "opener", "possessive", 0)),
    ],
)
def test_an_entry_of_a_ledger_can_change(change: tuple[Any, Any, int | None], expected: Mark) -> None:
    ledger = Ledger(ENTRIES)
    ledger.change(0, *change)
    assert list(ledger) == [expected, *ENTRIES[1:]]


def test_ledgers_compare_by_their_marks() -> None:
    assert Ledger(ENTRIES) == Ledger(ENTRIES)
    assert Ledger(ENTRIES) == ENTRIES
    assert Ledger(ENTRIES) != Ledger(ENTRIES[:3])
    assert Ledger(ENTRIES) != Ledger([*ENTRIES[:3], dataclasses.replace(ENTRIES[3], rule="stray")])
    assert Ledger(ENTRIES) != 4
    assert hash(Ledger(ENTRIES)) == hash(Ledger(ENTRIES))
    # The order in which rules came up is no part of what a ledger says.
    changed = Ledger([dataclasses.replace(ENTRIES[0], rule="x"), *ENTRIES[1:]])
    changed.change(0, None, "opener", 0)
    assert changed == Ledger(ENTRIES)
    assert hash(changed) == hash(Ledger(ENTRIES))


def test_a_ledger_shows_its_marks() -> None:
    assert eval(repr(Ledger(ENTRIES))) == Ledger(ENTRIES)


def test_a_ledger_comes_back_from_its_columns() -> None:
    columns = json.loads(json.dumps(Ledger(ENTRIES).columns()))
    back = Ledger.from_columns(columns)
    assert back == Ledger(ENTRIES)
    back.append(30, 31, "none", "possessive")
    back.append(32, 33, "none", "inch")
    assert [mark.rule for mark in back[4:]] == ["possessive", "inch"]
    assert len(back.columns()[-1]) == len(columns[-1]) + 1
