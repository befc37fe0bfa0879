"""What stands beside the article is told by its element, role, name or line, and the rule is named."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from quotes.readers import boilerplate
from quotes.readers.boilerplate import (
    invitations,
    is_paragraph,
    is_sure,
    quotes_somebody,
    rule_for,
    rule_for_block,
    word_outside,
)
from quotes.readers.pagetext import Block


def block(text: str, linked: int = 0) -> Block:
    return Block(lxml_html.fragment_fromstring("<p></p>"), text, linked)


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ("<nav></nav>", "tag-nav"),
        ("<figcaption></figcaption>", "tag-figcaption"),
        ('<div role="complementary"></div>', "role-complementary"),
        ('<div class="c-newsletter__box"></div>', "name-newsletter"),
        ('<div class="x jp-relatedposts"></div>', "name-relatedposts"),
        ('<div id="comments"></div>', "name-comments"),
        ('<div class="ArticlePullQuote"></div>', "name-pull-quote"),
        ('<div class="story-body"></div>', None),
        ('<div class="lead"></div>', None),
        ('<section class="commentary"></section>', None),
        ('<p class="address shadow adverse"></p>', None),
        ("<p></p>", None),
    ],
)
def test_elements(html: str, rule: str | None) -> None:
    assert rule_for(lxml_html.fragment_fromstring(html)) == rule


@pytest.mark.parametrize("names", ["", "  ", "-", "a--b", "x" * 1000])
def test_names_that_say_nothing(names: str) -> None:
    assert word_outside(names) is None


@pytest.mark.parametrize(
    ("text", "linked", "rule"),
    [
        ("Read more: “I was wrong,” says minister", 0, "line-of-page"),
        ("Advertisement", 0, "line-of-page"),
        ("Photograph: Ann Lee/Agency", 0, "line-of-page"),
        ("“I was wrong,” says minister", 28, "link-elsewhere"),
        ("“I was wrong,” said the minister.", 33, None),
        ("“Read more,” she said, “and you will see that nobody in this town has read the letter at all.”", 0, None),
        ("Related to this was a matter that the council had put off three times, as she knew very well.", 0, None),
        ("Harbour to close", 0, None),
    ],
)
def test_lines(text: str, linked: int, rule: str | None) -> None:
    assert rule_for_block(block(text, linked)) == rule


@pytest.mark.parametrize(
    ("text", "linked", "expected"),
    [
        ("The council voted on Monday to keep the last of its trams running.", 0, True),
        ("The council voted on Monday to keep the last of its trams running.", 60, False),
        ("The council voted on Monday to keep the last of its trams running", 0, False),
        ("It rained.", 0, False),
    ],
)
def test_paragraphs(text: str, linked: int, expected: bool) -> None:
    assert is_paragraph(block(text, linked)) is expected


def test_lists_hold_words_as_they_are_looked_up() -> None:
    words = [*boilerplate.OUTSIDE_WORDS, *boilerplate.OUTSIDE_STEMS]
    assert all(word.isalpha() and word.islower() for word in words)
    assert all(pair.count("-") == 1 and pair.islower() for pair in boilerplate.OUTSIDE_PAIRS)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("name-newsletter", True), ("name-relatedposts", True), ("name-read-more", True), ("tag-nav", True),
     ("name-weather", False), ("tag-aside", False), ("name-print", False)],
)  # fmt: skip
def test_rules_that_give_way(rule: str, expected: bool) -> None:
    assert is_sure(rule) is expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div><p>“It is late,” said Bo Reed.</p></div>", True),
        ("<p>“It is late,” said Bo Reed.</p>", True),
        ("<div><p>“I read it in the bath.”</p></div>", False),
        ("<div><p>‘I was wrong,’ says minister</p></div>", False),
    ],
)
def test_who_is_plainly_quoted(html: str, expected: bool) -> None:
    assert quotes_somebody(lxml_html.fragment_fromstring(html)) is expected


def test_invitations() -> None:
    root = lxml_html.document_fromstring(
        "<body><main>"
        + "<p>It rained.</p>" * 50
        + "<div id=a><h3>Four issues</h3><a href='/subscribe'>Subscribe</a></div>"
        "<div id=b><p>“It is late,” said Bo Reed.</p><a href='/subscribe'>Subscribe</a></div>"
        "<div id=c><a href='/news'>News</a></div></main></body>"
    )
    assert [element.get("id") for element in invitations(root)] == ["a"]
