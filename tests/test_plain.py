"""Value types written as JSON-like lists and read back."""

from __future__ import annotations

import dataclasses
import inspect
import json
import types
from collections.abc import Sequence
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
import srsly
from hypothesis import given
from hypothesis import strategies as st

from quotes import plain, records
from quotes.quotedspans import QuotedSpans
from quotes.records import Attribution, Candidate, Document, Ledger, Mark, QuotedSpan, Segmentation, Span

TYPES = [kind for _, kind in inspect.getmembers(records, dataclasses.is_dataclass)]


MARKS = st.builds(
    lambda start, length, role, rule, quotation: Mark(Span(start, start + length), role, rule, quotation),
    st.integers(0, 2**40),
    st.integers(0, 255),
    st.sampled_from(get_args(records.MarkRole)),
    st.text(max_size=8),
    st.none() | st.integers(0, 2**31 - 1),
)


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for values of an annotation as the value types use them."""
    if kind is Ledger:
        return st.lists(MARKS, max_size=3).map(Ledger)
    origin, args = get_origin(kind), get_args(kind)
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, *(values(hints[field.name]) for field in dataclasses.fields(kind)))
    if origin is Sequence or (origin is tuple and args[1:] == (...,)):
        return st.lists(values(args[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, args))
    if origin in (Union, types.UnionType):
        return st.one_of(*map(values, args))
    if origin is Literal:
        return st.sampled_from(args)
    return {
        int: st.integers(-(2**31), 2**40),
        float: st.floats(allow_nan=False),
        str: st.text(max_size=8),
        bool: st.booleans(),
        type(None): st.none(),
    }[kind]


ANY = st.one_of(*(values(kind) for kind in [*TYPES, Ledger]))


def is_plain(value: Any) -> bool:
    """Whether `value` is made of lists and JSON scalars alone."""
    if isinstance(value, list):
        return all(map(is_plain, value))
    return value is None or type(value) in (int, float, str, bool)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param(Span(1, 6), [1, 6], id="one type"),
        pytest.param((Span(1, 6), None), [[1, 6], None], id="a tuple"),
        pytest.param([Span(1, 6), "a"], [[1, 6], "a"], id="a list"),
        pytest.param(
            QuotedSpan(Span(1, 6), Span(0, 1), None, "unclosed", "paragraph-end", 3),
            [[1, 6], [0, 1], None, "unclosed", "paragraph-end", 3, None],
            id="types in a type",
        ),
        pytest.param(
            QuotedSpans([QuotedSpan(Span(1, 6), Span(0, 1), Span(6, 7), "closed", "closer-closed")]),
            [[[1, 6], [0, 1], [6, 7], "closed", "closer-closed", None, None]],
            id="spans in columns, span by span",
        ),
        pytest.param(Ledger(), [[], [], [], [], [], []], id="an empty ledger"),
        pytest.param(
            Ledger([Mark(Span(3, 4), "opener", "opener", 0), Mark(Span(6, 7), "none", "stray")]),
            [[3, 6], [1, 1], [0, 2], [0, 1], [0, -1], ["opener", "stray"]],
            id="a ledger, in columns",
        ),
        pytest.param("a", "a", id="a string"),
        pytest.param(0.5, 0.5, id="a number"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_write(value: Any, written: Any) -> None:
    assert plain.write(value) == written


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        pytest.param(Span, [1, 6], Span(1, 6), id="one type"),
        pytest.param(
            QuotedSpan,
            [[1, 6], [0, 1], [6, 7], "closed", "closer-closed", None, 2],
            QuotedSpan(Span(1, 6), Span(0, 1), Span(6, 7), "closed", "closer-closed", None, 2),
            id="types in a type, one of them optional",
        ),
        pytest.param(
            Document,
            ["We go.", "a", None, None, None, None, ["cut short"], None, None, "utf-8"],
            Document("We go.", "a", warnings=("cut short",), encoding="utf-8"),
            id="a tuple of strings",
        ),
        pytest.param(tuple[tuple[str, float], ...], [["a", 0.5]], (("a", 0.5),), id="a tuple of tuples"),
        pytest.param(tuple[Span, ...], [[1, 6]], (Span(1, 6),), id="a tuple of types"),
        pytest.param(Sequence[Span], [[1, 6]], (Span(1, 6),), id="a sequence of types"),
        pytest.param(tuple[str, Span], ["a", [1, 6]], ("a", Span(1, 6)), id="a pair"),
    ],
)
def test_read(kind: Any, written: Any, value: Any) -> None:
    assert plain.read(kind, written) == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Span, 5), (Span, None), (QuotedSpan, [1, 6]), (Segmentation, [None, None]), (tuple[Span, ...], 0.5)],
)
def test_what_is_no_such_thing_is_a_type_error(kind: Any, value: Any) -> None:
    with pytest.raises(TypeError):
        plain.read(kind, value)


@pytest.mark.parametrize(
    ("kind", "value"), [(Span, [1]), (Span, [1, 2, 3]), (Candidate, []), (tuple[str, float], ["a"])]
)
def test_a_wrong_number_of_fields_is_a_type_error(kind: Any, value: Any) -> None:
    with pytest.raises(TypeError):
        plain.read(kind, value)


@given(ANY)
def test_what_is_written_is_plain(value: Any) -> None:
    assert is_plain(plain.write(value))


@given(ANY)
def test_what_is_written_reads_back(value: Any) -> None:
    back = plain.read(type(value), plain.write(value))
    assert back == value
    assert type(back) is type(value)
    assert hash(back) == hash(value)


@given(ANY)
def test_what_is_written_reads_back_after_json(value: Any) -> None:
    assert plain.read(type(value), json.loads(json.dumps(plain.write(value)))) == value


@given(ANY)
def test_what_is_written_reads_back_after_msgpack(value: Any) -> None:
    assert plain.read(type(value), srsly.msgpack_loads(srsly.msgpack_dumps(plain.write(value)))) == value


def test_tuples_come_back_as_tuples() -> None:
    made = Attribution("said-after", 0.9, Span(0, 4), alternatives=(Candidate(Span(5, 9), 0.1, "said-before"),))
    back = plain.read(Attribution, json.loads(json.dumps(plain.write(made))))
    assert isinstance(back.alternatives, tuple)
    assert isinstance(back.alternatives[0], Candidate)
    assert isinstance(back.mention, Span)
