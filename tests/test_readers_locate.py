"""Which element of a page holds its article, and how much of it stands where."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html as lxml_html

from quotes.readers.locate import container_of, line_of, score, weights
from quotes.readers.pagetext import Block, blocks

LONG = "The council voted on Monday night to keep the last of its old trams running through the winter."
SAID = "“It is late,” said Bo Reed."


def located(body: str, told: bool = True) -> tuple[Any, list[Block], list[int]]:
    root = lxml_html.document_fromstring(f"<body>{body}</body>")
    found = blocks(root)
    scores = [score(block, told, told) for block in found]
    return container_of(root, found, scores), found, scores


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(f"<div id=a><p>{LONG}</p><p>{SAID}</p></div><div id=b>x</div>", "a", id="the smallest"),
        pytest.param(f"<div id=a><p>{LONG}</p></div>", "a", id="never a paragraph"),
        pytest.param(f"<div id=a><ul><li>{LONG}</li><li>{SAID}</li></ul></div>", "a", id="never a list"),
        pytest.param(
            f"<div id=a><div class=x><p>{LONG * 20}</p></div><div class=x><p>{SAID}</p></div></div>", "a", id="alike"
        ),
        pytest.param(
            f"<div id=a><div id=b class=x><p>{LONG * 20}</p></div><div class=y><p>{SAID}</p></div></div>",
            "b",
            id="unlike",
        ),
        pytest.param(
            f"<table><tr id=a><td id=b><p>{LONG * 20}</p></td><td><p>{SAID}</p></td></tr></table>", "b", id="cells"
        ),
        pytest.param(
            f"<main id=a><div id=b class=x><p>{LONG * 20}</p></div><div><p>{SAID}</p></div></main>", "a", id="in <main>"
        ),
        pytest.param(
            f"<main id=a><div id=b class=x><p>{LONG * 20}</p></div><div class=comments><p>{SAID}</p></div></main>",
            "b",
            id="remarks",
        ),
    ],
)
def test_the_element_that_holds_it(body: str, expected: str) -> None:
    assert located(body)[0].get("id") == expected


def test_a_page_without_sentences() -> None:
    assert located("<p>Menu</p>")[0].tag == "body"


def test_what_counts() -> None:
    root = lxml_html.fragment_fromstring("<p></p>")
    assert score(Block(root, SAID, 0), True, True) == len(SAID)
    assert score(Block(root, SAID, 0), False, True) == 0
    assert score(Block(root, SAID, 0), True, False) == 0
    assert score(Block(root, LONG, 0), False, False) == len(LONG)
    assert score(Block(root, LONG, len(LONG)), True, True) == 0


def test_shares() -> None:
    container, found, scores = located(f"<div id=a><div id=b><p>{LONG}</p></div><p>{LONG}</p></div>")
    shares = {element.get("id"): share for element, share in weights(container, found, scores).items()}
    assert (shares["a"], shares["b"]) == (1.0, 0.5)


def test_a_line_of_elements() -> None:
    root = lxml_html.document_fromstring("<body><div><p>x</p></div></body>")
    assert [e.tag for e in line_of(root.find(".//p"), root.find(".//div"))] == ["p", "div"]
    assert [e.tag for e in line_of(root.find(".//p"), None)] == ["p", "div", "body", "html"]
