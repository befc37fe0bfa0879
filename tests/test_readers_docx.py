"""A Word file's text comes out as it stands on the page, all changes accepted; no file takes the program down."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml

from quotes.errors import InputError
from quotes.readers import docx
from quotes.readers.docx import read

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_body(xml: str) -> bytes:
    """Return a file whose body is `xml`."""
    document = Document()
    for element in parse_xml(f"<w:body {SPACES}>{xml}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    return saved(document)


def text(xml: str) -> str:
    return read(with_body(xml)).text


def p(xml: str, settings: str = "") -> str:
    return f"<w:p><w:pPr>{settings}</w:pPr>{xml}</w:p>"


def r(words: str, settings: str = "") -> str:
    return f'<w:r><w:rPr>{settings}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def changed(data: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """Return the archive with each part changed; None leaves it out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in more.items():
            new.writestr(name, part)
    return stream.getvalue()


def test_paragraphs_and_tables_in_order() -> None:
    document = Document()
    document.add_heading("A weir rises", 0)
    document.add_paragraph("“We tried,” she said.")
    document.add_paragraph("  ")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Pell"
    table.cell(0, 1).text = "“No.”"
    table.cell(0, 1).add_table(rows=1, cols=1).cell(0, 0).text = "Inner"
    document.add_paragraph("After.")
    assert read(saved(document)).text.split("\n\n") == [
        "A weir rises", "“We tried,” she said.", "Pell", "“No.”", "Inner", "After."
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (p(r("“I ") + f"<w:ins>{r('never ')}</w:ins><w:del><w:r><w:tab/></w:r></w:del>" + r("do.”")),
         "“I never do.”"),
        (p(f"<w:moveFrom>{r('Here. ')}</w:moveFrom>{r('One.')}") + p(f"<w:moveTo>{r('There.')}</w:moveTo>"),
         "One.\n\nThere."),
        (p(r("“We ")) + f"<w:ins>{p(r('tried.”'))}</w:ins>", "“We\n\ntried.”"),
        (p(r("“We "), "<w:rPr><w:del/></w:rPr>") + p(r("tried.”"), "<w:tabs><w:tab/></w:tabs>"), "“We tried.”"),
        (p(f'<w:hyperlink r:id="rId1">{r("a link")}</w:hyperlink><w:smartTag>{r(" tag")}</w:smartTag>'), "a link tag"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('Controlled.'))}</w:sdtContent></w:sdt>", "Controlled."),
        (p(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('In line.')}</w:sdtContent></w:sdt>"), "In line."),
        (p(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Click here')}</w:sdtContent></w:sdt>"), ""),
        (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE x</w:instrText></w:r>' + r("4 May")),
         "4 May"),
        (p(f'<w:fldSimple w:instr="AUTHOR">{r("Ana")}</w:fldSimple>'), "Ana"),
        (p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>"), "a\tb\nc\nd"),
        (p("<w:r><w:t>six</w:t><w:noBreakHyphen/><w:t>hour co</w:t><w:softHyphen/><w:t>operate</w:t></w:r>"),
         "six-hour cooperate"),
        (p('<w:r><w:sym w:font="Times" w:char="201C"/><w:t>x</w:t><w:sym w:font="Arial" w:char="F041"/></w:r>'), "“xA"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/><w:t>x</w:t></w:r>'), "x"),
        (p(r("seen") + r(" hidden", "<w:vanish/>") + r(" shown", '<w:vanish w:val="0"/>')), "seen shown"),
        (p("<w:r><w:ruby><w:rt><w:r><w:t>aloud</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase>"
           "</w:ruby></w:r>"), "base"),
        (p("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"), "x+1"),
        (p(r("a") + "<!-- remark -->" + r("b")), "ab"),
    ],
)  # fmt: skip
def test_what_stands_on_the_page(xml: str, expected: str) -> None:
    assert text(xml) == expected


def test_text_boxes_come_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{p(r('“Boxed,”'))}{p(r('he said.'))}</w:txbxContent>"
    xml = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text(p(r("Before ") + xml + r("after.")) + p(r("Next."))) == (
        "Before after.\n\n“Boxed,”\n\nhe said.\n\nNext."
    )


def test_old_text_boxes_are_read_too() -> None:
    box = f"<w:txbxContent>{p(r('Boxed.'))}</w:txbxContent>"
    assert text(p(f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>")) == "Boxed."


def test_notes_come_last() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    notes = (
        f'<w:footnotes {SPACES}><w:footnote w:type="separator">{p(r("-"))}</w:footnote>'
        f'<w:footnote w:id="1">{p("<w:r><w:footnoteRef/></w:r>" + r("“Noted.”"))}</w:footnote></w:footnotes>'
    )

    def change(name: str, part: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            relation = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
            return part.replace(b"</Relationships>", relation.encode())
        return part

    data = with_body(p(r("Words") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + r(".")))
    assert read(changed(data, change, **{"word/footnotes.xml": notes.encode()})).text == "Words.\n\n“Noted.”"


def test_heads_and_comments_are_left_out() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "The Courier"
    run = document.add_paragraph("Words.").runs[0]
    document.add_comment(run, text="Check this", author="Ana")
    assert read(saved(document)).text == "Words."


def test_what_the_file_says_of_itself() -> None:
    document = Document()
    properties = document.core_properties
    properties.title, properties.author = " A weir\nrises ", "Ana Pell"
    properties.created = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)
    article = read(saved(document))
    assert (article.headline, article.byline, article.published) == ("A weir rises", "Ana Pell", None)


def test_an_empty_template_says_nothing_of_itself() -> None:
    article = read(saved(Document()))
    assert (article.text, article.headline, article.byline, article.published) == ("", None, None, None)


def test_a_file_without_properties() -> None:
    def change(name: str, part: bytes) -> bytes | None:
        if name == "_rels/.rels":
            return part.replace(b"core-properties", b"none")
        return part

    article = read(changed(with_body(p(r("Words."))), change))
    assert (article.text, article.headline, article.byline) == ("Words.", None, None)


WORDS = with_body(p(r("“Words,” she said.")))


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read(data)
    message = str(caught.value)
    assert message.isprintable()
    return message


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.95, 0.999])
def test_cut_short(share: float) -> None:
    assert "damaged" in refused(WORDS[: int(len(WORDS) * share)])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x03\x04" + bytes(500), bytes(range(256)) * 20, b"words"])
def test_no_archive(data: bytes) -> None:
    assert "no docx file, or a damaged one" in refused(data)


@pytest.mark.parametrize("at", range(1, 10))
def test_a_byte_changed_anywhere_is_told_or_does_no_harm(at: int) -> None:
    place = len(WORDS) * at // 10
    data = WORDS[:place] + bytes([WORDS[place] ^ 0xFF]) + WORDS[place + 1 :]
    said = ""
    try:
        said = read(data).text
    except InputError as error:
        said = str(error)
    assert said == "“Words,” she said." or "no docx" in said


def test_old_or_encrypted() -> None:
    assert "encrypted" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_other_archives() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "x")
    assert "no docx file" in refused(stream.getvalue())
    sheet = changed(WORDS, lambda _, part: part.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"))
    assert "no docx file" in refused(sheet)
    assert "no docx file" in refused(changed(WORDS, lambda name, part: None if name == "_rels/.rels" else part))


@pytest.mark.parametrize("part", [b"", b"<w:document", b"<other/>", b"\xff\xfe\x00"])
def test_broken_xml(part: bytes) -> None:
    data = changed(WORDS, lambda name, old: part if name == "word/document.xml" else old)
    assert "no docx" in refused(data)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(docx, "_part")
    bomb = changed(WORDS, lambda _, part: part, **{"word/more.xml": bytes(60_000_000)})
    assert len(bomb) < 200_000
    assert "unpacks to more than 40 MB" in refused(bomb)


def test_a_bomb_that_lies_about_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "XML_MAX", 1_000_000)
    bomb = bytearray(changed(WORDS, lambda _, part: part, **{"word/more.xml": bytes(2_000_000)}))
    place = bomb.rindex(b"PK\x01\x02")
    assert int.from_bytes(bomb[place + 24 : place + 28], "little") == 2_000_000
    bomb[place + 24 : place + 28] = (10).to_bytes(4, "little")
    assert "damaged" in refused(bytes(bomb))


def test_unpacking_stops_at_the_limit() -> None:
    with zipfile.ZipFile(io.BytesIO(WORDS)) as archive, pytest.raises(InputError, match="unpacks to more"):
        docx._part(archive, archive.getinfo("word/document.xml"), 100)


def test_an_encrypted_part() -> None:
    data = bytearray(WORDS)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in refused(bytes(data))


def test_pictures_are_not_unpacked() -> None:
    assert read(changed(WORDS, lambda _, part: part, **{"word/media/a.png": bytes(60_000_000)})).text


def test_entities_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'

    def change(name: str, part: bytes) -> bytes:
        return bomb + part[part.index(b"<w:document") :] if name == "word/document.xml" else part

    assert "document type declaration" in refused(changed(WORDS, change))


def test_text_in_a_file_inside_is_told() -> None:
    assert "another file inside" in refused(with_body('<w:altChunk r:id="rId7"/>'))


def test_deep_nesting_is_told_or_read() -> None:
    deep = "<w:smartTag>" * 200 + r("deep") + "</w:smartTag>" * 200
    assert text(p(deep)) == "deep"


def test_the_same_part_twice() -> None:
    stream = io.BytesIO(WORDS)
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("docProps/app.xml", "<x/>")
    assert read(stream.getvalue()).text == "“Words,” she said."
