"""The type of a quotation by its form, and with what was found beside it."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.kinds import is_clause, is_nobodys, is_title_case, quotation_type
from quotes.records import QuotationType


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Late Again", True),
        ("The Lamp in the Window", True),
        ("Brin 2000", True),
        ("Boots", True),
        ("late lamps", False),
        ("Late lamps", False),
        ("Late Again.", False),
        ("Late Again!", False),
        ("the Lamp", False),
        ("", False),
        ("…", False),
    ],
)
def test_title_case(words: str, expected: bool) -> None:
    assert is_title_case(words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It is late.", True),
        ("It is late,", True),
        ("Is it late?", True),
        ("No.", True),
        ("It is very late here", True),
        ("12 lamps failed.", True),
        ("It is very", False),
        ("… It is late.", True),
        ("‘Go,’ he said.", True),
        ("late", False),
        ("a wreck", False),
        ("a wreck,", False),
        ("and we go home.", False),
        ("Late Again", False),
        ("The Lamp in the Window", False),
        ("", False),
        ("—", False),
    ],
)
def test_clause(words: str, expected: bool) -> None:
    assert is_clause(words) is expected


@pytest.mark.parametrize(
    ("words", "has_source", "expected"),
    [
        ("It is late.", True, "direct"),
        ("It is late.", False, "direct"),
        ("a wreck", True, "mixed"),
        ("Late Again", True, "mixed"),
        ("Late Again", False, "work"),
        ("smart", False, "scare"),
        ("a mere wreck", False, "scare"),
        ("a mere wreck of lamps", False, "unknown"),
        ("Boots", False, "scare"),
    ],
)
def test_type(words: str, has_source: bool, expected: str) -> None:
    assert quotation_type(words, has_source=has_source) == expected


@given(st.text(max_size=40), st.booleans())
def test_any_words_have_a_type(words: str, has_source: bool) -> None:
    kind = quotation_type(words, has_source=has_source)
    assert kind in get_args(QuotationType)
    assert (kind == "direct") == is_clause(words)
    if has_source:
        assert kind in ("direct", "mixed")


@pytest.mark.parametrize(
    ("mention", "words", "expected"),
    [
        ("everyone", "the Hole", True),
        ("What glaciologists", "the bathtub problem", True),
        ("the others", "Postcode", True),
        ("locals", "the Car Wash", True),
        ("Visiting children", "the sleepers,", True),
        ("the officials", "a farce", False),
        ("Ana Pell", "a farce", False),
        ("Ana Pells", "a farce", False),
        ("everyone", "We all want to go home now.", False),
        ("somebody", "Hands up, chin down", True),
        ("Scientists", "spillover", True),
        ("the label", "Grandmother’s Grease,", True),
        ("the report", "a farce", False),
        ("locals", "Go home, all of you.", False),
        ("", "a farce", False),
    ],
)
def test_is_nobodys(mention: str, words: str, expected: bool) -> None:
    assert is_nobodys(mention, words) is expected
