"""Quotations and articles a second, everything included: ours through `nlp.pipe`, textacy over a parser beside it.

    python benchmarks/speed.py ARTICLES.jsonl [--peer PARSER] [--threads N]

Both read the same articles once to warm up and then ROUNDS times; the best round counts. Ours goes from text to
records; textacy from text to `direct_quotations` of whole articles, those on which it raises counted as read.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import quotes
from quotes import pipeline
from quotes.evaluate import read_gold

ROUNDS = 3


def best(work: Callable[[Sequence[str]], int], texts: Sequence[str]) -> tuple[float, int]:
    """Return (seconds of the best round, what `work` counted)."""
    work(texts[:4])
    seconds, counted = float("inf"), 0
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        counted = work(texts)
        seconds = min(seconds, time.perf_counter() - begun)
    return seconds, counted


def ours(method: str, threads: int) -> Callable[[Sequence[str]], int]:
    """Return a function that reads texts with our pipeline and counts rows."""
    nlp = quotes.load(method, threads=threads)  # type: ignore[arg-type]
    return lambda texts: sum(len(pipeline.records(doc)) for doc in nlp.pipe(texts))


def textacy(parser: Path) -> Callable[[Sequence[str]], int]:
    """Return a function that reads texts with textacy and counts quotations."""
    import spacy
    from textacy.extract import direct_quotations

    nlp = spacy.load(parser)

    def work(texts: Sequence[str]) -> int:
        found = 0
        for doc in nlp.pipe(texts):
            try:
                found += len(list(direct_quotations(doc)))
            except Exception:  # it raises on an odd number of marks
                continue
        return found

    return work


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--peer", type=Path, help="a spaCy pipeline with a parser, for textacy")
    parser.add_argument("--threads", type=int, default=0)
    args = parser.parse_args()
    texts = [article["text"] for article in read_gold(args.articles)]
    ways = {f"quotes, {method}": ours(method, args.threads) for method in ("rules", "reader")}
    if args.peer:
        ways["textacy"] = textacy(args.peer)
    for name, work in ways.items():
        seconds, counted = best(work, texts)
        print(
            f"{name:16} {counted / seconds:8.0f} quotations/s {len(texts) / seconds:8.1f} articles/s "
            f"({counted} quotations in {seconds:.2f} s)",
            flush=True,
        )


if __name__ == "__main__":
    main()
