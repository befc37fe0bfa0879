"""Let the base encoder guess masked words of news: `python -m training.pretrain TRAIN.jsonl OUT`.

The base was tuned to tell whole sentences apart, and lost some of its sense of words on the way; going on with the task
that it first learned (Devlin et al. 2019), on the texts at hand (Gururangan et al. 2020), gives it back. Writes OUT, a
folder that `train_reader --base` begins with. Articles that are left out there are left out here.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, gelu
from transformers import AutoModel

from training.material import HOLD_OUT, gather
from training.train_reader import BASE, rate_at, tokenizer

LENGTH, BATCH = 256, 24
"""Word pieces of a stretch of text, and stretches of a batch."""
SHORTEST = 40
"""Word pieces that a stretch has at least."""
MASKED = 0.2
"""Share of the word pieces that are to be guessed; of these 8 in 10 are masked, 1 is another one, 1 stays."""
RATE = 2e-4
FIRST, LAST, MASK = 101, 102, 103
"""Numbers of the tokens at the ends of a stretch and of the masked one."""
WORDS = 1000
"""Number of the first word piece that is one of a text."""


class Guess(nn.Module):
    """Guesses the word piece behind a vector, with the encoder's own word vectors."""

    def __init__(self, words: nn.Embedding) -> None:
        super().__init__()
        count, width = words.weight.shape
        self.turn, self.norm = nn.Linear(width, width), nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(count))
        nn.init.eye_(self.turn.weight)
        nn.init.zeros_(self.turn.bias)

    def forward(self, hidden: Tensor, words: Tensor) -> Tensor:
        """Return logits (places, word pieces) of `hidden` (places, width)."""
        return self.norm(gelu(self.turn(hidden))) @ words.T + self.bias


def stretches(texts: Sequence[Sequence[int]], rng: Random | None = None) -> list[list[int]]:
    """Return the texts, as numbers of word pieces, cut into stretches; with `rng`, at other places each time."""
    found: list[list[int]] = []
    for text in texts:
        start = rng.randrange(LENGTH // 2) if rng else 0
        cuts = [0, *range(start, len(text), LENGTH - 2), len(text)]
        found += [[FIRST, *text[a:b], LAST] for a, b in itertools.pairwise(cuts) if b - a >= SHORTEST]
    return found


def masked(group: Sequence[Sequence[int]], size: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return the word pieces as read, whether each is one, as they are, and which are to be guessed.

    `size` is the number of different word pieces.
    """
    longest = max(map(len, group))
    whole = torch.tensor([[*one, *[0] * (longest - len(one))] for one in group])
    there = whole != 0
    asked = (torch.rand(whole.shape) < MASKED) & there & (whole != FIRST) & (whole != LAST)
    draw = torch.rand(whole.shape)
    read = whole.masked_fill(asked & (draw < 0.8), MASK)
    other = torch.randint(WORDS, size, whole.shape)
    return torch.where(asked & (draw >= 0.9), other, read), there, whole, asked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--hold-out", type=int, default=HOLD_OUT, help="leave every Nth article out")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    rng = Random(args.seed)
    pieces = tokenizer()
    known = gather(args.train, args.hold_out, own=False)
    learned, held = (
        [pieces.encode(a["text"], add_special_tokens=False).ids for a in articles]
        for articles in (known.learned(), known.left_out())
    )
    # Fresh dropout masks cost more than a layer on a processor; the masked words are noise enough.
    model = AutoModel.from_pretrained(BASE, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    words = model.embeddings.word_embeddings
    guess = Guess(words)
    weights = [*model.parameters(), *guess.parameters()]
    optimizer = torch.optim.AdamW(weights, lr=RATE, weight_decay=0.01, fused=True)

    def loss_of(group: Sequence[Sequence[int]]) -> Tensor:
        read, there, whole, asked = masked(group, words.num_embeddings)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = model(input_ids=read, attention_mask=there.long()).last_hidden_state
            logits = guess(hidden[asked], words.weight)
        return cross_entropy(logits.float(), whole[asked])

    def grouped(found: list[list[int]]) -> list[list[list[int]]]:
        return [found[i : i + BATCH] for i in range(0, len(found), BATCH)]

    total = args.epochs * (len(grouped(stretches(learned, Random(0)))) + 1)
    step = 0
    for epoch in range(args.epochs):
        begun, losses = time.time(), []
        found = stretches(learned, rng)
        found.sort(key=lambda one: len(one) // 64 + rng.random() * 0.9)
        groups = grouped(found)
        rng.shuffle(groups)
        for group in groups:
            for part in optimizer.param_groups:
                part["lr"] = RATE * rate_at(step, total)
            loss = loss_of(group)
            loss.backward()
            nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            losses.append(loss.item())
            step += 1
        with torch.no_grad():
            left_out = [loss_of(group).item() for group in grouped(stretches(held))]
        print(
            f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.3f},",
            f"on articles left out {sum(left_out) / len(left_out):.3f}, {time.time() - begun:.0f} s",
            flush=True,
        )
        model.save_pretrained(args.out)


if __name__ == "__main__":
    main()
