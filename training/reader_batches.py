"""Batches of training examples as tensors, and what the network's loss on one is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import TypeVar

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from quotes.windows import Window
from training.reader_data import IGNORE, Example
from training.reader_model import Reader
from training.referent_data import ReferentExample

E = TypeVar("E", Example, ReferentExample)
FORBIDDEN = -1e4
ROUND = 16
"""Lengths are rounded up to multiples of this: fewer shapes, fewer kernels to prepare."""
MADE, UNSPOKEN = 0.5, 0.8
"""Weights of folded indirect attributions, and of quotations that the corpus attributes to nobody: some it missed."""
POINTERS = (1.0, 1.0, 0.4, 0.4)
"""Weights of source start, source end, cue start, cue end."""
SPOKEN, TAGS = 0.3, 0.3
"""Weights of whether a quotation is spoken, and of tagging all sources and cues."""


class Windows:
    """Windows as tensors."""

    def __init__(self, windows: Sequence[Window]) -> None:
        tokens = [w.tokens for w in windows]
        self.size = -(-max(len(t) for t in tokens) // ROUND) * ROUND
        self.ids, self.cases = self.padded([t.ids for t in tokens]), self.padded([t.cases for t in tokens])
        self.mask = self.padded([[1] * len(t) for t in tokens])
        self.numbers = self.padded([list(w.paragraphs) for w in windows])

    def padded(self, rows: list[list[int]], fill: int = 0) -> Tensor:
        """Return rows of one value a token as a tensor, filled up to the windows' common length."""
        return torch.tensor([row + [fill] * (self.size - len(row)) for row in rows])

    def paragraphs_apart(self, rows: Tensor, places: Tensor) -> Tensor:
        """Return how many paragraphs each token stands after that at (rows, places), for each of these."""
        return self.numbers[rows] - self.numbers[rows, places][:, None]


class Batch(Windows):
    """Windows with questions about the sources of quotations."""

    def __init__(self, examples: Sequence[Example]) -> None:
        super().__init__([e.window for e in examples])
        padded = self.padded
        tokens = [e.window.tokens for e in examples]
        self.examples = list(examples)
        self.tags = padded([e.tags for e in examples], IGNORE)
        self.narrative = padded([[int(n) for n in t.is_narrative] for t in tokens]).bool()
        self.allowed = self.narrative.clone()
        for row, t in enumerate(tokens):
            self.allowed[row, [place for place, _ in t.places]] = True
        pairs = [(r, q) for r, e in enumerate(examples) for q in e.questions]
        self.questions = [q for _, q in pairs]
        self.rows = torch.tensor([r for r, _ in pairs], dtype=torch.long)
        self.places = torch.tensor([q.place for q in self.questions], dtype=torch.long)
        self.apart = self.paragraphs_apart(self.rows, self.places) if pairs else self.numbers[:0]
        self.targets = torch.tensor([[*q.source, *q.cue] for q in self.questions], dtype=torch.long).view(-1, 4)
        self.spoken = torch.tensor([q.spoken for q in self.questions], dtype=torch.long)
        self.weights = torch.tensor([MADE if q.is_made else UNSPOKEN if q.spoken == 0 else 1.0 for q in self.questions])


class ReferentBatch(Windows):
    """Windows with questions about whom their mentions stand for."""

    def __init__(self, examples: Sequence[ReferentExample]) -> None:
        super().__init__([e.window for e in examples])
        self.examples = list(examples)
        asked = [(r, q) for r, e in enumerate(examples) for q in e.referents]
        self.rows = torch.tensor([r for r, _ in asked], dtype=torch.long)
        self.places = torch.tensor([q.place for _, q in asked], dtype=torch.long)
        self.allowed = self.padded([[int(a) for a in q.allowed] for _, q in asked]).bool()
        self.right = torch.zeros_like(self.allowed)
        for n, (_, q) in enumerate(asked):
            self.right[n, q.right] = True


def grouped(examples: Sequence[E], budget: int, rng: Random | None = None) -> Iterator[list[E]]:
    """Yield groups of at most `budget` tokens with windows of like length, in random order where `rng` is given."""

    def size(i: int) -> float:
        return len(examples[i].window.tokens) + (rng.random() * 24 if rng else 0)

    groups: list[list[int]] = []
    longest = 0
    for i in sorted(range(len(examples)), key=size):
        longest = max(longest, len(examples[i].window.tokens))
        if not groups or (len(groups[-1]) + 1) * longest > budget:
            groups.append([])
            longest = len(examples[i].window.tokens)
        groups[-1].append(i)
    if rng:
        rng.shuffle(groups)
    for group in groups:
        yield [examples[i] for i in group]


def hidden_of(model: Reader, batch: Windows) -> Tensor:
    """Return the vectors (windows, tokens, width) in single precision."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = model.encode(batch.ids, batch.cases, batch.mask)
    return hidden.float()


def shares_of(model: Reader, batch: ReferentBatch) -> Tensor:
    """Return the log-probabilities (questions, tokens) of where it is named whom each place stands for."""
    hidden = hidden_of(model, batch)
    logits = model.refer(hidden, batch.rows, batch.places, batch.paragraphs_apart(batch.rows, batch.places))
    return logits.masked_fill(~batch.allowed, FORBIDDEN).log_softmax(-1)


def referent_loss(model: Reader, batch: ReferentBatch) -> Tensor:
    """Return the loss of all that names the right one, taken together (Clark and Manning 2016)."""
    shares = shares_of(model, batch)
    return -shares.masked_fill(~batch.right, FORBIDDEN).logsumexp(-1).mean()


def run(model: Reader, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """Return pointers (questions, 4, tokens), spoken (questions, 2) and tags (windows, tokens, 5), as logits."""
    hidden = hidden_of(model, batch)
    pointers, spoken = model.point(hidden, batch.rows, batch.places, batch.apart)
    pointers = pointers.masked_fill(~batch.allowed[batch.rows][:, None, :], FORBIDDEN)
    return pointers, spoken, model.tag(hidden)


def loss_of(model: Reader, batch: Batch) -> Tensor:
    """Return the weighted sum of the losses of all targets."""
    pointers, spoken, tags = run(model, batch)
    total = TAGS * _known(tags.view(-1, tags.shape[-1]), batch.tags.view(-1))
    for i, weight in enumerate(POINTERS):
        each = cross_entropy(pointers[:, i], batch.targets[:, i], ignore_index=IGNORE, reduction="none")
        total = total + weight * (each * batch.weights).sum() / batch.weights.sum()
    return total + SPOKEN * _known(spoken, batch.spoken)


def _known(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the mean loss of the targets that are known; 0 where none is."""
    each = cross_entropy(logits, targets, ignore_index=IGNORE, reduction="sum")
    return each / (targets != IGNORE).sum().clamp(min=1)
