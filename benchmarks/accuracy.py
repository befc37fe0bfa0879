"""Who said what, measured: our rules, our reader, both, and textacy, on the same articles, whole and by slice.

    python benchmarks/accuracy.py CORPORA [--peer PARSER] [--json FILE]

CORPORA is the folder with polnear-dev.jsonl, wire-dev.jsonl and abc-dev.jsonl; PARSER the path of a spaCy pipeline
with a parser, for textacy's `direct_quotations`, which is asked whole articles and paragraph by paragraph. Its
speakers are the words that it gives, completed to the fullest name of the article that holds them.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from textacy_rows import textacy_rows

from quotes import paragraphs, table
from quotes.attributor import attribute, ruled
from quotes.cast import Cast
from quotes.confidence import rate
from quotes.decide import questions
from quotes.evaluate import read_gold, score, trim
from quotes.names_match import same_speaker
from quotes.narrative import fold
from quotes.reader import shared
from quotes.records import Document, Record, Span
from quotes.segmenter import segment
from quotes.speakers import confirmed, resolve, unclear

SETS = ("polnear-dev", "wire-dev", "abc-dev")
WAYS = ("rules", "reader", "both")
SHOWN = ("found", "recall", "precision", "canonical", "title", "at_90", "named_non_speech")
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
SINGLES = ("'", "‘", "‚", "‹", "`")
NEAR, MIDDLE = 3, 12
"""Words between quotation and cue up to which it is near, and in the middle."""
Article = dict[str, Any]
Rows = list[Record]


def our_rows(article: Article, way: str) -> Rows:
    """Return our rows of an article by one of WAYS."""
    text = article["text"]
    parts = paragraphs.split(text)
    found = segment(text, parts)
    narrative = fold(text, parts, found.spans)
    hits = ruled(narrative, found.spans) if way != "reader" else {}
    asked = questions(found.spans, hits)
    answers = None if way == "rules" else shared().read([(text, parts, found.spans, asked)])[0]
    attributions = attribute(narrative, found.spans, answers, hits)
    cast = Cast(narrative, attributions)
    mentions = unclear(cast, found.spans, attributions) if way != "rules" else ()
    read = shared().refer(text, parts, found.spans, cast.people(), mentions).results() if mentions else {}
    attributions = confirmed(cast, found.spans, attributions, read)
    resolutions = rate(text, found.spans, attributions, resolve(cast, attributions, read))
    return table.build_rows(Document(text, article["doc_id"]), found, attributions, resolutions, parts)


def slices(article: Article, quotation: dict[str, Any]) -> Iterator[str]:
    """Yield the slices that a gold quotation belongs to."""
    text, start, end = article["text"], quotation["start"], quotation["end"]
    words = text[start:end]
    full = words[:1].isupper() and len(words.split()) > 3
    yield "full sentence" if full else "fragment"
    mention = quotation.get("mention") or ""
    if mention.lower() in ("he", "she", "they", "it", "i", "we"):
        yield "pronoun source"
    elif mention:
        yield "named or described source"
    if quotation.get("boundary") != "closed":
        yield "broken marks"
    if text[end : end + 6].lstrip("”\"' ,")[:1] in ("—", "–") or text[end : end + 6].lstrip("”\"' ,")[:2] == "--":
        yield "dash after it"
    sources = quotation.get("source")
    if sources:
        first, last = sources[0][0], sources[-1][1]
        between = text[last:start] if last <= start else text[end:first]
        if "\n\n" in between or (paragraphs_apart(text, first, start)):
            yield "source in another paragraph"
        apart = len(between.split())
        yield "source near" if apart <= NEAR else "source in the middle" if apart <= MIDDLE else "source far"


def paragraphs_apart(text: str, a: int, b: int) -> bool:
    """Whether two offsets lie in different paragraphs."""
    parts = paragraphs.split(text)
    return paragraphs.index_of(parts, a) != paragraphs.index_of(parts, b)


def by_slice(articles: list[Article], rows: dict[str, Rows]) -> dict[str, tuple[int, int, int]]:
    """Return for each slice (gold quotations, rows that name somebody for one, right ones)."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for article in articles:
        text = article["text"]
        found = {trim(text, row["start"], row["end"]): row for row in rows[article["doc_id"]]}
        for quotation in article["quotations"]:
            if quotation.get("skip") or not quotation.get("speaker") or quotation["type"] != "speech":
                continue
            row = found.get(trim(text, quotation["start"], quotation["end"]))
            names = [quotation["speaker"], *quotation.get("speaker_alt", [])]
            named = row is not None and row["speaker"] is not None
            right = named and any(same_speaker(name, row["speaker"]) for name in names)
            for name in slices(article, quotation):
                for k, value in enumerate((1, named, right)):
                    counts[name][k] += value
    return {name: (n, named, right) for name, (n, named, right) in sorted(counts.items())}


def mention_figures(articles: list[Article]) -> dict[str, float]:
    """Return how often the reader's own source overlaps the annotated one, and is it exactly."""
    asked = right = exact = 0
    for article in articles:
        text = article["text"]
        parts = paragraphs.split(text)
        spans = segment(text, parts).spans
        answers = shared().read([(text, parts, spans, None)])[0]
        by_start = {spans[i].words.start: answer for i, answer in answers.items()}
        for quotation in article["quotations"]:
            if not quotation.get("source") or quotation.get("skip"):
                continue
            asked += 1
            source = Span(quotation["source"][0][0], quotation["source"][-1][1])
            answer = by_start.get(quotation["start"])
            mention = answer.mention if answer else None
            if mention is not None:
                right += mention.overlaps(source)
                exact += bare(mention.of(text)) == bare(source.of(text))
    return {"asked": asked, "right": right / max(1, asked), "exact": exact / max(1, asked)}


def bare(words: str) -> str:
    """Return a source's words without outer punctuation and the ending of a possessive."""
    return words.strip(" ,.;:").removesuffix("’s").removesuffix("'s")


def reliability(articles: list[Article], rows: dict[str, Rows]) -> tuple[list[tuple[float, float, int, float]], float]:
    """Return (mean confidence, share right, rows) for each bin, and the expected calibration error."""
    cases: list[tuple[float, bool]] = []
    for article in articles:
        text = article["text"]
        gold = {trim(text, q["start"], q["end"]): q for q in article["quotations"]}
        for row in rows[article["doc_id"]]:
            quotation = gold.get(trim(text, row["start"], row["end"]))
            if row["speaker"] is None or (quotation is not None and quotation.get("skip")):
                continue
            if quotation is None and row["open_mark"][:1] in SINGLES:
                continue  # gold lists double marks only
            names = [quotation["speaker"], *quotation.get("speaker_alt", [])] if quotation else []
            speech = quotation is not None and quotation["type"] == "speech"
            cases.append((row["confidence"], speech and any(same_speaker(n, row["speaker"]) for n in names if n)))
    binned, error = [], 0.0
    for low, high in pairwise(BINS):
        inside = [case for case in cases if low <= case[0] < high]
        if inside:
            sure = math.fsum(c for c, _ in inside) / len(inside)
            right = sum(r for _, r in inside) / len(inside)
            binned.append((sure, right, len(inside), len(inside) / len(cases)))
            error += abs(sure - right) * len(inside) / len(cases)
    return binned, error


def line(cells: list[str], width: int = 11) -> str:
    """Return cells as a line of a table."""
    return f"{cells[0]:34}" + "".join(f"{cell:>{width}}" for cell in cells[1:])


def report(name: str, articles: list[Article], ways: dict[str, Callable[[Article], Rows]]) -> dict[str, Any]:
    """Print and return the figures of one set."""
    print(f"\n{name}: {len(articles)} articles")
    print(line(["", *SHOWN]))
    figures: dict[str, Any] = {}
    results: dict[str, dict[str, Rows]] = {}
    for way, make in ways.items():
        results[way] = {article["doc_id"]: make(article) for article in articles}
        figures[way], _ = score(articles, [row for rows in results[way].values() for row in rows])
        print(line([way, *(f"{figures[way][key]:.4f}" for key in SHOWN)]))
    print("\nrecall by slice")
    sliced = {way: by_slice(articles, rows) for way, rows in results.items()}
    print(line(["", "gold", *sliced]))
    for part in sliced["both"]:
        print(
            line(
                [
                    part,
                    str(sliced["both"][part][0]),
                    *(f"{s[part][2] / max(1, s[part][0]):.3f}" for s in sliced.values()),
                ]
            )
        )
    if any(q.get("source") for a in articles for q in a["quotations"]):
        mentions = mention_figures(articles)
        print(
            f"\nreader's source: {mentions['right']:.4f} overlap, {mentions['exact']:.4f} exact, of {mentions['asked']}"
        )
        figures["mentions"] = mentions
    binned, error = reliability(articles, results["both"])
    print(f"\nreliability of both (expected calibration error {error:.4f})")
    print(line(["confidence", "right", "rows", "share"]))
    for sure, right, rows, share in binned:
        print(line([f"{sure:.3f}", f"{right:.3f}", str(rows), f"{share:.3f}"]))
    return {**figures, "calibration_error": round(error, 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--peer", type=Path, help="a spaCy pipeline with a parser, for textacy")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    ways: dict[str, Callable[[Article], Rows]] = {
        way: (lambda article, way=way: our_rows(article, way)) for way in WAYS
    }
    if args.peer:
        whole, parted = textacy_rows(args.peer)
        ways["textacy, whole articles"] = whole
        ways["textacy, by paragraph"] = parted
    found = {}
    for name in SETS:
        articles = list(read_gold(args.corpora / f"{name}.jsonl"))
        found[name] = report(name, articles, ways)
    if args.json:
        args.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
