"""Where among the blocks of a page its article begins and ends, and which of them only repeat it.

Consumes the blocks that `boilerplate` has left; produces those of the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from quotes.readers.boilerplate import (
    ENDS_FULL,
    LINKED_LONGEST,
    QUOTED,
    STANDFIRST,
    ends_sentence,
    is_paragraph,
    is_statement,
    words_of,
)
from quotes.readers.pagetext import Block, Element

REMARKS = re.compile(
    r"(?:(?:\d[\d,.]*|all|reader|readers|readers[’']|your|the|latest|top) )*"
    r"(?:comments?|opinions?|responses|letters|replies|discussion|conversation|have your say|what do you think|"
    r"join the (?:conversation|discussion)|leave a (?:comment|reply)|readers? (?:respond|react|write)|"
    r"from the guestbook)\s*(?:\(\d+\))?[:?]?",
    re.I,
)
"""A line above what readers wrote; nothing below it is the article's."""
BORDER = re.compile(r"(?:^|[;\s])border(?:-width)?\s*:(?!\s*(?:none|0))", re.I)
"""The style of an element that is drawn as a box."""
CORRECTION = re.compile(
    r"\W*(?:correct|clarif|amend|editor|update|this (?:article|story|page|report)|an earlier|a statement|in response)",
    re.I,
)
"""How what is added to an article begins."""
UNFINISHED_LEAST = 60
"""Characters from which the last block of an article, or the first, may be cut off in mid-sentence; no heading may."""
REPEATED_LEAST = 3
"""Words of a line from which it is a pull quote where a longer paragraph holds them too."""
HEADS = frozenset("h2 h3 h4 h5 h6".split())
"""Headings inside an article."""
APART = frozenset("div section blockquote aside figure center body article main".split())
"""Elements of which a block can be a pull quote."""
REPEATED_BY = 8
"""Words that the line below may have to say whose words those are."""
REPEATS_WITHIN = 300_000
"""Characters of a page up to which repeats are looked for: the work grows with their square."""
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def without_repeats(found: list[Block]) -> list[Block]:
    """Return blocks without pull quotes: lines that a longer block holds word for word, and whom they name below.

    No paragraph, heading, item or cell is one, nor a whole statement: what is said twice in an article is said twice.
    Blocks of marks alone, which some pages draw around pull quotes, are left out as well.
    """
    everything = [_bare(block.text) for block in found]
    whole = "\n".join(f" {words} " for words in everything)
    if len(whole) > REPEATS_WITHIN:
        return [block for block, words in zip(found, everything, strict=True) if words]
    kept: list[Block] = []
    after_repeat = False
    for block, words in zip(found, everything, strict=True):
        if not words:
            continue
        count = len(words.split())
        is_apart = block.element.tag in APART and not is_statement(block)
        is_repeat = is_apart and count >= REPEATED_LEAST and len(block.text) <= LINKED_LONGEST
        if is_repeat and whole.count(f" {words} ") > everything.count(words):
            after_repeat = True
            continue
        is_name_below = after_repeat and is_apart and count <= REPEATED_BY and not ends_sentence(block.text)
        if not is_name_below:
            kept.append(block)
        after_repeat = False
    return kept


def _bare(text: str) -> str:
    """Return the words of a text, for comparison."""
    return " ".join(_WORDS.findall(text.casefold()))


def trimmed(
    found: list[Block], byline: str | None = None, is_told: Callable[[Block], bool] = lambda block: False
) -> list[Block]:
    """Return blocks without what stands before the first paragraph and after the last, as headlines and credits do.

    Short sentences beside them stay, and so does a paragraph that a page breaks off. `byline` names the writer, of whom
    a last block that begins with the name tells; `is_told` says which blocks are known to be the article's.
    """
    for i, block in enumerate(found):
        is_head = i and len(block.text) < LINKED_LONGEST and REMARKS.fullmatch(block.text)
        # Trafilatura takes some remarks for the article's, but no article lies for the most part below such a line.
        if is_head and _told(found[i + 1 :], is_told) <= _told(found[:i], is_told):
            found = found[:i]
            break
    first = next((i for i, block in enumerate(found) if is_paragraph(block)), None)
    if first is None:
        return found
    while first and (leading := _leading(found, first)) is not None:
        first = leading
    # A last line that ends with a colon leads to what was left out.
    last = next(
        (
            i
            for i in range(len(found), first + 1, -1)
            if _is_sentence(found[i - 1]) and (is_paragraph(found[i - 1]) or found[i - 1].text[-1] != ":")
        ),
        first + 1,
    )
    last = _before_box(found, first, last)
    while byline and last > first + 1 and found[last - 1].text.startswith(byline):
        last -= 1
    return found[first:last]


def _leading(found: list[Block], first: int) -> int | None:
    """Return where the block stands that leads to `found[first]`, past a heading between; None where none does."""
    above = first - 1
    if above and str(found[above].element.tag) in HEADS and not leads(found[above]):
        above -= 1
    return above if leads(found[above]) else None


def _told(found: list[Block], is_told: Callable[[Block], bool]) -> int:
    """Return how many characters of blocks are told to be the article's."""
    return sum(len(block.text) for block in found if is_told(block))


def _before_box(found: list[Block], first: int, last: int) -> int:
    """Return where a drawn box with a heading of its own begins at the end of an article, as notices have; else `last`.

    A box that begins as a correction does is the article's.
    """
    around = {found[first].element, *found[first].element.iterancestors()}
    start = last
    while start > first + 1 and (box := _box_of(found[start - 1], around)) is not None:
        if CORRECTION.match(words_of(box)):
            return last
        start -= 1
    is_headed = start < last - 1 and not ends_sentence(found[start].text)
    return start if is_headed else last


def _box_of(block: Block, around: set[Element]) -> Element | None:
    """Return the drawn box that a block stands in, where the elements `around` are not in it."""
    for element in (block.element, *block.element.iterancestors()):
        if element in around:
            return None
        if BORDER.search(element.get("style") or ""):
            return element
    return None


def leads(block: Block) -> bool:
    """Whether a block above the first paragraph belongs to the article, by its form a sentence, or by its name."""
    if block.text.endswith(":") or (ENDS_FULL.search(block.text) is not None and _is_sentence(block)):
        return True
    names = f"{block.element.get('class') or ''} {block.element.get('itemprop') or ''}"
    is_named = STANDFIRST.search(names) is not None and _is_sentence(block)
    is_quoting = block.element.tag == "h2" and QUOTED.search(block.text) is not None and not block.linked
    return is_named or is_quoting


def _is_sentence(block: Block) -> bool:
    is_heading = str(block.element.tag).startswith("h")
    is_whole = (
        ends_sentence(block.text)
        or (len(block.text) >= UNFINISHED_LEAST and not is_heading)
        or (block.element.tag == "p" and QUOTED.search(block.text) is not None)
    )
    return is_whole and block.linked < 0.5 * len(block.text)
