"""A saved page gives its article and what it says of it; what is no article is one line."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("trafilatura")

from quotes.errors import InputError
from quotes.readers import html, mhtml
from quotes.readers.base import Options

ARTICLE = [
    "“We leave at dawn,” said Ada Holt, the harbour master, after the council had met on Monday night.",
    "The boats had been tied up for eleven days, and the ice along the quay was as thick as a door.",
    "“Nobody asked us,” Holt added. “Nobody ever does.”",
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLE)


def page(body: str = BODY, head: str = "", before: str = "", after: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>Harbour to close | The Sound</title>{head}</head><body>"
        f'<nav><a href="/">News</a></nav>{before}<article><h1>Harbour to close</h1>{body}</article>'
        f'<div class="comments"><p>“Rubbish,” said Troll, who was sure of it as always.</p></div>{after}</body></html>'
    )


def text_of(source: str) -> str:
    return html.read_page(source).text


def test_the_article_and_nothing_else() -> None:
    article = html.read_page(page())
    assert article.text.split("\n\n") == ARTICLE
    assert article.headline == "Harbour to close"


def test_metadata() -> None:
    head = (
        '<link rel="canonical" href="https://sound.test/harbour"><meta property="og:site_name" content="The Sound">'
        '<meta name="author" content="Bo Reed"><meta property="article:published_time" content="2026-02-03T10:00:00Z">'
    )
    article = html.read_page(page(head=head))
    assert (article.byline, article.published) == ("Bo Reed", "2026-02-03")
    assert (article.url, article.site) == ("https://sound.test/harbour", "The Sound")


def test_no_date_is_guessed() -> None:
    assert html.read_page(page(after="<footer>© 1998 The Sound</footer>")).published is None


@pytest.mark.parametrize(
    "box",
    [
        '<div class="newsletter-signup"><p>Sign up for “The Tide”, our letter of news from along the coast.</p></div>',
        '<figure><img src="a.jpg"><figcaption>“A sad day”: the quay. Photo: B. Reed.</figcaption></figure>',
        '<aside class="pullquote">“Nobody asked us”</aside>',
        '<p><a href="/x">‘I was wrong,’ says minister</a></p>',
        '<div class="x9f">“</div><div class="k2">Nobody asked us</div><div class="k3">Ada Holt, harbour master</div>',
        '<div><h3>Four issues</h3><p>“I read it in the bath.”</p><a href="/subscribe">Subscribe</a></div>',
        "<amp-ad><div>“My knees feel new!” Ask your doctor about it.</div></amp-ad>",
        '<ul><li><a href="/x">Who said “no”?</a></li><li><a href="/y">A quiz.</a></li></ul>',
        "<p>Read more: “I was wrong,” says minister</p>",
        '<div style="display:none">“Hidden words” that no reader of the page will ever see on a screen.</div>',
    ],
)
def test_boxes_inside_the_article_are_no_part_of_it(box: str) -> None:
    paragraphs = [f"<p>{paragraph}</p>" for paragraph in ARTICLE]
    assert text_of(page(f"{paragraphs[0]}{paragraphs[1]}{box}{paragraphs[2]}")).split("\n\n") == ARTICLE


def test_an_article_in_a_box_that_is_called_a_paywall() -> None:
    assert text_of(page(f'<div class="paywall subscriber-only">{BODY}</div>')).split("\n\n") == ARTICLE


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("", "<p>It is late.</p>", "It is late."),
        (
            "",
            '<div class="footer-note"><p>“We regret it,” the editor said.</p></div>',
            "“We regret it,” the editor said.",
        ),
        (
            "",
            "<p>“It is a long way down to the sea, and nobody has ever come back from there with a",
            "“It is a long way",
        ),
        ("", '<div style="border:solid"><p>Correction</p><p>“We regret it.”</p></div>', "“We regret it.”"),
        ("", '<p style="border:none">“We regret it.”</p>', "“We regret it.”"),
        ('<p>A statement:</p><aside class="statement">“We are late.”</aside>', "", "“We are late.”"),
        ("", '<p><span class="tweet-share">“We are late,”</span> said Bo Reed.</p>', "“We are late,” said Bo Reed."),
    ],
)
def test_what_belongs_to_the_article_is_not_lost(before: str, after: str, kept: str) -> None:
    assert kept in text_of(page(f"<p>{ARTICLE[0]}</p>{before}<p>{ARTICLE[1]}</p>{after}"))


@pytest.mark.parametrize(
    "after",
    [
        "<p>© 2026 The Sound. “All of it”, ring the desk.</p>",
        "<h3>Readers respond (2)</h3><p>“It was the rabbit before that,” my father always said of them.</p>",
        "<p>Bo Reed writes on “boats and other sorrows”.</p>",
        '<div style="border: solid 1px"><p><b>Notices</b></p><p>Lost: a dog that answers to “pardon?”.</p></div>',
        '<p>[1] http://a.test "One"<br>[2] http://b.test "Two".</p>',
    ],
)
def test_what_stands_after_the_article_is_no_part_of_it(after: str) -> None:
    assert text_of(page(BODY + after, head='<meta name="author" content="Bo Reed">')).split("\n\n") == ARTICLE


def test_what_leads_to_the_article_is_part_of_it() -> None:
    source = (
        page()
        .replace("<article>", "<main><div><p>“No boats.”</p></div><article>")
        .replace("</article>", "</article></main>")
    )
    assert text_of(source).split("\n\n") == ["“No boats.”", *ARTICLE]


def test_a_page_without_structure() -> None:
    source = f"<html><body><font><b>Harbour to close</b><br><br>{'<br><br>'.join(ARTICLE)}</font></body></html>"
    assert text_of(source).split("\n\n") == ARTICLE


def test_the_body_that_only_json_holds() -> None:
    head = '<script type="application/ld+json">{"@graph": [{"headline": "H", "articleBody": "%s"}]}</script>'
    source = page("", head=head % "\\n\\n".join(ARTICLE))
    assert text_of(source).split("\n\n") == ARTICLE


def test_broken_json_is_passed_over() -> None:
    assert text_of(page(head='<script type="application/ld+json">{"headline": </script>')).split("\n\n") == ARTICLE


@pytest.mark.parametrize(
    ("encoding", "meta"), [("windows-1252", "windows-1252"), ("windows-1252", "iso-8859-1"), ("utf-8", "iso-8859-1")]
)
def test_declared_encodings(encoding: str, meta: str) -> None:
    article = html.read(page(head=f'<meta charset="{meta}">').encode(encoding), Options())
    assert (article.text.split("\n\n"), article.encoding) == (ARTICLE, encoding)


def test_pictures_inside_the_page_do_not_count() -> None:
    picture = f'<img src="data:image/png;base64,{"A" * (html.SIZE_MAX + 1)}">'
    assert html.read(page(before=picture).encode(), Options()).text.split("\n\n") == ARTICLE


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"<html></html>", "holds no article text"),
        (b"<html><body><nav>Menu</nav></body></html>", "holds no article text"),
        (b"<html>\0</html>", "binary"),
        (b"<p>" + b"x " * (html.SIZE_MAX // 2), "more than 12 MB of HTML"),
    ],
)
def test_what_is_no_article_is_said(source: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        html.read(source, Options())


def test_web_archives() -> None:
    archive = (
        "From: <Saved>\r\nSnapshot-Content-Location: https://sound.test/harbour\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="X"\r\n\r\n--X\r\nContent-Type: text/html; charset=utf-8\r\n'
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{page()}\r\n--X--\r\n"
    )
    article = mhtml.read(archive.encode(), Options())
    assert (article.text.split("\n\n"), article.url) == (ARTICLE, "https://sound.test/harbour")
    with pytest.raises(InputError, match="no web page"):
        mhtml.read(b"MIME-Version: 1.0\r\n\r\nplain", Options())


def archived(*parts: tuple[str, str, bytes], saved_from: str | None = "https://sound.test/harbour") -> bytes:
    """Return a web archive of parts: address, charset, content."""
    head = f"Snapshot-Content-Location: {saved_from}\r\n" if saved_from else ""
    data = f'MIME-Version: 1.0\r\n{head}Content-Type: multipart/related; boundary="X"\r\n\r\n'.encode()
    for address, charset, content in parts:
        kind = f"Content-Type: text/html; charset={charset}\r\nContent-Location: {address}\r\n"
        data += b"--X\r\n" + kind.encode() + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + content + b"\r\n"
    return data + b"--X--\r\n"


class TestWebArchives:
    def test_a_wrong_charset_does_not_override_proof(self) -> None:
        article = mhtml.read(archived(("a", "windows-1252", page().encode())), Options())
        assert (article.text.split("\n\n"), article.encoding) == (ARTICLE, "utf-8")

    def test_the_parts_charset_counts_before_the_pages_own(self) -> None:
        source = page(BODY.replace("Ada", "Áda"), head='<meta charset="windows-1250">')
        data = source.replace("“", '"').replace("”", '"').encode("mac-roman")
        article = mhtml.read(archived(("a", "mac-roman", data)), Options())
        assert ("Áda" in article.text, article.encoding) == (True, "mac-roman")

    @pytest.mark.parametrize("charset", ["x-unknown", "hex", "\0"])
    def test_an_unknown_charset_is_no_error(self, charset: str) -> None:
        article = mhtml.read(archived(("a", charset, page().encode("windows-1252"))), Options())
        assert article.text.split("\n\n") == ARTICLE

    def test_the_callers_word_overrides(self) -> None:
        article = mhtml.read(archived(("a", "utf-8", page().encode())), Options(encoding="latin-1"))
        assert article.encoding == "latin-1"

    @pytest.mark.parametrize("saved_from", ["https://sound.test/harbour", None])
    def test_frames_are_not_the_page(self, saved_from: str | None) -> None:
        frame = ("cid:frame-1", "utf-8", b"<p>" + b"Buy one, said the advertiser, and get two. " * 3)
        shop = ("https://ads.test/", "utf-8", page("<p>Buy one, said the shop, and get two.</p>" * 99).encode())
        pages = [frame, ("https://sound.test/harbour", "utf-8", page().encode()), *([shop] if saved_from else [])]
        article = mhtml.read(archived(*pages, saved_from=saved_from), Options())
        assert (article.text.split("\n\n"), article.url) == (ARTICLE, "https://sound.test/harbour")


def test_without_the_library_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(InputError, match=r"pip install 'quotes\[html\]'"):
        html.read(page().encode(), Options())


def test_bytes_of_any_kind_are_read_or_refused(tmp_path: Path) -> None:
    for data in (b"<html", b"<!--", b"\xff\xfe", b"<?xml version='1.0' encoding='x'?><html/>"):
        with pytest.raises(InputError):
            html.read(data, Options())


SHORT = ["“It is late,” said Bo Reed.", "“No,” she said."]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<p>{ARTICLE[0]}</p><p>{SHORT[0]}</p><p>{SHORT[1]}</p>", id="one long paragraph"),
        pytest.param(f"<p>{ARTICLE[0]}</p><ul><li>{SHORT[0]}</li><li>{SHORT[1]}</li></ul>", id="a list"),
        pytest.param(
            f'<div class="b">{BODY}</div><div class="ad">Buy</div><div class="b"><p>{"</p><p>".join(SHORT)}</p></div>',
            id="around an advert",
        ),
        pytest.param(
            f"<section>{BODY}</section><section><p>{SHORT[0]}</p><p>{SHORT[1]}</p></section>", id="two sections"
        ),
        pytest.param(f'<div class="weather-story"><p>{SHORT[0]}</p></div>{BODY}<p>{SHORT[1]}</p>', id="a telling name"),
        pytest.param(f"<p>{SHORT[0]}</p><h2>Responses</h2>{BODY}<p>{SHORT[1]}</p>", id="a heading like remarks'"),
        pytest.param(f"<h2>{SHORT[0]}</h2>{BODY}<h1>{SHORT[1]}</h1><p>It rained.</p>", id="headings"),
        pytest.param(f"{BODY}<figure><blockquote>{SHORT[0]}</blockquote></figure><p>{SHORT[1]}</p>", id="a figure"),
        pytest.param(
            f'{BODY}<div><p>{SHORT[0]}</p><p>{SHORT[1]}</p><a href="/subscribe">here</a></div>',
            id="a link to subscribe",
        ),
        pytest.param(f"{BODY}<p>{SHORT[0]}</p><p>{SHORT[0]}</p><p>{SHORT[1]}</p>", id="said twice"),
    ],
)
def test_no_quotation_of_the_article_is_lost(body: str) -> None:
    text = text_of(page(body))
    assert [words for words in SHORT if words not in text] == []


def test_whom_a_block_quotation_names_below_stays() -> None:
    quoted = (
        "<blockquote><p>“The sea does not wait.”</p><footer class='credit'>— Lena Voss, fisher</footer></blockquote>"
    )
    assert "— Lena Voss, fisher" in text_of(page(f"<p>{ARTICLE[0]}</p>{quoted}<p>{ARTICLE[1]}</p>"))


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ('the <a class="topic related">county council</a> pays', "the county council pays"),
        ('the <span class="credit">due to me</span> is late', "the due to me is late"),
        ('the <button class="gloss">county council</button> pays', "the county council pays"),
        ("we <button>Share</button> go", "we go"),
        ("10<sup>6</sup> pounds for 3 m<sup>2</sup> and 2<sup>n</sup>", "10⁶ pounds for 3 m² and 2ⁿ"),
        ("the 1<sup>st</sup> of it", "the 1st of it"),
        ("it is <span>[5]</span> metres", "it is [5] metres"),
        ("it is <math><mn>5</mn></math> metres", "it is 5 metres"),
        ('we<sup><a href="#n">2</a></sup> go', "we go"),
        ('we <span class="ad">Advertisement</span> go', "we go"),
    ],
)
def test_words_of_a_quotation_are_not_altered(inside: str, words: str) -> None:
    assert f"“We say {words},” said Bo Reed." in " ".join(
        text_of(page(f"{BODY}<p>“We say {inside},” said Bo Reed.</p>")).split()
    )


def test_large_first_letters_that_screen_readers_hear_otherwise() -> None:
    first = '<span class="sr-only">“We</span><span aria-hidden="true">“W</span>'
    assert "“We cannot wait,” she said." in text_of(page(f"<p>{first} cannot wait,” she said.</p>{BODY}"))


def test_what_is_left_out_is_told_with_the_rule() -> None:
    article = html.read_page(page(f'{BODY}<div class="newsletter">“The Tide”, our letter.</div><p>It rained.</p>'))
    assert article.left_out == ("name-newsletter: “The Tide”, our letter.",)
