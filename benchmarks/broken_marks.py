"""How well quotations are delimited when the marks are broken: ours beside two peers' pairing rules.

    python benchmarks/broken_marks.py POLNEAR_DEV.jsonl [ABC_RAW.jsonl] [--json FILE] [--show KIND]

Articles: those of the first file whose marks all pair, those of the second whose straight marks pair without doubt,
and the project's fixtures whose quotations are all closed. Each kind of damage is done to every article; the figure is
the F1 of spans with exactly the right words, outer punctuation aside. Peers: textacy's rule (spaCy's quote tokens,
two by two, none where their number is odd) and a naive regular expression.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from damage import PLACES, WHOLE, Marked, Quote, damage_places, damage_whole

from quotes.evaluate import trim
from quotes.segmenter import segment

FIXTURES = Path(__file__).parent.parent / "fixtures" / "gold.jsonl"
RAW_ARTICLES = 150
"""Articles taken of the unannotated file."""
SINGLES = "'‘’‚‛`"
DOUBLES = '"“”'
NAIVE = re.compile(r'"([^"]+)"|“([^”]+)”|‘([^’]+)’|«([^»]+)»')

Spans = list[tuple[int, int]]


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the articles of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def annotated(article: dict[str, Any]) -> Marked | None:
    """Return a gold article whose quotations are all closed by double marks; None for any other."""
    text, quotes = article["text"], []
    for q in article["quotations"]:
        start, end = q["start"], q["end"]
        opener, closer = text[:start].rstrip()[-1:], text[end:].lstrip()[:1]
        if q.get("skip") or q.get("boundary") != "closed" or opener not in ('"', "“") or closer not in ('"', "”"):
            return None
        at, to = text.rindex(opener, 0, start), text.index(closer, end)
        quotes.append(Quote(start, end, (at, at + 1), (to, to + 1)))
    if not quotes or sum(text.count(mark) for mark in DOUBLES) != 2 * len(quotes):
        return None
    return Marked(article["doc_id"], text, tuple(quotes))


def undoubted(article: dict[str, Any]) -> Marked | None:
    """Return an article without annotation whose straight marks pair by their spaces in every line; else None."""
    text, quotes = article["text"], []
    if any(mark in text for mark in "“”") or not text.count('"'):
        return None
    for line in re.finditer(r"[^\n]+", text):
        places = [m.start() for m in re.finditer('"', line.group())]
        if len(places) % 2:
            return None
        for a, b in zip(places[::2], places[1::2], strict=True):
            words = line.group()[a + 1 : b]
            before, after = line.group()[:a][-1:], line.group()[b + 1 :][:1]
            if not words.strip() or words != words.strip() or before.isalnum() or after.isalnum():
                return None
            at = line.start() + a
            quotes.append(Quote(at + 1, line.start() + b, (at, at + 1), (line.start() + b, line.start() + b + 1)))
    return Marked(article["doc_id"], text, tuple(quotes))


def ours(text: str) -> Spans:
    """Return the top-level spans of our segmenter."""
    return [(s.words.start, s.words.end) for s in segment(text).spans if s.outer is None]


def naive(text: str) -> Spans:
    """Return what a regular expression of pairs finds."""
    return [m.span(m.lastindex or 0) for m in NAIVE.finditer(text)]


@cache
def _tokenizer() -> Callable[[str], Any]:
    import spacy

    return spacy.blank("en")


def textacy_rule(text: str) -> Spans:
    """Return the pairs that textacy 0.13 makes of spaCy's quote tokens, before it looks for speakers."""
    marks = [t for t in _tokenizer()(text) if t.is_quote]
    if len(marks) % 2:
        return []
    return [(a.idx + len(a), b.idx) for a, b in zip(marks[::2], marks[1::2], strict=True)]


SEGMENTERS: dict[str, Callable[[str], Spans]] = {"ours": ours, "textacy": textacy_rule, "naive": naive}


def count(article: Marked, found: Spans) -> tuple[int, int, int]:
    """Return right, missing and surplus spans. A surplus one that a single mark opens is not counted."""
    text = article.text
    gold = {trim(text, q.start, q.end) for q in article.quotes}
    made = {trim(text, *span): span for span in found}
    right = len(gold & set(made))
    surplus = [s for key, s in made.items() if key not in gold and text[: s[0]].rstrip()[-1:] not in SINGLES]
    return right, len(gold) - right, len(surplus)


def f1(articles: list[Marked], segmenter: Callable[[str], Spans]) -> float:
    """Return the F1 over all spans of the articles."""
    right = missing = surplus = 0
    for article in articles:
        r, m, s = count(article, segmenter(article.text))
        right, missing, surplus = right + r, missing + m, surplus + s
    return 2 * right / (2 * right + missing + surplus)


def damaged(articles: list[Marked]) -> Iterator[tuple[str, list[Marked]]]:
    """Yield each kind of damage with the articles after it."""
    yield "none", articles
    for kind in PLACES:
        yield f"{kind}, 3 places", [damage_places(a, [kind], 3, kind) for a in articles]
    for kind in WHOLE:
        yield kind, [damage_whole(a, kind) for a in articles]
    yield "mixed, 5 places", [damage_places(a, list(PLACES), 5, "mixed") for a in articles]


def show(kind: str, articles: list[Marked], most: int = 40) -> None:
    """Print spans that ours gets wrong."""
    for article in articles:
        text = article.text
        gold = {trim(text, q.start, q.end) for q in article.quotes}
        found = {trim(text, *span): span for span in ours(text)}
        made = {k for k, s in found.items() if k in gold or text[: s[0]].rstrip()[-1:] not in SINGLES}
        for what, spans in (("missing", gold - made), ("surplus", made - gold)):
            for start, end in sorted(spans):
                if most > 0:
                    most -= 1
                    around = (
                        text[max(0, start - 30) : start],
                        text[start : start + 30],
                        text[end - 25 : end],
                        text[end : end + 30],
                    )
                    print(kind, what, *(repr(part) for part in around), sep=" | ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dev", type=Path)
    parser.add_argument("raw", type=Path, nargs="?")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--show", metavar="KIND", help="print errors of one kind instead")
    args = parser.parse_args()
    articles = [m for a in [*read(args.dev), *read(FIXTURES)] if (m := annotated(a)) is not None]
    if args.raw:
        articles += [m for a in read(args.raw) if (m := undoubted(a)) is not None][:RAW_ARTICLES]
    print(f"{len(articles)} articles, {sum(len(a.quotes) for a in articles)} quotations")
    figures: dict[str, dict[str, float]] = {}
    for kind, broken in damaged(articles):
        if args.show:
            if kind.startswith(args.show):
                show(kind, broken)
            continue
        figures[kind] = {name: round(f1(broken, segmenter), 4) for name, segmenter in SEGMENTERS.items()}
        print(f"{kind:42}", *(f"{name} {value:.4f}  " for name, value in figures[kind].items()), flush=True)
    if args.json:
        args.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
