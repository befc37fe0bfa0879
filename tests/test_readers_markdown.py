"""A Markdown article's words come out as a reader sees them, all of them, in order, and nothing makes it fail."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.readers.markdown import read
from tests.helpers import ARTICLES


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("One.\n\nTwo.\n", "One.\n\nTwo."),
        ("“We tried\nand failed,” she said.", "“We tried and failed,” she said."),
        ("One  \ntwo\\\nthree", "One\ntwo\nthree"),
        ("One\r\ntwo\r\n\r\nthree", "One two\n\nthree"),
        ("# The *weir*\n\nTwo\n---\nthree", "The weir\n\nTwo\n\nthree"),
        ("> “Words,” he said,\nand went.\n> \n> More.", "“Words,” he said, and went.\n\nMore."),
        ("- one\n- two\n  - three\n", "one\n\ntwo\n\nthree"),
        ("| Name | Words |\n|---|---|\n| Pell | “No.” |", "Name\n\nWords\n\nPell\n\n“No.”"),
        ("A *b* **c** __d__ [e *f*](http://g.example/h “i”) `j` <b>k</b>", "A b c d [e f](http://g.example/h “i”) j k"),
        ("see [the *weir*](https://a.example/b 'c') and [d][1]\n\n[1]: /e", "see the weir and d"),
        ("by <https://a.example/b>", "by https://a.example/b"),
        ("![a picture](b.png)Words ![c](/d)", "Words"),
        ("&ldquo;Fish &amp; chips&rdquo; &#8212; &quot;x&quot;", '“Fish & chips” — "x"'),
        (r"\"No\" \*x\* \# \[y\](z)", '"No" *x* # [y](z)'),
        ("```\ncode “x”\n\nmore\n```\nend", "code “x”\n\nmore\n\nend"),
        ("Before <!-- never\nseen --> after<br>all", "Before  after\nall"),
        ("<!-- never\n\nseen -->\n\nAfter", "After"),
        ("<div>\n<p>“One,” he said.</p><p>Two &lt;3</p>\n</div>", "“One,” he said.\n\nTwo <3"),
        ("<script>\nvar x;\n</script>\n\nWords", "Words"),
        ("a\n\n***\n\nb", "a\n\nb"),
    ],
)
def test_what_markdown_means(source: str, text: str) -> None:
    assert read(source).text == text


@pytest.mark.parametrize(
    "text",
    [
        "\"Straight\" and 'single' -- (c) ... stay as typed.",
        "``We heard,'' she said. ``We did.''",
        "`No,' he said, `not now.'",
        "```No,' he told me,'' she said.",
        "```No.'''",
        "[Pell]: No.",
        "[Pell]: Never",
        "He was f**king late, f**k it, and 5*3*2 is 30; snake_case_word.",
        "1986. A year that began badly.",
        "Then came the <unclear> and <Pell coughs> it ended.",
        "a < b and c > d",
        "He said [sic] so [1] and (then) [x](not a link).",
        "– Ana Pell, director",
        "<!-- a remark that never ends",
    ],
)
def test_prose_stays_as_it_is(text: str) -> None:
    assert read(text).text == text


def test_one_paragraph_a_line_stays_so() -> None:
    lines = ["Weir rises", "“We tried,” said Ana Pell.", "She left.", "“It is late,” said Ira Moss."]
    assert read("\n".join(lines)).text == "\n".join(lines)


@pytest.mark.parametrize("indent", ["    ", "\t", "        "])
def test_an_indented_paragraph_is_no_code(indent: str) -> None:
    assert read(f"{indent}“Words *here*,” she said\nand went.\n\n{indent}Then.").text == (
        "“Words here,” she said and went.\n\nThen."
    )


def test_tex_quotes_are_kept_with_code_and_emphasis_beside_them() -> None:
    source = "She *said*, ``It's `late'.'' Then `ls` ran: ``Go!''"
    assert read(source).text == source.replace("*", "")


def test_a_speaker_below_a_quotation_keeps_the_dash() -> None:
    assert read("“It spreads.”\n- Ana Pell, director").text == "“It spreads.”\n\n- Ana Pell, director"


def test_cells_beyond_the_tables_head_are_not_lost() -> None:
    assert "“No.”" in read("|a|b|\n|-|-|\n|1|2|“No.”|").text


def test_too_deep_is_taken_as_it_is() -> None:
    assert read(">" * 5000 + " deep").text.endswith("> deep")
    assert "deep" in read("- " * 3000 + "deep").text
    assert "deep" in read("[" * 3000 + "deep" + "]" * 3000).text


def test_front_matter() -> None:
    article = read(
        "---\ntitle: \"The \\\"weir\\\"\"\nauthor: 'Ana O''Pell'\ndate: 2024-05-01\n# remark\ntags: [a, b]\n\n"
        "canonical: https://a.example/b\npublisher: The Courier\n---\n# Another\n\nWords."
    )
    assert (article.headline, article.byline, article.published) == ('The "weir"', "Ana O'Pell", "2024-05-01")
    assert (article.url, article.site) == ("https://a.example/b", "The Courier")
    assert article.text == "Another\n\nWords."


def test_front_matter_with_several_authors() -> None:
    assert read("---\nauthors:\n  - Ana Pell\n  - Mo Adan\ntags:\n  - x\n---\nWords.").byline == "Ana Pell, Mo Adan"


@pytest.mark.parametrize(
    "source",
    [
        "---\nPELL: No.\nADAN: Yes.\n---\n",
        "---\ntitle: x\nA line of words.\n---\n",
        "---\ntitle: never closed\n",
        "Words.\n\n---\ntitle: x\n---\n",
    ],
)
def test_what_is_no_front_matter_stays_in_the_text(source: str) -> None:
    words = re.findall(r"\w+", read(source).text)
    assert words == re.findall(r"\w+", source)


def test_first_heading_is_the_headline() -> None:
    article = read("## Kicker\n\n# The *weir* & more\n\n# Second")
    assert (article.headline, article.text[:18]) == ("The weir & more", "Kicker\n\nThe weir &")
    assert read("## Only a second\n").headline is None


@given(st.one_of(ARTICLES, st.text(), st.text(alphabet="`~*_[](){}<>!-=#|\\&:;'\"> \n\tab1", max_size=60)))
def test_any_text_is_read(source: str) -> None:
    read(source)


WORD = st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"], codec="utf-8"), min_size=1, max_size=8)
PIECE = st.tuples(st.sampled_from(["", "“", '"', "``", "`", "(", "*", "'", "> ", "- "]), WORD, st.sampled_from(
    ["", ".”", '."', "''", "'", ",", ")", "*", ":", ".", "!", " —", "-", " |"]
)).map("".join)  # fmt: skip
PARAGRAPHS = st.lists(
    st.lists(PIECE, min_size=1, max_size=12).flatmap(
        lambda pieces: st.lists(
            st.sampled_from([" ", "\n", "  \n", "\n    "]), min_size=len(pieces), max_size=len(pieces)
        ).map(lambda gaps: "".join(a + b for a, b in zip(pieces, gaps, strict=True)).strip())
    ),
    min_size=1,
    max_size=4,
).map("\n\n".join)


@given(PARAGRAPHS)
def test_no_word_is_lost_and_none_altered(source: str) -> None:
    assert re.findall(r"[^\W_]+", read(source).text) == re.findall(r"[^\W_]+", source)
