"""Whom the network points to: names as stand-ins, where the answer can lie, and the shares it gives."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes import referents
from quotes.blocks import LOWER, Blocks, Tokens
from quotes.records import Span
from quotes.referents import LEAST, STAND_INS, allowed, decode, numbers, place_of, renamed, within
from tests.test_windows import tokenizer

SPANS = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 60), st.integers(1, 8))
WORDS = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 6), st.booleans()), min_size=1, max_size=20)
"""Gap before a token, its length, and whether it is the narrative's."""


def window(*words: tuple[int, int, bool]) -> Tokens:
    """Return a window of tokens: what begins it, then one after each gap."""
    tokens = Tokens()
    tokens.add(0, 0, 0, LOWER, is_narrative=False)
    end = 0
    for gap, size, is_narrative in words:
        tokens.add(1, end + gap, end + gap + size, LOWER, is_narrative=is_narrative)
        end += gap + size
    return tokens


# Seven tokens: what begins the window, “Ana”, “Pell”, a mark, a quoted word, “the”, “mayor”.
TOKENS = window((0, 3, True), (1, 4, True), (1, 1, False), (0, 4, False), (1, 3, True), (1, 5, True))
ANA, MAYOR, QUOTED = Span(0, 8), Span(15, 24), Span(10, 14)


def test_each_stand_in_is_one_token_of_the_vocabulary() -> None:
    found = numbers(Blocks(tokenizer()))
    assert list(found) == tokenizer().encode(" ".join(STAND_INS), add_special_tokens=False).ids
    assert len(set(found)) == len(STAND_INS)


@pytest.mark.parametrize(
    ("people", "shift", "expected"),
    [
        ([], 0, []),
        ([[(0, 8), (20, 24)], [(10, 14)]], 0, [(0, 8, 7), (10, 14, 8), (20, 24, 7)]),
        ([[(0, 8), (20, 24)], [(10, 14)]], 2, [(0, 8, 9), (10, 14, 7), (20, 24, 9)]),
        ([[(0, 1)], [(1, 2)], [(2, 3)], [(3, 4)]], 0, [(0, 1, 7), (1, 2, 8), (2, 3, 9), (3, 4, 7)]),
        ([[(10, 14)], [(0, 8)]], 0, [(0, 8, 8), (10, 14, 7)]),
        ([[(0, 8)], [(4, 12)], [(12, 14)]], 0, [(0, 8, 7), (12, 14, 9)]),
        ([[(0, 8)], [(0, 8)]], 0, [(0, 8, 7)]),
    ],
    ids=["nobody", "two people", "shifted", "more people than words", "who is named later", "overlapping", "the same"],
)
def test_renamed(people: list[list[tuple[int, int]]], shift: int, expected: list[tuple[int, int, int]]) -> None:
    found = renamed([[Span(*span) for span in spans] for spans in people], (7, 8, 9), shift)
    assert [(span.start, span.end, number) for span, number in found] == expected


@given(st.lists(st.lists(SPANS, max_size=5), max_size=8), st.integers(0, 9))
def test_renamed_spans_are_apart_in_order_and_of_their_person(people: list[list[Span]], shift: int) -> None:
    tokens = (7, 8, 9)
    found = renamed(people, tokens, shift)
    assert all(before.end <= after.start for (before, _), (after, _) in pairwise(found))
    for span, number in found:
        assert number in {tokens[(i + shift) % 3] for i, spans in enumerate(people) if span in spans}
    kept = [span for span, _ in found]
    assert all(any(span.overlaps(other) for other in kept) for spans in people for span in spans)


@pytest.mark.parametrize(
    ("mention", "expected"),
    [
        (ANA, 2),
        (MAYOR, 6),
        (Span(15, 18), 5),
        (Span(2, 5), 2),
        (Span(0, 24), 6),
        (QUOTED, None),
        (Span(3, 4), None),
        (Span(30, 34), None),
    ],
    ids=["two tokens", "a description", "one", "parts of two", "all", "quoted", "between two", "elsewhere"],
)
def test_place_of(mention: Span, expected: int | None) -> None:
    assert place_of(TOKENS, mention) == expected


@pytest.mark.parametrize(
    ("mention", "place", "expected"),
    [
        (MAYOR, 6, [1, 2, 6]),
        (ANA, 2, [2, 5, 6]),
        (QUOTED, 4, [1, 2, 4, 5, 6]),
        (Span(17, 18), 5, [1, 2, 5, 6]),
    ],
    ids=["a description", "a name", "a quotation", "a part of a word"],
)
def test_allowed(mention: Span, place: int, expected: list[int]) -> None:
    found = allowed(TOKENS, mention, place)
    assert len(found) == len(TOKENS)
    assert [i for i, can in enumerate(found) if can] == expected


@given(WORDS, SPANS, st.data())
def test_allowed_is_the_narrative_outside_the_mention(
    words: list[tuple[int, int, bool]], mention: Span, data: st.DataObject
) -> None:
    tokens = window(*words)
    place = data.draw(st.integers(0, len(words)))
    for i, can in enumerate(allowed(tokens, mention, place)):
        is_apart = not mention.overlaps(Span(tokens.starts[i], tokens.ends[i]))
        assert can == (i == place or (tokens.is_narrative[i] and is_apart))


def logits(**odds: float) -> np.ndarray:
    """Return logits of odds by position: `at2=3` for three to one; very high ones where nothing can lie."""
    found = np.full(len(TOKENS) + 3, 50.0, dtype=np.float32)
    for place in (1, 2, 6):
        found[place] = np.log(odds.get(f"at{place}", 1e-9))
    return found


@pytest.mark.parametrize(
    ("odds", "named", "nobody"),
    [
        ({"at1": 1, "at2": 2, "at6": 1}, [(Span(0, 3), 0.25), (Span(4, 8), 0.5)], 0.25),
        ({"at6": 1}, [], 1.0),
        ({"at2": 1}, [(Span(4, 8), 1.0)], 0.0),
        ({"at1": LEAST * 0.9, "at2": 1 - LEAST * 0.9}, [(Span(4, 8), 1 - LEAST * 0.9)], 0.0),
        ({"at1": LEAST * 1.1, "at2": 1 - LEAST * 1.1}, [(Span(0, 3), LEAST * 1.1), (Span(4, 8), 1 - LEAST * 1.1)], 0.0),
    ],
    ids=["shares", "nobody", "one", "too little", "just enough"],
)
def test_decode(odds: dict[str, float], named: list[tuple[Span, float]], nobody: float) -> None:
    found = decode(TOKENS, MAYOR, 6, logits(**odds))
    assert [span for span, _ in found.named] == [span for span, _ in named]
    assert [share for _, share in found.named] == pytest.approx([share for _, share in named])
    assert found.nobody == pytest.approx(nobody, abs=1e-6)


@given(WORDS, st.data())
def test_decoded_shares_are_of_allowed_tokens_and_sum_to_one_at_most(
    words: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    tokens = window(*words)
    place = data.draw(st.integers(1, len(words)))
    mention = Span(tokens.starts[place], tokens.ends[place])
    row = data.draw(st.lists(st.floats(-30, 30, width=32), min_size=len(tokens), max_size=len(tokens)))
    found = decode(tokens, mention, place, np.array(row, dtype=np.float32))
    narrative = [Span(tokens.starts[i], tokens.ends[i]) for i, told in enumerate(tokens.is_narrative) if told]
    spans = [span for span, _ in found.named]
    assert spans == sorted(set(spans))
    assert all(span in narrative and not span.overlaps(mention) for span in spans)
    assert all(LEAST <= share <= 1 for _, share in found.named)
    total = found.nobody + sum(share for _, share in found.named)
    assert total <= 1 + 1e-9
    assert total >= 1 - LEAST * (len(tokens) - len(spans)) - 1e-9  # what is left out is little


@given(WORDS, st.floats(-900, 900))
@example([(0, 3, True), (1, 4, True)], 900.0)
@example([(0, 3, True), (1, 4, True)], -900.0)
def test_decode_asks_only_how_logits_differ(words: list[tuple[int, int, bool]], more: float) -> None:
    tokens = window(*words)
    row = np.arange(len(tokens), dtype=np.float64) % 5
    mention = Span(tokens.starts[-1], tokens.ends[-1])
    one, other = (decode(tokens, mention, len(words), made) for made in (row, row + more))
    assert [span for span, _ in one.named] == [span for span, _ in other.named]
    assert [share for _, share in one.named] == pytest.approx([share for _, share in other.named])
    assert one.nobody == pytest.approx(other.nobody)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([ANA], [1, 2]),
        ([Span(2, 5)], [1, 2]),
        ([Span(3, 4)], []),
        ([QUOTED], []),
        ([Span(4, 8), QUOTED, Span(19, 24)], [2, 6]),
        ([Span(0, 24)], [1, 2, 5, 6]),
        ([Span(0, 1), Span(1, 2), Span(2, 3), Span(15, 18)], [1, 5]),
        ([], []),
    ],
    ids=["a name", "parts of two", "between two", "quoted", "several", "all", "several in one", "nothing"],
)
def test_within(spans: list[Span], expected: list[int]) -> None:
    assert within(TOKENS, spans) == expected


@given(WORDS, st.lists(SPANS, max_size=6))
def test_within_is_what_overlaps(words: list[tuple[int, int, bool]], spans: list[Span]) -> None:
    tokens = window(*words)
    apart = [span for span, _ in referents.renamed([spans], (7,))]
    overlapping = [
        i
        for i, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True))
        if tokens.is_narrative[i] and any(span.overlaps(Span(start, end)) for span in apart)
    ]
    assert within(tokens, apart) == overlapping
