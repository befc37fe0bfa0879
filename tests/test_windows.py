"""The reader's view: folded quotations, windows that fit, offsets that lead back to the text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from quotes import paragraphs, windows
from quotes.reader import MODEL, TOKENIZER
from quotes.records import Span
from quotes.segmenter import segment
from quotes.windows import DIGIT, LOWER, MIXED, NONE, TITLE, UPPER, View, Window, case_of, edges_of

ARTICLES = sorted((Path(__file__).parent.parent / "fixtures" / "articles").glob("*.txt"))
LONGEST = 512
"""Tokens that the network can read."""


@cache
def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(MODEL / TOKENIZER))
    made.no_truncation()
    made.no_padding()
    return made


def windows_of(text: str) -> list[Window]:
    parts = paragraphs.split(text)
    return View(tokenizer()).windows(text, parts, segment(text, parts).spans)


def shown(window: Window) -> str:
    """Return a window's tokens as one reads them."""
    return " ".join(tokenizer().id_to_token(i) for i in window.tokens.ids).replace(" ##", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Go home,” said Roe.", "[CLS] “ go home , [MASK] ” said roe ."),
        (
            "“We shall never be done with all of this,” said Roe.",
            "[CLS] “ we shall never [MASK] all of this , ” said roe .",
        ),
        ('Roe said: "It is late', "[CLS] roe said : “ it is late [MASK]"),
        (
            "He left.\n\n“Go,” said Roe.\n\nNight fell.",
            "[CLS] he left . [SEP] “ go , [MASK] ” said roe . [SEP] night fell .",
        ),
        ("«Go», said Roe.", "[CLS] “ go [MASK] ” , said roe ."),
    ],
)
def test_view(text: str, expected: str) -> None:
    (window,) = windows_of(text)
    assert shown(window) == expected


def test_a_nested_quotation_is_part_of_the_outer_ones_words() -> None:
    (window,) = windows_of("“She told us, ‘Go home now,’ and we went,” said Roe.")
    assert len(window.tokens.places) == 1


def test_far_paragraphs_are_left_out() -> None:
    far = "\n\n".join(f"Paragraph {n} tells of {'nothing at all ' * 12}." for n in range(9))
    (window,) = windows_of(f"{far}\n\n“Go,” said Roe.\n\n{far}")
    assert set(window.paragraphs) == {7, 8, 9, 10}


def test_short_paragraphs_bring_in_more_of_them() -> None:
    (window,) = windows_of("\n\n".join([*(f"Night {n} fell." for n in range(12)), "“Go,” said Roe."]))
    assert set(window.paragraphs) == set(range(6, 13))


def test_only_what_is_wanted_is_asked() -> None:
    text = "“Go,” said Roe.\n\n“Stay,” said Pell.\n\nNight fell."
    parts = paragraphs.split(text)
    (window,) = View(tokenizer()).windows(text, parts, segment(text).spans, {1})
    assert window.answers == {1}
    assert [q for _, q in window.tokens.places] == [0, 1]
    assert View(tokenizer()).windows(text, parts, segment(text).spans, ()) == []


def test_an_article_without_quotations_has_no_windows() -> None:
    assert windows_of("Night fell.\n\nIt rained.") == []


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_each_quotation_is_asked_once_and_offsets_fit(article: Path) -> None:
    text = article.read_text(encoding="utf-8")
    spans = segment(text).spans
    found = windows_of(text)
    asked = [q for window in found for q in sorted(window.answers)]
    assert asked == [i for i, span in enumerate(spans) if span.outer is None]
    for window in found:
        tokens = window.tokens
        assert len(tokens) <= windows.LIMIT + windows.BLOCK
        assert window.answers <= {q for _, q in tokens.places}
        for place, quotation in tokens.places:
            assert Span(tokens.starts[place], tokens.ends[place]) == spans[quotation].words
        for i, number in enumerate(tokens.ids):
            if tokens.is_narrative[i]:
                piece = tokenizer().id_to_token(number).removeprefix("##")
                assert piece == "[UNK]" or len(piece) <= len(text[tokens.starts[i] : tokens.ends[i]]) * 2


@given(st.text(alphabet=st.sampled_from("ab C.,“”\"'\n —"), max_size=400))
@settings(max_examples=200)
def test_any_text_fits_the_network(text: str) -> None:
    spans = segment(text).spans
    found = windows_of(text)
    assert sorted(q for window in found for q in window.answers) == [i for i, s in enumerate(spans) if s.outer is None]
    for window in found:
        assert len(window.tokens) <= LONGEST
        assert len(window.paragraphs) == len(window.tokens)
        assert all(0 <= s <= e <= len(text) for s, e in zip(window.tokens.starts, window.tokens.ends, strict=True))


@pytest.mark.parametrize(
    "text",
    ["“" + "a-" * 3000 + "” said Roe.", "“Go,” " * 900 + "said Roe.", "x " * 5000 + "“Go,” said Roe. " + "y " * 5000],
    ids=["one endless word", "quotations without words between", "no sentence ends"],
)
def test_what_is_too_long_is_cut(text: str) -> None:
    found = windows_of(text)
    assert max(len(window.tokens) for window in found) <= LONGEST
    assert sum(len(window.answers) for window in found) == len(segment(text).spans)


@pytest.mark.parametrize(
    ("piece", "case"),
    [
        ("roe", LOWER),
        ("Roe", TITLE),
        ("I", TITLE),
        ("USA", UPPER),
        ("iPad", MIXED),
        ("12", DIGIT),
        (",", NONE),
        ("", NONE),
    ],
)
def test_case_of(piece: str, case: int) -> None:
    assert case_of(piece) == case


@pytest.mark.parametrize(
    ("words", "head", "tail"),
    [
        ("Go", "Go", ""),
        ("We go home", "We go home", ""),
        ("We all go home", "We all go", "home"),
        ("We said that we would all go home,", "We said that", "all go home,"),
        ("  spaced   out   words   here ", "  spaced   out   words", "here "),
    ],
)
def test_edges_of(words: str, head: str, tail: str) -> None:
    first, last = edges_of(words, Span(0, len(words)))
    assert (first.of(words), last.of(words)) == (head, tail)


def test_a_vocabulary_without_a_placeholder_is_refused() -> None:
    class Bare:
        def token_to_id(self, token: str) -> int | None:
            return None

    with pytest.raises(ValueError, match=r"lacks \[CLS\]"):
        View(Bare())  # type: ignore[arg-type]
