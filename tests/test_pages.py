"""The saved pages that we wrote: whether their gold is sound, and whether the article and nothing else is read.

`fixtures/pages/README.md` says what gold holds.
"""

from __future__ import annotations

import codecs
import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html

import quotes
from quotes.documents import read

PAGES = Path(__file__).parent.parent / "fixtures" / "pages"
GOLD: dict[str, dict[str, Any]] = {
    entry["page"]: entry for entry in json.loads((PAGES / "gold.json").read_text(encoding="utf-8"))
}
KEYS = {"page", "kind", "headline", "byline", "published", "url", "site", "quotations", "boilerplate", "repeated"}

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.I)
LATIN = {"iso-8859-1", "us-ascii"}
"""What browsers read as Windows-1252."""

UNSEEN = {"head", "script", "style", "noscript", "template"}
INLINE = {"a", "b", "cite", "em", "font", "i", "q", "s", "span", "strong", "sup", "wbr"}
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u2060\ufeff"))
NOT_READ = {
    ("wire_pre.html", "headline"): "stands in the lines of a <pre>, between signs of the wire",
    ("wire_pre.html", "published"): "stands in the lines of a <pre>",
    ("interview_qa.html", "byline"): "stands behind “Words”",
    ("word_export_utf16.html", "byline"): "stands in the running text",
    ("radio_main_sections.html", "url"): "is relative to <base>",
}
"""What the page says of itself and is not read today."""
OPENING = "“‘\"'"
CLOSING = "”’\"'"


def decoded(page: str) -> str:
    """Return a page's text as a browser decodes it: by its byte-order mark, else as its meta element says."""
    data = (PAGES / page).read_bytes()
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding)
    stated = CHARSET.search(data)
    encoding = stated[1].decode("ascii").lower() if stated else "utf-8"
    return data.decode("cp1252" if encoding in LATIN else encoding)


@cache
def tree(page: str) -> Any:
    """Return a page's elements, from text, so that no parser has to guess the encoding."""
    return html.document_fromstring(decoded(page).encode(), parser=html.HTMLParser(encoding="utf-8"))


def is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "")
    unseen = "display:none" in style or "visibility:hidden" in style
    return unseen or element.get("hidden") is not None or element.get("aria-hidden") == "true"


def strings(element: Any, depth: int = 0) -> list[str]:
    """Return what a browser shows of an element, blocks apart and <q> elements in the marks that it draws."""
    shown = []
    if isinstance(element.tag, str) and element.tag not in UNSEEN and not is_hidden(element):
        is_quotation = element.tag == "q"
        around = ("‘’" if depth else "“”") if is_quotation else ("" if element.tag in INLINE else " ") * 2
        shown = [around[:1], element.text or ""]
        for child in element:
            shown += strings(child, depth + is_quotation)
        shown.append(around[1:])
    return [*shown, element.tail or ""]


def plain(text: str) -> str:
    """Return the text with runs of white space as one space, without characters that nobody sees."""
    return " ".join(text.translate(INVISIBLE).split())


@cache
def visible(page: str) -> str:
    return plain("".join(strings(tree(page))))


@cache
def everything(page: str) -> str:
    """Return all text and all attributes of a page, what a browser does not show too."""
    elements = [element for element in tree(page).iter() if isinstance(element.tag, str)]
    attributes = [value for element in elements for value in element.attrib.values()]
    return " | ".join(
        plain(text) for text in [*attributes, *(e.text or "" for e in elements), tree(page).text_content()]
    )


def letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def pattern_of(quotation: dict[str, Any]) -> re.Pattern[str]:
    """Return what finds a gold quotation's words in order, with nothing between but what gold says stands there."""
    between = "|".join(map(re.escape, quotation.get("between", ())))
    gap = rf"(?:\s*(?:{between})\s*|\s+)" if between else r"\s+"
    return re.compile(gap.join(map(re.escape, quotation["quote"].split())))


def test_every_page_has_gold() -> None:
    assert {path.name for path in PAGES.glob("*.html")} == set(GOLD)
    assert len(GOLD) == len(json.loads((PAGES / "gold.json").read_text(encoding="utf-8")))
    assert len(GOLD) >= 25


@pytest.mark.parametrize("page", GOLD)
def test_gold_says_what_it_may_say(page: str) -> None:
    gold = GOLD[page]
    assert set(gold) == KEYS
    assert gold["kind"].strip()
    assert gold["quotations"]
    assert gold["boilerplate"]
    assert gold["published"] is None or date.fromisoformat(gold["published"])
    for quotation in gold["quotations"]:
        assert {"quote", "speaker"} <= set(quotation) <= {"quote", "speaker", "between"}
        assert quotation["speaker"] is None or quotation["speaker"].strip()
    for words in [q["quote"] for q in gold["quotations"]] + gold["boilerplate"] + gold["repeated"]:
        assert words
        assert words == plain(words)


@pytest.mark.parametrize("page", GOLD)
def test_quotations_stand_in_marks_on_the_page_in_order(page: str) -> None:
    text = visible(page)
    position = 0
    open_speaker: str | None = None
    for quotation in GOLD[page]["quotations"]:
        found = [m for m in pattern_of(quotation).finditer(text, position) if text[: m.start()].rstrip()[-1] in OPENING]
        assert found, f"{quotation['quote']!r} is not on the page after offset {position}"
        position = found[0].end()
        assert open_speaker in (None, quotation["speaker"]), "another goes on with what a speaker left open"
        open_speaker = None if text[position:].lstrip()[0] in CLOSING else quotation["speaker"]
    assert open_speaker is None, "the last quotation has no closing mark"


@pytest.mark.parametrize("page", GOLD)
def test_speakers_stand_on_the_page(page: str) -> None:
    names = {quotation["speaker"] for quotation in GOLD[page]["quotations"]} - {None}
    assert {name for name in names if name not in visible(page)} == set()


@pytest.mark.parametrize("page", GOLD)
def test_what_gold_says_of_the_page_stands_there(page: str) -> None:
    gold = GOLD[page]
    text = everything(page).casefold()
    assert gold["headline"].casefold() in visible(page).casefold()
    for words in (gold["byline"], gold["site"], gold["published"] and gold["published"][:4]):
        assert words is None or words.casefold() in text
    if gold["url"]:
        url = urlsplit(gold["url"])
        assert url._replace(scheme="", netloc="").geturl().casefold() in text
        assert url.netloc in text


@pytest.mark.parametrize("page", GOLD)
def test_boilerplate_stands_on_the_page_and_is_no_part_of_the_quotations(page: str) -> None:
    gold = GOLD[page]
    assert [words for words in gold["boilerplate"] if words not in everything(page)] == []
    quotations = [f" {letters(quotation['quote'])} " for quotation in gold["quotations"]]
    assert [words for words in gold["boilerplate"] if any(f" {letters(words)} " in q for q in quotations)] == []
    assert [q for q in quotations if any(q in f" {letters(words)} " for words in gold["boilerplate"])] == []


@pytest.mark.parametrize("page", GOLD)
def test_what_repeats_a_quotation_repeats_one(page: str) -> None:
    gold = GOLD[page]
    assert [words for words in gold["repeated"] if words not in everything(page)] == []
    quotations = [letters(quotation["quote"]) for quotation in gold["quotations"]]
    assert [words for words in gold["repeated"] if not any(letters(words) in q for q in quotations)] == []


def test_pages_are_of_many_encodings() -> None:
    starts = [(PAGES / page).read_bytes()[:3] for page in GOLD]
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE):
        assert any(start.startswith(mark) for start in starts)
    stated = {match[1].lower() for page in GOLD if (match := CHARSET.search((PAGES / page).read_bytes()))}
    assert {b"utf-8", b"windows-1252", b"iso-8859-1"} <= stated


@cache
def rows(page: str) -> tuple[list[str], Any]:
    """Return the words of the quotations found on a page, white space as one space, and the document."""
    pytest.importorskip("trafilatura")
    document = read(PAGES / page)
    return [" ".join(row["quote"].split()) for row in quotes.extract(document.text, attributor="rules")], document


@pytest.mark.parametrize("page", GOLD)
def test_every_quotation_of_the_article_is_found(page: str) -> None:
    found, _ = rows(page)
    wanted = [" ".join(quotation["quote"].split()) for quotation in GOLD[page]["quotations"]]
    assert [words for words in wanted if words not in found] == []
    places = [found.index(words) for words in wanted]
    assert places == sorted(places) or len(set(wanted)) < len(wanted)


@pytest.mark.parametrize("page", GOLD)
def test_nothing_beside_the_article_is_found(page: str) -> None:
    found, _ = rows(page)
    wanted = {" ".join(quotation["quote"].split()) for quotation in GOLD[page]["quotations"]}
    repeated = {" ".join(words.split()) for words in GOLD[page]["repeated"]}
    assert set(found) - wanted - repeated == set()


@pytest.mark.parametrize("field", ["headline", "byline", "published", "url"])
@pytest.mark.parametrize("page", GOLD)
def test_what_the_page_says_of_itself(page: str, field: str) -> None:
    _, document = rows(page)
    said, gold = getattr(document, field), GOLD[page][field]
    is_same = said == gold or (field == "byline" and said is not None and said.casefold() == (gold or "").casefold())
    is_same = is_same or (field == "byline" and gold is not None and gold in (said or "").split("; "))
    assert is_same != ((page, field) in NOT_READ)
