"""Data frames have types, and what is missing is missing."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import quotes
from quotes.frames import to_frame
from quotes.schema import COLUMNS, FLAT, SPEAKERS
from quotes.speakertable import speaker_rows
from tests.rows import a_row, article_rows


@pytest.mark.parametrize("rows", [[], [a_row()], [a_row(mention_start=7, speaker="Ada Brink")]])
def test_types(rows: list[dict[str, Any]]) -> None:
    frame = to_frame(rows)
    assert list(frame.columns) == [column.name for column in FLAT]
    assert frame["mention_start"].dtype == frame["start"].dtype == "Int64"
    assert frame["needs_review"].dtype == "boolean"
    assert frame["confidence"].dtype == "float64"
    assert isinstance(frame["quote"].dtype, pd.StringDtype)


def test_choices_are_categories() -> None:
    frame = to_frame(article_rows())
    for column in FLAT:
        assert isinstance(frame[column.name].dtype, pd.CategoricalDtype) is bool(column.enum)
    assert list(frame["boundary"].cat.categories) == ["closed", "mismatched", "continued", "unclosed"]
    assert list(frame["boundary"]) == [row["boundary"] for row in article_rows()]


def test_a_choice_that_is_none_is_kept_as_text() -> None:
    assert list(to_frame([a_row(type="direct"), a_row(type="sung")])["type"]) == ["direct", "sung"]


def test_null_is_missing_and_nothing_else_is() -> None:
    frame = to_frame([a_row(prefix=""), a_row(speaker="NA", mention_start=0)])
    assert list(frame["speaker"].isna()) == [True, False]
    assert frame["speaker"][0] is pd.NA
    assert list(frame["mention_start"].isna()) == [True, False]
    assert list(frame["prefix"]) == ["", "x"]


def test_nested_rows_and_some_fields() -> None:
    rows = article_rows()[:5]
    frame = to_frame(rows, nested=True)
    assert list(frame.columns) == [column.name for column in COLUMNS]
    assert list(frame["steps"]) == [row["steps"] for row in rows]
    some = to_frame([{"start": 1, "note": "=x"}, {"start": 2, "confidence": 0.5}])
    assert list(some.columns) == ["start", "confidence", "note"]
    assert some["confidence"].isna().tolist() == [True, False]


def test_speakers() -> None:
    frame = to_frame(speaker_rows(article_rows()), table="speakers")
    assert list(frame.columns) == [column.name for column in SPEAKERS]
    assert frame["quotations"].sum() == len(article_rows())


def test_lone_surrogates() -> None:
    assert to_frame([a_row(quote="a\ud800")])["quote"][0] == "a\ud800"


def test_public() -> None:
    assert quotes.to_frame is to_frame
