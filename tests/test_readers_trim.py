"""Where an article begins and ends among the blocks of its page, and what only repeats it."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from quotes.readers import trim
from quotes.readers.pagetext import Block
from quotes.readers.trim import leads, trimmed, without_repeats

LONG = "The council voted on Monday night to keep the last of its old trams running through the winter."
MORE = "“Nobody asked us what we thought of it,” said Ada Holt, who has driven one of them since she was twenty."


def block(text: str, tag: str = "p", style: str = "", linked: int = 0) -> Block:
    element = lxml_html.fragment_fromstring(f"<div><{tag}></{tag}></div>")
    element.set("style", style)
    return Block(element[0], text, linked)


def texts(found: list[Block]) -> list[str]:
    return [one.text for one in found]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["Harbour to close", "By Bo Reed"], []),
        ([], ["Photo: Bo Reed", "Earlier issues:"]),
        (
            [],
            ["Comments (3)", "“Rubbish,” said Troll, who was as sure of it as ever and said so twice."],
        ),
        ([], ["Readers respond", "Yes."]),
        ([], ["Bo Reed writes about boats."]),
    ],
)
def test_what_stands_around_is_cut(before: list[str], after: list[str]) -> None:
    found = [block(text) for text in (*before, LONG, MORE, *after)]
    assert texts(trimmed(found, "Bo Reed")) == [LONG, MORE]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["It is late."], []),
        (["A statement:"], []),
        ([], ["It is late."]),
        ([], ["“It is a long way down to the sea, and nobody has ever come back"]),
        ([], ["It is said of her, as of so many who have driven trams before and after, in so many words:"]),
    ],
)
def test_what_belongs_to_it_stays(before: list[str], after: list[str]) -> None:
    found = [*before, LONG, MORE, *after]
    assert texts(trimmed([block(text) for text in found])) == found


def test_links_after_it_are_cut() -> None:
    link = "A long line about another story, which ends as a sentence of an article does."
    assert texts(trimmed([block(LONG), block(link, linked=len(link))])) == [LONG]


def boxed(style: str, *lines: str) -> list[Block]:
    box = lxml_html.fragment_fromstring("<div></div>")
    box.set("style", style)
    return [Block(lxml_html.etree.SubElement(box, "p"), line, 0) for line in lines]


@pytest.mark.parametrize(
    ("style", "lines", "is_kept"),
    [
        ("border:solid 1px", ["Notices", "Lost: a dog."], False),
        ("margin:0;border-width: 2px", ["Notices", "Lost: a dog."], False),
        ("border:solid 1px", ["“It is late,” she said."], True),
        ("border: none", ["Notices", "Lost: a dog."], True),
        ("", ["Notices", "Lost: a dog."], True),
    ],
)
def test_boxes_at_the_end(style: str, lines: list[str], is_kept: bool) -> None:
    found = [block(LONG), block(MORE), *boxed(style, *lines)]
    assert texts(trimmed(found)) == [LONG, MORE, *(lines if is_kept else [])]


def test_a_correction_in_a_box_stays() -> None:
    box = boxed("border:solid", "Correction", "We regret it.")
    box[0].element.getparent().text = "Correction"
    assert texts(trimmed([block(LONG), *box])) == [LONG, "Correction", "We regret it."]


def test_without_a_paragraph_all_stays() -> None:
    assert texts(trimmed([block("It is"), block("late")])) == ["It is", "late"]


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ([LONG, "“", "Nobody asked us what", "Ada Holt, driver", MORE], [LONG, MORE]),
        ([LONG, "nobody asked us", "She wept.", MORE], [LONG, "She wept.", MORE]),
        ([LONG, "Nobody asked", MORE], [LONG, "Nobody asked", MORE]),
        ([LONG, "body asked us", MORE], [LONG, "body asked us", MORE]),
        ([LONG, "“Nobody asked us.”", MORE], [LONG, "“Nobody asked us.”", MORE]),
        (["We go home now.", "We go home now.", LONG], ["We go home now.", "We go home now.", LONG]),
        ([LONG, "Another line of words", MORE], [LONG, "Another line of words", MORE]),
    ],
)
def test_pull_quotes(found: list[str], kept: list[str]) -> None:
    assert texts(without_repeats([block(text, "div") for text in found])) == kept


@pytest.mark.parametrize("tag", ["p", "h2", "li", "td"])
def test_what_a_paragraph_says_twice_is_said_twice(tag: str) -> None:
    found = [LONG, "Nobody asked us what", "Ada Holt, driver", MORE]
    assert texts(without_repeats([block(text, tag) for text in found])) == found


def test_long_pages_are_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trim, "REPEATS_WITHIN", 10)
    found = [LONG, "keep the last of", "”"]
    assert texts(without_repeats([block(text) for text in found])) == found[:2]


@pytest.mark.parametrize(
    ("text", "expected"), [("It is late.", True), ("He said:", True), ("“First with the tide”", False), ("Late", False)]
)
def test_what_leads_to_an_article(text: str, expected: bool) -> None:
    assert leads(block(text)) is expected
