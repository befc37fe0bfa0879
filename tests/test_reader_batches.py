"""Batches of training examples as tensors, where what training needs is installed."""

from __future__ import annotations

from itertools import pairwise
from math import log
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from quotes.blocks import LOWER, Tokens  # noqa: E402  after the check that torch is there
from quotes.records import Span  # noqa: E402
from quotes.windows import Window  # noqa: E402
from training.reader_batches import ROUND, ReferentBatch, grouped, referent_loss, shares_of  # noqa: E402
from training.referent_data import Referent, ReferentExample  # noqa: E402


def example(length: int, *asked: tuple[int, list[int], list[int]]) -> ReferentExample:
    """Return a window of `length` tokens, two a paragraph, and of each question (place, allowed, right)."""
    tokens = Tokens()
    for i in range(length):
        tokens.add(i + 1, i, i + 1, LOWER, is_narrative=True)
    window = Window(tokens, frozenset(), tuple(i // 2 for i in range(length)), Span(0, length))
    questions = [
        Referent(place, [i in allowed for i in range(length)], right, Span(place, place + 1), None)
        for place, allowed, right in asked
    ]
    return ReferentExample(window, questions)


def lengths(group: list[ReferentExample]) -> list[int]:
    return [len(e.window.tokens) for e in group]


SHORT, LONG = example(4, (2, [0, 2], [0]), (3, [0, 1, 3], [3])), example(20, (19, [4, 5, 6, 19], [4, 6]))


def test_questions_of_all_windows_in_order() -> None:
    batch = ReferentBatch([SHORT, LONG])
    assert batch.rows.tolist() == [0, 0, 1]
    assert batch.places.tolist() == [2, 3, 19]
    assert [row.nonzero().flatten().tolist() for row in batch.allowed] == [[0, 2], [0, 1, 3], [4, 5, 6, 19]]
    assert [row.nonzero().flatten().tolist() for row in batch.right] == [[0], [3], [4, 6]]


def test_windows_are_filled_up_to_one_length() -> None:
    batch = ReferentBatch([SHORT, LONG])
    assert batch.ids.shape == batch.cases.shape == batch.mask.shape == (2, 2 * ROUND)
    assert batch.allowed.shape == batch.right.shape == (3, 2 * ROUND)
    assert batch.mask.sum(1).tolist() == [4, 20]
    assert batch.ids[0].tolist() == [1, 2, 3, 4] + [0] * (2 * ROUND - 4)
    assert ReferentBatch([SHORT]).size == ROUND
    assert ReferentBatch([example(ROUND, (0, [0], [0]))]).size == ROUND


def test_paragraphs_are_counted_from_the_place() -> None:
    batch = ReferentBatch([SHORT, LONG])
    apart = batch.paragraphs_apart(batch.rows, batch.places)
    assert apart[0, :4].tolist() == [-1, -1, 0, 0]
    assert apart[2, :20].tolist() == [i // 2 - 9 for i in range(20)]


class Even:
    """A network to which every token is alike."""

    def encode(self, ids: Any, cases: Any, mask: Any) -> Any:
        return torch.zeros(*ids.shape, 3)

    def refer(self, hidden: Any, rows: Any, places: Any, apart: Any) -> Any:
        return torch.zeros(len(rows), hidden.shape[1])


def test_all_that_is_right_counts_together_among_what_is_allowed() -> None:
    batch = ReferentBatch([SHORT, LONG])
    shares = shares_of(Even(), batch).exp()  # type: ignore[arg-type]
    assert torch.allclose(shares, batch.allowed / batch.allowed.sum(1, keepdim=True), atol=1e-6)
    expected = (log(2) + log(3) + log(4 / 2)) / 3
    assert referent_loss(Even(), batch).item() == pytest.approx(expected, abs=1e-5)  # type: ignore[arg-type]


SIZES = st.lists(st.integers(1, 60), max_size=30)


@given(SIZES, st.integers(1, 300))
def test_groups_are_of_like_length_and_within_the_budget(sizes: list[int], budget: int) -> None:
    examples = [example(size) for size in sizes]
    groups = list(grouped(examples, budget))
    assert [size for group in groups for size in lengths(group)] == sorted(sizes)
    for group in groups:
        assert len(group) <= 1 or len(group) * max(lengths(group)) <= budget
    for group, after in pairwise(groups):
        assert (len(group) + 1) * lengths(after)[0] > budget  # no group is smaller than it must be


def test_nothing_makes_no_group() -> None:
    assert list(grouped([], 10)) == []  # type: ignore[type-var]


@given(SIZES, st.integers(1, 300), st.integers(0, 9))
def test_groups_in_random_order_hold_each_example_once(sizes: list[int], budget: int, seed: int) -> None:
    examples = [example(size) for size in sizes]
    groups = list(grouped(examples, budget, Random(seed)))
    assert sorted(id(e) for group in groups for e in group) == sorted(map(id, examples))


def test_groups_in_random_order_are_within_the_budget() -> None:
    examples = [example(size) for size in range(1, 60)]
    assert all(len(group) * max(lengths(group)) <= 300 for group in grouped(examples, 300, Random(1)))


def test_the_order_of_groups_follows_the_seed() -> None:
    examples = [example(size) for size in range(1, 40)]
    first, again, other = ([lengths(group) for group in grouped(examples, 60, Random(seed))] for seed in (1, 1, 2))
    assert first == again != other
    assert any(min(after) < max(before) - 24 for before, after in pairwise(first))  # no longer by length
