"""A saved web page -> the text of its article, and what the page says of it.

Consumes the bytes of an HTML page; produces the article. Trafilatura finds which part of the page is the article and
reads the metadata; the words of that part are then read from the page itself, block by block, so that no paragraph
between two others is lost, and what stands beside the article is left out by the rules of `boilerplate`.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from quotes import encodings
from quotes.errors import InputError
from quotes.readers.base import Article, Options, library
from quotes.readers.boilerplate import (
    QUOTED,
    invitations,
    is_sure,
    quotes_somebody,
    rule_for,
    rule_for_block,
)
from quotes.readers.locate import container_of, line_of, score, weights
from quotes.readers.pagetext import Block, Element, blocks
from quotes.readers.trim import leads, trimmed, without_repeats

SIZE_MAX = 12_000_000
"""Bytes of HTML, pictures inside it not counted, beyond which a page is refused: reading it takes a hundred times that
of memory, and articles have a hundredth."""
SHARE_KEPT = 0.4
"""Share of the article from which an element is part of it whatever it is called: whole articles stand in elements
named `paywall`."""
LEAST = 60
"""Characters below which a page has no article."""
SHARE_GIVEN_UP = 0.8
"""Share of a page's text from which trafilatura has not told the article from the rest."""
SHOWN = 80
"""Characters of a passage beside the article that are shown."""
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
    kept, before, left_out = _article_blocks(root, found, known.author)
    title = _headline(root, before, _first(linked, "headline") or known.title)
    heads = {title.casefold()} if title else set()
    text = "\n\n".join(block.text for block in kept if block.text.casefold() not in heads)
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
        left_out=tuple(left_out),
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


def _article_blocks(root: Element, found: str, byline: str | None) -> tuple[list[Block], list[Block], list[str]]:
    """Return the blocks of the article, all that stand before it on the page, and what quotes somebody beside it."""
    everything = blocks(root)
    wanted = _SPACE.sub(" ", found).strip()
    # Where trafilatura takes nearly all of the page, it has given up, and only the blocks' own form counts.
    knows = 0 < len(wanted) < SHARE_GIVEN_UP * sum(len(block.text) for block in everything)

    def is_told(block: Block) -> bool:
        return bool(wanted) and _SPACE.sub(" ", block.text) in wanted

    scores = [score(block, is_told(block), knows) for block in everything]
    if not any(scores):  # nothing of the article is in what trafilatura gives
        scores = [score(block, False, False) for block in everything]
    container = container_of(root, everything, scores)
    weight = weights(container, everything, scores)
    boxes = invitations(container)

    def is_left_out(element: Element) -> bool:
        rule, held = rule_for(element), weight.get(element, 0.0)
        if held >= SHARE_KEPT:
            return False
        if element in boxes:
            return True
        # A name that means this or that gives way to what trafilatura says, and to who is plainly quoted there.
        return rule is not None and (is_sure(rule) or not ((wanted and held) or quotes_somebody(element)))

    kept = [block for block in blocks(container, is_left_out) if rule_for_block(block) is None]
    kept = trimmed(without_repeats(kept), byline, is_told)
    before = everything[: _index(everything, kept)]
    outer = next((e for e in container.iterancestors("article", "main")), container)
    # What leads to the article stands above it, apart: a standfirst, the claim that is checked.
    above = blocks(outer, is_left_out) if outer is not container else []
    heads = [block for block in above if rule_for_block(block) is None]
    led = [block for block in heads[: _index(heads, kept)] if leads(block)]
    return led + kept, before, _left_out(container, led + kept)


def _left_out(container: Element, kept: list[Block]) -> list[str]:
    """Return what holds quotation marks in the article's part of the page and is not kept, with the rule's name."""
    known = "\n".join(block.text for block in kept)
    return [
        f"{_rule_of(block, container)}: {block.text[:SHOWN]}"
        for block in blocks(container)
        if QUOTED.search(block.text) and block.text not in known
    ]


def _rule_of(block: Block, container: Element) -> str:
    for element in line_of(block.element, container):
        rule = rule_for(element) if element is not container else None
        if rule is not None:
            return rule
    return rule_for_block(block) or "around-the-article"


def _index(found: list[Block], kept: list[Block]) -> int:
    """Return where among the blocks `found` the first of `kept` stands."""
    if not kept:
        return len(found)
    text = kept[0].text[:40]
    return next((i for i, block in enumerate(found) if block.text.startswith(text)), 0)


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
