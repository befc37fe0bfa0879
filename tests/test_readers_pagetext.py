"""The words of a page as a reader sees them."""

from __future__ import annotations

import pytest

lxml_html = pytest.importorskip("lxml.html")

from quotes.readers.pagetext import blocks, is_hidden  # noqa: E402  after the check that lxml is there


def texts(html: str, left_out: str = "") -> list[str]:
    root = lxml_html.document_fromstring(f"<body>{html}</body>", parser=lxml_html.HTMLParser(remove_comments=True))
    return [block.text for block in blocks(root, lambda element: left_out != "" and element.get("class") == left_out)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>One</p><p>Two</p>", ["One", "Two"], id="paragraphs"),
        pytest.param("<p>One\n  <em>two</em>\tthree</p>", ["One two three"], id="white space folds"),
        pytest.param("<p>a\xa0b</p>", ["a\xa0b"], id="a no-break space stays"),
        pytest.param("<div>One<p>Two</p>three</div>", ["One", "Two", "three"], id="text between blocks"),
        pytest.param("<p>One<br>two<br><br>three</p>", ["One\ntwo", "three"], id="two line breaks part paragraphs"),
        pytest.param("<ul><li>One</li><li>Two</li></ul>", ["One", "Two"], id="items"),
        pytest.param("<table><tr><td>One</td><td>Two</td></tr></table>", ["One", "Two"], id="cells"),
        pytest.param("<p><q>No,</q> he said.</p>", ["“No,” he said."], id="marks that a browser draws"),
        pytest.param("<p><q>A <q>b</q> c</q></p>", ["“A ‘b’ c”"], id="marks inside marks"),
        pytest.param("<p>state\u00adment, ri\u200bver</p>", ["statement, river"], id="what shows nothing"),
        pytest.param("<p>Late.<sup>2</sup> So.<sup>[12]</sup></p>", ["Late. So."], id="footnote marks"),
        pytest.param("<p>The 1<sup>st</sup> of 3 m<sup>2b</sup></p>", ["The 1st of 3 m2b"], id="other raised text"),
        pytest.param("<script>x</script><style>y</style><p>One<!-- no --></p>", ["One"], id="scripts and comments"),
        pytest.param("<noscript><p>No</p></noscript><p>One</p>", ["One"], id="noscript"),
        pytest.param('<p style="display: none">No</p><p hidden>No</p><p>One</p>', ["One"], id="hidden"),
        pytest.param('<div aria-hidden="true"><p>No</p></div>One', ["One"], id="hidden from screen readers"),
        pytest.param('<p><span aria-hidden="true">W</span>e go</p>', ["We go"], id="a drop capital"),
        pytest.param('<p>One<span class="sr-only"> opens in a new tab</span></p>', ["One"], id="for screen readers"),
        pytest.param("<p>&ldquo;No&#8221; &amp; so</p>", ["“No” & so"], id="entities"),
        pytest.param("<pre>One\ntwo\n\nthree</pre>", ["One\ntwo", "three"], id="lines of <pre>"),
        pytest.param(
            "<pre>" + "a " * 25 + "\nlong line\n\nthree</pre>", ["a " * 25 + "long line", "three"], id="wrapped <pre>"
        ),
    ],
)
def test_blocks(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>“We will</p><div class="ad">Buy</div><p>go,” he said.</p>', ["“We will go,” he said."]),
        ('<p>“We will <span class="ad">Buy</span>go,” he said.</p>', ["“We will go,” he said."]),
        ('<p>We go.</p><div class="ad">Buy</div><p>and so on</p>', ["We go.", "and so on"]),
        ('<p>“We will</p><div class="ad">Buy</div><p>Go</p>', ["“We will", "Go"]),
        ("<p>“We will</p><p>go,” he said.</p>", ["“We will", "go,” he said."]),
    ],
)
def test_a_sentence_goes_on_behind_what_is_left_out(html: str, expected: list[str]) -> None:
    assert texts(html, left_out="ad") == expected


def test_links_are_counted() -> None:
    root = lxml_html.document_fromstring("<body><p><a href=x>four</a> more</p></body>")
    (block,) = blocks(root)
    assert (block.text, block.linked, block.element.tag) == ("four more", 4, "p")


def test_pages_may_nest_deeper_than_python() -> None:
    root = lxml_html.fromstring("<div>a</div>")
    inner = root
    for _ in range(5_000):
        inner.append(inner.makeelement("div"))
        inner = inner[0]
    inner.text = "deep"
    assert [block.text for block in blocks(root)] == ["a", "deep"]


def test_controls_are_hidden() -> None:
    assert is_hidden(lxml_html.fragment_fromstring("<button>Share</button>"))
    assert not is_hidden(lxml_html.fragment_fromstring("<p>Share</p>"))
