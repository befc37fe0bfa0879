"""Time and memory of the segmenter, ledger included: news text at two sizes, and texts made to be hard.

    python benchmarks/segmenter_speed.py NEWS.jsonl [MORE.jsonl ...] [--quick]

Each text is segmented in a process of its own, on one core; time is the best of three runs, memory is how much the
process's peak grew over the text (one byte a character), both for the call of `segment` alone.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import time
from collections.abc import Callable
from pathlib import Path

from quotes.segmenter import segment

MB = 1_000_000


def hard_texts(size: int) -> dict[str, Callable[[], str]]:
    """Return texts of `size` characters or marks that are hard for a segmenter, by name."""
    return {
        f"{size:,} straight marks in a row": lambda: '"' * size,
        f"{size:,} curly openers in a row": lambda: "“" * size,
        f"{size:,} curly closers in a row": lambda: "”" * size,
        f"{size:,} marks in turn": lambda: "“”‘’«»\"'" * (size // 8),
        "a thousand nested openings, over and over": lambda: ("“a " * 1000 + "b” " * 1000) * (size // 6000),
        f"{10 * size:,} apostrophes": lambda: "'" * (10 * size),
        "apostrophes in words": lambda: "don't " * (size // 6 * 10),
        "openers that never close": lambda: "“word said " * (size // 10),
        "closers that never open": lambda: "word said” " * (size // 10),
        "no line break": lambda: "Mr. Roe said he was “not going,” and left. " * (size // 10),
        "one letter, no mark": lambda: "a" * (10 * size),
    }


def measure(text: str, runs: int) -> tuple[float, int, int]:
    """Return the best time in seconds, the growth of peak memory in bytes, and the number of marks in the ledger."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    found = segment(text)
    best = time.perf_counter() - start
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    marks = len(found.ledger)
    del found
    for _ in range(runs - 1):
        start = time.perf_counter()
        segment(text)
        best = min(best, time.perf_counter() - start)
    return best, grown * 1024, marks


def report(name: str, text: str, runs: int) -> tuple[float, int]:
    """Measure in a fresh process, print a line, and return the time and the number of marks."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        seconds, grown, marks = pool.apply(measure, (text, runs))
    each = f"{seconds / marks * 1e6:6.1f} us a mark" if marks else ""
    print(
        f"{name:44} {len(text) / MB:6.1f} MB  {seconds:7.2f} s  {len(text) / MB / seconds:6.1f} MB/s  "
        f"memory {grown / len(text):5.1f} x text  {marks:>9,} marks {each}",
        flush=True,
    )
    return seconds, marks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("news", type=Path, nargs="+")
    parser.add_argument("--quick", action="store_true", help="a tenth of the sizes")
    args = parser.parse_args()
    scale = 10 if args.quick else 1
    articles = [json.loads(line)["text"] for path in args.news for line in path.open(encoding="utf-8")]
    news = "\n\n".join(articles)
    news = news * (32 * MB // scale // len(news) + 1)
    small, large = news[: 4 * MB // scale], news[: 32 * MB // scale]
    short, marks = report("news", small, 3)
    long, _ = report("news, eight times as much", large, 3)
    print(f"time for 8 times the text: {long / short:.2f} times (8 x 1.15 = 9.20 at most)")
    for name, make in hard_texts(MB // scale).items():
        seconds, count = report(name, make(), 1)
        if count > 1000:
            print(f"    a mark takes {seconds / count / (short / marks):.2f} times as long as in news")


if __name__ == "__main__":
    main()
