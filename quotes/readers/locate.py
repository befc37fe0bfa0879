"""Which element of a page holds its article.

Consumes the blocks of a page and what trafilatura takes for the article; produces the element, and what share of the
article each element in it holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quotes.readers.boilerplate import ends_sentence, is_paragraph, is_statement, reports, rule_for
from quotes.readers.pagetext import Block, Element

SHARE_FOUND = 0.9
"""Share of what trafilatura finds that the part taken for the article has to hold; the rest may be strays."""
PARTS = frozenset("p li dd dt blockquote h1 h2 h3 h4 h5 h6 ul ol dl address span tr tbody table q".split())
"""Elements that are parts of an article and never hold all of it, unless as cells of an old page's layout."""
TEXTUAL = frozenset("p div blockquote".split())
"""Elements that paragraphs stand in."""
APART = frozenset("td th tr article".split())
"""Elements that stand beside others of their kind whatever these hold."""


def score(block: Block, told: bool, knows: bool) -> int:
    """Return how much of an article a block is, in characters.

    `told` is whether trafilatura takes it for the article's, `knows` whether it tells the article from the rest.
    """
    is_one = told and ends_sentence(block.text) and block.linked < 0.5 * len(block.text)
    return len(block.text) if (is_one if knows else is_paragraph(block)) else 0


def weights(container: Element, found: list[Block], scores: list[int]) -> dict[Element, float]:
    """Return, for the elements in `container`, what share of the article each holds."""
    weight: dict[Element, float] = {}
    for block, worth in zip(found, scores, strict=True):
        if worth:
            for element in line_of(block.element, container):
                weight[element] = weight.get(element, 0.0) + worth
    total = sum(scores) or 1
    return {element: part / total for element, part in weight.items()}


def line_of(element: Element, top: Element | None) -> Iterator[Element]:
    """Yield `element` and what it stands in, up to `top` or to the end."""
    while element is not None:
        yield element
        if element is top:
            return
        element = element.getparent()


def container_of(root: Element, found: list[Block], scores: list[int]) -> Element:
    """Return the smallest element that holds the article: nearly all of it, and what stands in elements beside."""
    body = next(iter(root.iter("body")), root)
    held: Counter[Element] = Counter()
    counted = [(block, worth) for block, worth in zip(found, scores, strict=True) if worth]
    for block, worth in [pair for pair in counted if is_paragraph(pair[0])] or counted:
        for element in line_of(block.element, body):
            held[element] += worth
    total = max(held.values(), default=0)
    enough = [element for element, worth in held.items() if worth >= SHARE_FOUND * total]
    core = max(enough, key=lambda element: sum(1 for _ in element.iterancestors()), default=body)
    while core is not body and core.tag in PARTS:
        core = core.getparent()
    limit = next(core.iterancestors("article"), None)
    for block, worth in zip(found, scores, strict=True):
        is_one = worth or reports(block)
        if is_one and core is not body and not _is_outside(block.element, body):
            core = _with(core, block, limit)
    return core


def _with(core: Element, block: Block, limit: Element | None) -> Element:
    """Return the element that holds `core` and `block`, where that is part of the same article; else `core`.

    It is where both stand in one <article>, or beside each other in elements of one kind, but for cells and whole
    articles; and where it quotes somebody in the same <main>.
    """
    line = list(line_of(block.element, None))
    if core in line:
        return core
    common = next((e for e in core.iterancestors() if e in line), None)
    if common is None:
        return core
    if limit is not None and (common is limit or limit in common.iterancestors()):
        return common
    if common.tag == "main" and block.element.tag in TEXTUAL and is_statement(block):
        return common
    mine = next((e for e in line_of(core, common) if e.getparent() is common), None)
    other = next((e for e in line if e.getparent() is common), None)
    if mine is None or other is None or (mine.tag, mine.get("class")) != (other.tag, other.get("class")):
        return core
    return common if mine.tag == "section" or (mine.get("class") and mine.tag not in APART) else core


def _is_outside(element: Element, top: Element) -> bool:
    """Whether an element stands in one that is put beside the article."""
    return any(rule_for(e) is not None for e in line_of(element, top))
