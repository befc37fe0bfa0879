"""Changes to training windows keep the number of tokens and the words inside quotations."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from quotes import paragraphs
from quotes.records import Span
from quotes.windows import View
from tests.test_windows import tokenizer
from training import augment
from training.augment import Augmenter, move_breaks
from training.reader_data import Example, examples

PARAGRAPH = "So Moss met Roe and Clark, so it was. “We saw Moss,” said Clark. So Roe met Clark and Moss."
TEXT = "\n\n".join([PARAGRAPH] * 4)


def example() -> Example:
    (made,) = examples({"text": TEXT, "quotations": [], "attributions": []}, View(tokenizer()), 0, Random(1))
    return made


def test_names_are_swapped_alike_throughout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(augment, "SWAPPED", 1.0)
    monkeypatch.setattr(augment, "TENSED", 0.0)
    before = example()
    augmenter = Augmenter(tokenizer(), [before])
    names = {tokenizer().id_to_token(n) for n in augmenter.names}
    assert names == {"moss", "roe", "clark"}
    after = augmenter.change(before, Random(3))
    pairs = {
        (a, b)
        for i, (a, b) in enumerate(zip(before.window.tokens.ids, after.window.tokens.ids, strict=True))
        if before.window.tokens.is_narrative[i]
    }
    assert len(pairs) == len({a for a, _ in pairs})


def test_cues_are_put_into_the_present(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(augment, "SWAPPED", 0.0)
    monkeypatch.setattr(augment, "TENSED", 1.0)
    before = example()
    after = Augmenter(tokenizer(), [before]).change(before, Random(1))
    words = [tokenizer().id_to_token(i) for i in after.window.tokens.ids]
    assert "says" in words
    assert "said" not in words


def test_moved_breaks_lose_no_character() -> None:
    parts = paragraphs.split(TEXT)
    for seed in range(40):
        moved = move_breaks(TEXT, parts, Random(seed))
        assert (moved[0].start, moved[-1].end) == (parts[0].start, parts[-1].end)
        assert all(a.end <= b.start for a, b in pairwise(moved))
        lost = [Span(a.end, b.start).of(TEXT).strip() for a, b in pairwise(moved)]
        assert not any(lost)
