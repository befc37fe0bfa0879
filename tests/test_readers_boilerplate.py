"""What stands beside the article is told by its element, role, name or line, and the rule is named."""

from __future__ import annotations

import pytest

lxml_html = pytest.importorskip("lxml.html")

from quotes.readers import boilerplate  # noqa: E402  after the check that lxml is there
from quotes.readers.boilerplate import is_paragraph, rule_for, rule_for_block, word_outside  # noqa: E402
from quotes.readers.pagetext import Block  # noqa: E402


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
