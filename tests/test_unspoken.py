"""What nobody says: notes of a transcript, nicknames, titles and terms by their form and place."""

from __future__ import annotations

import pytest

from quotes import rules
from quotes.hits import NAME
from quotes.segmenter import segment
from quotes.unspoken import is_no_speech
from tests.helpers import folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“(CROSSTALK.)”", True),
        ("“[APPLAUSE]”", True),
        ("“(LAUGHTER, APPLAUSE)”", True),
        ("Ira “Sam” Moss slept.", True),
        ("“(We go home.)”", False),
        ("“WE GO HOME.”", False),
        ("“(A)”", False),
        ("Ana Pell said “Sam”.", False),
    ],
)
def test_by_form_alone(text: str, expected: bool) -> None:
    (span,) = segment(text).spans
    assert is_no_speech(text, span) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The film “Late Again” opens.", True),
        ("“Late Again” was written by Moss.", True),
        ("“Late Again” is a song of the coast.", True),
        ("“It is late again” was written by Moss on the wall.", False),
        ("“Late Again” was a lie.", False),
        ("Brin’s “Late Again” opens.", True),
        ("The boat is known as “Old Sam”.", True),
        ("She wore a so-called “smart” hat.", True),
        ("It broke the council’s “dry year” rules.", True),
        ("Ana Pell called him “Old Sam”.", False),
        ("Ana Pell said “Late Again”.", False),
        ("Ana Pell named what Moss called the council’s “dry” acts.", False),
    ],
)
def test_by_place(text: str, expected: bool) -> None:
    narrative, spans = folded(text)
    hit = rules.apply(narrative, spans).get(0)
    assert (hit is not None and hit.rule == NAME) is expected
