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
from quotes.readers.boilerplate import (
    QUOTED,
    ends_sentence,
    invitations,
    is_paragraph,
    is_statement,
    is_sure,
    quotes_somebody,
    reports,
    rule_for,
    rule_for_block,
)
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
PARTS = frozenset("p li dd dt blockquote h1 h2 h3 h4 h5 h6 ul ol dl address span tr tbody table q".split())
"""Elements that are parts of an article and never hold all of it, unless as cells of an old page's layout."""
SHOWN = 80
"""Characters of a passage beside the article that are shown."""
TEXTUAL = frozenset("p div blockquote".split())
"""Elements that paragraphs stand in."""
APART = frozenset("td th tr article".split())
"""Elements that stand beside others of their kind whatever these hold."""
HEADINGS = ("h1", "h2", "h3")
SHORTEST_HEADLINE = 12
"""Characters that a line above the article needs to be its headline, where it is part of the page's title."""

_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_INLINE_DATA = re.compile(rb"(?<=[\"'(])data:[\w/+.;=-]*,[^\"')\s>]*")
"""Pictures and fonts that are written into the page, as browsers' "save as one file" does."""
_BYLINE = re.compile(r"\^?(?i:by)\s+([A-Z][\w.’'-]*(?:\s+(?:and\s+|de\s+|van\s+)?[A-Z][\w.’'-]*){1,5})[,=.]?")
"""A line that says who wrote it."""
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

    scores = [_score(block, is_told(block), knows) for block in everything]
    if not any(scores):  # nothing of the article is in what trafilatura gives
        scores = [_score(block, False, False) for block in everything]
    container = _container(root, everything, scores)
    weight = _weights(container, everything, scores)
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
    for element in _line_of(block.element, container):
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


def _score(block: Block, told: bool, knows: bool) -> int:
    """Return how much of an article a block is, in characters.

    `told` is whether trafilatura takes it for the article's, `knows` whether it tells the article from the rest.
    """
    is_one = told and ends_sentence(block.text) and block.linked < 0.5 * len(block.text)
    return len(block.text) if (is_one if knows else is_paragraph(block)) else 0


def _weights(container: Element, found: list[Block], scores: list[int]) -> dict[Element, float]:
    """Return, for the elements in `container`, what share of the article each holds."""
    weight: dict[Element, float] = {}
    for block, score in zip(found, scores, strict=True):
        if score:
            for element in _line_of(block.element, container):
                weight[element] = weight.get(element, 0.0) + score
    total = sum(scores) or 1
    return {element: part / total for element, part in weight.items()}


def _line_of(element: Element, top: Element | None) -> Iterator[Element]:
    """Yield `element` and what it stands in, up to `top` or to the end."""
    while element is not None:
        yield element
        if element is top:
            return
        element = element.getparent()


def _container(root: Element, found: list[Block], scores: list[int]) -> Element:
    """Return the smallest element that holds the article: nearly all of it, and what stands in elements beside."""
    body = next(iter(root.iter("body")), root)
    held: Counter[Element] = Counter()
    long = [(block, score) for block, score in zip(found, scores, strict=True) if score and is_paragraph(block)]
    for block, score in long or [pair for pair in zip(found, scores, strict=True) if pair[1]]:
        for element in _line_of(block.element, body):
            held[element] += score
    total = max(held.values(), default=0)
    enough = [element for element, score in held.items() if score >= SHARE_FOUND * total]
    core = max(enough, key=lambda element: sum(1 for _ in element.iterancestors()), default=body)
    while core is not body and core.tag in PARTS:
        core = core.getparent()
    limit = next(core.iterancestors("article"), None)
    for block, score in zip(found, scores, strict=True):
        is_one = score or reports(block)
        if is_one and core is not body and not _is_outside(block.element, body):
            core = _with(core, block, limit)
    return core


def _with(core: Element, block: Block, limit: Element | None) -> Element:
    """Return the element that holds `core` and `block`, where that is part of the same article; else `core`.

    It is where both stand in one <article>, or beside each other in elements of one kind, but for cells and whole
    articles; and where it quotes somebody in the same <main>.
    """
    line = list(_line_of(block.element, None))
    if core in line:
        return core
    common = next((e for e in core.iterancestors() if e in line), None)
    if common is None:
        return core
    if limit is not None and (common is limit or limit in common.iterancestors()):
        return common
    if common.tag == "main" and block.element.tag in TEXTUAL and is_statement(block):
        return common
    mine = next((e for e in _line_of(core, common) if e.getparent() is common), None)
    other = next((e for e in line if e.getparent() is common), None)
    if mine is None or other is None or (mine.tag, mine.get("class")) != (other.tag, other.get("class")):
        return core
    return common if mine.tag == "section" or (mine.get("class") and mine.tag not in APART) else core


def _is_outside(element: Element, top: Element) -> bool:
    """Whether an element stands in one that is put beside the article."""
    return any(rule_for(e) is not None for e in _line_of(element, top))


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
