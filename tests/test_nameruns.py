"""Where a run of name words begins, where its title ends, and whose name it is."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes.nameruns import (
    MAX_BACK,
    after_body,
    is_body,
    is_joint,
    is_name_after_all,
    is_named_in_s,
    name_run,
    split_title,
)
from quotes.narrative import Token
from tests.helpers import ARTICLES, folded, place_of, text_of, tokens_of


def run_of(text: str) -> tuple[tuple[Token, ...], int | None]:
    """Return the tokens of a text and the first index of the run that ends at its last token."""
    tokens = tokens_of(text)
    return tokens, name_run(tokens, len(tokens) - 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("said Pell", "Pell", id="one word"),
        pytest.param("said Ana Pell", "Ana Pell", id="two words"),
        pytest.param("said J. R. Roe", "J. R. Roe", id="initials"),
        pytest.param("said Mr. Moss", "Mr. Moss", id="an honorific"),
        pytest.param("said Mayor Ana Pell", "Mayor Ana Pell", id="a title"),
        pytest.param("said Ludo van Dam", "Ludo van Dam", id="a particle"),
        pytest.param("said Noor bin Talal", "Noor bin Talal", id="another particle"),
        pytest.param("said Pilar de la Cruz", "Pilar de la Cruz", id="two particles"),
        pytest.param("said Ana May", "Ana May", id="a surname that is a month"),
        pytest.param("said Mustafa Al Kadhimi", "Mustafa Al Kadhimi", id="a capitalised particle"),
        pytest.param("said Ira Moss Jr.", "Ira Moss Jr.", id="a suffix"),
        pytest.param("said Ira Moss, Jr.", "Ira Moss , Jr.", id="a suffix after a comma"),
        pytest.param("said Ira Moss III", "Ira Moss III", id="a numeral"),
        pytest.param("the Bank of Brin", "Bank of Brin", id="a body with of"),
        pytest.param("the Ministry of the Interior", "Ministry of the Interior", id="a body with of the"),
        pytest.param("the Brin Fish and Timber Agency", "Brin Fish and Timber Agency", id="a body with and"),
        pytest.param("the Ministry of Fish and Timber", "Ministry of Fish and Timber", id="a ministry of two things"),
        pytest.param("the Ministry of Fish and Ana Pell", "Ana Pell", id="a ministry and a person"),
        pytest.param("the University of Brin and Oxhaven College", "Oxhaven College", id="two bodies"),
        pytest.param("the BRC and Fish Agency", "Fish Agency", id="initials and a body"),
        pytest.param("Ana Pell and Congress", "Congress", id="a person and a body"),
        pytest.param("said Bell and Bell", "Bell and Bell", id="a firm of one name twice"),
        pytest.param("said Pell and Company", "Pell and Company", id="a firm and company"),
        pytest.param("said Pell & Moss", "Pell & Moss", id="a firm of two names"),
        pytest.param("said Pell & Sen. Moss", "Sen. Moss", id="two people with a sign between"),
        pytest.param("Director Will Pell", "Director Will Pell", id="a given name that is a verb"),
        pytest.param("director of Fisheries Will Pell", "Will Pell", id="a given name that is a verb, after a body"),
        pytest.param("to Brin and Oxhaven", "Oxhaven", id="two places"),
        pytest.param("Ana Pell and Ira Moss", "Ira Moss", id="two people"),
        pytest.param("a letter of Moss", "Moss", id="of after a small word"),
        pytest.param("Pell’s friend Moss", "Moss", id="a role between"),
        pytest.param("Pell’s Moss", "Moss", id="a possessive ends the name before"),
        pytest.param("Ana-Maria O’Neill", "Ana-Maria O’Neill", id="hyphen and apostrophe"),
        pytest.param("In May Pell", "Pell", id="a month is no name"),
        pytest.param("On Monday Pell", "Pell", id="a weekday is no name"),
    ],
)
def test_run_that_ends_at_the_last_word(text: str, expected: str) -> None:
    tokens, first = run_of(text)
    assert first is not None
    assert text_of(tokens, first, len(tokens)) == expected


@pytest.mark.parametrize("text", ["said the mayor", "it is", "he said The", "a jr", "on Monday", "in 1984"])
def test_no_run_where_no_name_ends(text: str) -> None:
    assert run_of(text)[1] is None


def test_a_run_is_bounded() -> None:
    tokens, first = run_of(" ".join(["Pell"] * 40))
    assert first is not None
    assert len(tokens) - first <= MAX_BACK + 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Pell", "Ana Pell"),
        ("Mr. Moss", "Moss"),
        ("Mayor Ana Pell", "Ana Pell"),
        ("House Speaker Ana Pell", "Ana Pell"),
        ("Secretary of State Ana Pell", "Ana Pell"),
        ("Minister for Transport Ana Pell", "Ana Pell"),
        ("Detective Sergeant Colm Raft", "Colm Raft"),
        ("British Ambassador Ana Pell", "Ana Pell"),
        ("Acting Deputy Commissioner Ana Pell", "Ana Pell"),
        ("Republican Sen. Ana Pell", "Ana Pell"),
        ("Dr. J. R. Roe", "J. R. Roe"),
        ("Mr. Ira Moss Jr.", "Ira Moss Jr."),
        ("Ana Maria Pell", "Ana Maria Pell"),
        ("Ms. Judge", "Judge"),
        ("Ira Bishop Jr.", "Ira Bishop Jr."),
        ("Republican Ana Pell", "Ana Pell"),
        ("Ana West Pell", "Ana West Pell"),
        ("Secretary of State Pell", "Pell"),
        ("Secretary of State J. R. Roe", "J. R. Roe"),
        ("Secretary of Homeland Security Ana Pell", "Ana Pell"),
        ("Dean Baker", "Dean Baker"),
        ("Swedish Timber Bank", "Swedish Timber Bank"),
        ("Brin Republican Party", "Brin Republican Party"),
        ("Former Brin Bank", "Brin Bank"),
        ("Republican House Speaker Ana Pell", "Ana Pell"),
        ("Dean Roe", "Roe"),
        ("Judge Baker", "Baker"),
        ("Brin Farmer and Growers Association", "Brin Farmer and Growers Association"),
    ],
)
def test_the_name_begins_after_its_title(text: str, expected: str) -> None:
    tokens = tokens_of(text)
    assert text_of(tokens, split_title(tokens, 0, len(tokens) - 1), len(tokens)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brin Times Ana Pell", "Ana Pell"),
        ("Brin Council Moss", "Moss"),
        ("Brin Council", "Brin Council"),
        ("Ana Pell", "Ana Pell"),
        ("Bank of Brin", "Bank of Brin"),
    ],
)
def test_a_person_named_after_a_body(text: str, expected: str) -> None:
    tokens = tokens_of(text)
    last = len(tokens) - 1
    assert text_of(tokens, after_body(tokens, 0, last), len(tokens)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brin Council", True),
        ("Bank of Brin", True),
        ("Oxhaven University Hospital", True),
        ("NATO", True),
        ("Bell and Bell", True),
        ("Ana Pell", False),
        ("Ana White", False),
        ("Moss", False),
        ("ANA PELL", False),
        ("X", False),
        ("@anapell", False),
    ],
)
def test_bodies_and_persons(text: str, expected: bool) -> None:
    tokens = tokens_of(text)
    assert is_body(tokens, 0, len(tokens) - 1) is expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Then Brody's said it fell", "Brody's", True),
        ("“It fell,” said Brody’s.", "Brody’s", True),
        ("Then Brody's shares fell", "Brody's", False),
        ("“It fell,” said Brody's mayor.", "Brody's", False),
        ("A friend of Brody's, Ana Pell", "Brody's", False),
        ("It's said to fall", "It's", False),
        ("Nobody's told us", "Nobody's", False),
        ("Then Brody said it fell", "Brody", False),
    ],
)
def test_names_that_end_in_s(text: str, word: str, expected: bool) -> None:
    tokens = tokens_of(text)
    assert is_named_in_s(tokens, place_of(tokens, word)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Then Ana May slept", True),
        ("“It fell,” May said.", True),
        ("“It fell,” said May.", True),
        ("But May said so", True),
        ("May Moss told us", True),
        ("Sales in May said little", False),
        ("In May Moss said so", False),
        ("Then Ana's May slept", False),
        ("May he sleep", False),
    ],
)
def test_words_that_are_names_after_all(text: str, expected: bool) -> None:
    tokens = tokens_of(text)
    assert is_name_after_all(tokens, place_of(tokens, "May")) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Fish and Timber Agency", True),
        ("Brin's Fish and Timber Agency", True),
        ("to Brin and Oxhaven University", False),
        ("the Ministry of Fish and Timber", True),
        ("CRB Land and Water", True),
        ("Land and Water Board", True),
        ("Bell and Bell", True),
        ("Pell and Sons", True),
        ("Ana Pell and Ira Moss", False),
    ],
)
def test_and_inside_one_name(text: str, expected: bool) -> None:
    tokens = tokens_of(text)
    assert is_joint(tokens, place_of(tokens, "and")) is expected


@given(ARTICLES)
def test_runs_stay_inside_the_sentence_and_name_something(text: str) -> None:
    narrative, _ = folded(text)
    for sentence in (s for paragraph in narrative.sentences for s in paragraph):
        for last in range(len(sentence.tokens)):
            first = name_run(sentence.tokens, last)
            if first is not None:
                name = split_title(sentence.tokens, first, last)
                assert 0 <= first <= name <= last
                assert name <= after_body(sentence.tokens, name, last) <= last
                assert not any(token.is_quotation for token in sentence.tokens[first : last + 1])
