"""Lines of a PDF -> the paragraphs that were set in them.

Consumes lines with their places, in reading order; produces one string a paragraph, its lines joined. What ends a
paragraph: a larger gap, an indented next line, a line that had room for the next word. A sentence that is not over
goes on in the next line, column or page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotes.paragraphs import CONTINUES
from quotes.readers.pdflines import Line

OTHER_SIZE = 1.12
"""Ratio of font sizes from which two lines are of different paragraphs."""
GAP = 1.22
"""Multiple of the usual distance of two lines from which a paragraph ends."""
USUAL_SHARE = 0.1
"""Share of the lines that run on which stand at the usual distance, the smallest such, at least."""
LEADING = 1.2
"""Usual distance of lines, in font sizes, where no line runs on."""
INDENT = 0.6
"""How many font sizes a line is indented at least."""
ALIKE = 2.5
"""How many font sizes the left edges of two columns of one kind lie apart at most: one may be all indented lines."""
STARTS_MIN = 2
"""How many starts of paragraphs that are marked one way make it the text's own way."""
STARTS_SHARE = 1 / 15
"""And how many of its lines they are at least."""
INDENTS_SHARE = 0.7
"""Share of indented lines that come after the end of a sentence where indents mark paragraphs."""
SLACK = 0.02
"""Share of the column's width by which our measure of a line may be wrong."""
DOUBTFUL_SLACK = 0.08
"""The same where gaps or indents mark paragraphs, or no sentence is over but the next line begins a quotation."""
FIXED_SLACK = 0.01
"""The same for letters of one width."""
FIXED_SHORT = 0.2
"""As SHORT, for letters of one width."""
SHORT = 0.3
"""Share of the column left free by a line that ends a paragraph although it ends no sentence: headings, names."""
BESIDE_PICTURE = 0.15
"""Share of the column within which neighbouring lines end, where all are short as a picture stands beside them."""

_WORD = re.compile(r"[^\W\d_]+")
_BROKEN = re.compile(r"([^\W_]+)-$")
_BROKEN_BY_PROGRAM = re.compile(r"(?<=\w)(?:\xad| ?‐)$")
"""Hyphens that browsers draw where they break a word themselves; people type another."""
_HANGING = re.compile(r"(?:and|or|to)\s")
"""What follows a word whose other half comes later: `short- and long-term`."""
_OVER = re.compile(r"[.!?…:][\s\"'“”‘’«»)\]]*$")
"""The end of a sentence; marks are mistyped, and spaces stand before them."""
_OPENING = re.compile(r"[“\"‘'«»„]|``")


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a text shows where its paragraphs begin."""

    usual: dict[int, float]
    """How far apart two lines of a paragraph stand, for each font size."""
    has_indents: bool
    has_gaps: bool

    def is_gap(self, a: Line, b: Line) -> bool:
        return a.y - b.y > GAP * self.usual.get(round(b.size), LEADING * b.size)


@dataclass(frozen=True, slots=True)
class _Column:
    """Lines one below the other, and the edges that they keep to."""

    lines: tuple[Line, ...]
    left: float
    right: float
    is_lone: bool
    """Whether it is one line, and no other column begins where it does: a page's head or foot."""

    def free(self, index: int, following: Line) -> float:
        """Return the share of the column that the line leaves free beyond the first word of the `following` one."""
        around = self.lines[max(0, index - 2) : index + 3]
        rights = [line.right for line in around]
        width = max(self.right - self.left, 1.0)
        is_beside = max(rights) - min(rights) < BESIDE_PICTURE * width and sum(map(_runs_on, around, around[1:])) > 1
        line = self.lines[index]
        word = line.width_of(" " + following.text.partition(" ")[0])
        return ((max(rights) if is_beside else self.right) - line.right - word) / width


def paragraphs_of(lines: Sequence[Line]) -> list[str]:
    """Return the text of each paragraph in `lines`; turned text comes last, as it belongs to no column."""
    groups = _past_inserts(_grouped([line for line in lines if not line.is_turned]))
    groups += _grouped([line for line in lines if line.is_turned])
    known = _whole_words(lines)
    return [_text_of(group, known) for group in groups]


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """Part `lines` into paragraphs."""
    columns = _columns(lines)
    layout = _layout(columns)
    groups: list[list[Line]] = []
    before: _Column | None = None
    for column in columns:
        for i, line in enumerate(column.lines):
            if i:
                is_new = _is_parted(groups[-1], column, i, layout)
            else:
                is_new = before is None or _is_parted_by_column(groups[-1], before, column, layout)
            if is_new:
                groups.append([])
            groups[-1].append(line)
        before = column
    return groups


def _columns(lines: Sequence[Line]) -> list[_Column]:
    """Part lines where the next one stands higher, or to the right of all, and find the edges of each part."""
    runs: list[list[Line]] = []
    for line in lines:
        run = runs[-1] if runs else None
        if run is None or line.page != run[-1].page or line.y >= run[-1].y or line.x > max(a.right for a in run[-30:]):
            runs.append([line])
        else:
            run.append(line)
    lefts = [min(line.x for line in run) for run in runs]
    rights = [max(line.right for line in run) for run in runs]
    columns = []
    for run, left in zip(runs, lefts, strict=True):
        # Runs that begin at about one place of the page's width are of one kind, though one may be a line or two.
        like = [i for i, other in enumerate(lefts) if abs(left - other) < ALIKE * run[0].size]
        is_lone = len(run) == len(like) == 1
        columns.append(_Column(tuple(run), min(lefts[i] for i in like), max(rights[i] for i in like), is_lone))
    return columns


def _layout(columns: Sequence[_Column]) -> _Layout:
    pairs = [pair for column in columns for pair in pairwise(column.lines) if not _differ_in_size(*pair)]
    distances: dict[int, Counter[float]] = {}
    for a, b in pairs:
        if _runs_on(a, b):
            distances.setdefault(round(b.size), Counter())[round(2 * (a.y - b.y)) / 2] += 1
    usual = {
        size: min(gap for gap, count in found.items() if count >= min(USUAL_SHARE * found.total(), max(found.values())))
        for size, found in distances.items()
    }
    layout = _Layout(usual, has_indents=False, has_gaps=False)
    least = max(STARTS_MIN, STARTS_SHARE * len(pairs))
    gaps = sum(layout.is_gap(a, b) for a, b in pairs)
    indents = [start for column in columns for start in _indents(column.lines)]
    has_indents = len(indents) >= least and sum(indents) >= INDENTS_SHARE * len(indents)
    return _Layout(usual, has_indents, gaps >= least)


def _indents(lines: Sequence[Line]) -> Iterator[bool]:
    """Yield, for each line that is indented, whether it may begin a paragraph."""
    for a, b in pairwise(lines):
        if _is_indented(b, a.x):
            yield _ends_sentence(a) or _opens(b)
    if len(lines) > 1 and _is_indented(lines[0], lines[1].x):
        yield not CONTINUES.match(lines[0].text)


def _is_parted(group: list[Line], column: _Column, index: int, layout: _Layout) -> bool:
    """Whether the line at `index` of `column` begins a paragraph; `group` is what the line before belongs to."""
    a, b = column.lines[index - 1], column.lines[index]
    if _differ_in_size(a, b):
        return True
    if _runs_on(a, b):
        return False
    if layout.is_gap(a, b):
        return True
    is_over = _ends_sentence(a)
    is_start = _opens(b) and not _is_open(group)  # a statement may end in a name: `— Ana Pell, director`
    free = column.free(index - 1, b)
    if _is_indented(b, a.x):
        return layout.has_indents or is_over or is_start or free > SLACK  # or else the paragraph's first line hangs out
    if layout.has_indents and len(group) == 1 and _is_indented(a, column.left) and b.x > a.x - INDENT * b.size:
        return True  # a paragraph of one line, and the next one's first
    if is_over and len(group) > 1 and _is_indented(a, b.x) and abs(group[-2].x - a.x) < 1:
        return True  # an indented block is over
    is_marked = layout.has_gaps or layout.has_indents
    if not is_over and (is_marked or not is_start):
        return free > (FIXED_SHORT if a.is_fixed else SHORT)
    if not is_over or is_marked:
        return free > DOUBTFUL_SLACK
    return free > (FIXED_SLACK if a.is_fixed else SLACK)


def _is_parted_by_column(group: list[Line], before: _Column, column: _Column, layout: _Layout) -> bool:
    """Whether the first line of `column` begins a paragraph, rather than going on with `group` of the one before."""
    a, b = group[-1], column.lines[0]
    if _differ_in_size(a, b):
        return True
    if CONTINUES.match(b.text):
        return False
    if before.is_lone or column.is_lone or (a.page == b.page and a.y > b.y and layout.is_gap(a, b)):
        return True  # a page's head or foot
    free = before.free(len(before.lines) - 1, b)
    is_open = _is_open(group) and not _opens(b)
    if layout.has_indents:
        return _is_indented(b, column.left) or free > SHORT
    if not _ends_sentence(a) and (is_open or not _opens(b)):
        return free > SHORT
    return free > SLACK or not is_open


def _past_inserts(groups: list[list[Line]]) -> list[list[Line]]:
    """Put what stands between two halves of a sentence in another size (a caption, a call-out) behind them."""
    kept: list[list[Line]] = []
    for group in groups:
        half = len(kept) - 1
        while half >= 0 and _differ_in_size(kept[half][-1], group[0]):
            half -= 1
        is_rest = 0 <= half < len(kept) - 1 and CONTINUES.match(group[0].text)
        if is_rest and not _ends_sentence(kept[half][-1]) and group[0].page - kept[half][-1].page <= 1:
            kept[half].extend(group)
        else:
            kept.append(group)
    return kept


def _differ_in_size(a: Line, b: Line) -> bool:
    return max(a.size, b.size) > OTHER_SIZE * min(a.size, b.size)


def _is_indented(line: Line, left: float) -> bool:
    return line.x - left > INDENT * line.size


def _ends_sentence(line: Line) -> bool:
    return _OVER.search(line.text, max(0, len(line.text) - 8)) is not None


def _runs_on(a: Line, b: Line) -> bool:
    return not _ends_sentence(a) and CONTINUES.match(b.text) is not None


def _opens(line: Line) -> bool:
    return _OPENING.match(line.text) is not None


def _is_open(group: Iterable[Line]) -> bool:
    """Whether a quotation that began in `group` is still open at its end."""
    text = re.sub(r"(?<=[.!?,…])\s*“$", "”", " ".join(line.text for line in group))  # a closing mark, mistyped
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1 or text.count("``") > text.count("''")


def _whole_words(lines: Sequence[Line]) -> set[str]:
    """Return the words that stand whole within a line, in lower case."""
    known: set[str] = set()
    is_broken = False
    for line in lines:
        text = line.text.partition(" ")[2] if is_broken else line.text
        is_broken = _BROKEN.search(line.text) is not None
        known.update(word.lower() for word in _WORD.findall(_BROKEN.sub("", text)))
    return known


def _text_of(group: Sequence[Line], known: set[str]) -> str:
    text = ""
    for line in group:
        text = _with_line(text, line.text, known) if text else line.text
    return text


def _with_line(text: str, line: str, known: set[str]) -> str:
    """Return `text` and the next `line` of its paragraph.

    A hyphen at a line's end goes only where the word stands elsewhere without one: whether a word is spelt with it
    cannot be seen otherwise, and no word may be altered.
    """
    if _BROKEN_BY_PROGRAM.search(text) and line[0].isalpha():
        return _BROKEN_BY_PROGRAM.sub("", text) + line
    broken = _BROKEN.search(text)
    rest = re.match(r"[^\W_]+", line)
    if broken and rest and not _HANGING.match(line):
        is_one_word = rest.group()[0].islower() and (broken.group(1) + rest.group()).lower() in known
        return (text[:-1] if is_one_word else text) + line
    # A dash or stroke between letters stands without spaces wherever its line ends.
    is_tight = re.search(r"\w[—–/]$", text) and line[0].isalnum()
    return text + line if is_tight else f"{text} {line}"
