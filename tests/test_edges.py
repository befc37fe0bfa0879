"""The likeliest place for a quotation's edge, and what is told of places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import edges, lexicon


@pytest.mark.parametrize(
    ("word", "core", "stop"),
    [("“We", "we", ""), ("wait,”", "wait", ","), ("Don’t!", "don't", "!"), ("—", "", "—"), ("(U.S.)", "u.s", ".")],
)
def test_words(word: str, core: str, stop: str) -> None:
    assert (edges.core(word), edges.stop(word)) == (core, stop)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Roe called her", "2called"),
        ("Roe said", "1said"),
        ("Roe said. Then she", "stop3"),
        ("the old", "start3"),
        ("a b c d e f g", "none"),
    ],
)
def test_the_verb_before(text: str, found: str) -> None:
    words = edges.words_after(text, 0, len(text))
    assert edges.verb_before(words, len(words)) == found


def test_a_place_has_the_words_inside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = {"in:e:i": 2.0, "in:s:i": 2.0, "e:here": 1.0, "s:here": 1.0}
    monkeypatch.setattr(edges, "_weights", lambda: weights)
    assert edges.likeliest("e", [["here"], [], []], ["a", "b", "i"]) == 2, "a word of speech further on"
    assert edges.likeliest("s", [[], [], ["here"]], ["i", "b", "a"]) == 0, "a word of speech further back"
    assert edges.likeliest("e", [["here"], [], []], ["i", "b", "a"]) == 0
    assert edges.likeliest("s", [[], [], ["here"]], ["a", "b", "i"]) == 2


@given(st.sampled_from(["e", "s"]), st.integers(1, 6))
def test_of_places_alike_the_one_nearest_to_the_mark_is_taken(edge: edges.Edge, count: int) -> None:
    assert edges.likeliest(edge, [[]] * count, ["xyzzy"] * count) == (0 if edge == "e" else count - 1)


def test_every_weight_is_of_an_edge() -> None:
    assert {name.split(":")[0] for name, _ in lexicon.table("edge_weights")} == {"e", "s", "in"}


def test_only_so_many_words_are_looked_at() -> None:
    text = "a " * 1000
    assert len(edges.words_after(text, 0, len(text))) == edges.REACH
    before = edges.words_before(text, 0, len(text))
    assert (len(before), before[-1].start()) == (edges.REACH_BACK, len(text) - 2)
