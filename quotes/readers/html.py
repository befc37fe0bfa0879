"""A saved web page -> the text of its article, and what the page says of it.

Consumes the bytes of an HTML page; produces the article. Trafilatura finds which part of the page is the article and
reads the metadata; the words of that part are then read from the page itself, block by block, so that no paragraph
between two others is lost, and what stands beside the article is left out by the rules of `boilerplate`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from quotes import encodings
from quotes.errors import InputError
from quotes.readers.base import Article, Options, library
from quotes.readers.boilerplate import rule_for, rule_for_block
from quotes.readers.pagetext import BLOCKS, Block, Element, blocks

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
LONG_PARAGRAPH = 80
"""Characters from which a paragraph counts when the part with the article is looked for without trafilatura's help."""

_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_INLINE_DATA = re.compile(rb"(?<=[\"'(])data:[\w/+.;=-]*,[^\"')\s>]*")
"""Pictures and fonts that are written into the page, as browsers' "save as one file" does."""
_SPACE = re.compile(r"\s+")


def read(data: bytes, options: Options) -> Article:
    """Return the article of a page.

    Raises InputError, with a message that lacks the file's name, where trafilatura is missing, the page is too large
    or holds no article.
    """
    library("trafilatura", "html", "HTML")
    data = _INLINE_DATA.sub(b"", data)
    if len(data) > SIZE_MAX:
        raise InputError(f"holds more than {SIZE_MAX // 1_000_000} MB of HTML, which is no article; save its text")
    declared = _DECLARED.search(data[:4096])
    decoded = encodings.decode(
        data, encoding=options.encoding, declared=declared.group(1).decode("ascii") if declared else None
    )
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
    found = _by_trafilatura(page)
    linked = list(_linked_data(root))
    title = (found.title if found else None) or _first(linked, "headline")
    text = _article_text(root, found.text if found else None, title)
    body = max((str(d["articleBody"]) for d in linked if isinstance(d.get("articleBody"), str)), key=len, default="")
    if len(text) < LEAST < len(body):
        text = "\n\n".join(line.strip() for line in body.splitlines() if line.strip())
    if not text:
        raise InputError("holds no article text; open the page, copy the article and save it as .txt")
    return Article(
        text=text,
        headline=title,
        byline=(found.author if found else None) or None,
        published=(found.date if found else None) or None,
        url=(found.url if found else None) or None,
        site=(found.sitename if found else None) or None,
    )


def _by_trafilatura(page: str) -> Any:
    """Return what trafilatura makes of a page: text and metadata; None where it finds no article."""
    import trafilatura

    try:
        return trafilatura.bare_extraction(
            page, include_comments=False, include_tables=True, favor_recall=True, with_metadata=True
        )
    except Exception:  # of any kind: what it does not cope with is read without its help
        return None


def _article_text(root: Element, found: str | None, title: str | None) -> str:
    wanted = _SPACE.sub(" ", found or "").strip()
    everything = blocks(root)
    container = _container(root, everything, wanted)
    weight = _weights(container, everything, wanted)

    def is_left_out(element: Element) -> bool:
        return rule_for(element) is not None and weight.get(element, 0.0) < SHARE_KEPT

    kept = [block for block in blocks(container, is_left_out) if rule_for_block(block) is None]
    heads = {_SPACE.sub(" ", title).strip().casefold()} if title else set()
    kept = [b for b in kept if not (b.element.tag == "h1" or _SPACE.sub(" ", b.text).casefold() in heads)]
    return "\n\n".join(block.text for block in kept)


def _score(block: Block, wanted: str) -> int:
    """Return how much of the article a block is, in characters."""
    if not wanted:
        return len(block.text) - 2 * block.linked if len(block.text) >= LONG_PARAGRAPH else 0
    text = _SPACE.sub(" ", block.text)
    return len(text) if text in wanted else 0


def _weights(container: Element, found: list[Block], wanted: str) -> dict[Element, float]:
    """Return, for the elements in `container`, what share of the article each holds."""
    weight: dict[Element, float] = {}
    for block in found:
        score = max(0, _score(block, wanted))
        if score:
            for element in _line_of(block.element, container):
                weight[element] = weight.get(element, 0.0) + score
    total = sum(max(0, _score(block, wanted)) for block in found) or 1
    return {element: part / total for element, part in weight.items()}


def _line_of(element: Element, top: Element) -> Iterator[Element]:
    """Yield `element` and what it stands in, up to `top`."""
    while element is not None:
        yield element
        if element is top:
            return
        element = element.getparent()


def _container(root: Element, found: list[Block], wanted: str) -> Element:
    """Return the smallest element that holds nearly all of the article."""
    body = next(iter(root.iter("body")), root)
    held: Counter[Element] = Counter()
    total = 0
    for block in found:
        score = max(0, _score(block, wanted))
        total += score
        if score:
            for element in _line_of(block.element, body):
                held[element] += score
    if not total:
        return body
    best, container = -1, body
    for element, score in held.items():
        depth = sum(1 for _ in element.iterancestors())
        if score >= SHARE_FOUND * total and depth > best and element.tag in BLOCKS:
            best, container = depth, element
    return container


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
