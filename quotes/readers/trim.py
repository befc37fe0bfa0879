"""Where among the blocks of a page its article begins and ends, and which of them only repeat it.

Consumes the blocks that `boilerplate` has left; produces those of the article.
"""

from __future__ import annotations

import re

from quotes.readers.boilerplate import ENDS_FULL, LINKED_LONGEST, ends_sentence, is_paragraph
from quotes.readers.pagetext import Block

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
REPEATED_BY = 8
"""Words that the line below may have to say whose words those are."""
REPEATS_WITHIN = 300_000
"""Characters of a page up to which repeats are looked for: the work grows with their square."""
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def without_repeats(found: list[Block]) -> list[Block]:
    """Return blocks without pull quotes: lines that a longer block holds word for word, and whom they name below.

    Blocks of marks alone, which some pages draw around them, are left out as well.
    """
    everything = [_bare(block.text) for block in found]
    whole = "\n".join(everything)
    if len(whole) > REPEATS_WITHIN:
        return [block for block, words in zip(found, everything, strict=True) if words]
    kept: list[Block] = []
    after_repeat = False
    for block, words in zip(found, everything, strict=True):
        if not words:
            continue
        count = len(words.split())
        if count >= REPEATED_LEAST and len(block.text) <= LINKED_LONGEST and whole.count(words) > 1:
            # Of two that are equal the first stays.
            if words not in (_bare(b.text) for b in kept) and everything.count(words) == whole.count(words):
                kept.append(block)
            else:
                after_repeat = True
            continue
        if not (after_repeat and count <= REPEATED_BY and not ends_sentence(block.text)):
            kept.append(block)
        after_repeat = False
    return kept


def _bare(text: str) -> str:
    """Return the words of a text, for comparison."""
    return " ".join(_WORDS.findall(text.casefold()))


def trimmed(found: list[Block], byline: str | None = None) -> list[Block]:
    """Return blocks without what stands before the first paragraph and after the last, as headlines and credits do.

    Short sentences beside them stay, and so does a paragraph that a page breaks off. `byline` names the writer, of whom
    a last block that begins with the name tells.
    """
    remarks = next(
        (i for i, b in enumerate(found) if i and len(b.text) < LINKED_LONGEST and REMARKS.fullmatch(b.text)), None
    )
    found = found[:remarks]
    first = next((i for i, block in enumerate(found) if is_paragraph(block)), None)
    if first is None:
        return found
    while first and leads(found[first - 1]):
        first -= 1
    # A last line that ends with a colon leads to what was left out.
    last = next(
        (
            i
            for i in range(len(found), first + 1, -1)
            if _is_sentence(found[i - 1]) and (is_paragraph(found[i - 1]) or found[i - 1].text[-1] != ":")
        ),
        first + 1,
    )
    while last > first + 1 and _is_boxed(found[last - 1], found[first]):
        last -= 1
    while byline and last > first + 1 and found[last - 1].text.startswith(byline):
        last -= 1
    return found[first:last]


def _is_boxed(block: Block, first: Block) -> bool:
    """Whether a block at the end stands in a drawn box, as notices do, that the article's first does not stand in.

    A box that begins as a correction does is the article's.
    """
    around = {first.element, *first.element.iterancestors()}
    for element in (block.element, *block.element.iterancestors()):
        if element in around:
            return False
        if BORDER.search(element.get("style") or ""):
            return CORRECTION.match(" ".join("".join(element.itertext()).split())) is None
    return False


def leads(block: Block) -> bool:
    """Whether a block above the first paragraph belongs to the article, by its form a sentence."""
    return block.text.endswith(":") or (ENDS_FULL.search(block.text) is not None and _is_sentence(block))


def _is_sentence(block: Block) -> bool:
    is_whole = ends_sentence(block.text) or (
        len(block.text) >= UNFINISHED_LEAST and not str(block.element.tag).startswith("h")
    )
    return is_whole and block.linked < 0.5 * len(block.text)
