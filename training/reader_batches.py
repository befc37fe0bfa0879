"""Batches of training examples as tensors, and what the network's loss on one is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from training.reader_data import IGNORE, Example
from training.reader_model import Reader

FORBIDDEN = -1e4
ROUND = 16
"""Lengths are rounded up to multiples of this: fewer shapes, fewer kernels to prepare."""
MADE, UNSPOKEN = 0.5, 0.8
"""Weights of folded indirect attributions, and of quotations that the corpus attributes to nobody: some it missed."""
POINTERS = (1.0, 1.0, 0.4, 0.4)
"""Weights of source start, source end, cue start, cue end."""
SPOKEN, TAGS = 0.3, 0.3
"""Weights of whether a quotation is spoken, and of tagging all sources and cues."""


class Batch:
    """Windows as tensors."""

    def __init__(self, examples: Sequence[Example]) -> None:
        size = -(-max(len(e.window.tokens) for e in examples) // ROUND) * ROUND

        def padded(rows: list[list[int]], fill: int = 0) -> Tensor:
            return torch.tensor([row + [fill] * (size - len(row)) for row in rows])

        tokens = [e.window.tokens for e in examples]
        self.examples = list(examples)
        self.ids, self.cases = padded([t.ids for t in tokens]), padded([t.cases for t in tokens])
        self.mask = padded([[1] * len(t) for t in tokens])
        self.tags = padded([e.tags for e in examples], IGNORE)
        self.narrative = padded([[int(n) for n in t.is_narrative] for t in tokens]).bool()
        self.allowed = self.narrative.clone()
        for row, t in enumerate(tokens):
            self.allowed[row, [place for place, _ in t.places]] = True
        pairs = [(r, q) for r, e in enumerate(examples) for q in e.questions]
        self.questions = [q for _, q in pairs]
        self.rows = torch.tensor([r for r, _ in pairs], dtype=torch.long)
        self.places = torch.tensor([q.place for q in self.questions], dtype=torch.long)
        numbers = padded([list(e.window.paragraphs) for e in examples])
        self.apart = numbers[self.rows] - numbers[self.rows, self.places][:, None] if pairs else numbers[:0]
        self.targets = torch.tensor([[*q.source, *q.cue] for q in self.questions], dtype=torch.long).view(-1, 4)
        self.spoken = torch.tensor([q.spoken for q in self.questions], dtype=torch.long)
        self.weights = torch.tensor([MADE if q.is_made else UNSPOKEN if q.spoken == 0 else 1.0 for q in self.questions])


def batches(examples: Sequence[Example], budget: int, rng: Random | None = None) -> Iterator[Batch]:
    """Yield batches of at most `budget` tokens with windows of like length, in random order where `rng` is given."""

    def size(i: int) -> float:
        return len(examples[i].window.tokens) + (rng.random() * 24 if rng else 0)

    groups: list[list[int]] = [[]]
    for i in sorted(range(len(examples)), key=size):
        if groups[-1] and (len(groups[-1]) + 1) * len(examples[i].window.tokens) > budget:
            groups.append([])
        groups[-1].append(i)
    if rng:
        rng.shuffle(groups)
    for group in groups:
        yield Batch([examples[i] for i in group])


def run(model: Reader, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """Return pointers (questions, 4, tokens), spoken (questions, 2) and tags (windows, tokens, 5), as logits."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = model.encode(batch.ids, batch.cases, batch.mask)
    hidden = hidden.float()
    pointers, spoken = model.point(hidden, batch.rows, batch.places, batch.apart)
    pointers = pointers.masked_fill(~batch.allowed[batch.rows][:, None, :], FORBIDDEN)
    return pointers, spoken, model.tag(hidden)


def loss_of(model: Reader, batch: Batch) -> Tensor:
    """Return the weighted sum of the losses of all targets."""
    pointers, spoken, tags = run(model, batch)
    total = TAGS * cross_entropy(tags.view(-1, tags.shape[-1]), batch.tags.view(-1), ignore_index=IGNORE)
    for i, weight in enumerate(POINTERS):
        each = cross_entropy(pointers[:, i], batch.targets[:, i], ignore_index=IGNORE, reduction="none")
        total = total + weight * (each * batch.weights).sum() / batch.weights.sum()
    return total + SPOKEN * cross_entropy(spoken, batch.spoken, ignore_index=IGNORE)
