"""Tokens that end at every quotation mark and lose no character."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import example, given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from quotes.segmenter import segment
from quotes.tokenizer import Tokenizer
from tests.helpers import ARTICLES

TOKENIZE = Tokenizer(Vocab())

# Label, text, tokens.
TOKENS = [
    ("nothing", "", []),
    ("one word", "Quill", ["Quill"]),
    ("words", "We go.", ["We", "go", "."]),
    ("a mark glued to words", "now,”said", ["now", ",", "”", "said"]),
    ("marks side by side", "’”“", ["’", "”", "“"]),
    ("an apostrophe", "don’t", ["don", "’", "t"]),
    ("an entity", "&quot;We", ["&", "quot", ";", "We"]),
    ("an underscore", "a_b", ["a", "_", "b"]),
    ("numbers", "6.3 km", ["6", ".", "3", "km"]),
    ("two spaces", "a  b", ["a", " ", "b"]),
    ("a space first", " a", [" ", "a"]),
    ("spaces last", "a  ", ["a", " "]),
    ("line breaks", "a\n\nb", ["a", "\n", "\n", "b"]),
    ("a space after a line break", "a\n b", ["a", "\n", " ", "b"]),
    ("a no-break space", "a\xa0b", ["a", "\xa0", "b"]),
    ("a combining accent", "cafe\u0301s", ["cafe", "\u0301", "s"]),
    ("other alphabets", "雨が「降る」", ["雨が", "「", "降る", "」"]),
    ("beyond the first plane", "a\U0001f600b", ["a", "\U0001f600", "b"]),
]


@pytest.mark.parametrize(("text", "tokens"), [pytest.param(*case[1:], id=case[0]) for case in TOKENS])
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in TOKENIZE(text)] == tokens


@pytest.mark.parametrize(
    ("text", "spaces"),
    [("We go", [True, False]), ("a  b", [True, False, False]), ("a \n b", [True, False, False, False])],
)
def test_one_space_belongs_to_the_token_before_it(text: str, spaces: list[bool]) -> None:
    assert [bool(token.whitespace_) for token in TOKENIZE(text)] == spaces


@given(st.one_of(ARTICLES, st.text(st.one_of(st.sampled_from(" \n\t\xa0“”a_"), st.characters(codec="utf-8")))))
@example("\x00 a")
@example(" ")
def test_no_character_is_lost(text: str) -> None:
    assert TOKENIZE(text).text == text


def test_a_lone_surrogate_is_one_character() -> None:
    doc = TOKENIZE("a\ud800 “b\udfff”")
    assert len(doc.text) == 7
    assert [token.idx for token in doc] == [0, 1, 3, 4, 5, 6]


@given(ARTICLES)
@example("&quot;It ends,&quot;said Roe.")
@example("It ends now,”said Quill. “We go,”he said.")
def test_quotations_and_their_marks_are_whole_tokens(text: str) -> None:
    doc = TOKENIZE(text)
    for span in segment(text).spans:
        for part in (span.words, span.opener, span.closer):
            assert not part or part.start == part.end or doc.char_span(part.start, part.end) is not None


@pytest.mark.parametrize(("unit", "tokens"), [("“", 20_000), ("a”", 40_000), (" ", 20_000), ("a", 1), ("a ", 20_000)])
def test_long_runs(unit: str, tokens: int) -> None:
    doc = TOKENIZE(unit * 20_000)
    assert doc.text == unit * 20_000
    assert len(doc) == tokens


def test_a_pipeline_can_be_made_with_it_by_name(tmp_path: Path) -> None:
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "quotes.Tokenizer.v1"}}})
    assert isinstance(nlp.tokenizer, Tokenizer)
    nlp.to_disk(tmp_path / "pipeline")
    restored = spacy.load(tmp_path / "pipeline")
    assert isinstance(restored.tokenizer, Tokenizer)
    assert [token.text for token in restored("now,”said")] == ["now", ",", "”", "said"]


def test_it_has_no_state_to_save(tmp_path: Path) -> None:
    assert TOKENIZE.to_bytes() == b""
    assert TOKENIZE.from_bytes(b"") is TOKENIZE
    TOKENIZE.to_disk(tmp_path / "tokenizer")
    assert not list(tmp_path.iterdir())
    assert TOKENIZE.from_disk(tmp_path / "tokenizer") is TOKENIZE


def test_docs_share_the_vocabulary() -> None:
    vocab = Vocab()
    doc = Tokenizer(vocab)("We go")
    assert isinstance(doc, Doc)
    assert doc.vocab is vocab
    assert "go" in vocab.strings
