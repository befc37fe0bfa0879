"""A saved web page -> the text of its article, and what the page says of it.

Consumes the bytes of an HTML page; produces the article. Trafilatura finds which part of the page is the article and
reads the metadata; the words of that part are then read from the page itself, block by block, so that no paragraph
between two others is lost, and what stands beside the article is left out by the rules of `boilerplate`.
"""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from quotes import encodings
from quotes.errors import InputError
from quotes.readers.base import Article, Options, library
from quotes.readers.boilerplate import invitations, is_paragraph, rule_for, rule_for_block
from quotes.readers.pagetext import Block, Element, blocks
from quotes.readers.trim import leads, trimmed, without_repeats

SIZE_MAX = 12_000_000
"""Bytes of HTML, pictures inside it not counted, beyond which a page is refused: reading it takes a hundred times that
of memory, and articles have a hundredth."""
SHARE_FOUND = 0.9
"""Share of what trafilatura finds that the part taken for the article has to hold; the rest may be strays."""
SHARE_KEPT = 0.4
"""Share of it from which an element is part of the article whatever it is called: whole articles stand in elements
named `paywall`."""
LEAST = 60
"""Characters below which a page has no article."""
SHARE_GIVEN_UP = 0.8
"""Share of a page's text from which trafilatura has not told the article from the rest."""
HEADINGS = ("h1", "h2", "h3")
SHORTEST_HEADLINE = 12
"""Characters that a line above the article needs to be its headline, where it is part of the page's title."""

_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_INLINE_DATA = re.compile(rb"(?<=[\"'(])data:[\w/+.;=-]*,[^\"')\s>]*")
"""Pictures and fonts that are written into the page, as browsers' "save as one file" does."""
_BYLINE = re.compile(r"\^?(?i:by)\s+([A-Z][\w.’'-]*(?:\s+(?:and\s+|de\s+|van\s+)?[A-Z][\w.’'-]*){1,5})[,=.]?")
"""A line that says who wrote it."""
_SPACE = re.compile(r"\s+")


def read(data: bytes, options: Options, declared: str | None = None) -> Article:
    """Return the article of a page.

    `declared` is the encoding that what the page came in names; it is believed before the page's own word. Raises
    InputError, with a message that lacks the file's name, where trafilatura is missing, the page is too large or holds
    no article.
    """
    library("trafilatura", "html", "HTML")
    data = _INLINE_DATA.sub(b"", data)
    if len(data) > SIZE_MAX:
        raise InputError(f"holds more than {SIZE_MAX // 1_000_000} MB of HTML, which is no article; save its text")
    if not declared:
        match = _DECLARED.search(data[:4096])
        declared = match.group(1).decode("ascii") if match else None
    decoded = encodings.decode(data, encoding=options.encoding, declared=declared)
    return replace(read_page(decoded.text), encoding=decoded.encoding, warnings=decoded.warnings())


def read_page(page: str) -> Article:
    """Return the article of a decoded page; raises InputError where it holds none."""
    from lxml import etree
    from lxml import html as lxml_html

    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)  # lxml refuses a declared encoding in a decoded string
    try:
        parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        root = lxml_html.document_fromstring(page or "<p></p>", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"cannot be read as HTML: {error}") from None
    found, known = _by_trafilatura(page)
    linked = list(_linked_data(root))
    kept, before = _article_blocks(root, found, known.author)
    title = _headline(root, before, _first(linked, "headline") or known.title)
    heads = {title.casefold()} if title else set()
    text = "\n\n".join(b.text for b in kept if b.element.tag != "h1" and b.text.casefold() not in heads)
    body = max((str(d["articleBody"]) for d in linked if isinstance(d.get("articleBody"), str)), key=len, default="")
    if len(text) < LEAST < len(body):
        text = "\n\n".join(line.strip() for line in body.splitlines() if line.strip())
    if not text:
        raise InputError("holds no article text; open the page, copy the article and save it as .txt")
    return Article(
        text=text,
        headline=title,
        byline=_byline(linked, before, known.author),
        published=known.date or None,
        url=known.url or None,
        site=known.sitename or None,
    )


def _headline(root: Element, before: list[Block], stated: str | None) -> str | None:
    """Return the headline as it stands above the article: what the page's title holds of it, or the main heading."""
    titles = " ".join([stated or "", *("".join(title.itertext()) for title in root.iter("title"))])
    heads = [_SPACE.sub(" ", block.text) for block in before if _is_in(block.element, HEADINGS)]
    lines = [line for block in before for line in block.text.split("\n")]
    told = [line for line in (*heads, *lines) if len(line) >= SHORTEST_HEADLINE and line in titles]
    if told:
        return max(told, key=len)
    main = [_SPACE.sub(" ", block.text) for block in before if _is_in(block.element, ("h1",))]
    return main[-1] if main else _SPACE.sub(" ", stated).strip() if stated else None


def _is_in(element: Element, tags: Sequence[str]) -> bool:
    return element.tag in tags or any(above.tag in tags for above in element.iterancestors())


def _byline(linked: list[dict[str, Any]], before: list[Block], found: str | None) -> str | None:
    """Return who wrote the article: by its linked data, by the line above it, by what trafilatura finds."""
    for data in linked:
        if str(data.get("@type", "")).endswith(("Article", "Posting", "Review")) and data.get("author"):
            authors = data["author"] if isinstance(data["author"], list) else [data["author"]]
            people = [a for a in authors if not isinstance(a, dict) or a.get("@type", "Person") == "Person"]
            names = [a.get("name") if isinstance(a, dict) else a for a in people]
            if names and all(isinstance(name, str) and name.strip() for name in names):
                return " and ".join(str(name).strip() for name in names)
    lines = [line for block in reversed(before) for line in block.text.split("\n")]
    return next((match.group(1) for line in lines if (match := _BYLINE.fullmatch(line))), found)


def _by_trafilatura(page: str) -> tuple[str, Any]:
    """Return what trafilatura takes for the article's text, and what it finds said of it."""
    import trafilatura
    from trafilatura.metadata import extract_metadata

    # They tell their troubles on standard error, which is ours.
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    # No date is to be guessed from a copyright line.
    dates = {"original_date": True, "extensive_search": False}
    text, known = "", trafilatura.settings.Document()
    # Errors of any kind: what it does not cope with is read without its help.
    with suppress(Exception):
        known = extract_metadata(page, date_config=dates) or known
    with suppress(Exception):
        found: Any = trafilatura.bare_extraction(page, include_comments=False, favor_recall=True)
        text = found.text or "" if found is not None else ""
    return text, known


def _article_blocks(root: Element, found: str, byline: str | None) -> tuple[list[Block], list[Block]]:
    """Return the blocks of the article, and all that stand before it on the page."""
    everything = blocks(root)
    scores = _scores(everything, _SPACE.sub(" ", found).strip())
    container = _container(root, everything, scores)
    weight = _weights(container, everything, scores)
    boxes = invitations(container)

    def is_left_out(element: Element) -> bool:
        return (element in boxes or rule_for(element) is not None) and weight.get(element, 0.0) < SHARE_KEPT

    kept = [block for block in blocks(container, is_left_out) if rule_for_block(block) is None]
    kept = trimmed(without_repeats(kept), byline)
    before = everything[: _index(everything, kept)]
    outer = next((e for e in container.iterancestors("article", "main")), container)
    # What leads to the article stands above it, apart: a standfirst, the claim that is checked.
    heads = (
        [block for block in blocks(outer, is_left_out) if rule_for_block(block) is None]
        if outer is not container
        else []
    )
    led = [block for block in heads[: _index(heads, kept)] if leads(block)]
    return led + kept, before


def _index(found: list[Block], kept: list[Block]) -> int:
    """Return where among the blocks `found` the first of `kept` stands."""
    if not kept:
        return len(found)
    text = kept[0].text[:40]
    return next((i for i, block in enumerate(found) if block.text.startswith(text)), 0)


def _scores(found: list[Block], wanted: str) -> list[int]:
    """Return how much of an article each block is, in characters; `wanted` is what trafilatura takes for it.

    Where it takes nearly all of the page for the article, it has given up, and only the blocks' own form counts.
    """
    total = sum(len(block.text) for block in found)
    is_told = 0 < len(wanted) < SHARE_GIVEN_UP * total
    return [
        len(block.text) if is_paragraph(block) and (not is_told or _SPACE.sub(" ", block.text) in wanted) else 0
        for block in found
    ]


def _weights(container: Element, found: list[Block], scores: list[int]) -> dict[Element, float]:
    """Return, for the elements in `container`, what share of the article each holds."""
    weight: dict[Element, float] = {}
    for block, score in zip(found, scores, strict=True):
        if score:
            for element in _line_of(block.element, container):
                weight[element] = weight.get(element, 0.0) + score
    total = sum(scores) or 1
    return {element: part / total for element, part in weight.items()}


def _line_of(element: Element, top: Element) -> Iterator[Element]:
    """Yield `element` and what it stands in, up to `top`."""
    while element is not None:
        yield element
        if element is top:
            return
        element = element.getparent()


def _container(root: Element, found: list[Block], scores: list[int]) -> Element:
    """Return the smallest element that holds nearly all of the article."""
    body = next(iter(root.iter("body")), root)
    held: Counter[Element] = Counter()
    for block, score in zip(found, scores, strict=True):
        if score:
            for element in _line_of(block.element, body):
                held[element] += score
    enough = [element for element, score in held.items() if score >= SHARE_FOUND * sum(scores)]
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()), default=body)


def _linked_data(root: Element) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD; what is broken is passed over."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            todo = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while todo:
            value = todo.pop()
            if isinstance(value, list):
                todo.extend(value)
            elif isinstance(value, dict):
                yield value
                todo.extend(v for k, v in value.items() if k == "@graph")


def _first(linked: list[dict[str, Any]], name: str) -> str | None:
    return next((str(d[name]) for d in linked if isinstance(d.get(name), str) and d[name]), None)
