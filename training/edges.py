"""Learn where quotations end and begin, for those with a mark missing: writes `quotes/lexicon/edge_weights.txt`.

    python -m training.edges TRAIN.jsonl [--judge]

Each quotation with both of its double marks, of TRAIN and of the articles that we wrote, is one example: of the places
between its words and the words beside it the right one. The weights are those of a conditional choice among the
places (McFadden 1974), fitted by AdaGrad (Duchi et al. 2011), seeded; features seen fewer than `MIN_COUNT` times, or
with next to no weight, are left out. `--judge` says how many quotations of articles left out are found, and writes
nothing.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from quotes import edges, paragraphs, unclosed, unopened
from quotes.edges import Edge
from training.material import HOLD_OUT, gather

TARGET = Path(__file__).parent.parent / "quotes" / "lexicon" / "edge_weights.txt"
HEADER = """# Weights of features that say where quotations with a mark missing end or begin; `make edges` writes them.
# e: for an end, s: for a start (features of `quotes/unclosed.py`, `unopened.py`); in: for a word inside.
# columns: feature, weight
"""
MIN_COUNT, MIN_WORD = 60, 40
EPOCHS, RATE, INNER_RATE, DECAY = 10, 0.1, 0.04, 1e-3
ELSEWHERE = ("bias", "size", "stop", "case", "clause", "cue", "limit", "sentence")
"""What tells something else where a quotation does not begin inside a sentence."""
LEAST = 0.15
"""Weights nearer to 0 are left out."""


@dataclass(frozen=True, slots=True)
class Example:
    """A quotation that has lost one mark: its places, and which of them is the right one."""

    places: list[list[str]]
    words: list[str]
    right: int


def plain(article: dict[str, Any]) -> Iterator[tuple[int, int, int]]:
    """Yield start and end of the words of each quotation that one double mark opens and one closes, and its end."""
    text = article["text"]
    for q in sorted(article["quotations"], key=lambda q: int(q["start"])):
        start, end = q["start"], q["end"]
        closer = end + len(text[end : end + 9]) - len(text[end : end + 9].lstrip())
        is_closed = text[closer : closer + 1] in ('"', "”") and text[start - 1 : start] in ('"', "“")
        if q.get("boundary") == "closed" and is_closed:
            yield start, end, closer


def ends(article: dict[str, Any]) -> Iterator[Example]:
    """Yield for each quotation its places, as a reader without the closing mark sees it.

    Those that begin a sentence of their own, which are not weighed when the tool runs, teach what they have in common
    with fragments; what they have not is called `ELSEWHERE`.
    """
    text = article["text"]
    parts = paragraphs.split(text)
    for start, end, closer in plain(article):
        limit = parts[paragraphs.index_of(parts, start)].end
        broken = text[:closer] + text[closer + 1 : limit]
        reopened = min((i for i in (broken.find(m, closer) for m in '“"') if i >= 0), default=len(broken))
        words = edges.words_after(broken, start, reopened)
        right = next((i for i, word in enumerate(words) if word.end() >= end), None)
        if right is not None and len(words) > 1:
            told = unclosed.features(broken, start, reopened, words)
            if not unclosed.stands_inside(broken, start):
                told = [[*place, *(f"elsewhere:{f}" for f in place if f.startswith(ELSEWHERE))] for place in told]
            yield Example(told, [edges.core(word.group()) for word in words], right)


def starts(article: dict[str, Any]) -> Iterator[Example]:
    """Yield for each quotation its places, as a reader without the opening mark sees it."""
    text = article["text"]
    parts = paragraphs.split(text)
    behind: dict[int, int] = {}
    for start, _, closer in plain(article):
        number = paragraphs.index_of(parts, start)
        floor, limit = max(parts[number].start, behind.get(number, 0)), parts[number].end
        behind[number] = closer + 1
        broken = text[: start - 1] + text[start:]  # all that follows moves one back
        words = edges.words_before(broken, floor, closer - 1)
        right = next((i for i in range(len(words) - 1, -1, -1) if words[i].start() < start), None)
        if right is not None and len(words) > 1:
            told = unopened.features(broken, floor, closer - 1, closer, limit - 1, words)
            yield Example(told, [edges.core(word.group()) for word in words], right)


MAKERS: dict[Edge, Callable[[dict[str, Any]], Iterator[Example]]] = {"e": ends, "s": starts}


class Choice:
    """Weights of one edge's features and inner words while they are fitted."""

    def __init__(self, edge: Edge, data: Sequence[Example]) -> None:
        self.edge: Edge = edge
        told = Counter(f for example in data for place in example.places for f in place)
        inner = Counter(w for example in data for w in set(example.words))
        self.features = {f: i for i, f in enumerate((f for f, n in told.items() if n >= MIN_COUNT), start=1)}
        self.inner = {w: i for i, w in enumerate((w for w, n in inner.items() if n >= MIN_WORD), start=1)}
        self.weights = np.zeros(len(self.features) + 1)
        self.inside = np.zeros(len(self.inner) + 1)

    def fit(self, data: Iterable[Example]) -> None:
        """Fit the weights to the right places of `data`."""
        known = [self._numbers(example) for example in data]
        squares, inner_squares = np.full_like(self.weights, 1e-6), np.full_like(self.inside, 1e-6)
        rng = Random(0)
        for _ in range(EPOCHS):
            rng.shuffle(known)
            for distinct, which, sizes, words, right in known:
                scores = self._scores(distinct, which, sizes, words)
                error = np.exp(scores - scores.max())
                error /= error.sum()
                error[right] -= 1
                slope = np.bincount(which, np.repeat(error, sizes), len(distinct)) + DECAY * self.weights[distinct]
                self._step(self.weights, squares, distinct, slope, RATE)
                inner = np.zeros_like(self.inside)
                np.add.at(inner, words, self._summed(error, from_here=True))
                touched = np.unique(words)
                self._step(self.inside, inner_squares, touched, inner[touched], INNER_RATE)

    def right(self, data: Iterable[Example]) -> int:
        """Return of how many of `data` the right place has the best score."""
        found = 0
        for example in data:
            *known, right = self._numbers(example)
            found += int(self._scores(*known).argmax()) == right
        return found

    def named(self) -> Iterator[tuple[str, float]]:
        """Yield the weights that are worth keeping, with their names."""
        kept = [(f"{self.edge}:{f}", self.weights[i]) for f, i in self.features.items()]
        kept += [(f"in:{self.edge}:{w}", self.inside[i]) for w, i in self.inner.items() if w]
        used = ((name, weight) for name, weight in kept if ":elsewhere:" not in name)
        yield from ((name, weight) for name, weight in used if abs(weight) >= LEAST)

    def _numbers(self, example: Example) -> tuple[Any, Any, Any, Any, int]:
        told = [[self.features.get(f, 0) for f in place] for place in example.places]
        distinct, which = np.unique([f for place in told for f in place], return_inverse=True)
        words = np.array([self.inner.get(w, 0) for w in example.words])
        return distinct, which, np.array([len(place) for place in told]), words, example.right

    def _scores(self, distinct: Any, which: Any, sizes: Any, words: Any) -> Any:
        first = np.concatenate(([0], sizes.cumsum()[:-1]))
        return np.add.reduceat(self.weights[distinct][which], first) + self._summed(self.inside[words])

    def _summed(self, values: Any, *, from_here: bool = False) -> Any:
        """Return the sums of what is inside at each place; or, `from_here`, of the places that hold a word inside."""
        backwards = (self.edge == "s") is not from_here
        return values[::-1].cumsum()[::-1] if backwards else values.cumsum()

    @staticmethod
    def _step(weights: Any, squares: Any, at: Any, slope: Any, rate: float) -> None:
        squares[at] += slope * slope
        weights[at] -= rate * slope / np.sqrt(squares[at])
        weights[0] = 0.0  # stands for all that is unknown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("--judge", action="store_true", help="leave every tenth article out, and judge on these")
    args = parser.parse_args()
    known = gather(args.train, HOLD_OUT)
    learned = known.learned() if args.judge else known.articles
    named: dict[str, float] = {}
    for edge, make in MAKERS.items():
        data = [example for article in learned for example in make(article)]
        choice = Choice(edge, data)
        choice.fit(data)
        named |= dict(choice.named())
        print(f"{edge}: {len(data)} quotations, {len(named)} weights")
        for is_ours in (False, True) if args.judge else ():
            articles = [a for a in known.left_out() if (a["doc_id"] in known.ours) is is_ours]
            held = [example for article in articles for example in make(article)]
            held = [example for example in held if not any("elsewhere:bias" in place for place in example.places)]
            name = "ours" if is_ours else "TRAIN"
            print(f"{edge}: {name}: {choice.right(held) / len(held):.4f} of {len(held)}", flush=True)
    if not args.judge:
        lines = [f"{name}\t{weight:.2f}" for name, weight in sorted(named.items())]
        TARGET.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
