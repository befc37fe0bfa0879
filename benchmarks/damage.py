"""Break the quotation marks of a well-formed article in the ways that real text does, keeping track of the words.

Consumes a `Marked` article; produces another one, and nothing about how it was broken. Every kind is seeded, so that
a benchmark's articles are the same each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation: where its words are, and its two marks."""

    start: int
    end: int
    opener: tuple[int, int]
    closer: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with the place of every quotation at the top level."""

    doc_id: str
    text: str
    quotes: tuple[Quote, ...]


Edit = tuple[int, int, str]
"""Replace `text[start:end]` by a string."""
Damage = Callable[[Marked, Random], list[Edit]]


def apply(article: Marked, edits: Iterable[Edit]) -> Marked:
    """Return `article` with the edits made; words keep their place among what is inserted beside them."""
    ordered = sorted(set(edits))
    pieces, cursor = [], 0
    for start, end, new in ordered:
        pieces += [article.text[cursor:start], new]
        cursor = end
    pieces.append(article.text[cursor:])

    def moved(offset: int, *, is_end: bool) -> int:
        shift = sum(
            len(new) - (end - start)
            for start, end, new in ordered
            if (end <= offset if not is_end else (start < offset and end <= offset))
        )
        return offset + shift

    quotes = tuple(
        Quote(
            moved(q.start, is_end=False),
            moved(q.end, is_end=True),
            (moved(q.opener[0], is_end=True), moved(q.opener[1], is_end=False)),
            (moved(q.closer[0], is_end=True), moved(q.closer[1], is_end=False)),
        )
        for q in article.quotes
    )
    return Marked(article.doc_id, "".join(pieces), quotes)


def curled(article: Marked) -> Marked:
    """Return the article with curly marks, so that there is a direction to get wrong."""
    return apply(article, [edit for q in article.quotes for edit in _marks(q, "“", "”")])


def _marks(quote: Quote, opener: str, closer: str) -> list[Edit]:
    return [(*quote.opener, opener), (*quote.closer, closer)]


def _one_of(rng: Random, quote: Quote) -> tuple[int, int]:
    return rng.choice((quote.opener, quote.closer))


def _drop_closing(article: Marked, quote: Quote, rng: Random) -> list[Edit]:
    return [(*quote.closer, "")]


def _drop_opening(article: Marked, quote: Quote, rng: Random) -> list[Edit]:
    return [(*quote.opener, "")]


def _flip(article: Marked, quote: Quote, rng: Random) -> list[Edit]:
    return [(*quote.opener, "”")] if rng.random() < 0.5 else [(*quote.closer, "“")]


def _straighten(article: Marked, quote: Quote, rng: Random) -> list[Edit]:
    return [(*_one_of(rng, quote), '"')]


def _double(article: Marked, quote: Quote, rng: Random) -> list[Edit]:
    start, end = _one_of(rng, quote)
    return [(start, end, article.text[start:end] * 2)]


def _insert_space(article: Marked, quote: Quote, rng: Random) -> list[Edit]:
    at = quote.opener[1] if rng.random() < 0.5 else quote.closer[0]
    return [(at, at, " ")]


def _delete_space(article: Marked, quote: Quote, rng: Random) -> list[Edit]:
    before, after = quote.opener[0] - 1, quote.closer[1]
    places = [at for at in (before, after) if 0 <= at < len(article.text) and article.text[at] == " "]
    return [(at, at + 1, "") for at in rng.sample(places, min(1, len(places)))]


def _tex(article: Marked, quote: Quote, rng: Random) -> list[Edit]:
    return _marks(quote, "``", "''")


def _entities(article: Marked, quote: Quote, rng: Random) -> list[Edit]:
    pairs = (("&ldquo;", "&rdquo;"), ("&quot;", "&quot;"), ("&#8220;", "&#8221;"))
    return _marks(quote, *rng.choice(pairs))


PLACES: dict[str, Callable[[Marked, Quote, Random], list[Edit]]] = {
    "closing mark dropped": _drop_closing,
    "opening mark dropped": _drop_opening,
    "curly mark flipped": _flip,
    "one mark straightened": _straighten,
    "mark doubled": _double,
    "space inserted": _insert_space,
    "space deleted": _delete_space,
    "``…'' marks": _tex,
    "entities": _entities,
}
"""Damage to single places: what it does to one quotation of an article in curly marks."""


def _closing_at_ends(article: Marked) -> list[Edit]:
    return [(*q.closer, "") for q in article.quotes if article.text[q.closer[1] :][:1] in ("", "\n")]


def _straighten_all(article: Marked) -> list[Edit]:
    return [edit for q in article.quotes for edit in _marks(q, '"', '"')]


def _british(article: Marked) -> list[Edit]:
    edits = [edit for q in article.quotes for edit in _marks(q, "‘", "’")]
    taken = {start for start, _, _ in edits}
    for match in re.finditer(r"(?<=\w)'(?=\w)", article.text):
        if match.start() not in taken:
            edits.append((match.start(), match.end(), "’"))
    swap = {"‘": "“", "’": "”"}
    for quote in article.quotes:
        inner = article.text[quote.start : quote.end]
        for match in re.finditer(r"(?:(?<=\s)|^)‘[^‘’]*’(?!\w)", inner):
            for at in (quote.start + match.start(), quote.start + match.end() - 1):
                edits.append((at, at + 1, swap[article.text[at]]))
    return edits


def _guillemets(article: Marked) -> list[Edit]:
    return [edit for q in article.quotes for edit in _marks(q, "«", "»")]


def _single_breaks(article: Marked) -> list[Edit]:
    return [(m.start(), m.end(), "\n") for m in re.finditer(r"\n{2,}", article.text)]


def _hard_wrap(article: Marked, width: int = 60) -> list[Edit]:
    edits: list[Edit] = []
    for paragraph in re.finditer(r"[^\n]+", article.text):
        line_start = paragraph.start()
        last_space = None
        for at in range(paragraph.start(), paragraph.end()):
            if article.text[at] == " ":
                last_space = at
            if at - line_start >= width and last_space is not None and last_space > line_start:
                edits.append((last_space, last_space + 1, "\n"))
                line_start, last_space = last_space + 1, None
    return edits


WHOLE: dict[str, Callable[[Marked], list[Edit]]] = {
    "closing marks dropped at paragraph ends": _closing_at_ends,
    "all straight": _straighten_all,
    "British single marks": _british,
    "guillemets": _guillemets,
    "single line breaks": _single_breaks,
    "wrapped at 60 columns": _hard_wrap,
}
"""Damage to whole articles."""


def damage_places(article: Marked, kinds: Sequence[str], places: int, seed: str) -> Marked:
    """Return `article`, in curly marks, with `places` quotations damaged, each by one of `kinds`."""
    rng = Random(f"{seed}/{article.doc_id}")
    article = curled(article)
    chosen = rng.sample(article.quotes, min(places, len(article.quotes)))
    return apply(article, [edit for q in chosen for edit in PLACES[rng.choice(kinds)](article, q, rng)])


def damage_whole(article: Marked, kind: str) -> Marked:
    """Return `article`, in curly marks, with all of it damaged."""
    article = curled(article)
    return apply(article, WHOLE[kind](article))
