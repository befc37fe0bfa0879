"""How often the reader is right on articles left out: what a training run prints after each epoch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from quotes.reader import Answer, decode
from quotes.records import Span
from training.reader_batches import Batch, ReferentBatch, grouped, run, shares_of
from training.reader_data import Example
from training.reader_model import Reader
from training.referent_data import ReferentExample
from training.spans import hull

BUDGET = 6000
Articles = list[dict[str, Any]]


def answers(model: Reader, examples: Sequence[Example]) -> dict[tuple[int, int], tuple[Answer, int | None]]:
    """Return the answer for each (article, quotation) of the examples, and the index of the gold quotation."""
    model.eval()
    found: dict[tuple[int, int], tuple[Answer, int | None]] = {}
    with torch.no_grad():
        for group in grouped([e for e in examples if e.questions], BUDGET):
            batch = Batch(group)
            pointers, spoken, _ = run(model, batch)
            for n, question in enumerate(batch.questions):
                example = batch.examples[int(batch.rows[n])]
                answer = decode(example.window.tokens, question.place, pointers[n].numpy(), spoken[n].numpy())
                found[example.doc, question.quotation] = (answer, question.gold)
    model.train()
    return found


def mentions(model: Reader, articles: Articles, examples: Sequence[Example]) -> dict[str, Any]:
    """Return the shares of right mentions and exact sources, also of the most confident, and of rightly none."""
    rows: list[tuple[float, bool, bool]] = []
    nones: list[bool] = []
    for (doc, _), (answer, gold) in answers(model, examples).items():
        quotation = articles[doc]["quotations"][gold] if gold is not None else {}
        source = hull(quotation.get("source") or [])
        if source is not None:
            text, mention = articles[doc]["text"], answer.mention
            right = mention is not None and mention.overlaps(source)
            exact = mention is not None and trim(text, mention) == trim(text, source)
            rows.append((answer.score, right, exact))
        elif quotation.get("type") not in ("speech", None):
            nones.append(answer.mention is None)
    rows.sort(key=lambda row: -row[0])

    def share(most: float, column: int) -> float:
        kept = rows[: int(most * len(rows))]
        return round(sum(row[column] for row in kept) / max(1, len(kept)), 4)

    return {
        "asked": len(rows),
        "right": share(1, 1),
        "exact": share(1, 2),
        "right_90": share(0.9, 1),
        "right_50": share(0.5, 1),
        "none": f"{sum(nones)}/{len(nones)}",
    }


def referents(model: Reader, examples: Sequence[ReferentExample]) -> dict[str, Any]:
    """Return how often the likeliest of the window's names is right, for mentions that one of them is right for.

    `mentions` are pronouns and descriptions, `quotations` those that somebody named in the window says.
    """
    model.eval()
    counts = {"mentions": [0, 0], "quotations": [0, 0]}
    with torch.no_grad():
        for group in grouped(examples, BUDGET):
            batch = ReferentBatch(group)
            odds = shares_of(model, batch).exp()
            asked = [q for e in group for q in e.referents]
            for n, question in enumerate(asked):
                if question.right == [question.place]:
                    continue
                window = group[int(batch.rows[n])].window
                kind = "quotations" if any(p == question.place for p, _ in window.tokens.places) else "mentions"
                by_token: dict[int, float] = {}
                for i in range(len(window.tokens)):
                    if i != question.place:
                        number = window.tokens.ids[i]
                        by_token[number] = by_token.get(number, 0.0) + float(odds[n, i])
                best = max(by_token, key=lambda number: by_token[number])
                counts[kind][0] += best in {window.tokens.ids[i] for i in question.right}
                counts[kind][1] += 1
    model.train()
    return {kind: f"{right}/{count}" for kind, (right, count) in counts.items()}


def trim(text: str, span: Span) -> str:
    """Return the words of a source without outer punctuation and the ending of a possessive."""
    return span.of(text).strip(" ,.;:").removesuffix("’s").removesuffix("'s")
