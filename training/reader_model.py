"""The reader's network: an encoder that reads a window once, and heads that point from each placeholder.

For each placeholder four distributions over the window's tokens: where its source starts and ends, where its cue
starts and ends; its own place stands for “none”, another placeholder for “the same speaker as that one”. For any place
one distribution more: where the window names whom it stands for, its own place for nobody (`quotes/referents.py`).
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import gelu

from quotes.blocks import CASES

WIDTH, HEADS, INNER, LONGEST = 384, 12, 1536, 512
POINTERS = 4
"""Source start, source end, cue start, cue end."""
SIZE = 128
DISTANCES, PARAGRAPHS = 33, 6
TAGS = 5


def distance_bucket(delta: Tensor) -> Tensor:
    """Return a bucket (0..32) of signed token distances: exact up to 4, then two for each doubling."""
    size = delta.abs()
    far = (4 + 2 * torch.log2(size.clamp(min=4).float() / 4)).floor().long().clamp(max=16)
    return torch.where(size <= 4, size, far) * delta.sign() + 16


def paragraph_bucket(delta: Tensor) -> Tensor:
    """Return a bucket (0..5) of paragraph distances: three or more before, ..., two or more after."""
    return delta.clamp(-3, 2) + 3


class PooledDropout(nn.Module):
    """Dropout whose masks are cut from a pool: drawing fresh ones costs more than a layer on a processor."""

    POOL = 8_000_009

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p
        self._pools: dict[torch.dtype, Tensor] = {}

    def forward(self, x: Tensor) -> Tensor:
        """Return `x` with a share `p` of its values zeroed while training."""
        if not self.training or self.p <= 0:
            return x
        if x.dtype not in self._pools:
            self._pools[x.dtype] = ((torch.rand(self.POOL) >= self.p).float() / (1 - self.p)).to(x.dtype)
        n = x.numel()
        start = int(torch.randint(0, self.POOL - n, ()))
        return x * self._pools[x.dtype][start : start + n].view(x.shape)


class Layer(nn.Module):
    """A layer of BERT (Devlin et al. 2019), with queries, keys and values in one product."""

    def __init__(self, dropout: nn.Module) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the next vectors; `mask` (windows, 1, 1, tokens) is added to the attention logits."""
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        weights = (q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + mask.to(q.dtype)).softmax(-1)
        mixed = (weights.to(v.dtype) @ v).transpose(1, 2).reshape(b, t, WIDTH)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(gelu(self.up(x)))))


class Embedding(nn.Module):
    """Word pieces as bytes with one scale a row; kept as they are while the rest is trained."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("table", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """Return the vectors of `ids`."""
        return self.table[ids].float() * self.scale[ids]


class Encoder(nn.Module):
    """BERT's encoder, with letter case beside the word pieces."""

    def __init__(self, base: Path, layers: int, dropout: float) -> None:
        super().__init__()
        weights = load_file(base / "model.safetensors")
        self.words = Embedding(weights["embeddings.word_embeddings.weight"])
        kinds = weights["embeddings.token_type_embeddings.weight"][0]
        self.positions = nn.Parameter(weights["embeddings.position_embeddings.weight"] + kinds)
        self.cases = nn.Embedding(CASES, WIDTH)
        nn.init.zeros_(self.cases.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = PooledDropout(dropout)
        self.layers = nn.ModuleList(Layer(self.dropout) for _ in range(layers))
        self._load(weights, layers)

    def _load(self, weights: dict[str, Tensor], layers: int) -> None:
        def put(module: nn.Module, *names: str) -> None:
            for part in ("weight", "bias"):
                getattr(module, part).data = torch.cat([weights[f"{name}.{part}"] for name in names])

        put(self.norm, "embeddings.LayerNorm")
        for i in range(layers):
            name, layer = f"encoder.layer.{i}", self.layers[i]
            put(layer.qkv, *(f"{name}.attention.self.{part}" for part in ("query", "key", "value")))
            put(layer.out, f"{name}.attention.output.dense")
            put(layer.norm1, f"{name}.attention.output.LayerNorm")
            put(layer.up, f"{name}.intermediate.dense")
            put(layer.down, f"{name}.output.dense")
            put(layer.norm2, f"{name}.output.LayerNorm")

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors (windows, tokens, width) of tokens; `mask` is 0 where a window is filled up."""
        x = self.words(ids) + self.cases(cases) + self.positions[: ids.shape[1]]
        x = self.dropout(self.norm(x))
        hidden = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, hidden)
        return x


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, base: Path, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(base, layers, dropout)
        self.ask = nn.Linear(WIDTH, POINTERS * SIZE)
        self.answer = nn.Linear(WIDTH, POINTERS * SIZE)
        self.by_distance = nn.Embedding(DISTANCES, POINTERS)
        self.by_paragraph = nn.Embedding(PARAGRAPHS, POINTERS)
        nn.init.zeros_(self.by_distance.weight)
        nn.init.zeros_(self.by_paragraph.weight)
        self.who = nn.Linear(WIDTH, SIZE)
        self.named = nn.Linear(WIDTH, SIZE)
        self.who_by_distance = nn.Embedding(DISTANCES, 1)
        self.who_by_paragraph = nn.Embedding(PARAGRAPHS, 1)
        nn.init.zeros_(self.who_by_distance.weight)
        nn.init.zeros_(self.who_by_paragraph.weight)
        self.spoken = nn.Linear(WIDTH, 2)
        self.tag = nn.Linear(WIDTH, TAGS)

    def encode(self, ids: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors (windows, tokens, width)."""
        found: Tensor = self.encoder(ids, cases, mask)
        return found

    def point(self, hidden: Tensor, rows: Tensor, places: Tensor, apart: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits (questions, 4, tokens) and (questions, 2) of the placeholders at (rows, places).

        `apart` (questions, tokens) is how many paragraphs after the placeholder's a token stands.
        """
        asked = hidden[rows, places]
        q = self.ask(asked).view(-1, POINTERS, 1, SIZE)
        k = self.answer(hidden).view(hidden.shape[0], hidden.shape[1], POINTERS, SIZE).transpose(1, 2)[rows]
        logits = (q @ k.transpose(-1, -2)).squeeze(2) / math.sqrt(SIZE)
        delta = torch.arange(hidden.shape[1])[None, :] - places[:, None]
        logits = logits + self.by_distance(distance_bucket(delta)).transpose(1, 2)
        return logits + self.by_paragraph(paragraph_bucket(apart)).transpose(1, 2), self.spoken(asked)

    def refer(self, hidden: Tensor, rows: Tensor, places: Tensor, apart: Tensor) -> Tensor:
        """Return logits (questions, tokens) of where a window names whom the token at (rows, places) stands for.

        `apart` is as in `point`.
        """
        q = self.who(hidden[rows, places])[:, None, :]
        k = self.named(hidden)[rows]
        logits = (q @ k.transpose(-1, -2)).squeeze(1) / math.sqrt(SIZE)
        delta = torch.arange(hidden.shape[1])[None, :] - places[:, None]
        logits = logits + self.who_by_distance(distance_bucket(delta)).squeeze(-1)
        return logits + self.who_by_paragraph(paragraph_bucket(apart)).squeeze(-1)

    def forward(
        self, ids: Tensor, cases: Tensor, mask: Tensor, rows: Tensor, places: Tensor, apart: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return what `point` and `refer` make of what `encode` reads."""
        hidden = self.encode(ids, cases, mask)
        return (*self.point(hidden, rows, places, apart), self.refer(hidden, rows, places, apart))
