"""The reader's view: folded quotations, windows that fit, offsets that lead back to the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from quotes import blocks, paragraphs, referents, windows
from quotes.reader import MODEL, TOKENIZER
from quotes.records import Span
from quotes.segmenter import segment
from quotes.windows import View, Window

ARTICLES = sorted((Path(__file__).parent.parent / "fixtures" / "articles").glob("*.txt"))
LONGEST = 512
"""Tokens that the network can read."""
PRONOUN = re.compile(r"\b(?:he|she|they|it)\b", re.IGNORECASE)
PEOPLE = [re.compile(name) for name in (r"\b(?:Ana )?Pell\b", r"\b(?:Ira )?Moss\b")]
STORIES = st.lists(
    st.sampled_from(
        [
            *("Ana Pell slept.", "Then she told Ira Moss that it was late.", "Pell’s lamp;", "Moss and", "he left."),
            *("“It is late,” Pell said.", "“She and Pell left the old harbour long ago,” he said.", "“", "”", "“Go.”"),
            *(f"It {'rained ' * 40}.", f"The {'old ' * 90}harbour slept.", "\n\n", "\n\n", "\n\n"),
        ]
    ),
    min_size=8,
    max_size=40,
).map(" ".join)
"""Texts about Pell and Moss, with quotations whose marks may be missing."""


@cache
def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(MODEL / TOKENIZER))
    made.no_truncation()
    made.no_padding()
    return made


def windows_of(text: str) -> list[Window]:
    parts = paragraphs.split(text)
    return View(tokenizer()).windows(text, parts, segment(text, parts).spans)


def people_of(text: str) -> list[list[Span]]:
    """Return where a story names Pell and where Moss."""
    return [[Span(*match.span()) for match in person.finditer(text)] for person in PEOPLE]


def windows_around(text: str, places: Sequence[int], shift: int = 0) -> list[Window]:
    parts = paragraphs.split(text)
    view = View(tokenizer())
    renamed = referents.renamed(people_of(text), referents.numbers(view.blocks), shift)
    return view.around(text, parts, segment(text, parts).spans, places, renamed)


def pronouns_of(text: str) -> list[int]:
    """Return where a text has pronouns, quotations apart."""
    spans = [s.words for s in segment(text).spans]
    found = [m.start() for m in PRONOUN.finditer(text)]
    return [place for place in found if not any(s.start <= place < s.end for s in spans)]


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
        assert len(tokens) <= windows.SOURCES.limit + blocks.BLOCK
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
    ("text", "asked", "expected"),
    [
        ("Ana Pell slept. Then she woke.", "she", "[CLS] smith slept . then she woke ."),
        ("Ana Pell met Ira Moss. Pell woke. He left.", "He", "[CLS] smith met jones . smith woke . he left ."),
        ("Ana Pell slept.\n\nShe woke.\n\nNight fell.", "She", "[CLS] smith slept . [SEP] she woke ."),
        ("“Go, Pell,” said Moss.\n\nHe left.", "He", "[CLS] “ go , pell , [MASK] ” said jones . [SEP] he left ."),
        ("Ana Pell slept. “It is late.”", "It", "[CLS] smith slept . “ it is late . [MASK] ”"),
    ],
)
def test_around(text: str, asked: str, expected: str) -> None:
    (window,) = windows_around(text, [text.index(asked)])
    assert shown(window) == expected
    assert window.answers == frozenset()


def test_a_person_is_one_stand_in_that_a_shift_changes() -> None:
    text = "Ana Pell met Ira Moss. Later Moss saw that she slept."
    words = [shown(window) for shift in (0, 1) for window in windows_around(text, [text.index("she")], shift)]
    assert words == [
        "[CLS] smith met jones . later jones saw that she slept .",
        "[CLS] jones met brown . later brown saw that she slept .",
    ]


def test_nothing_asked_nothing_around() -> None:
    assert windows_around("Ana Pell slept. Then she woke.", []) == []


def test_what_is_before_is_read_as_far_as_it_fits() -> None:
    far = "\n\n".join(f"Night {n} fell and {'rain ' * 40}came." for n in range(9))
    text = f"{far}\n\nThen she woke.\n\n{far}"
    (window,) = windows_around(text, [text.index("she")])
    assert set(window.paragraphs) == {6, 7, 8, 9}


def test_short_paragraphs_before_are_read_up_to_twelve() -> None:
    text = "\n\n".join([*("It rained." for _ in range(20)), "Then she woke."])
    (window,) = windows_around(text, [text.index("she")])
    assert set(window.paragraphs) == set(range(8, 21))


def test_places_side_by_side_share_a_window_and_far_ones_do_not() -> None:
    far = "\n\n".join([f"It {'rained ' * 40}."] * 9)
    text = f"Then she woke. Then he woke.\n\n{far}\n\nThen they woke."
    near, later = windows_around(text, [text.index(word) for word in ("she", "he woke", "they")])
    assert near.core.of(text) == "Then she woke. Then he woke."
    assert later.core.of(text) == "Then they woke."


def check_around(text: str, places: Sequence[int], people: Sequence[Sequence[Span]]) -> None:
    """What holds of every article's windows: each place is in one, and each offset is that of its words."""
    found = windows_around(text, places)
    names = {span for spans in people for span in spans}
    stand_ins = set(referents.numbers(View(tokenizer()).blocks))
    for before, after in pairwise(found):
        assert before.core.end <= after.core.start
    for place in places:
        (window,) = [w for w in found if w.core.start <= place < w.core.end]
        at = referents.place_of(window.tokens, Span(place, place + 1))
        assert at is not None
        assert window.tokens.starts[at] <= place < window.tokens.ends[at]
    for window in found:
        tokens = window.tokens
        assert len(tokens) <= min(LONGEST, windows.REFERENTS.limit + blocks.BLOCK)
        assert len(window.paragraphs) == len(tokens)
        for i in [i for i, is_narrative in enumerate(tokens.is_narrative) if is_narrative]:
            span, piece = Span(tokens.starts[i], tokens.ends[i]), tokenizer().id_to_token(tokens.ids[i])
            if span in names:
                assert tokens.ids[i] in stand_ins
            else:
                assert piece == "[UNK]" or piece.removeprefix("##") == span.of(text).lower()


@given(STORIES)
@settings(max_examples=100)
def test_windows_around_hold_every_place_verbatim(text: str) -> None:
    check_around(text, pronouns_of(text), people_of(text))


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_windows_around_the_pronouns_of_an_article(article: Path) -> None:
    text = article.read_text(encoding="utf-8")
    check_around(text, pronouns_of(text), people_of(text))
