"""Changes to training windows so that the reader holds outside US political news.

Each keeps the number of tokens, so answers stay where they are: names are swapped for other names, past cues for
present ones, paragraph breaks moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from tokenizers import Tokenizer

from quotes.blocks import LOWER, TITLE, Tokens
from quotes.narrative import SENTENCE_FINAL
from quotes.records import Span
from training.reader_data import Example

PRESENT = dict(
    pair.split("/")
    for pair in (
        "said/says told/tells added/adds wrote/writes asked/asks explained/explains noted/notes argued/argues "
        "insisted/insists recalled/recalls continued/continues warned/warns replied/replies claimed/claims "
        "called/calls stated/states declared/declares concluded/concludes suggested/suggests tweeted/tweets "
        "described/describes responded/responds predicted/predicts acknowledged/acknowledges"
    ).split()
)
SWAPPED, TENSED, MERGED, CUT = 0.35, 0.25, 0.12, 0.12
"""Shares of windows whose names and cues, and of articles whose paragraphs are changed."""


class Augmenter:
    """Changes examples at random; what counts as a name is learned from the articles."""

    def __init__(self, tokenizer: Tokenizer, examples: Iterable[Example]) -> None:
        self._ids = {tokenizer.token_to_id(a): tokenizer.token_to_id(b) for a, b in PRESENT.items()}
        self._ids = {a: b for a, b in self._ids.items() if a is not None and b is not None}
        titled: Counter[int] = Counter()
        lower: Counter[int] = Counter()
        for example in examples:
            tokens = example.window.tokens
            for i, number in enumerate(tokens.ids):
                if tokens.is_narrative[i]:
                    titled[number] += tokens.cases[i] == TITLE
                    lower[number] += tokens.cases[i] == LOWER
        whole = {n for n in titled if not (tokenizer.id_to_token(n) or "##").startswith("##")}
        self.names = sorted(n for n in whole if titled[n] >= 4 and lower[n] * 50 < titled[n])
        self._is_name = frozenset(self.names)

    def change(self, example: Example, rng: Random) -> Example:
        """Return the example, or one with names or cues changed."""
        tokens = example.window.tokens
        ids = list(tokens.ids)
        if rng.random() < SWAPPED:
            swapped: dict[int, int] = {}
            for i, number in enumerate(ids):
                if number in self._is_name and tokens.cases[i] == TITLE:
                    ids[i] = swapped.setdefault(number, rng.choice(self.names))
        if rng.random() < TENSED:
            ids = [self._ids.get(n, n) if tokens.is_narrative[i] else n for i, n in enumerate(ids)]
        changed = Tokens(ids, tokens.starts, tokens.ends, tokens.cases, tokens.places, tokens.is_narrative)
        return replace(example, window=replace(example.window, tokens=changed))


def move_breaks(text: str, parts: Sequence[Span], rng: Random) -> list[Span]:
    """Return the paragraphs of `text`, in some articles with some joined or cut at sentence ends."""
    draw = rng.random()
    if draw < MERGED:
        merged: list[Span] = []
        for part in parts:
            if merged and rng.random() < 0.4:
                merged[-1] = Span(merged[-1].start, part.end)
            else:
                merged.append(part)
        return merged
    if draw < MERGED + CUT:
        return [piece for part in parts for piece in _sentences(text, part)]
    return list(parts)


def _sentences(text: str, part: Span) -> list[Span]:
    pieces, start = [], part.start
    for i in range(part.start, part.end - 2):
        if text[i] in SENTENCE_FINAL and text[i + 1] == " " and text[i + 2].isupper() and i - start > 60:
            pieces.append(Span(start, i + 1))
            start = i + 2
    return [*pieces, Span(start, part.end)]
