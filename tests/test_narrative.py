"""The article's own words, with each quotation folded to one token."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given

from quotes import lexicon, paragraphs
from quotes.narrative import DOUBLE_MARKS, Narrative, Token, fold
from quotes.records import QuotedSpan, Span
from quotes.segmenter import segment
from tests.helpers import ARTICLES, folded

Q = "“”"

# Label, text, its sentences by paragraph: the tokens with a space between two.
FOLDED = [
    ("nothing", "", []),
    ("a quotation and its cue", "“We go,” said Mara Quill.", [[f"{Q} said Mara Quill ."]]),
    ("a fragment", "Quill called it “a farce” and left.", [[f"Quill called it {Q} and left ."]]),
    ("two paragraphs", "“We go,” she said.\n\nHe slept.", [[f"{Q} she said ."], ["He slept ."]]),
    ("a quotation between", "“We go,” she said, “now.” Ira slept.", [[f"{Q} she said , {Q}", "Ira slept ."]]),
    ("a whole quotation is a sentence", "He left. “It rains.” He slept.", [["He left .", Q, "He slept ."]]),
    ("a fragment at the end", "It was “a farce.” The council met.", [[f"It was {Q}", "The council met ."]]),
    ("a fragment that ends nothing", "It was “a farce.” and so on.", [[f"It was {Q} and so on ."]]),
    ("a question", "He asked “why?” Roe slept.", [[f"He asked {Q}", "Roe slept ."]]),
    ("nested marks", "“He said ‘no.’” She left.", [[Q, "She left ."]]),
    ("nested quotations are folded with the outer one", "“He said ‘no’ to me,” she said.", [[f"{Q} she said ."]]),
    ("an unclosed quotation", "“One boat came.\n\n“Two,” he said.", [[Q], [f"{Q} he said ."]]),
    ("an unclosed one before its cue", "“We will not wait, said Quill. He left.", [[f"{Q} said Quill .", "He left ."]]),
    ("single marks", "‘We go,’ said Roe.", [[f"{Q} said Roe ."]]),
    ("sentences", "Is it? No! Well… Then. 5 came.", [["Is it ?", "No !", "Well …", "Then .", "5 came ."]]),
    ("a bracket after the full stop", "(He left.) She stayed.", [["( He left . )", "She stayed ."]]),
    ("a bullet after the full stop", "He left. • Two came.", [["He left .", "• Two came ."]]),
    ("no capital after the full stop", "He left. and she stayed.", [["He left . and she stayed ."]]),
    (
        "abbreviations",
        "Dr. Quill of Moss Inc. came at 6 p.m. on Jan. 5.",
        [["Dr. Quill of Moss Inc. came at 6 p.m. on Jan. 5 ."]],
    ),
    ("a state after a party", "Roe, D-Conn., left.", [["Roe , D-Conn. , left ."]]),
    ("a word that ends like an abbreviation", "He ate a taco. Then he left.", [["He ate a taco .", "Then he left ."]]),
    ("initials", "J. R. Okoro left. J.R.R. Okoro came.", [["J. R. Okoro left .", "J.R.R. Okoro came ."]]),
    ("initials of a country", "The U.S. Coast Guard came.", [["The U.S. Coast Guard came ."]]),
    ("a capital that ends a sentence", "He chose B. Then he left.", [["He chose B. Then he left ."]]),
    ("words with marks inside", "AT&T's al-Kadhimi can’t ro/ro 6.3 m.", [["AT&T's al-Kadhimi can’t ro/ro 6.3 m ."]]),
    ("possessives in s", "Jones’ boat, the boys' boat", [["Jones’ boat , the boys' boat"]]),
    ("handles and tags", "@quill and #rain, a@b", [["@quill and #rain , a @b"]]),
    ("dashes and dots", "so--they -- say... yes – no", [["so -- they -- say ... yes – no"]]),
    ("an underscore", "a _b_", [["a _ b _"]]),
    ("a mark too many", "It holds ” well, ok", [["It holds well , ok"]]),
    ("an apostrophe is a token", "the ’90s ’em", [["the ’ 90s ’ em"]]),
    ("inches", 'a 6" pipe', [["a 6 pipe"]]),
    ("white space of all kinds", "It\xa0holds\u2003well\u3000now", [["It holds well now"]]),
]

# Word, in lower case and bare, is a word, has a capital.
WORDS = [
    ("Mara", "mara", True, True),
    ("mara", "mara", True, False),
    ("Inc.", "inc", True, True),
    ("U.S.", "u.s", True, True),
    ("Can’t", "can't", True, True),
    (".", ".", False, False),
    ("...", "...", False, False),
    ("@quill", "@quill", True, True),
    ("@", "@", False, False),
    ("#Rain", "#rain", True, False),
    ("6.3", "6.3", True, False),
    ("É", "é", True, True),
    ("—", "—", False, False),
]


def shown(narrative: Narrative) -> list[list[str]]:
    return [[" ".join(token.text for token in s.tokens) for s in sentences] for sentences in narrative.sentences]


def tokens_of(narrative: Narrative) -> list[Token]:
    return [token for sentences in narrative.sentences for sentence in sentences for token in sentence.tokens]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in FOLDED])
def test_fold(text: str, expected: list[list[str]]) -> None:
    assert shown(folded(text)[0]) == expected


@pytest.mark.parametrize("word", ["can&rsquo;t", "O&rsquo;Dell"])
def test_an_apostrophe_left_as_an_entity_is_inside_the_word(word: str) -> None:
    assert shown(folded(f"so {word} left")[0]) == [[f"so {word} left"]]


@pytest.mark.parametrize(("word", "low", "is_word", "is_capitalized"), WORDS, ids=[case[0] for case in WORDS])
def test_what_a_token_says_of_itself(word: str, low: str, is_word: bool, is_capitalized: bool) -> None:
    token = Token(word, 0, len(word))
    assert (token.low, token.is_word, token.is_capitalized, token.is_quotation) == (low, is_word, is_capitalized, False)


def test_a_quotation_is_no_word() -> None:
    token = Token("Mara", 0, 4, quotation=0)
    assert (token.is_quotation, token.is_word, token.is_capitalized) == (True, False, False)


def test_offsets_lead_back_to_the_article() -> None:
    text = "Quill said: “We go.” She left."
    narrative, spans = folded(text)
    assert [(t.text, t.start, t.end, t.quotation) for t in tokens_of(narrative)] == [
        ("Quill", 0, 5, None),
        ("said", 6, 10, None),
        (":", 10, 11, None),
        (Q, 12, 20, 0),
        ("She", 21, 24, None),
        ("left", 25, 29, None),
        (".", 29, 30, None),
    ]
    assert narrative.text == text
    assert spans[0].words.of(text) == "We go."


def test_a_token_knows_its_quotation_among_nested_ones() -> None:
    narrative, spans = folded("“He said ‘no’ to me,” she said. “Now.”")
    assert [span.outer for span in spans] == [None, 0, None]
    assert [token.quotation for token in tokens_of(narrative) if token.is_quotation] == [0, 2]


def test_a_sentence_knows_its_quotations_and_paragraph() -> None:
    narrative, _ = folded("He left.\n\n“We,” she said, “go.” He slept.")
    assert [[s.quotations for s in sentences] for sentences in narrative.sentences] == [[()], [(0, 1), ()]]
    assert [[s.paragraph for s in sentences] for sentences in narrative.sentences] == [[0], [1, 1]]


def test_an_unclosed_quotation_ends_with_its_words() -> None:
    text = "“We go, she said."
    spans = [QuotedSpan(Span(1, 7), Span(0, 1), None, "unclosed", "cue-clause")]
    narrative = fold(text, [Span(0, len(text))], spans)
    assert [(t.text, t.start, t.end) for t in tokens_of(narrative)] == [
        (Q, 0, 7),
        ("she", 8, 11),
        ("said", 12, 16),
        (".", 16, 17),
    ]


@pytest.mark.parametrize("word", sorted(lexicon.words("abbreviations"))[::7])
def test_an_abbreviation_ends_no_sentence(word: str) -> None:
    ((only,),) = shown(folded(f"we saw {word}. Quill there")[0])
    assert only.endswith(f"{word}. Quill there")


def test_words_without_a_full_stop_are_cut_into_sentences() -> None:
    (sentences,) = folded("so it goes " * 300)[0].sentences
    assert [len(sentence.tokens) for sentence in sentences] == [300, 300, 300]


@given(ARTICLES)
@example('A " b ″ c ‘ d » e')
def test_every_character_outside_quotations_is_in_one_token(text: str) -> None:
    narrative, spans = folded(text)
    tokens = tokens_of(narrative)
    assert all(before.end <= after.start for before, after in pairwise(tokens))
    covered = {i for token in tokens for i in range(token.start, token.end)}
    quoted = {
        i for span in spans if span.outer is None for i in range(span.opener.start, (span.closer or span.words).end)
    }
    due = {i for i, char in enumerate(text) if not char.isspace() and char not in DOUBLE_MARKS}
    assert covered == due | quoted


@given(ARTICLES)
def test_tokens_are_what_stands_in_the_text(text: str) -> None:
    narrative, spans = folded(text)
    for token in tokens_of(narrative):
        if token.quotation is None:
            assert token.text == text[token.start : token.end]
        else:
            span = spans[token.quotation]
            assert span.outer is None
            assert (token.start, token.end) == (span.opener.start, (span.closer or span.words).end)


@given(ARTICLES)
def test_every_quotation_at_the_top_is_one_token(text: str) -> None:
    narrative, spans = folded(text)
    top = [i for i, span in enumerate(spans) if span.outer is None]
    assert [token.quotation for token in tokens_of(narrative) if token.quotation is not None] == top


@given(ARTICLES)
def test_sentences_keep_to_their_paragraph(text: str) -> None:
    parts = paragraphs.split(text)
    narrative = fold(text, parts, segment(text, parts).spans)
    assert narrative.paragraphs == parts
    for number, (part, sentences) in enumerate(zip(parts, narrative.sentences, strict=True)):
        for sentence in sentences:
            assert sentence.paragraph == number
            assert sentence.tokens
            assert part.contains(Span(sentence.tokens[0].start, sentence.tokens[-1].end))


def test_decomposed_words_keep_their_letters() -> None:
    text = unicodedata.normalize("NFD", "José left")
    assert "".join(token.text for token in tokens_of(folded(text)[0])) == text.replace(" ", "")
