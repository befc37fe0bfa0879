"""A PDF's words come out in paragraphs, however it was laid out, and no file takes the program down."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import Any

import pypdf
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from quotes.errors import InputError
from quotes.readers import pdf
from quotes.readers.pdf import read
from quotes.readers.pdflines import Line
from quotes.readers.pdfparagraphs import paragraphs_of

PARAGRAPHS = [
    "The weir at Hobb Cross gave way on Monday night and a third of the lower town was under water by the morning, "
    "the river board said.",
    "“We rang every bell that we had,” said Ana Pell, who has kept the gate for eleven years. “Nobody could say that "
    "they were not told, and nobody in this street stayed in bed.",
    "“I would ring them again,” she added.",
    "Mo Adan, a baker, was less sure. “I heard nothing,” he said, “and I sleep with the window open.”",
    "A new gate is to be built before the winter. It will cost four million, and the board has asked the county for "
    "half of that; the county has asked for time to think about it, and nobody on Quay Lane expects an answer soon.",
    "“They will think until it rains,” Adan said.",
]
"""An article in which every mark, page and column break could go wrong."""


def laid_out(
    paragraphs: Sequence[str] = PARAGRAPHS, *, columns: int = 1, height: int = 150, head: str = "", **style: Any
) -> bytes:
    """Return `paragraphs` as a PDF with low pages, so that many run over a column's or page's end."""
    stream = io.BytesIO()
    document = BaseDocTemplate(stream, pagesize=(460, 340))
    width = (360 - 20 * (columns - 1)) / columns
    frames = [Frame(50 + i * (width + 20), 80, width, height, 0, 0, 0, 0) for i in range(columns)]

    def decorate(canvas: Canvas, _: object) -> None:
        if head:
            canvas.drawString(50, 310, head)
            canvas.drawString(220, 20, f"Page {canvas.getPageNumber()}")

    document.addPageTemplates([PageTemplate(frames=frames, onPage=decorate)])
    look = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, **style)
    document.build([Paragraph(text, look) for text in paragraphs])
    return stream.getvalue()


def drawn(*pages: Sequence[tuple[float, float, str]], size: float = 10, **about: str) -> bytes:
    """Return a PDF with each page's pieces of text at their places: x, y, words."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(460, 340))
    for name, value in about.items():
        getattr(canvas, f"set{name}")(value)
    for page in pages:
        canvas.setFont("Times-Roman", size)
        for x, y, words in page:
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def read_paragraphs(data: bytes) -> list[str]:
    return read(data).text.split("\n\n")


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize(
    "style",
    [
        {"spaceAfter": 6},
        {"spaceAfter": 6, "alignment": 4},
        {"firstLineIndent": 12},
        {"firstLineIndent": 12, "alignment": 4},
        {"spaceAfter": 8, "leftIndent": 20},
    ],
    ids=["gaps", "gaps-justified", "indents", "indents-justified", "gaps-all-indented"],
)
@pytest.mark.parametrize("height", [62, 100, 150, 220])
def test_layouts(columns: int, style: dict[str, Any], height: int) -> None:
    assert read_paragraphs(laid_out(columns=columns, height=height, **style)) == PARAGRAPHS


def test_the_head_and_foot_of_a_lone_page_are_paragraphs_of_their_own() -> None:
    assert read_paragraphs(laid_out(columns=2, height=220, head="The Lowland Courier", spaceAfter=6)) == [
        "The Lowland Courier", "Page 1", *PARAGRAPHS
    ]  # fmt: skip


def test_neither_gaps_nor_indents() -> None:
    assert read_paragraphs(laid_out(height=400 // 2)) == PARAGRAPHS


def test_running_heads_do_not_break_a_quotation() -> None:
    text = read(laid_out(height=62, head="The Lowland Courier, 4 May", spaceAfter=6)).text
    assert "Courier" not in text
    assert "Page" not in text


def test_a_quotation_at_the_edge_of_every_page_is_no_running_head() -> None:
    page = [(50, 300, "“No,” he said."), (50, 200, "Words in the middle of the page."), (50, 50, "The end")]
    assert read(drawn(page, page)).text.count("“No,” he said.") == 2


def test_lines_alike_within_the_page_are_no_running_heads() -> None:
    pages = [
        [(50, 300, f"{word} at the top."), (50, 288, "PELL: No."), (50, 60, f"{word} below.")] for word in ("A", "B")
    ]
    assert read(drawn(*pages)).text.count("PELL: No.") == 2


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["The mayor spoke of co-", "operation and then left."], "The mayor spoke of co-operation and then left."),
        (["No cooperation, she said. The co-", "operation ends."], "No cooperation, she said. The cooperation ends."),
        (["Anglosaxon, Anglo-", "Saxon and all"], "Anglosaxon, Anglo-Saxon and all"),
        (["It was a six-", "hour row."], "It was a six-hour row."),
        (["a 90-", "foot wall"], "a 90-foot wall"),
        (["He met Ana Pell-", "Adan there."], "He met Ana Pell-Adan there."),
        (["in the short-", "and long-term"], "in the short- and long-term"),
        (["that was un\u00ad", "likely"], "that was unlikely"),
        (["that was un ‐", "likely"], "that was unlikely"),
        (["the buses—", "and trams"], "the buses—and trams"),
        (["the buses —", "and trams"], "the buses — and trams"),
        (["yes and/", "or no"], "yes and/or no"),
    ],
)  # fmt: skip
def test_words_over_a_lines_end(lines: list[str], text: str) -> None:
    assert paragraphs_of([Line(words, 50, 300 - 12 * i, 10, 0) for i, words in enumerate(lines)]) == [text]


def test_a_caption_between_two_halves_of_a_sentence_comes_after_it() -> None:
    lines = [
        Line("“We rang every bell that we", 50, 60, 10, 0),
        Line("Ana Pell at the gate.", 50, 300, 7, 1),
        Line("had,” she said.", 50, 280, 10, 1),
        Line("Then it rained on the town.", 50, 250, 10, 1),
    ]
    assert paragraphs_of(lines) == [
        "“We rang every bell that we had,” she said.", "Ana Pell at the gate.", "Then it rained on the town."
    ]  # fmt: skip


def test_text_beside_a_picture_is_no_row_of_paragraphs() -> None:
    words = ["We rang the bells here.", "Nobody was asleep. And", "they were not told now.", "All of them had got up.",
             "Nobody had left a thing", "but one old dog. He had"]  # fmt: skip
    lines = [Line(text, 50, 300 - 12 * i, 10, 0) for i, text in enumerate(words)]
    lines += [Line("slept through all of the noise and through all of the water, too.", 50, 228, 10, 0)]
    assert len(paragraphs_of(lines)) < len(lines)


def test_pieces_of_a_line_are_put_together() -> None:
    data = drawn([(50, 300, "“Put your"), (93, 300, "shoulder"), (131, 302, "2"), (139, 300, "into it!”")])
    assert read(data).text == "“Put your shoulder 2 into it!”"


def test_a_piece_further_left_is_another_line() -> None:
    assert read_paragraphs(drawn([(250, 300, "Right"), (50, 300, "Left")])) == ["Right", "Left"]


def test_a_foot_that_is_drawn_first_is_a_paragraph_of_its_own() -> None:
    page = [(220, 20, "Page one"), (50, 300, "The weir at Hobb Cross"), (50, 288, "gave way.")]
    assert read_paragraphs(drawn(page)) == ["Page one", "The weir at Hobb Cross gave way."]


def test_a_sentence_goes_on_over_a_gap() -> None:
    page = [(50, 300, "“We rang every bell"), (50, 288, "that the old town ever"), (50, 240, "had,” she said.")]
    assert read(drawn(page)).text == "“We rang every bell that the old town ever had,” she said."


def set_in_columns(left: Sequence[str], right: Sequence[str]) -> list[Line]:
    """Return lines in two columns; those that begin with a space are indented, those with `|` come after a gap."""
    lines = []
    for x, column in ((50.0, left), (250.0, right)):
        y = 300.0
        for words in column:
            y -= 24 if words[0] == "|" else 12
            lines.append(Line(words.strip(" |"), x + 12 * (words[0] == " "), y, 10, 0))
    return lines


FULL = "Nobody in this street was asleep then."


def test_a_paragraph_marked_by_indents_goes_on_in_the_next_column() -> None:
    lines = set_in_columns(
        [
            " The weir at Hobb Cross gave way",
            "on Monday.",
            " Nobody had been told of it, said",
            "Pell.",
            f" {FULL}",
            FULL,
        ],
        ["They all had heard it in the night", "and were up.", " It rained on."],
    )
    assert paragraphs_of(lines)[2:] == [
        f"{FULL} {FULL} They all had heard it in the night and were up.",
        "It rained on.",
    ]


@pytest.mark.parametrize(
    ("last", "first", "is_one"),
    [
        (f"“{FULL}", "They all had heard it in the", True),
        (f"“{FULL}", "“They all had heard it in the", False),
        (f"“{FULL}”", "They all had heard it in the", False),
        (FULL, "They all had heard it in the", False),
        (f"“{FULL[:-1]}", "Hobb Cross of all the", True),
        ("“Nobody was asleep.", "They all had heard it in the", False),
    ],
)
def test_a_paragraph_marked_by_gaps_at_the_end_of_a_column(last: str, first: str, is_one: bool) -> None:
    lines = set_in_columns(
        ["The weir at Hobb Cross gave way on it", "and went.", "|Nobody had been told, said", "Pell.", f"|{last}"],
        [first, "night.", "|It rained on."],
    )
    assert (f"{last} {first} night." in paragraphs_of(lines)) == is_one


def test_text_drawn_twice_to_look_bold_comes_once() -> None:
    assert read(drawn([(50, 300, "“No,” he said."), (50.3, 300, "“No,” he said.")])).text == "“No,” he said."


@pytest.mark.parametrize("order", [0, 1, 5])
def test_a_large_first_letter_goes_back_to_its_word(order: int) -> None:
    pieces = [(74, 300, "he weir at Hobb Cross gave"), (74, 288, "way on Monday night and"),
              (74, 276, "a third of the town was"), (50, 264, "under water by the morning.")]  # fmt: skip
    heading = (50, 320, "A weir rises and falls at Hobb Cross")
    cap = (50.0, 276.0, "T")
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(460, 340))
    drawn_pieces = [heading, *pieces]
    drawn_pieces.insert(order, cap)
    for x, y, words in drawn_pieces:
        canvas.setFont("Times-Roman", 34 if words == "T" else 12.5 if y == 320 else 10)
        canvas.drawString(x, y, words)
    canvas.save()
    assert read(stream.getvalue()).text == (
        "A weir rises and falls at Hobb Cross\n\n"
        "The weir at Hobb Cross gave way on Monday night and a third of the town was under water by the morning."
    )


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_pages_that_are_turned(rotation: int) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(460, 460))
    canvas.translate(230, 230)
    canvas.rotate(rotation)
    canvas.translate(-230, -230)
    canvas.setFont("Times-Roman", 10)
    canvas.saveState()
    canvas.rotate(90)
    canvas.drawString(200, -400, "Photo: Roe")
    canvas.restoreState()
    for i, words in enumerate(["“We rang every bell", "that we had,” she said."]):
        canvas.drawString(50, 300 - 12 * i, words)
    canvas.setPageRotation(rotation)
    canvas.save()
    assert read(stream.getvalue()).text == "“We rang every bell that we had,” she said.\n\nPhoto: Roe"


def test_turned_text_comes_last() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(460, 340))
    canvas.setFont("Times-Roman", 10)
    canvas.drawString(50, 300, "“We rang every bell")
    canvas.saveState()
    canvas.rotate(45)
    canvas.drawString(200, 0, "DRAFT")
    canvas.restoreState()
    canvas.drawString(50, 288, "that we had,” she said.")
    canvas.save()
    assert read(stream.getvalue()).text == "“We rang every bell that we had,” she said.\n\nDRAFT"


def test_pages_that_are_pictures_are_told() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(460, 340))
    canvas.drawString(50, 300, "“Words,” said Ana Pell.")
    canvas.showPage()
    canvas.beginForm("scan")
    canvas.rect(0, 0, 9, 9)
    canvas.endForm()
    canvas.doForm("scan")
    canvas.save()
    assert read(stream.getvalue()).warnings == (
        "page 2 holds no text, only pictures; run text recognition over it if they are part of the article",
    )
    assert read(drawn([(50, 300, "Words.")], [])).warnings == ()


def test_ligatures_come_apart() -> None:
    assert read_with_letters("ﬁnal oﬃce ﬂoor") == "final office floor"


def read_with_letters(words: str) -> str:
    """Return what `words` become as the library gives them."""

    class Page:
        rotation = 0

        def extract_text(self, visitor_text: Any) -> None:
            level = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
            visitor_text(words, level, level, None, 10)

    from quotes.readers.pdflines import lines_of_page

    return lines_of_page(Page(), 0)[0].text


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"Title": "A weir rises", "Author": "Ana Pell"}, ("A weir rises", "Ana Pell")),
        ({"Title": "Microsoft Word - weir.docx", "Author": "Administrator"}, (None, None)),
        ({"Title": "weir_final2.indd"}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_what_the_file_says_of_itself(about: dict[str, str], expected: tuple[str | None, str | None]) -> None:
    article = read(drawn([(50, 300, "Words.")], **about))
    assert (article.headline, article.byline) == expected
    assert article.published is None  # when a file was made is not when the article was published


def test_what_a_browser_prints_around_a_page_is_no_text() -> None:
    title = "Pell: Board “asleep” as weir goes"
    page = [(30, 325, f"04/05/26, 8:39 PM {title}"), (50, 300, "Pell: Board “asleep”"), (50, 288, "as weir goes"),
            (50, 250, "Words."), (30, 10, "https://a.example/weir 1/1")]  # fmt: skip
    assert read(drawn(page, Title=title)).text == "Pell: Board “asleep” as weir goes\n\nWords."


WORDS = laid_out(spaceAfter=6)


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read(data)
    message = str(caught.value)
    assert message.isprintable()
    return message


@pytest.mark.parametrize("share", [0.0, 0.01, 0.2, 0.5, 0.8, 0.95, 0.99])
def test_cut_short(share: float) -> None:
    assert "damaged" in refused(WORDS[: int(len(WORDS) * share)])


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", bytes(range(256)) * 50, b"%PDF-1.4\n" + bytes(5000) + b"\n%%EOF", b"words"]
)
def test_no_pdf(data: bytes) -> None:
    assert "no PDF file that can be read, or a damaged one" in refused(data)


def read_with_change(place: int) -> str:
    """Return the text, or what is said, with the byte at `place` another."""
    data = WORDS[:place] + bytes([WORDS[place] ^ 0xFF]) + WORDS[place + 1 :]
    try:
        return read(data).text
    except InputError as error:
        return str(error)


@pytest.mark.parametrize("at", range(0, 100, 3))
def test_a_byte_changed_anywhere_is_no_accident(at: int) -> None:
    assert read_with_change(len(WORDS) * at // 100)


@pytest.fixture(scope="module")
def packed() -> bytes:
    """The article with its pages packed the way most programs do it."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(WORDS))
    for page in writer.pages:
        page.compress_content_streams()
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize("at", range(1, 10))
def test_a_byte_changed_in_a_pages_text_is_told(at: int, packed: bytes, caplog: pytest.LogCaptureFixture) -> None:
    assert read_paragraphs(packed) == PARAGRAPHS
    end = packed.index(b"endstream")
    start = packed.index(b"stream\n", 0, end) + 7
    place = start + (end - start) * at // 10
    assert "damaged" in refused(packed[:place] + bytes([packed[place] ^ 0xFF]) + packed[place + 1 :])
    assert not caplog.records


def test_a_page_that_is_lost_is_told() -> None:
    place = WORDS.index(b"/Type /Page\n")
    assert "damaged" in read_with_change(place + 8)


def test_remarks_of_the_library_do_not_reach_the_user(caplog: pytest.LogCaptureFixture) -> None:
    before = logging.getLogger("pypdf").level
    refused(b"%PDF-1.4\n" + bytes(5000) + b"\n%%EOF")
    assert not caplog.records
    assert logging.getLogger("pypdf").level == before


def encrypted(password: str) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption(password, ownerPassword="o", canPrint=0, strength=40))
    canvas.drawString(50, 300, "Words.")
    canvas.save()
    return stream.getvalue()


def test_encrypted() -> None:
    assert refused(encrypted("secret")) == "is encrypted; save it without a password first"


def test_what_may_only_not_be_printed_is_read() -> None:
    assert read(encrypted("")).text == "Words."


def test_fonts_that_do_not_tell_their_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_lines", lambda _: ([Line("\ue001\ue002\ufffd no", 50, 300, 10, 0)], []))
    assert "--force-ocr" in refused(drawn([(50, 300, "Words.")]))


def test_pictures_of_text() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(50, 50, 200, 200, fill=1)
    canvas.save()
    assert "ocrmypdf" in refused(stream.getvalue())


def test_no_pages() -> None:
    writer = pypdf.PdfWriter()
    stream = io.BytesIO()
    writer.write(stream)
    assert "no text" in refused(stream.getvalue())


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PAGES_MAX", 1)
    assert "more than 1 pages" in refused(drawn([(50, 300, "One.")], [(50, 300, "Two.")]))


@pytest.mark.parametrize(("limit", "value"), [("TEXT_MAX", 3), ("SECONDS_MAX", -1.0), ("OPERATIONS_MAX", 3)])
def test_too_large(monkeypatch: pytest.MonkeyPatch, limit: str, value: float) -> None:
    monkeypatch.setattr(pdf, limit, value)
    assert "too large" in refused(drawn([(50, 300, "One.")]))
