"""Pieces of text as a PDF draws them -> the lines that a reader sees, in reading order.

Consumes the pages of pypdf's reader; produces lines with their place. Pages draw text in the order of reading, columns
one after the other; that order is kept. Lines that stand on every page (the paper's name, page numbers) are taken out.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

SAME_LINE = 0.35
"""Largest distance of two baselines, in font sizes, at which pieces stand on one line (raised figures do)."""
SIDE_GAP = 0.2
"""Gap between two pieces of a line, in font sizes, from which a space stands between them."""
SIDE_ERROR = 0.1
"""Share by which our measure of the first piece may be wrong there."""
DROP_CAP = 1.7
"""How many times larger than its line a paragraph's large first letter is."""
BOLD_SHIFT = 0.1
"""How far aside, in font sizes, text is drawn a second time to look bold, at most."""
TURNED = math.sin(math.radians(5))
"""Sine of the angle from which text counts as turned: watermarks, captions along a picture's edge."""
EDGE_LINES = 3
"""How many lines at a page's top, and as many at its bottom, may be running heads or feet."""
SAME_PLACE = 3.0
"""Largest difference of height, in points, between a running head's places on two pages."""

WIDTHS = {
    **dict.fromkeys("ijl.,:;'’‘!|` ", 0.26),
    **dict.fromkeys('frtI()[]-“”"', 0.36),
    **dict.fromkeys("acsvxyzJ?*", 0.49),
    **dict.fromkeys("mwMW—@%…", 0.82),
}
"""About how wide characters are in common fonts of size 1; compared within one font, only the ratios matter."""
WIDTH = 0.55
"""Of other letters and figures."""
CAPITAL = 0.7
"""Of other capitals."""
FIXED = re.compile(r"(?i)mono|courier|consol|typewriter|fixed")
"""Names of fonts whose letters are all of one width."""

ADDRESS = re.compile(r"(?:https?|file)://\S+(?: \d+/\d+)?")
"""What browsers print below a page."""
PRINTED = re.compile(r"[\d./-]{6,10},? \d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)? (.+?)…?")
"""What they print above it: when, and the page's title, cut where it is long."""
MARKS = frozenset('"“”«»„‘`')
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
"""Letters that fonts draw as one; the article has them apart."""
UNDRAWN = dict.fromkeys([*range(9), *range(14, 28), 0x7F, 0x200B, 0xFEFF])
"""Characters that nobody sees, which fonts' tables give by mistake."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, and where it begins: points from the page's left and bottom, as the page is held for reading."""

    text: str
    x: float
    y: float
    size: float
    page: int
    is_turned: bool = False
    is_fixed: bool = False
    """Whether all its letters are of one width."""

    @property
    def right(self) -> float:
        """About where the line ends."""
        return self.x + self.width_of(self.text)

    def width_of(self, text: str) -> float:
        """Return about how wide `text` would be on this line; the library does not tell fonts' own widths."""
        return WIDTH * self.size * len(text) if self.is_fixed else width_of(text) * self.size


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    x: float
    y: float
    size: float
    is_turned: bool
    is_fixed: bool


def width_of(text: str) -> float:
    """Return about how wide `text` is in a common font of size 1."""
    return sum(WIDTHS.get(char) or (CAPITAL if char.isupper() else WIDTH) for char in text)


def lines_of_page(page: Any, number: int) -> list[Line]:
    """Return the lines that `page`, a page of pypdf's, draws."""
    pieces: list[_Piece] = []
    rotation = math.radians(page.rotation or 0)

    def see(text: str, outer: list[float], inner: list[float], font: Any, size: float) -> None:
        text = text.translate(LIGATURES).translate(UNDRAWN)
        if text:
            is_fixed = FIXED.search(str((font or {}).get("/BaseFont"))) is not None
            piece = _placed(text, inner, outer, float(size), rotation, is_fixed)
            if not (pieces and _is_twice(pieces[-1], piece)):
                pieces.append(piece)

    page.extract_text(visitor_text=see)
    return _with_drop_caps(_joined(pieces, number))


def without_running_heads(lines: Sequence[Line], title: str | None) -> list[Line]:
    """Return `lines` without those at the edges of pages that only say which paper and page it is.

    Such a line stands in the same place on two pages, in the same words but for its numbers. Where it holds quotation
    marks its words must stand in the text as well, so that no quotation is lost. What browsers print
    above and below a page is known even on the only one.
    """
    pages = _heights(lines)
    edges = [line for page in pages for height in (*page[:EDGE_LINES], *page[-EDGE_LINES:]) for line in height]
    places: dict[str, list[Line]] = defaultdict(list)
    for line in edges:
        places[_numberless(line.text)].append(line)
    rest = Counter(line.text for line in lines)

    def all_but(line: Line) -> str:
        return " ".join(other.text for other in lines if other is not line)

    def is_running(line: Line) -> bool:
        if ADDRESS.fullmatch(line.text):
            return True
        printed = PRINTED.fullmatch(line.text)
        if title and printed and title.startswith(printed.group(1)) and title in all_but(line):
            return True
        like = places[_numberless(line.text)]
        is_elsewhere = any(other.page != line.page and abs(other.y - line.y) <= SAME_PLACE for other in like)
        return is_elsewhere and (MARKS.isdisjoint(line.text) or rest[line.text] > len(like))

    running: set[Line] = set()
    for page in pages:
        for edge in (page[:EDGE_LINES], page[: -EDGE_LINES - 1 : -1]):
            # From the edge inwards, so that lines of the article that happen to be alike stay.
            running.update(line for height in takewhile(lambda h: all(map(is_running, h)), edge) for line in height)
    return [line for line in lines if line not in running]


def _heights(lines: Iterable[Line]) -> list[list[list[Line]]]:
    """Return, for each page, its lines by height, the lowest first."""
    pages: dict[int, dict[int, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        if not line.is_turned:
            pages[line.page][round(line.y)].append(line)
    return [[page[height] for height in sorted(page)] for page in pages.values()]


def _numberless(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _placed(text: str, inner: list[float], outer: list[float], size: float, rotation: float, is_fixed: bool) -> _Piece:
    """Return a piece where it stands as the page is held; turned text is laid level by its own angle."""
    a, b = (inner[0] * outer[i] + inner[1] * outer[i + 2] for i in (0, 1))
    c, d = (inner[2] * outer[i] + inner[3] * outer[i + 2] for i in (0, 1))
    x, y = (inner[4] * outer[i] + inner[5] * outer[i + 2] + outer[i + 4] for i in (0, 1))
    angle = math.atan2(b, a)
    is_turned = abs(math.sin(angle - rotation)) > TURNED or math.cos(angle - rotation) < 0
    turn = angle if is_turned else rotation
    cosine, sine = math.cos(turn), math.sin(turn)
    height = abs(size) * math.hypot(c, d) or 1.0
    return _Piece(text, x * cosine + y * sine, y * cosine - x * sine, height, is_turned, is_fixed)


def _is_twice(a: _Piece, b: _Piece) -> bool:
    """Whether `b` is `a` drawn again, a shade aside, to look bold."""
    near = BOLD_SHIFT * a.size
    return a.text.strip() == b.text.strip() != "" and abs(a.x - b.x) < near and abs(a.y - b.y) < near


def _joined(pieces: Iterable[_Piece], page: int) -> list[Line]:
    """Put the pieces that stand on one line together, the line's size that of most of its letters."""
    lines: list[Line] = []
    current: list[_Piece] = []

    def close() -> None:
        text = " ".join(_text_of(current).split())
        if text:
            first = next(piece for piece in current if piece.text.strip())
            sizes: Counter[float] = Counter()
            for piece in current:
                sizes[piece.size] += len(piece.text.strip())
            lines.append(
                Line(text, first.x, first.y, sizes.most_common(1)[0][0], page, first.is_turned, first.is_fixed)
            )
        current.clear()

    for piece in pieces:
        if not piece.text.strip():
            if current:  # a space or line end of its own has no place that could be trusted
                current.append(replace(piece, x=current[-1].x, y=current[-1].y, size=current[-1].size))
            continue
        if current and not _is_beside(current, piece):
            close()
        current.append(piece)
    close()
    return lines


def _is_beside(line: Sequence[_Piece], piece: _Piece) -> bool:
    last = line[-1]
    near = SAME_LINE * max(last.size, piece.size)
    return (
        last.is_turned == piece.is_turned
        and (abs(piece.y - last.y) <= near or abs(piece.y - line[0].y) <= near)
        and piece.x >= last.x
    )


def _text_of(line: Sequence[_Piece]) -> str:
    parts: list[str] = []
    end = math.inf
    for piece in line:
        text = piece.text.rstrip("\n")
        if piece.x > end and parts and piece.text.strip():
            parts.append(" ")
        parts.append(text)
        # A line end that the library gives inside a line, after a picture say, is none.
        reach = (1 - SIDE_ERROR) * width_of(text) + SIDE_GAP
        end = piece.x + reach * piece.size if piece.text.endswith("\n") else math.inf
    return "".join(parts)


def _with_drop_caps(lines: Sequence[Line]) -> list[Line]:
    """Put paragraphs' large first letters, drawn as lines of their own and often first of all, before their words."""
    kept = list(lines)
    for cap in lines:
        if not re.fullmatch(r"[\"“”‘’'«„]?\w", cap.text):
            continue
        beside = [line for line in kept if _is_beside_cap(line, cap)]
        if beside:
            first = max(beside, key=lambda line: line.y)
            kept[kept.index(first)] = replace(first, text=cap.text + first.text)
            kept.remove(cap)
    return kept


def _is_beside_cap(line: Line, cap: Line) -> bool:
    return (
        line is not cap
        and cap.size >= DROP_CAP * line.size
        and 0 < line.x - cap.x < 1.5 * cap.size
        and cap.y - SAME_LINE * line.size <= line.y < cap.y + cap.size
        and line.is_turned == cap.is_turned
    )
