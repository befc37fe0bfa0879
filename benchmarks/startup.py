"""Whole-process time of `quotes --help` and of extracting one article, beside the imports that they cannot do without.

    python benchmarks/startup.py [--runs N] [--article FILE]

Prints the median of N runs of each command, taken in turn, and the ratio of the medians.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

ARTICLE = Path(__file__).parent.parent / "fixtures" / "articles" / "court_verdict.txt"


def seconds(command: list[str]) -> float:
    """Return how long `command` takes. Raises CalledProcessError where it fails."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare(ours: list[str], theirs: list[str], runs: int) -> tuple[float, float]:
    """Return the medians of `runs` runs of two commands, taken in turn after one run of each that does not count."""
    seconds(ours), seconds(theirs)
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--article", type=Path, default=ARTICLE)
    args = parser.parse_args()
    python = sys.executable
    cases = {
        "quotes --help": ([python, "-m", "quotes", "--help"], "import typer, rich"),
        "quotes extract": ([python, "-m", "quotes", "extract", str(args.article)], "import spacy, pandas"),
    }
    for name, (command, imports) in cases.items():
        ours, theirs = compare(command, [python, "-c", imports], args.runs)
        print(f"{name:16} {ours:6.3f} s   {imports:22} {theirs:6.3f} s   ratio {ours / theirs:5.2f}")


if __name__ == "__main__":
    main()
