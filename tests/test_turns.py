"""Who answers, and whether two people speak by turns."""

from __future__ import annotations

import pytest

from quotes import turns
from quotes.attributor import ruled
from quotes.hits import NAME, Hit
from tests.helpers import folded

SAID = "“It is late,” said Ira Moss."


@pytest.mark.parametrize(
    ("paragraph", "is_turn", "expected"),
    [
        ("“Is it?” asked Ana Pell.", False, True),
        ("“Is it?” Ana Pell asked the clerk on Monday.", False, True),
        ("“Is it?” said Ana Pell.", False, False),
        ("“Is it?” said Ana Pell when asked by the mayor.", False, False),
        ("“It is,” Ana Pell asked.", False, False),
        ("“Is it?”", False, False),
        ("“Is it?”", True, True),
        ("Night fell.", True, False),
    ],
)
def test_who_asks(paragraph: str, is_turn: bool, expected: bool) -> None:
    narrative, spans = folded(paragraph)
    assert turns.asks(paragraph, spans, narrative.sentences[0], is_turn=is_turn) is expected


@pytest.mark.parametrize(
    ("second", "answers", "exchanges"),
    [
        ("“Is it?” asked Ana Pell.", 0, True),
        ("“Is it?” asked Moss.", None, False),
        ("“Is it?” he asked.", None, False),
    ],
)
def test_two_who_surely_are_two(second: str, answers: int | None, exchanges: bool) -> None:
    narrative, spans = folded(f"{SAID}\n\n{second}\n\n“It is.”")
    hits = ruled(narrative, spans)
    assert turns.answerer(narrative, hits, 2, 1) == answers
    assert turns.is_exchange(narrative, hits, 2, 1) is exchanges


def test_he_and_she_are_two() -> None:
    narrative, spans = folded("“It is late,” he said.\n\n“Is it?” she asked.\n\n“It is.”")
    assert turns.answerer(narrative, ruled(narrative, spans), 2, 1) == 0


def test_a_name_of_something_speaks_not() -> None:
    assert not turns.speaks({0: Hit(NAME, None)}, 0)
    assert not turns.speaks({}, 0)
